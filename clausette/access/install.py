"""What happens before anybody has rights: first structure, accounts, demonstration. Runs as owner, or at the door."""

from datetime import date, datetime
from uuid import UUID

from allauth.account.models import EmailAddress

from clausette.access.enums import BodyKind, Capability, MemberRole
from clausette.access.errors import InvitationGone
from clausette.access.models import Account, Demonstration, Invitation, Membership, Organisation
from clausette.access.operations import Invited, new_invitation, new_organisation
from clausette.access.queries import read_invitation
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import change, created, isolated, lock, operation, writing
from clausette.kernel.text import collapse

INSTALLER = "installation"
ALREADY_INSTALLED = (
    "Clausette est déjà installée : sa première structure a ses membres. "
    "Invitez les suivants depuis la page « Structure »."
)
DEMONSTRATION_HERE = (
    "Cette base contient la démonstration. Pour une vraie installation, effacez-la (python3 run.py reset), "
    "puis démarrez sans elle (python3 run.py --no-demo)."
)


def _installer(row: Organisation) -> Actor:
    return Actor(0, INSTALLER, row.pk, row.name, row.slug, frozenset(row.capabilities), is_admin=True)


@operation("access.organisation.installed")
def _installed(*, actor: Actor, organisation: Organisation) -> Organisation:
    return created(organisation)


@operation("access.invitation.installed")
def _first_invitation(*, actor: Actor, email: str, full_name: str, at: datetime) -> Invited:
    row, secret = new_invitation(
        organisation_id=actor.organisation_id, email=email, full_name=full_name, role=MemberRole.ADMIN, at=at,
        invited_by=None,
    )  # fmt: skip
    return Invited(created(row).uid, secret)


@operation("access.membership.installed")
def _seated(*, actor: Actor, account_id: int, role: MemberRole, on: date) -> UUID:
    membership = Membership(
        account_id=account_id, organisation_id=actor.organisation_id, role=role, valid_from=on
    )
    return created(membership).uid


def install_organisation(
    *, name: str, body_kind: BodyKind, capabilities: frozenset[Capability], siret: str = "",
    commune_code: str = "", commune_name: str = "",
) -> Actor:  # fmt: skip
    """Write a first structure as owner; return the installer acting for it."""
    with isolated(), writing("access.install"):
        row = new_organisation(
            name=name, siret=siret, body_kind=body_kind, capabilities=capabilities, commune_code=commune_code,
            commune_name=commune_name,
        )  # fmt: skip
        row.save(force_insert=True)
        actor = _installer(row)
        _installed(actor=actor, organisation=row)
    return actor


@operation("access.invitation.replaced")
def _withdraw_first(*, actor: Actor, uid: UUID, at: datetime) -> UUID:
    row = lock(Invitation.objects.all(), uid=uid)
    return change(row, withdrawn_at=at).uid


def _begun(structure: str, at: datetime) -> Actor | None:
    """The structure of an installation that nobody has entered yet, its invitation made useless."""
    row = Organisation.objects.order_by("id").first()
    if row is None:
        return None
    if row.name != collapse(structure):
        raise Refusal(f"L'installation est commencée pour « {row.name} » : reprenez ce nom.")
    actor = _installer(row)
    waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).order_by("id")
    for uid in waiting.values_list("uid", flat=True):
        _withdraw_first(actor=actor, uid=uid, at=at)
    return actor


def install(*, structure: str, email: str, at: datetime, full_name: str = "", siret: str = "") -> Invited:
    """Write the first facilitating structure and the invitation of its administrator (owner only).

    Run again before anybody came in, it makes a new invitation. Raises Refusal when already installed, or SIRET.
    """
    with isolated():
        if Demonstration.objects.exists():
            raise Refusal(DEMONSTRATION_HERE)
        if Membership.objects.exists():
            raise Refusal(ALREADY_INSTALLED)
        actor = _begun(structure, at) or install_organisation(
            name=structure,
            siret=siret,
            body_kind=BodyKind.OTHER,
            capabilities=frozenset({Capability.FACILITATOR}),
        )
        return _first_invitation(actor=actor, email=email, full_name=full_name, at=at)


def make_account(*, email: str, full_name: str, password: str) -> int:
    """Write an account whose address is proved; return its number. Raises Refusal when the address has one."""
    email = email.strip().lower()
    with isolated(), writing("access.login"):
        if Account.objects.filter(email=email).exists():
            raise Refusal("Un compte existe déjà pour cette adresse : connectez-vous.", field="email")
        account = Account(email=email, full_name=collapse(full_name))
        account.set_password(password)
        account.save(force_insert=True)
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account.pk


def open_account(*, secret: str, full_name: str, password: str) -> int:
    """Make the account of a person who holds an invitation; return its number. Raises InvitationGone, Refusal."""
    card = read_invitation(secret=secret)
    if card is None:
        raise InvitationGone
    return make_account(email=card.email, full_name=full_name, password=password)


def seat(*, account_id: int, organisation: UUID, role: MemberRole, on: date) -> UUID:
    """Make an account a member of a body as owner (demonstration, tests); return the membership's uid."""
    row = Organisation.objects.get(uid=organisation)
    return _seated(actor=_installer(row), account_id=account_id, role=role, on=on)


def declare_demonstration(*, as_of: date, seed: int) -> None:
    """Say that this installation is a demonstration: no second factor, a banner, mails in the browser."""
    with writing("access.install"):
        Demonstration.objects.create(as_of=as_of, seed=seed)
