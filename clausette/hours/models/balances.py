"""Hours that no work contract carries: attested as a whole, or validated before we began."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.hours.enums import LineState, TypedKind
from clausette.kernel.rows import Row


class CollectiveHours(Row):
    """Heures non nominatives of one month: a number of hours and of people, attested by a document."""

    statement = models.ForeignKey("hours.Statement", models.RESTRICT, related_name="+", verbose_name="relevé")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement crédité"
    )
    declarant = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="déclarant")
    reporting_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure déclarante"
    )
    month = models.DateField("mois")
    kind = models.CharField("nature", max_length=10, choices=TypedKind, default=TypedKind.WORK)
    hours = models.DecimalField("heures", max_digits=8, decimal_places=2)
    people = models.PositiveIntegerField("nombre de personnes")
    state = models.CharField("état", max_length=10, choices=LineState, default=LineState.DRAFT)
    document = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+", verbose_name="attestation")
    corrects = models.ForeignKey(
        "self", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="corrige la ligne"
    )
    reason = models.CharField("motif", max_length=300, blank=True)
    added_on = models.DateField("ajoutée le", null=True, blank=True)

    class Meta:
        verbose_name = "heures non nominatives"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "statement", "commitment", "kind", condition=Q(corrects=None), name="hours_collective_once",
                violation_error_message="Des heures non nominatives sont déjà saisies pour ce mois et cet engagement.",
            ),
            models.CheckConstraint(
                name="hours_collective_hours",
                condition=Q(corrects=None, hours__gt=0) | (Q(corrects__isnull=False) & ~Q(hours=0)),
                violation_error_message="Les heures non nominatives sont supérieures à zéro.",
            ),
            models.CheckConstraint(
                name="hours_collective_people", condition=Q(people__gte=1) & Q(people__lte=9999),
                violation_error_message="Indiquez le nombre de personnes, une au moins.",
            ),
            models.CheckConstraint(
                name="hours_collective_state", condition=~Q(state=LineState.RESERVED),
                violation_error_message="Des heures non nominatives sont retenues ou ne le sont pas.",
            ),
            models.CheckConstraint(
                name="hours_collective_reason", condition=Q(corrects=None) | ~Q(reason=""),
                violation_error_message="Une correction porte son motif.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["contract", "commitment", "month"], name="hours_collective_ix")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "statement", "contract", "commitment", "declarant", "reporting_org", "month",
            "kind", "hours", "people", "state", "document", "corrects", "reason", "added_on",
        }  # fmt: skip


class OpeningBalance(Row):
    """« Reprise au JJ/MM/AAAA »: hours of an engagement validated before we began, with their document."""

    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement d’insertion"
    )
    as_of = models.DateField("reprise au")
    hours = models.DecimalField("heures déjà validées", max_digits=10, decimal_places=2)
    document = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+", verbose_name="document")
    entered_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="saisie par")
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_reason = models.CharField("motif du retrait", max_length=300, blank=True)

    class Meta:
        verbose_name = "reprise"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "commitment", condition=Q(withdrawn_at=None), name="hours_opening_once",
                violation_error_message="Cet engagement a déjà une reprise : retirez-la avant d’en saisir une autre.",
            ),
            models.UniqueConstraint("id", "commitment", "contract", name="hours_opening_of_commitment"),
            models.CheckConstraint(
                name="hours_opening_hours", condition=Q(hours__gt=0),
                violation_error_message="Les heures reprises sont supérieures à zéro.",
            ),
            models.CheckConstraint(
                name="hours_opening_withdrawn",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="Une reprise retirée porte sa date et son motif.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "commitment", "as_of", "hours", "document", "entered_by",
            "withdrawn_at", "withdrawn_reason",
        }  # fmt: skip


class OpeningBalanceYear(Row):
    """The part of an opening balance worked in one year, when it is known."""

    balance = models.ForeignKey(OpeningBalance, models.RESTRICT, related_name="+", verbose_name="reprise")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement d’insertion"
    )
    year = models.PositiveSmallIntegerField("année")
    hours = models.DecimalField("heures", max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = "année d’une reprise"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "balance", "year", name="hours_openingyear_once",
                violation_error_message="Cette année est déjà détaillée.",
            ),
            models.CheckConstraint(
                name="hours_openingyear_year", condition=Q(year__gte=2000) & Q(year__lte=2100),
                violation_error_message="L’année est comprise entre 2000 et 2100.",
            ),
            models.CheckConstraint(
                name="hours_openingyear_hours", condition=Q(hours__gt=0),
                violation_error_message="Les heures d’une année sont supérieures à zéro.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "balance", "contract", "commitment", "year", "hours",
        }  # fmt: skip
