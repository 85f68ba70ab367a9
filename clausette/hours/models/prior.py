"""A training followed before the work contract: what its hours rest on."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.hours.enums import PriorKind
from clausette.kernel.rows import Row


class PriorTraining(Row):
    """« Formation avant l'embauche » (POEI, POEC…) of the person of one work contract, with its certificate."""

    placement = models.ForeignKey(
        "placements.Placement", models.RESTRICT, related_name="+", verbose_name="mise à l’emploi"
    )
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    commitment = models.ForeignKey(
        "commitments.Commitment", models.RESTRICT, related_name="+", verbose_name="engagement d’insertion"
    )
    declarant = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="déclarant")
    kind = models.CharField("formation", max_length=20, choices=PriorKind)
    provider = models.CharField("organisme de formation", max_length=150)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    hours = models.DecimalField("heures attestées", max_digits=8, decimal_places=2)
    document = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+", verbose_name="attestation")

    class Meta:
        verbose_name = "formation avant l’embauche"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "placement", name="hours_prior_of_placement"),
            models.UniqueConstraint(
                "placement", "commitment", "starts_on", name="hours_prior_once",
                violation_error_message="Cette formation est déjà enregistrée : choisissez-la dans la liste.",
            ),
            models.CheckConstraint(
                name="hours_prior_dates", condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin de la formation précède son début.",
            ),
            models.CheckConstraint(
                name="hours_prior_hours", condition=Q(hours__gt=0),
                violation_error_message="Les heures attestées sont supérieures à zéro.",
            ),
            models.CheckConstraint(
                name="hours_prior_provider", condition=~Q(provider=""),
                violation_error_message="Donnez l’organisme de formation.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["contract", "commitment"], name="hours_prior_ix")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "placement", "contract", "commitment", "declarant", "kind", "provider",
            "starts_on", "ends_on", "hours", "document",
        }  # fmt: skip
