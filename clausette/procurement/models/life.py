"""What happens to a contract: its states, phases, avenants."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row
from clausette.procurement.enums import ContractState, PhaseKind, PhaseState, Source, TerminationReason

from .contracts import Contract, Lot

DECIDED_LATER = (PhaseKind.OPTIONAL_TRANCHE, PhaseKind.RENEWAL)


class ContractModification(Row):
    """A modification (avenant) read in official data or typed: dated, never overwritten."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    number = models.PositiveSmallIntegerField("numéro")
    notified_on = models.DateField("notifié le", null=True, blank=True)
    amount_ht = models.DecimalField("nouveau montant HT", max_digits=14, decimal_places=2, null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField("nouvelle durée en mois", null=True, blank=True)
    source = models.CharField("origine", max_length=10, choices=Source)
    contractors = models.CharField("titulaires après l’avenant", max_length=1000, blank=True)
    published_on = models.DateField("publié le", null=True, blank=True)

    class Meta:
        verbose_name = "avenant"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "contract", "number", name="procurement_modification_once",
                violation_error_message="Cet avenant est déjà enregistré.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "number", "notified_on", "amount_ht", "duration_months", "source",
            "contractors", "published_on",
        }  # fmt: skip


class ContractPhase(Row):
    """A tranche, a period of reconduction, a year of concession: planned, then confirmed or not made."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    lot = models.ForeignKey(Lot, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="lot")
    kind = models.CharField("nature", max_length=20, choices=PhaseKind)
    number = models.PositiveSmallIntegerField("numéro")
    label = models.CharField("intitulé", max_length=200, blank=True)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    amount_ht = models.DecimalField("montant HT", max_digits=14, decimal_places=2, null=True, blank=True)
    state = models.CharField("état", max_length=10, choices=PhaseState, default=PhaseState.PLANNED)
    decided_on = models.DateField("décidé le", null=True, blank=True)
    reason = models.CharField("motif", max_length=300, blank=True)
    document = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="document"
    )

    class Meta:
        verbose_name = "phase"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "contract", name="procurement_phase_of_contract"),
            models.UniqueConstraint(
                "contract", "lot", "kind", "number", nulls_distinct=False, name="procurement_phase_once",
                violation_error_message="Cette phase existe déjà dans le marché.",
            ),
            models.CheckConstraint(
                name="procurement_phase_dates", condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin de la phase précède son début.",
            ),
            models.CheckConstraint(
                name="procurement_phase_amount", condition=Q(amount_ht=None) | Q(amount_ht__gt=0),
                violation_error_message="Le montant de la phase doit être supérieur à zéro.",
            ),
            models.CheckConstraint(
                name="procurement_phase_decision",
                condition=(Q(kind__in=DECIDED_LATER) & (Q(state=PhaseState.PLANNED) ^ Q(decided_on__isnull=False)))
                | (~Q(kind__in=DECIDED_LATER) & Q(state=PhaseState.CONFIRMED, decided_on=None)),
                violation_error_message="Une tranche optionnelle ou une reconduction se décide à une date.",
            ),
            models.CheckConstraint(
                name="procurement_phase_not_made", condition=~Q(state=PhaseState.NOT_MADE) | ~Q(reason=""),
                violation_error_message="Indiquez pourquoi cette phase n’est pas faite.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "lot", "kind", "number", "label", "starts_on", "ends_on",
            "amount_ht", "state", "decided_on", "reason", "document",
        }  # fmt: skip


class ContractStep(Row):
    """One move in the life of a contract, with its day, its reason and its paper: written once, never changed."""

    contract = models.ForeignKey(Contract, models.RESTRICT, related_name="+", verbose_name="marché")
    from_state = models.CharField("état quitté", max_length=30, choices=ContractState)
    to_state = models.CharField("nouvel état", max_length=30, choices=ContractState)
    on = models.DateField("le")
    motive = models.CharField("cause de résiliation", max_length=20, choices=TerminationReason, blank=True)
    reason = models.CharField("motif", max_length=500, blank=True)
    document = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="document"
    )

    class Meta:
        verbose_name = "étape"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="procurement_step_motive", condition=Q(motive="") ^ Q(to_state=ContractState.TERMINATED),
                violation_error_message="Une résiliation, et elle seule, a une cause.",
            ),
            models.CheckConstraint(
                name="procurement_step_moves", condition=~Q(from_state=F("to_state")),
                violation_error_message="Le marché est déjà dans cet état.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "from_state", "to_state", "on", "motive", "reason", "document",
        }  # fmt: skip
