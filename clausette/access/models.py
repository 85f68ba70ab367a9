"""People, the bodies they act for, and how they come in."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils.module_loading import import_string

from clausette.access.enums import BodyKind, Capability, MemberRole
from clausette.kernel.rows import Row


class AccountManager(BaseUserManager["Account"]):
    """How the sign-in library finds an account."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of an e-mail address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A person who signs in. No group, no permission: rights come from memberships only."""

    id = models.BigAutoField("numéro interne", primary_key=True)
    uid = models.UUIDField("identifiant", unique=True, default=uuid4, editable=False)
    email = models.EmailField("adresse électronique", max_length=254, unique=True)
    full_name = models.CharField("prénom et nom", max_length=150)
    is_active = models.BooleanField("actif", default=True)
    idle_told_on = models.DateField("prévenu de l'inactivité le", null=True, blank=True)
    created_at = models.DateTimeField("créé le", db_default=Now(), editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Privacy:
        personal: ClassVar[set[str]] = {"email", "full_name", "password", "last_login"}
        ordinary: ClassVar[set[str]] = {"id", "uid", "is_active", "created_at", "idle_told_on"}

    class Meta:
        verbose_name = "compte"
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="account_email_lower_case",
                violation_error_message="L'adresse électronique s'écrit en minuscules.",
            ),
        )

    def __str__(self) -> str:
        return f"compte {self.pk}"


class Organisation(Row):
    """A body: public facts only, one row per SIRET, shared by everybody who has rights."""

    name = models.CharField("nom", max_length=200)
    slug = models.SlugField("nom dans les adresses", max_length=60, unique=True)
    siret = models.CharField("SIRET", max_length=14, null=True, blank=True)
    body_kind = models.CharField("type d'organisme", max_length=20, choices=BodyKind, default=BodyKind.OTHER)
    capabilities = ArrayField(
        models.CharField(max_length=20, choices=Capability), verbose_name="rôles possibles", default=list
    )
    commune_code = models.CharField("code de la commune", max_length=5, blank=True)
    commune_name = models.CharField("commune", max_length=100, blank=True)
    sort_key = models.CharField("clé de recherche", max_length=250, db_index=True)
    reading_alert = models.PositiveSmallIntegerField(
        "personnes lues en une heure avant une alerte", null=True, blank=True
    )
    registered_by = models.ForeignKey(
        "self", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="enregistré par"
    )

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "name", "slug", "siret", "body_kind", "capabilities", "commune_code",
            "commune_name", "sort_key", "registered_by", "reading_alert",
        }  # fmt: skip

    class Meta:
        verbose_name = "organisme"
        constraints = (
            models.UniqueConstraint(
                fields=["siret"],
                name="organisation_siret_once",
                violation_error_message="Un organisme porte déjà ce SIRET.",
            ),
            models.CheckConstraint(
                condition=Q(siret__isnull=True) | Q(siret__regex=r"^[0-9]{14}$"),
                name="organisation_siret_digits",
                violation_error_message="Un SIRET compte 14 chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(capabilities__contained_by=Capability.values),
                name="organisation_capabilities_known",
                violation_error_message="Rôle d'organisme inconnu.",
            ),
            models.CheckConstraint(
                condition=Q(body_kind__in=BodyKind.values),
                name="organisation_body_kind_known",
                violation_error_message="Type d'organisme inconnu.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="organisation_named",
                violation_error_message="Donnez un nom à l'organisme.",
            ),
        )


class Membership(Row):
    """An account may act for an organisation from a date, until it ends or is revoked."""

    account = models.ForeignKey(Account, models.RESTRICT, related_name="+", verbose_name="compte")
    organisation = models.ForeignKey(
        Organisation, models.RESTRICT, related_name="+", verbose_name="structure"
    )
    role = models.CharField("rôle", max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    valid_from = models.DateField("à partir du")
    valid_to = models.DateField("jusqu'au", null=True, blank=True)
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "account", "organisation", "role", "valid_from", "valid_to", "revoked_at",
        }  # fmt: skip

    class Meta:
        verbose_name = "appartenance"
        constraints = (
            models.UniqueConstraint(
                fields=["account", "organisation"],
                condition=Q(revoked_at__isnull=True, valid_to__isnull=True),
                name="membership_open_once",
                violation_error_message="Cette personne appartient déjà à la structure.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_dates_ordered",
                violation_error_message="La fin vient avant le début.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=MemberRole.values),
                name="membership_role_known",
                violation_error_message="Rôle de membre inconnu.",
            ),
        )


