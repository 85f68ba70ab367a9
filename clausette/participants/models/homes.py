"""Where a person lives, as far as eligibility asks: a commune, a priority district of one list or both."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row
from clausette.participants.enums import DistrictMeans
from clausette.participants.models.persons import Participant


class Home(Row):
    """What is known of the home on a day; the last one counts. The address itself is never kept."""

    participant = models.ForeignKey(
        Participant, models.RESTRICT, related_name="+", verbose_name="participant"
    )
    known_on = models.DateField("connu le")
    commune_code = models.CharField("commune (code Insee)", max_length=5, blank=True)
    commune_name = models.CharField("commune", max_length=120, blank=True)
    in_district = models.BooleanField("habite un quartier prioritaire")
    district_2024 = models.CharField("quartier prioritaire de 2024", max_length=10, blank=True)
    district_2015 = models.CharField("quartier prioritaire de 2015", max_length=10, blank=True)
    means = models.CharField("quartier connu par", max_length=10, choices=DistrictMeans)
    told_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="établi par"
    )

    class Meta:
        verbose_name = "domicile"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="participants_home_district",
                condition=Q(in_district=True) | Q(district_2024="", district_2015=""),
                violation_error_message="Un quartier prioritaire est nommé : la personne y habite.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["participant", "-known_on"], name="participants_home_person")]

    class Privacy:
        personal: ClassVar[set[str]] = {
            "commune_code", "commune_name", "in_district", "district_2024", "district_2015", "means",
        }  # fmt: skip
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "participant", "known_on", "told_by"}
