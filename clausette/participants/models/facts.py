"""What was known of a person on the day of a decision, frozen: it never changes afterwards."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row
from clausette.participants.enums import DistrictMeans
from clausette.participants.models.checks import EligibilityCheck
from clausette.participants.models.persons import Participant


class DecisionFacts(Row):
    """The facts of the day of one decision. Same compartment and policy as its reasons."""

    check_made = models.ForeignKey(
        EligibilityCheck, models.RESTRICT, related_name="+", verbose_name="vérification"
    )
    participant = models.ForeignKey(
        Participant, models.RESTRICT, related_name="+", verbose_name="participant"
    )
    age = models.PositiveSmallIntegerField("âge", null=True, blank=True)
    level = models.CharField("niveau de formation (code)", max_length=2, blank=True)
    level_words = models.CharField("niveau de formation", max_length=80, blank=True)
    in_district = models.BooleanField("habite un quartier prioritaire", null=True, blank=True)
    district_2024 = models.CharField("quartier prioritaire de 2024", max_length=10, blank=True)
    district_2015 = models.CharField("quartier prioritaire de 2015", max_length=10, blank=True)
    district_means = models.CharField(
        "quartier connu par", max_length=10, choices=DistrictMeans, blank=True
    )
    registered_on = models.DateField("inscription à France Travail", null=True, blank=True)
    months_registered = models.PositiveSmallIntegerField("mois d’inscription", null=True, blank=True)
    months_worked = models.DecimalField(
        "mois travaillés sur douze", max_digits=4, decimal_places=1, null=True, blank=True
    )
    already_employed = models.BooleanField("déjà salarié de l’entreprise", null=True, blank=True)
    rule_version = models.CharField("version des règles", max_length=40, blank=True)

    class Meta:
        verbose_name = "faits de la décision"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["check_made"], name="participants_facts_once",
                violation_error_message="Les faits de cette décision sont déjà gardés.",
            ),
            models.CheckConstraint(
                name="participants_facts_district",
                condition=Q(in_district=True) | Q(district_2024="", district_2015=""),
                violation_error_message="Un quartier prioritaire est nommé : la personne y habite.",
            ),
            models.CheckConstraint(
                name="participants_facts_registered",
                condition=Q(registered_on=None, months_registered=None)
                | Q(registered_on__isnull=False, months_registered__isnull=False),
                violation_error_message="L’inscription à France Travail porte sa date et sa durée.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {
            "age", "level", "level_words", "in_district", "district_2024", "district_2015", "district_means",
            "registered_on", "months_registered", "months_worked", "already_employed",
        }  # fmt: skip
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "check_made", "participant", "rule_version"}
