"""Referrals (« orientations »): a prescriber proposes somebody, the structure answers; and what it needs."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.lookups import Exact

from clausette.kernel.rows import Row
from clausette.participants.enums import (
    ConsentMeans,
    PrescriberKind,
    ReferralState,
    Sex,
)
from clausette.participants.models.persons import Participant
from clausette.participants.sealing import SEALED_LENGTH

OPEN = [ReferralState.PROPOSED, ReferralState.IN_REVIEW, ReferralState.RETURNED]
ANSWERED = [ReferralState.ACCEPTED, ReferralState.REFUSED]


class PrescriberTie(Row):
    """A prescriber that a structure works with: it reads the needs and proposes candidates."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    prescriber = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="prescripteur"
    )
    kind = models.CharField("nature", max_length=12, choices=PrescriberKind, blank=True)
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "prescripteur de la structure"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner_org", "prescriber", name="participants_tie_once",
                violation_error_message="Ce prescripteur travaille déjà avec votre structure.",
            ),
            models.CheckConstraint(
                name="participants_tie_other", condition=~Q(owner_org=F("prescriber")),
                violation_error_message="Une structure ne s'oriente pas de candidats à elle-même.",
            ),
        ]  # fmt: skip

    class Privacy:
        # not personal, but said beside a person it may tell of a measure of justice or of care: kept off the journal
        personal: ClassVar[set[str]] = {"kind"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "prescriber", "starts_on", "ends_on",
        }  # fmt: skip


class Need(Row):
    """People wanted, told to the prescribers: job, number, place, dates; nothing else of the contract."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="marché"
    )
    job = models.CharField("métier", max_length=120)
    site = models.CharField("chantier", max_length=200, blank=True)
    commune_name = models.CharField("commune", max_length=120, blank=True)
    people = models.PositiveSmallIntegerField("personnes cherchées")
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("réponse avant le")
    closed_on = models.DateField("clos le", null=True, blank=True)

    class Meta:
        verbose_name = "besoin"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="participants_need_of_owner"),
            models.CheckConstraint(
                name="participants_need_people", condition=Q(people__gte=1, people__lte=200),
                violation_error_message="Un nombre de personnes de 1 à 200.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["owner_org", "ends_on"], name="participants_need_owner")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "contract", "job", "site", "commune_name", "people", "starts_on",
            "ends_on", "closed_on",
        }  # fmt: skip


class Referral(Row):
    """A candidate proposed by a prescriber. It holds the identity itself: the structure's persons are not touched.

    When the person takes their consent back before an answer, what identifies them is emptied.
    """

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    prescriber = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="prescripteur"
    )
    author = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="proposée par"
    )
    need = models.ForeignKey(
        Need, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="besoin"
    )
    state = models.CharField("état", max_length=20, choices=ReferralState, default=ReferralState.PROPOSED)
    asked_on = models.DateField("proposée le")
    sent_on = models.DateField("envoyée le")
    answered_on = models.DateField("répondue le", null=True, blank=True)
    answered_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="répondue par"
    )
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    sex = models.CharField("sexe", max_length=10, choices=Sex, default=Sex.UNKNOWN)
    commune_name = models.CharField("commune de résidence", max_length=120, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    sort_key = models.CharField("clé de tri", max_length=200, blank=True)
    wanted = models.CharField("poste ou métier visé", max_length=200, blank=True)
    opinion = models.TextField("avis motivé", blank=True)
    answer = models.TextField("réponse", blank=True)
    consent_on = models.DateField("accord de la personne le")
    consent_means = models.CharField("accord donné", max_length=10, choices=ConsentMeans)
    consent_withdrawn_on = models.DateField("accord retiré le", null=True, blank=True)
    participant = models.ForeignKey(
        Participant, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="participant"
    )

    class Meta:
        verbose_name = "orientation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "id", "owner_org", "prescriber", name="participants_referral_of_both"
            ),
            models.UniqueConstraint(
                "owner_org", "prescriber", "sort_key", "birth_date", name="participants_referral_open_once",
                condition=Q(state__in=OPEN),
                violation_error_message="Vous avez déjà proposé cette personne à cette structure : sa réponse est "
                "attendue.",
            ),
            models.CheckConstraint(
                name="participants_referral_answer",
                condition=(Q(state__in=[*ANSWERED, ReferralState.RETURNED]) & Q(answered_on__isnull=False))
                | (Q(state__in=[ReferralState.PROPOSED, ReferralState.IN_REVIEW]) & Q(answered_on=None))
                | Q(state=ReferralState.WITHDRAWN),
                violation_error_message="Une réponse porte sa date.",
            ),
            models.CheckConstraint(
                name="participants_referral_person",
                condition=Q(participant=None) | Q(state=ReferralState.ACCEPTED),
                violation_error_message="Seule une orientation acceptée mène à un participant.",
            ),
            models.CheckConstraint(
                name="participants_referral_consent",
                condition=Q(consent_withdrawn_on=None) | Q(state__in=[ReferralState.WITHDRAWN]),
                violation_error_message="Sans l'accord de la personne, l'orientation est retirée.",
            ),
            models.CheckConstraint(
                name="participants_referral_identity",
                condition=Q(consent_withdrawn_on__isnull=False)
                | (~Q(last_name="") & ~Q(first_name="") & Q(birth_date__isnull=False)),
                violation_error_message="Une orientation dit qui est la personne.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["owner_org", "state", "sent_on"], name="participants_referral_owner"),
            models.Index(fields=["prescriber", "-asked_on"], name="participants_referral_presc"),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {
            "first_name", "last_name", "birth_date", "sex", "commune_name", "phone", "email", "sort_key", "wanted",
            "opinion", "answer",
        }  # fmt: skip
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "prescriber", "author", "need", "state", "asked_on", "sent_on",
            "answered_on", "answered_by", "consent_on", "consent_means", "consent_withdrawn_on", "participant",
        }  # fmt: skip


class ReferralSituation(Row):
    """A situation told with a referral, sealed: read like a reason of eligibility, by the two bodies alone."""

    referral = models.ForeignKey(Referral, models.RESTRICT, related_name="+", verbose_name="orientation")
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    prescriber = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="prescripteur"
    )
    sealed = models.BinaryField("situation et pièce, scellées", null=True)

    class Meta:
        verbose_name = "situation dite"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="participants_situation_sealed",
                condition=Q(sealed=None)
                | Q(
                    Exact(Func("sealed", function="octet_length", output_field=IntegerField()), SEALED_LENGTH),
                    Exact(Func("sealed", Value(0), function="get_byte", output_field=IntegerField()), 1),
                ),
                violation_error_message="La situation dite n’est pas scellée.",
            ),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {"sealed"}
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "referral", "owner_org", "prescriber"}
