"""Tables of what is owed: commitments, their versions and the dated parts of each version."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.commitments.enums import (
    AmountBase,
    CommitmentKind,
    PartOrigin,
    PartStatus,
    Rounding,
    VersionReason,
)
from clausette.commitments.models.conditions import CONDITIONS, Conditions, conditions_held
from clausette.kernel.rows import Row


class Commitment(Conditions):
    """An engagement d'insertion: hours owed by one titulaire on a contract or on one of its lots."""

    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    lot = models.ForeignKey(
        "procurement.Lot", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="lot"
    )
    contractor = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="titulaire")
    lead_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure référente"
    )
    kind = models.CharField("nature", max_length=20, choices=CommitmentKind)
    starts_on = models.DateField("début")
    ends_on = models.DateField("terme")
    closed_on = models.DateField("soldé le", null=True, blank=True)
    expected_from = models.DateField("relevés attendus depuis", null=True, blank=True)

    class Meta:
        verbose_name = "engagement d’insertion"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "contract", name="commitments_commitment_of_contract"),
            models.UniqueConstraint(
                "contract", "lot", "contractor", "starts_on", nulls_distinct=False,
                name="commitments_commitment_once",
                violation_error_message="Cette entreprise a déjà un engagement d’insertion sur ce lot à cette date.",
            ),
            models.CheckConstraint(
                name="commitments_commitment_dates", condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Le terme de l’engagement précède son début.",
            ),
            models.CheckConstraint(
                name="commitments_commitment_expected_from",
                condition=Q(expected_from=None) | Q(expected_from__day=1),
                violation_error_message="Le premier mois attendu est un mois entier.",
            ),
            *conditions_held("commitments_commitment"),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "lot", "contractor", "lead_org", "kind", "starts_on", "ends_on",
            "closed_on", "expected_from", *CONDITIONS,
        }  # fmt: skip