class Invitation(Row):
    """A person asked by e-mail to join an organisation; the secret of the link is kept hashed."""

    organisation = models.ForeignKey(
        Organisation, models.RESTRICT, related_name="+", verbose_name="structure"
    )
    email = models.EmailField("adresse électronique", max_length=254)
    full_name = models.CharField("prénom et nom", max_length=150, blank=True)
    role = models.CharField("rôle", max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True)
    expires_at = models.DateTimeField("valable jusqu'au")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    invited_by = models.ForeignKey(
        Account, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="invité par"
    )

    class Privacy:
        personal: ClassVar[set[str]] = {"email", "full_name", "token_hash"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "organisation", "role", "expires_at", "accepted_at", "withdrawn_at",
            "invited_by",
        }  # fmt: skip

    class Meta:
        verbose_name = "invitation"
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="invitation_email_lower_case",
                violation_error_message="L'adresse électronique s'écrit en minuscules.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_one_end",
                violation_error_message="Cette invitation est déjà acceptée ou retirée.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_pending_once",
                violation_error_message="Une invitation attend déjà cette personne : retirez-la pour en refaire une.",
            ),
        )


class Deposit(Row):
    """A person of a firm who declares its hours without an account (« dépôt sans compte »), for one structure.

    Their `account` has no password and no address: nobody signs in with it but by the link, a code and the access word.
    Which contracts it opens, and until when, is said by the room that knows contracts (docs/adr/0020).
    """

    owner_org = models.ForeignKey(Organisation, models.RESTRICT, related_name="+", verbose_name="structure")
    organisation = models.ForeignKey(
        Organisation, models.RESTRICT, related_name="+", verbose_name="entreprise"
    )
    account = models.OneToOneField(Account, models.RESTRICT, related_name="+", verbose_name="au nom de")
    email = models.EmailField("adresse électronique", max_length=254)
    full_name = models.CharField("prénom et nom", max_length=130)
    link = models.UUIDField("lien", default=uuid4)
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True)
    word_hash = models.CharField("empreinte du mot d'accès", max_length=128)
    failures = models.PositiveSmallIntegerField("mots d'accès inexacts", default=0)
    opened_by = models.ForeignKey(Account, models.RESTRICT, related_name="+", verbose_name="ouvert par")

    class Privacy:
        personal: ClassVar[set[str]] = {"email", "full_name", "link", "token_hash", "word_hash"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "organisation", "account", "failures", "opened_by",
        }  # fmt: skip

    class Meta:
        verbose_name = "dépôt sans compte"
        verbose_name_plural = "dépôts sans compte"
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")) & ~Q(email=""),
                name="deposit_email_lower_case",
                violation_error_message="L'adresse électronique s'écrit en minuscules.",
            ),
            models.UniqueConstraint(
                fields=["owner_org", "organisation", "email"],
                name="deposit_once",
                violation_error_message="Cette personne a déjà un dépôt sans compte.",
            ),
            models.UniqueConstraint(
                fields=["id", "owner_org", "organisation"], name="deposit_of_owner_and_firm"
            ),
        )


class Session(AbstractBaseSession):
    """A session: its key is the hash of the ticket, which is the hash of the cookie."""

    uid = models.UUIDField("identifiant", unique=True, default=uuid4, editable=False)
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="compte"
    )
    created_at = models.DateTimeField("ouverte le", db_default=Now(), editable=False)
    seen_at = models.DateTimeField("vue le", db_default=Now())
    agent = models.CharField("navigateur", max_length=120, blank=True)

    class Privacy:
        personal: ClassVar[set[str]] = {"session_data", "agent", "seen_at"}
        ordinary: ClassVar[set[str]] = {"session_key", "uid", "expire_date", "account", "created_at"}

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "connexion"
        verbose_name_plural = "connexions"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the store, by its name in the settings: the store imports this table."""
        store: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
        return store


class LoginFailure(models.Model):
    """Failed sign-ins of one address, known or not, counted by its keyed hash."""

    address_hash = models.CharField("empreinte de l'adresse", max_length=64, primary_key=True)
    count = models.PositiveIntegerField("échecs")
    last_at = models.DateTimeField("dernier échec")
    blocked_until = models.DateTimeField("attente jusqu'à", null=True, blank=True)

    class Privacy:
        personal: ClassVar[set[str]] = {"address_hash"}
        ordinary: ClassVar[set[str]] = {"count", "last_at", "blocked_until"}

    class Meta:
        verbose_name = "échec de connexion"


class KnownDevice(models.Model):
    """A browser from which this account has signed in: a stranger's failures do not make it wait."""

    id = models.BigAutoField("numéro interne", primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name="compte")
    token_hash = models.CharField("empreinte", max_length=64, unique=True)
    seen_at = models.DateTimeField("vu le", db_default=Now())

    class Privacy:
        personal: ClassVar[set[str]] = {"token_hash", "seen_at"}
        ordinary: ClassVar[set[str]] = {"id", "account"}

    class Meta:
        verbose_name = "appareil connu"


class Demonstration(models.Model):
    """One row, written with the demonstration world: says that this installation is not a real one."""

    id = models.PositiveSmallIntegerField("numéro", primary_key=True, default=1)
    made_at = models.DateTimeField("fait le", db_default=Now(), editable=False)
    as_of = models.DateField("monde arrêté au")
    seed = models.BigIntegerField("graine")

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {"id", "made_at", "as_of", "seed"}

    class Meta:
        verbose_name = "démonstration"
        constraints = (
            models.CheckConstraint(
                condition=Q(id=1),
                name="demonstration_one_row",
                violation_error_message="Une seule démonstration par installation.",
            ),
        )
