"""Signed acts that move hours, their credit or their surplus from one engagement to another."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.commitments.enums import ActKind
from clausette.commitments.models.engagement import Commitment
from clausette.kernel.rows import Row


class CommitmentAct(Row):
    """A signed act: hours due moved, balance transferred, credit lent, surplus carried over. Withdrawn, never erased.

    Of a surplus: `hours` carried, `ceiling` of all those that the receiving engagement takes, `kept`: hours due by the
    giving one, which stay there.
    """

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    kind = models.CharField("acte", max_length=20, choices=ActKind)
    from_commitment = models.ForeignKey(Commitment, models.RESTRICT, related_name="+", verbose_name="de l’engagement")
    from_contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="du marché"
    )
    to_commitment = models.ForeignKey(Commitment, models.RESTRICT, related_name="+", verbose_name="vers l’engagement")
    to_contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="vers le marché"
    )
    hours = models.DecimalField("heures", max_digits=10, decimal_places=2, null=True, blank=True)
    ceiling = models.DecimalField("plafond d’heures", max_digits=10, decimal_places=2, null=True, blank=True)
    kept = models.DecimalField("heures dues, gardées", max_digits=10, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    signed_on = models.DateField("signé le")
    document = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+", verbose_name="document")
    reason = models.CharField("motif", max_length=500)
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)
    withdrawn_reason = models.CharField("motif du retrait", max_length=300, blank=True)

    class Meta:
        verbose_name = "acte entre engagements"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="commitments_act_two", condition=~Q(from_commitment=F("to_commitment")),
                violation_error_message="Un acte relie deux engagements différents.",
            ),
            models.CheckConstraint(
                name="commitments_act_content",
                condition=Q(kind=ActKind.GLOBALISATION, hours=None, ceiling__gt=0, kept=None)
                | Q(kind=ActKind.CARRY_OVER, hours__gt=0, ceiling__gte=F("hours"), kept__gte=0, ends_on=None)
                | (Q(kind__in=[ActKind.MOVE, ActKind.TRANSFER]) & Q(hours__gt=0, ceiling=None, kept=None)),
                violation_error_message=(
                    "Une globalisation a un plafond d’heures ; un mouvement ou un transfert a des heures ; un report "
                    "du surplus a les deux, et les heures dues qui restent."
                ),
            ),
            models.CheckConstraint(
                name="commitments_act_dates", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin de l’acte précède son début.",
            ),
            models.CheckConstraint(
                name="commitments_act_reason", condition=~Q(reason=""),
                violation_error_message="Indiquez le motif de l’acte.",
            ),
            models.CheckConstraint(
                name="commitments_act_withdrawn", condition=Q(withdrawn_on=None) | ~Q(withdrawn_reason=""),
                violation_error_message="Indiquez le motif du retrait.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "kind", "from_commitment", "from_contract", "to_commitment",
            "to_contract", "hours", "ceiling", "kept", "starts_on", "ends_on", "signed_on", "document", "reason",
            "withdrawn_on", "withdrawn_reason",
        }  # fmt: skip
