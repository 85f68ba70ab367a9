"""FSE+: funded operations, entries of persons, their questionnaires; answers are sealed with the key of the person."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row
from clausette.outcomes.models.path import OF_PERSON, OfPerson, withdrawn_pair


class FundedOperation(Row):
    """An operation that the FSE+ (or another funder) pays; questionnaires only when it assists persons."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    name = models.CharField("nom", max_length=160)
    code = models.CharField("numéro", max_length=40)
    funder = models.CharField("financeur", max_length=160, blank=True)
    assists_people = models.BooleanField("assistance aux personnes", default=True)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)
    last_paid_on = models.DateField("dernier paiement le", null=True, blank=True)

    class Meta:
        verbose_name = "opération FSE+"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="outcomes_operation_of_owner"),
            models.UniqueConstraint(
                "owner_org", "code", name="outcomes_operation_once",
                violation_error_message="Une opération porte déjà ce numéro.",
            ),
            models.CheckConstraint(
                name="outcomes_operation_dates",
                condition=(Q(ends_on=None) | Q(ends_on__gte=F("starts_on")))
                & (Q(last_paid_on=None) | Q(last_paid_on__gte=F("starts_on"))),
                violation_error_message="L'opération commence avant sa fin et avant son dernier paiement.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "name", "code", "funder", "assists_people", "starts_on", "ends_on",
            "last_paid_on",
        }  # fmt: skip


class FundedEntry(OfPerson):
    """One person in one operation, from a day to another; coming back makes another entry."""

    operation = models.ForeignKey(FundedOperation, models.RESTRICT, related_name="+", verbose_name="opération")
    entered_on = models.DateField("entrée le")
    left_on = models.DateField("sortie le", null=True, blank=True)

    class Meta:
        verbose_name = "entrée FSE+"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="outcomes_entry_of_owner"),
            models.UniqueConstraint(
                "operation", "participant", condition=Q(left_on=None, withdrawn_at=None), name="outcomes_entry_open",
                violation_error_message="Cette personne participe déjà à cette opération : notez d'abord sa sortie.",
            ),
            withdrawn_pair("outcomes_entry_withdrawn"),
            models.CheckConstraint(
                name="outcomes_entry_lasts", condition=Q(left_on=None) | Q(left_on__gt=F("entered_on")),
                violation_error_message="Une aide d'un jour ou moins n'est pas une participation.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["operation", "entered_on"], name="outcomes_entry_operation")]

    class Privacy:
        personal: ClassVar[set[str]] = {"withdrawn_reason"}
        ordinary: ClassVar[set[str]] = {*OF_PERSON, "operation", "entered_on", "left_on"}


class Answers(Row):
    """Sealed answers about one person; NULL once the person is erased."""

    participant = models.ForeignKey(
        "participants.Participant", models.RESTRICT, related_name="+", verbose_name="participant"
    )
    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    sealed = models.BinaryField("réponses, scellées", null=True)

    class Meta:
        abstract = True


ANSWERS: frozenset[str] = frozenset({"id", "uid", "created_at", "participant", "owner_org"})


class EntryQuestionnaire(Answers):
    """The answers at entry. Signed, they never change: a correction is the next version."""

    entry = models.ForeignKey(FundedEntry, models.RESTRICT, related_name="+", verbose_name="entrée")
    version = models.PositiveSmallIntegerField("version")
    signed_on = models.DateField("signé le", null=True, blank=True)
    notice_on = models.DateField("information remise le", null=True, blank=True)
    reason = models.CharField("motif de la correction", max_length=300, blank=True)
    noted_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="noté par")

    class Meta:
        verbose_name = "questionnaire d'entrée"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="outcomes_questionnaire_of_owner"),
            models.UniqueConstraint(
                "entry", "version", name="outcomes_questionnaire_version",
                violation_error_message="Cette version du questionnaire existe déjà.",
            ),
            models.CheckConstraint(
                name="outcomes_questionnaire_notice", condition=Q(signed_on=None) | Q(notice_on__isnull=False),
                violation_error_message="Un questionnaire signé dit quand l'information a été remise à la personne.",
            ),
            models.CheckConstraint(
                name="outcomes_questionnaire_reason", condition=Q(version=1) | ~Q(reason=""),
                violation_error_message="Une correction porte son motif.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"sealed", "reason"}
        ordinary: ClassVar[set[str]] = {*ANSWERS, "entry", "version", "signed_on", "notice_on", "noted_by"}


class SensitiveAnswers(Answers):
    """The answers that may be refused, apart from the others: the same policy as the reasons of eligibility."""

    questionnaire = models.ForeignKey(
        EntryQuestionnaire, models.RESTRICT, related_name="+", verbose_name="questionnaire"
    )

    class Meta:
        verbose_name = "réponses sensibles"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "questionnaire", name="outcomes_sensitive_once",
                violation_error_message="Les réponses sensibles de ce questionnaire sont déjà notées.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"sealed"}
        ordinary: ClassVar[set[str]] = {*ANSWERS, "questionnaire"}


class ExitQuestionnaire(Answers):
    """The answers on leaving; a correction is the next version."""

    entry = models.ForeignKey(FundedEntry, models.RESTRICT, related_name="+", verbose_name="entrée")
    version = models.PositiveSmallIntegerField("version")
    answered_on = models.DateField("rempli le")
    is_complete = models.BooleanField("complet", default=False)  # said beside the sealed answers: reminders open none
    noted_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="noté par")

    class Meta:
        verbose_name = "questionnaire de sortie"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "entry", "version", name="outcomes_leaving_version",
                violation_error_message="Cette version du questionnaire existe déjà.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"sealed"}
        ordinary: ClassVar[set[str]] = {*ANSWERS, "entry", "version", "answered_on", "is_complete", "noted_by"}
