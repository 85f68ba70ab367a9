"""Tables of the reminders: the ladder and the texts of a structure, its letters, what they were about, what waits."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncMonth

from clausette.agenda.enums import LetterText, ReminderStep, Told
from clausette.kernel.rows import Row

BY_THEMSELVES = (ReminderStep.BY_HAND, ReminderStep.ANSWERED)
"""Steps that are on no ladder: they come as often as somebody wants, or answers."""


class ReminderRung(Row):
    """A step of the ladder of a structure from a day on; never changed: a later row comes after it."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    step = models.CharField("étape", max_length=20, choices=ReminderStep)
    days = models.PositiveSmallIntegerField("jours")
    is_on = models.BooleanField("active")
    starts_on = models.DateField("à partir du")
    set_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="réglée par")

    class Meta:
        verbose_name = "étape des relances"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agenda_rung_step", condition=~Q(step__in=BY_THEMSELVES),
                violation_error_message="Une relance à la main, une réponse ne se règlent pas.",
            ),
            models.CheckConstraint(
                name="agenda_rung_days", condition=Q(days__lte=120),
                violation_error_message="Une étape vient au plus 120 jours après l'échéance.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "step", "days", "is_on", "starts_on", "set_by",
        }  # fmt: skip


class ReminderText(Row):
    """A text that a structure puts in the place of ours; taken out of service, ours serves again."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    kind = models.CharField("texte", max_length=20, choices=LetterText)
    subject = models.CharField("objet", max_length=150)
    body = models.TextField("message", max_length=3000)
    set_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="écrit par")
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "texte des relances"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner_org", "kind", condition=Q(withdrawn_at=None), name="agenda_text_once",
                violation_error_message="Un autre texte vient d'être enregistré : rechargez la page.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "kind", "subject", "body", "set_by", "withdrawn_at",
        }  # fmt: skip


class Letter(Row):
    """A mail of a structure to an organisation: one a day for all its marchés. It names nobody.

    Past its duration its text and its address are empty.
    """

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    organisation = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="destinataire"
    )
    told = models.CharField("à qui", max_length=10, choices=Told)
    on = models.DateField("jour")
    email = models.CharField("adresse", max_length=800)  # several, with commas, when it goes to members of a firm
    subject = models.CharField("objet", max_length=300)
    body = models.TextField("message")
    by_hand = models.BooleanField("à la main", default=False)
    written_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="au nom de")
    mandate = models.ForeignKey(
        "procurement.Mandate", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="mandat"
    )
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    failed_on = models.DateField("en erreur le", null=True, blank=True)
    failure = models.CharField("erreur", max_length=300, blank=True)
    cleared_on = models.DateField("adresse remise en service le", null=True, blank=True)

    class Meta:
        verbose_name = "courriel de relance"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="agenda_letter_of_owner"),
            models.UniqueConstraint(
                "owner_org", "organisation", "on", condition=Q(mandate=None), name="agenda_letter_once",
                violation_error_message="Cet organisme a déjà un courriel de relance aujourd'hui.",
            ),
            models.UniqueConstraint(
                "owner_org", "mandate", "on", name="agenda_letter_once_by_mandate",
                violation_error_message="Qui déclare pour cette entreprise a déjà un courriel de relance aujourd'hui.",
            ),
            models.CheckConstraint(
                name="agenda_letter_holder",
                condition=Q(told=Told.HOLDER, mandate__isnull=False) | (~Q(told=Told.HOLDER) & Q(mandate=None)),
                violation_error_message="Un courriel à qui déclare pour une entreprise cite son mandat.",
            ),
            models.CheckConstraint(
                name="agenda_letter_failed",
                condition=Q(failed_on=None, failure="") | (Q(failed_on__isnull=False) & ~Q(failure="")),
                violation_error_message="Une adresse en erreur porte son motif.",
            ),
            models.CheckConstraint(
                name="agenda_letter_cleared", condition=Q(cleared_on=None) | Q(failed_on__isnull=False),
                violation_error_message="Seule une adresse en erreur se remet en service.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["owner_org", "-on"], name="agenda_letter_last")]

    class Privacy:
        personal: ClassVar[set[str]] = {"email", "body", "failure"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "organisation", "told", "on", "subject", "by_hand", "written_by",
            "sent_at", "failed_on", "cleared_on", "mandate",
        }  # fmt: skip


class Reminder(Row):
    """One step made for one month of one marché: a line of its timeline. Never changed."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    organisation = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="entreprise"
    )
    month = models.DateField("mois")
    step = models.CharField("étape", max_length=20, choices=ReminderStep)
    on = models.DateField("jour")
    told = models.CharField("à qui", max_length=10, choices=Told)
    subject = models.CharField("objet", max_length=300)
    masked = models.CharField("adresse masquée", max_length=254)
    letter = models.ForeignKey(Letter, models.RESTRICT, related_name="+", verbose_name="courriel")

    class Meta:
        verbose_name = "relance"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contract", "organisation", "month", "step", condition=~Q(step__in=BY_THEMSELVES),
                name="agenda_reminder_once",
                violation_error_message="Cette étape est déjà faite pour ce mois.",
            ),
            models.UniqueConstraint(
                "contract", "organisation", "month", "on", "told", condition=~Q(step=ReminderStep.ANSWERED),
                name="agenda_reminder_once_a_day", violation_error_message="Ce mois est déjà relancé aujourd'hui.",
            ),
            models.UniqueConstraint(
                "contract", "organisation", "month", "on", "told", condition=Q(step=ReminderStep.ANSWERED),
                name="agenda_reminder_answered_once",
                violation_error_message="Les réponses de ce mois sont déjà dites aujourd'hui.",
            ),
            models.CheckConstraint(
                name="agenda_reminder_month", condition=Q(month=TruncMonth("month")),
                violation_error_message="Un mois est noté par son premier jour.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"masked"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "contract", "organisation", "month", "step", "on", "told",
            "subject", "letter",
        }  # fmt: skip


class Postponement(Row):
    """The reminders of a firm on a marché put off to a day, with why; the last one noted holds."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    organisation = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="entreprise"
    )
    until = models.DateField("jusqu’au")
    reason = models.CharField("motif", max_length=300)
    put_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="reportée par")

    class Meta:
        verbose_name = "report des relances"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agenda_postponement_reason", condition=~Q(reason=""),
                violation_error_message="Un report porte son motif.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["contract", "organisation"], name="agenda_postponement_of")]

    class Privacy:
        personal: ClassVar[set[str]] = {"reason"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "contract", "organisation", "until", "put_by",
        }  # fmt: skip
