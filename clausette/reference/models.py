"""Tables of facts: read by everybody, written by migrations, and by a command for the large official lists."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Func, Q, Value

from clausette.kernel.rows import Row

from .enums import DistrictGeneration, Reliability, Zone


def _days() -> Func:
    """The inclusive range of days during which a row holds."""
    return Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange", output_field=DateRangeField())


class DatedParameter(Row):
    """One value of law or practice between two dates (SMIC, ceilings, durations, divisors)."""

    code = models.CharField("code", max_length=60)
    zone = models.CharField("zone", max_length=40, choices=Zone, default=Zone.FRANCE)
    value = models.DecimalField("valeur", max_digits=14, decimal_places=4)
    unit = models.CharField("unité", max_length=40)
    label = models.CharField("libellé", max_length=200)
    valid_from = models.DateField("valable du")
    valid_to = models.DateField("valable au", null=True, blank=True)
    source = models.CharField("source", max_length=300)
    reliability = models.CharField("fiabilité", max_length=20, choices=Reliability)

    class Meta:
        verbose_name = "paramètre daté"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reference_parameter_dates",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="La fin de validité précède le début.",
            ),
            ExclusionConstraint(
                name="reference_parameter_once",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("zone", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Ce paramètre a déjà une valeur à ces dates.",
            ),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "code", "zone", "value", "unit", "label",
            "valid_from", "valid_to", "source", "reliability",
        }  # fmt: skip


class LegalArticle(Row):
    """The article on which a legal device rests, between two dates of consultation."""

    device = models.CharField("levier juridique", max_length=30)
    family = models.CharField("famille", max_length=20, default="contract")
    threshold = models.CharField("seuil", max_length=12, default="any")
    code_name = models.CharField("texte", max_length=120)
    article = models.CharField("article", max_length=60)
    valid_from = models.DateField("valable du")
    valid_to = models.DateField("valable au", null=True, blank=True)
    source = models.CharField("source", max_length=300)
    reliability = models.CharField("fiabilité", max_length=20, choices=Reliability)

    class Meta:
        verbose_name = "article applicable"
        constraints: ClassVar = [
            ExclusionConstraint(
                name="reference_article_once",
                expressions=[
                    ("device", RangeOperators.EQUAL),
                    ("family", RangeOperators.EQUAL),
                    ("threshold", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Ce levier a déjà un article à ces dates.",
            ),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "device", "family", "threshold", "code_name", "article",
            "valid_from", "valid_to", "source", "reliability",
        }  # fmt: skip


class EligibleCategory(Row):
    """One eligible public of the list, with the evidence it asks for and its freshness."""

    code = models.CharField("code", max_length=20, unique=True)
    label = models.CharField("libellé", max_length=240)
    group = models.CharField("groupe", max_length=12)
    evidence = models.CharField("pièce justificative", max_length=240)
    freshness_months = models.PositiveSmallIntegerField("fraîcheur en mois", null=True, blank=True)
    storable = models.BooleanField("motif enregistrable", default=True)
    source = models.CharField("source", max_length=300)
    reliability = models.CharField("fiabilité", max_length=20, choices=Reliability)

    class Meta:
        verbose_name = "public éligible"

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "code", "label", "group", "evidence", "freshness_months",
            "storable", "source", "reliability",
        }  # fmt: skip


class PolygonField(models.TextField):  # type: ignore[type-arg]  # it takes none when the program runs
    """A closed line as PostgreSQL keeps it: « ((longitude,latitude),…) », degrees WGS 84."""

    def db_type(self, connection: Any) -> str:
        """The type of the column."""
        return "polygon"


class District(Row):
    """A « quartier prioritaire de la politique de la ville » of one generation of the official list."""

    code = models.CharField("code", max_length=10, unique=True)
    name = models.CharField("nom", max_length=200)
    generation = models.PositiveSmallIntegerField("génération", choices=DistrictGeneration)
    communes = ArrayField(models.CharField(max_length=5), verbose_name="communes (codes Insee)", default=list)
    source = models.CharField("source", max_length=300)

    class Meta:
        verbose_name = "quartier prioritaire"
        indexes: ClassVar = [GinIndex(fields=["communes"], name="reference_district_communes")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "code", "name", "generation", "communes", "source",
        }  # fmt: skip


class DistrictRing(Row):
    """One closed line of a district: an outline, or a hole in one."""

    district = models.ForeignKey(District, models.CASCADE, related_name="+", verbose_name="quartier")
    is_hole = models.BooleanField("creux", default=False)
    line = PolygonField("contour")

    class Meta:
        verbose_name = "contour de quartier"
        indexes: ClassVar = [
            # a polygon has no index for « contains this point »; its box has
            GistIndex(Func(F("line"), function="box"), name="reference_ring_box")
        ]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {"id", "uid", "created_at", "district", "is_hole", "line"}


class Commune(Row):
    """A commune of today, or an arrondissement of Paris, Lyon, Marseille: what a home is chosen from.

    Delegated communes are not in the list: a home there is that of the commune which took them in.
    """

    code = models.CharField("code Insee", max_length=5, unique=True)
    name = models.CharField("nom", max_length=120)
    postcodes = ArrayField(models.CharField(max_length=5), verbose_name="codes postaux", default=list)
    sort_key = models.CharField("clé de tri", max_length=120)
    population = models.PositiveIntegerField("population", default=0)

    class Meta:
        verbose_name = "commune"
        indexes: ClassVar = [
            models.Index(fields=["sort_key"], name="reference_commune_key", opclasses=["varchar_pattern_ops"])
        ]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "code", "name", "postcodes", "sort_key", "population",
        }  # fmt: skip
