"""What an engagement rests on besides its hours: sub-targets, shares in a group, hours worked by the titulaire."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.commitments.enums import SubTargetBase, SubTargetKind
from clausette.commitments.models.engagement import Commitment, CommitmentVersion
from clausette.kernel.rows import Row


class SubTarget(Row):
    """An « objectif particulier » of a version: a share of the hours, or of the people, of one public."""

    version = models.ForeignKey(CommitmentVersion, models.RESTRICT, related_name="+", verbose_name="version")
    commitment = models.ForeignKey(Commitment, models.RESTRICT, related_name="+", verbose_name="engagement")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    kind = models.CharField("objectif particulier", max_length=20, choices=SubTargetKind)
    base = models.CharField("part de quoi", max_length=10, choices=SubTargetBase, default=SubTargetBase.HOURS)
    share = models.DecimalField("part", max_digits=6, decimal_places=4)

    class Meta:
        verbose_name = "objectif particulier"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "version", "kind", "base", name="commitments_subtarget_once",
                violation_error_message="Cet objectif particulier est déjà dans la version.",
            ),
            models.CheckConstraint(
                name="commitments_subtarget_share", condition=Q(share__gt=0) & Q(share__lte=1),
                violation_error_message="La part d’un objectif particulier va de plus de 0 % à 100 %.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "version", "commitment", "contract", "kind", "base", "share",
        }  # fmt: skip


class GroupShare(Row):
    """The share of the hours due that one member of the group does, between two days."""

    commitment = models.ForeignKey(Commitment, models.RESTRICT, related_name="+", verbose_name="engagement")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    organisation = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="membre")
    share = models.DecimalField("part", max_digits=6, decimal_places=4)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)

    class Meta:
        verbose_name = "part dans le groupement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "commitment", "organisation", condition=Q(ends_on=None), name="commitments_groupshare_once",
                violation_error_message="Cette entreprise a déjà une part dans le groupement.",
            ),
            models.CheckConstraint(
                name="commitments_groupshare_share", condition=Q(share__gt=0) & Q(share__lte=1),
                violation_error_message="La part d’un membre va de plus de 0 % à 100 %.",
            ),
            models.CheckConstraint(
                name="commitments_groupshare_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin de la part précède son début.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "commitment", "contract", "organisation", "share", "starts_on", "ends_on",
        }  # fmt: skip


class BaseHours(Row):
    """Hours worked by the titulaire in a period: the base of a share of them. Withdrawn, never erased."""

    commitment = models.ForeignKey(Commitment, models.RESTRICT, related_name="+", verbose_name="engagement")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    declarant = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="déclarant")
    declared_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="déclaré par")
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    hours = models.DecimalField("heures travaillées", max_digits=12, decimal_places=2)
    document = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="document"
    )
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)
    withdrawn_reason = models.CharField("motif du retrait", max_length=300, blank=True)

    class Meta:
        verbose_name = "heures travaillées par le titulaire"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="commitments_basehours_hours", condition=Q(hours__gte=0),
                violation_error_message="Les heures travaillées ne peuvent pas être négatives.",
            ),
            models.CheckConstraint(
                name="commitments_basehours_dates", condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin de la période précède son début.",
            ),
            models.CheckConstraint(
                name="commitments_basehours_withdrawn", condition=Q(withdrawn_on=None) | ~Q(withdrawn_reason=""),
                violation_error_message="Indiquez le motif du retrait.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "commitment", "contract", "declarant", "declared_by", "starts_on", "ends_on",
            "hours", "document", "withdrawn_on", "withdrawn_reason",
        }  # fmt: skip
