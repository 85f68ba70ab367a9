"""Tables of people at work: work contracts and their allocations to engagements."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row

from .enums import LinkKind, Modality, PlacementEnd, WorkContractKind


class Placement(Row):
    """One work contract of one participant with one employer (mise à l’emploi)."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    participant = models.ForeignKey(
        "participants.Participant", models.RESTRICT, related_name="+", verbose_name="participant"
    )
    employer = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="employeur"
    )
    modality = models.CharField("modalité", max_length=20, choices=Modality)
    work_contract = models.CharField("contrat de travail", max_length=30, choices=WorkContractKind)
    job = models.CharField("emploi occupé", max_length=120, blank=True)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin prévue", null=True, blank=True)
    ended_on = models.DateField("fin réelle", null=True, blank=True)
    end_reason = models.CharField("motif de fin", max_length=30, choices=PlacementEnd, blank=True)
    weekly_hours = models.DecimalField("heures par semaine", max_digits=4, decimal_places=2, default=35)
    follows = models.ForeignKey(
        "self", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="suite de"
    )
    link = models.CharField("lien", max_length=20, choices=LinkKind, blank=True)
    already_employed_reason = models.CharField("déjà salarié : motif d’accord", max_length=300, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_reason = models.CharField("motif du retrait", max_length=300, blank=True)

    class Meta:
        verbose_name = "mise à l’emploi"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "employer", name="placements_placement_of_employer"),
            models.UniqueConstraint("id", "owner_org", name="placements_placement_of_owner"),
            models.UniqueConstraint("id", "employer", "owner_org", name="placements_placement_of_both"),
            models.UniqueConstraint(
                "participant", "employer", "starts_on", condition=Q(withdrawn_at=None),
                name="placements_placement_once",
                violation_error_message="Cette personne a déjà un contrat de travail chez cet employeur à cette date.",
            ),
            models.CheckConstraint(
                name="placements_placement_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin du contrat de travail précède son début.",
            ),
            models.CheckConstraint(
                name="placements_placement_end",
                condition=Q(ended_on=None, end_reason="") | (Q(ended_on__gte=F("starts_on")) & ~Q(end_reason="")),
                violation_error_message="Une fin réelle porte son motif et suit le début.",
            ),
            models.CheckConstraint(
                name="placements_placement_weekly", condition=Q(weekly_hours__gt=0) & Q(weekly_hours__lte=48),
                violation_error_message="Les heures par semaine sont comprises entre 0 et 48.",
            ),
            models.CheckConstraint(
                name="placements_placement_link",
                condition=Q(follows=None, link="") | (Q(follows__isnull=False) & ~Q(link="")),
                violation_error_message="Dites quel contrat de travail précède et par quel lien.",
            ),
            models.CheckConstraint(
                name="placements_placement_withdrawn",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="Une mise à l’emploi retirée porte sa date et son motif.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"job", "end_reason", "already_employed_reason", "withdrawn_reason"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "participant", "employer", "modality", "work_contract",
            "starts_on", "ends_on", "ended_on", "weekly_hours", "follows", "link", "withdrawn_at",
        }  # fmt: skip


class Allocation(Row):
    """One mise à disposition: where the person works and which engagement is credited, between two days.

    `owner_org`: the structure of its work contract, copied by the database: the persons of others are found by it.
    """

    placement = models.ForeignKey(
        Placement, models.RESTRICT, related_name="+", verbose_name="mise à l’emploi"
    )
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    employer = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="employeur"
    )
    host_company = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="entreprise utilisatrice"
    )
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché"
    )
    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement crédité"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)
    share = models.DecimalField("part proposée", max_digits=5, decimal_places=4, default=1)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "répartition des heures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "placement", "commitment", "host_company", "starts_on", condition=Q(withdrawn_at=None),
                name="placements_allocation_once",
                violation_error_message="Cette répartition existe déjà.",
            ),
            models.CheckConstraint(
                name="placements_allocation_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin de la répartition précède son début.",
            ),
            models.CheckConstraint(
                name="placements_allocation_share", condition=Q(share__gt=0) & Q(share__lte=1),
                violation_error_message="La part est comprise entre 0 et 100 %.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["contract", "commitment"], name="placements_allocation_c"),
            models.Index(fields=["contract", "owner_org"], name="placements_allocation_whose"),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "placement", "owner_org", "employer", "host_company", "contract", "commitment",
            "starts_on", "ends_on", "share", "withdrawn_at",
        }  # fmt: skip