class CommitmentVersion(Row):
    """What the commitment says from a date on: never changed, followed by the next version."""

    commitment = models.ForeignKey(Commitment, models.RESTRICT, related_name="+", verbose_name="engagement")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    number = models.PositiveSmallIntegerField("version")
    reason = models.CharField("motif", max_length=30, choices=VersionReason)
    comment = models.CharField("précision", max_length=500, blank=True)
    document = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="document"
    )
    effective_on = models.DateField("applicable le")
    ends_on = models.DateField("terme")
    minimum_hours = models.DecimalField("minimum exigé", max_digits=10, decimal_places=2, null=True, blank=True)
    offer_hours = models.DecimalField("engagement de l’offre", max_digits=10, decimal_places=2, null=True, blank=True)
    amount_ht = models.DecimalField("montant HT", max_digits=14, decimal_places=2, null=True, blank=True)
    labour_share = models.DecimalField("part de main-d’œuvre", max_digits=6, decimal_places=4, null=True, blank=True)
    rate = models.DecimalField("taux d’insertion", max_digits=6, decimal_places=4, null=True, blank=True)
    hourly_cost = models.DecimalField("coût horaire", max_digits=8, decimal_places=2, null=True, blank=True)
    rounding = models.CharField("arrondi", max_length=20, choices=Rounding, default=Rounding.NEAREST)
    minimum_document = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True,
        verbose_name="pièce du minimum exigé",
    )
    offer_document = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="pièce de l’offre"
    )
    euros_per_hour = models.DecimalField("euros par heure", max_digits=10, decimal_places=2, null=True, blank=True)
    beyond_ht = models.DecimalField("au-delà de", max_digits=14, decimal_places=2, null=True, blank=True)
    amount_base = models.CharField("montant retenu", max_length=10, choices=AmountBase, blank=True)
    estimated_ht = models.DecimalField(
        "montant HT estimé au terme", max_digits=14, decimal_places=2, null=True, blank=True
    )
    hours_share = models.DecimalField("part des heures", max_digits=6, decimal_places=4, null=True, blank=True)
    estimated_base = models.DecimalField(
        "heures travaillées estimées", max_digits=12, decimal_places=2, null=True, blank=True
    )
    moved_hours = models.DecimalField("heures reçues ou cédées", max_digits=10, decimal_places=2, default=0)

    class Meta:
        verbose_name = "version de l’engagement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "commitment", "number", name="commitments_version_number",
                violation_error_message="Une autre version vient d’être enregistrée. Relisez la page.",
            ),
            models.UniqueConstraint("id", "commitment", "contract", name="commitments_version_of_commitment"),
            models.CheckConstraint(
                name="commitments_version_hours",
                condition=(Q(minimum_hours=None) | Q(minimum_hours__gt=0))
                & (Q(offer_hours=None) | Q(offer_hours__gt=0)),
                violation_error_message="Les heures doivent être supérieures à zéro.",
            ),
            models.CheckConstraint(
                name="commitments_version_calibration",
                condition=Q(amount_ht=None, labour_share=None, rate=None, hourly_cost=None)
                | (Q(amount_ht__isnull=False, labour_share__isnull=False, rate__isnull=False, hourly_cost__isnull=False)
                   & Q(amount_ht__gt=0) & Q(labour_share__gt=0) & Q(labour_share__lte=1)
                   & Q(rate__gt=0) & Q(rate__lte=1) & Q(hourly_cost__gt=0)),
                violation_error_message=(
                    "Le calcul demande un montant, une part de main-d’œuvre, un taux et un coût horaire."
                ),
            ),
            models.CheckConstraint(
                name="commitments_version_per_amount",
                condition=Q(euros_per_hour=None, beyond_ht=None, amount_base="", estimated_ht=None)
                | (Q(euros_per_hour__gt=0) & Q(beyond_ht__gte=0) & ~Q(amount_base="")
                   & (Q(estimated_ht=None) | Q(estimated_ht__gt=0))),
                violation_error_message=(
                    "Les heures selon le montant demandent des euros par heure, un seuil et le montant retenu."
                ),
            ),
            models.CheckConstraint(
                name="commitments_version_share",
                condition=Q(hours_share=None, estimated_base=None)
                | (Q(hours_share__gt=0) & Q(hours_share__lte=1)
                   & (Q(estimated_base=None) | Q(estimated_base__gt=0))),
                violation_error_message="La part des heures travaillées va de plus de 0 % à 100 %.",
            ),
            models.CheckConstraint(
                name="commitments_version_one_basis",
                condition=(Q(amount_ht=None) & Q(euros_per_hour=None)) | (Q(amount_ht=None) & Q(hours_share=None))
                | (Q(euros_per_hour=None) & Q(hours_share=None)),
                violation_error_message="Un engagement a une seule base : calcul, montant ou part des heures.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "commitment", "contract", "number", "reason", "comment", "document",
            "effective_on", "minimum_hours", "offer_hours", "amount_ht", "labour_share", "rate", "hourly_cost",
            "rounding", "minimum_document", "offer_document", "euros_per_hour", "beyond_ht", "amount_base",
            "estimated_ht", "ends_on", "hours_share", "estimated_base", "moved_hours",
        }  # fmt: skip


class CommitmentPart(Row):
    """A dated part of a version's schedule: firm, conditional or cancelled."""

    version = models.ForeignKey(CommitmentVersion, models.RESTRICT, related_name="+", verbose_name="version")
    commitment = models.ForeignKey(Commitment, models.RESTRICT, related_name="+", verbose_name="engagement")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    label = models.CharField("partie", max_length=120)
    status = models.CharField("état", max_length=20, choices=PartStatus)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    hours = models.DecimalField("heures", max_digits=10, decimal_places=2)
    origin = models.CharField("origine", max_length=20, choices=PartOrigin, default=PartOrigin.BASE)
    phase = models.ForeignKey(
        "procurement.ContractPhase", models.RESTRICT, related_name="+", null=True, blank=True,
        verbose_name="tranche ou période",
    )

    class Meta:
        verbose_name = "partie de l’engagement"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="commitments_part_hours", condition=Q(hours__gt=0),
                violation_error_message="Les heures d’une partie doivent être supérieures à zéro.",
            ),
            models.CheckConstraint(
                name="commitments_part_dates", condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin d’une partie précède son début.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "version", "commitment", "contract", "label", "status",
            "starts_on", "ends_on", "hours", "origin", "phase",
        }  # fmt: skip
