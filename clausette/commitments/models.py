"""Tables of what is owed: commitments, their versions and the dated parts of each version."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row

from .enums import CommitmentKind, EttAdmission, PartStatus, Periodicity, Rounding, VersionReason


class Commitment(Row):
    """An engagement d'insertion: hours owed by one titulaire on a contract or on one of its lots."""

    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    lot = models.ForeignKey(
        "procurement.Lot", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="lot"
    )
    contractor = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="titulaire")
    kind = models.CharField("nature", max_length=20, choices=CommitmentKind)
    starts_on = models.DateField("début")
    ends_on = models.DateField("terme")
    ett = models.CharField(
        "intérim classique admis", max_length=20, choices=EttAdmission, default=EttAdmission.ON_APPROVAL
    )
    periodicity = models.CharField(
        "périodicité des relevés", max_length=20, choices=Periodicity, default=Periodicity.MONTHLY
    )
    due_day = models.PositiveSmallIntegerField("relevé attendu le", default=10)
    penalty_multiplier = models.DecimalField("coefficient de pénalité", max_digits=5, decimal_places=2, default=2)
    closed_on = models.DateField("soldé le", null=True, blank=True)
    publics = models.JSONField("publics admis", default=list, blank=True)
    modalities = models.JSONField("modalités admises", default=list, blank=True)

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
                name="commitments_commitment_due_day", condition=Q(due_day__gte=1) & Q(due_day__lte=28),
                violation_error_message="Le jour attendu du relevé est compris entre 1 et 28.",
            ),
            models.CheckConstraint(
                name="commitments_commitment_multiplier", condition=Q(penalty_multiplier__gte=0),
                violation_error_message="Le coefficient de pénalité ne peut pas être négatif.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "lot", "contractor", "kind", "starts_on", "ends_on", "ett",
            "periodicity", "due_day", "penalty_multiplier", "closed_on", "publics", "modalities",
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
    minimum_hours = models.DecimalField("minimum exigé", max_digits=10, decimal_places=2, null=True, blank=True)
    offer_hours = models.DecimalField("engagement de l’offre", max_digits=10, decimal_places=2, null=True, blank=True)
    amount_ht = models.DecimalField("montant HT", max_digits=14, decimal_places=2, null=True, blank=True)
    labour_share = models.DecimalField("part de main-d’œuvre", max_digits=6, decimal_places=4, null=True, blank=True)
    rate = models.DecimalField("taux d’insertion", max_digits=6, decimal_places=4, null=True, blank=True)
    hourly_cost = models.DecimalField("coût horaire", max_digits=8, decimal_places=2, null=True, blank=True)
    rounding = models.CharField("arrondi", max_length=20, choices=Rounding, default=Rounding.NEAREST)

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
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "commitment", "contract", "number", "reason", "comment", "document",
            "effective_on", "minimum_hours", "offer_hours", "amount_ht", "labour_share", "rate", "hourly_cost",
            "rounding",
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
            "starts_on", "ends_on", "hours",
        }  # fmt: skip
