"""Which structure reports the hours of an engagement, from a month on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncMonth

from clausette.kernel.rows import Row


class ReportingChange(Row):
    """A decision: from this month on, the hours of an engagement are reported by this structure (structure déclarante).

    The latest decision that covers a month rules it; without any, the structure référente reports.
    """

    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché"
    )
    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement"
    )
    reporting_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure déclarante"
    )
    from_month = models.DateField("à partir du mois")
    reason = models.CharField("motif", max_length=300)
    decided_on = models.DateField("décidé le")
    decided_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="décidé par"
    )

    class Meta:
        verbose_name = "changement de structure déclarante"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="hours_reporting_month", condition=Q(from_month=TruncMonth("from_month")),
                violation_error_message="Un mois est noté par son premier jour.",
            ),
            models.CheckConstraint(
                name="hours_reporting_reason", condition=~Q(reason=""),
                violation_error_message="Un changement de structure déclarante porte son motif.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["commitment", "from_month"], name="hours_reporting_ix")]

    class Privacy:
        personal: ClassVar[set[str]] = {"reason"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "contract", "commitment", "reporting_org", "from_month", "decided_on",
            "decided_by",
        }  # fmt: skip
