"""Tables of purchase programmes, and of what a structure sets for itself: values, offers of insertion, templates."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.advice.enums import ProgrammeSource, ValueKind
from clausette.kernel.rows import Row


class Programme(Row):
    """The purchases that a buyer plans, as he handed them in: one file, its columns, one study for each line kept."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    buyer = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="acheteur connu"
    )
    buyer_name = models.CharField("maître d'ouvrage", max_length=200)
    title = models.CharField("nom du programme", max_length=200)
    source = models.CharField("origine", max_length=20, choices=ProgrammeSource)
    file = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+", verbose_name="fichier")
    sha256 = models.CharField("empreinte du fichier envoyé", max_length=64)
    columns = models.JSONField("colonnes reconnues", default=dict)
    remarks = models.JSONField("lignes non lues", default=list)
    size = models.PositiveIntegerField("lignes du fichier", default=0)
    brought_on = models.DateField("reçu le")
    brought_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="apporté par")

    class Meta:
        verbose_name = "programme d'achats"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="advice_programme_of_owner"),
            models.UniqueConstraint(
                "owner_org", "sha256", name="advice_programme_once",
                violation_error_message="Ce fichier a déjà été envoyé.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "buyer", "buyer_name", "title", "source", "file", "sha256",
            "columns", "remarks", "size", "brought_on", "brought_by",
        }  # fmt: skip


class OwnValue(Row):
    """A usual value of a trade as this structure sets it, from a day on. Never changed: a later row replaces it."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    trade = models.CharField("métier", max_length=40)
    kind = models.CharField("valeur", max_length=20, choices=ValueKind)
    value = models.DecimalField("chiffre", max_digits=8, decimal_places=4)
    starts_on = models.DateField("à partir du")
    source = models.CharField("origine du chiffre", max_length=200)
    set_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="fixé par")

    class Meta:
        verbose_name = "valeur de la structure"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="advice_value_range",
                condition=Q(kind=ValueKind.LABOUR_SHARE, value__gt=0, value__lte=1)
                | Q(kind=ValueKind.HOURLY_COST, value__gt=0),
                violation_error_message="Une part va de 0 à 100 %, un coût horaire est supérieur à zéro.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["owner_org", "kind", "trade", "-starts_on"], name="advice_value_last_first")
        ]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "trade", "kind", "value", "starts_on", "source", "set_by",
        }  # fmt: skip


class InsertionOffer(Row):
    """What a structure of insertion of the territory says it can do in a trade, in hours a month."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    provider = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", null=True, blank=True,
        verbose_name="structure d'insertion connue",
    )  # fmt: skip
    provider_name = models.CharField("structure d'insertion", max_length=200)
    trade = models.CharField("métier", max_length=40)
    place = models.CharField("département ou commune", max_length=100, blank=True)
    monthly_hours = models.DecimalField("heures par mois", max_digits=8, decimal_places=2)
    stated_on = models.DateField("dit le")
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "offre d'insertion"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="advice_offer_hours", condition=Q(monthly_hours__gt=0),
                violation_error_message="Les heures par mois sont supérieures à zéro.",
            ),
            models.CheckConstraint(
                name="advice_offer_dates", condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=models.F("stated_on")),
                violation_error_message="Une offre ne peut pas être retirée avant d'avoir été dite.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "provider", "provider_name", "trade", "place", "monthly_hours",
            "stated_on", "withdrawn_on",
        }  # fmt: skip


class OwnTemplate(Row):
    """A DOCX template that a structure puts in the place of ours, for one kind of text. The last one serves."""

    owner_org = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure")
    kind = models.CharField("texte", max_length=40)
    number = models.PositiveIntegerField("version")
    name = models.CharField("nom du fichier", max_length=200)
    file = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+", verbose_name="modèle")
    brought_by = models.ForeignKey("access.Account", models.RESTRICT, related_name="+", verbose_name="apporté par")
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "modèle de la structure"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner_org", "kind", "number", name="advice_template_version",
                violation_error_message="Cette version du modèle existe déjà.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "kind", "number", "name", "file", "brought_by", "withdrawn_at",
        }  # fmt: skip
