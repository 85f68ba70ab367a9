"""The dated facts known at the first release. A later change of a fact is a new migration that closes the old row."""

from datetime import timedelta
from itertools import groupby
from typing import Any, ClassVar

from django.db import migrations

from clausette.reference.enums import Zone
from clausette.reference.facts.articles import ARTICLES
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.facts.publics import PUBLICS
from clausette.reference.facts.smic import SMIC
from clausette.reference.facts.thresholds import THRESHOLDS

THRESHOLD_LABELS = {
    "supplies_state": "Seuil européen, fournitures et services de l’État",
    "supplies_local": "Seuil européen, fournitures et services des collectivités",
    "supplies_utility": "Seuil européen, fournitures et services des entités adjudicatrices et de la défense",
    "works": "Seuil européen, travaux et concessions",
}


def _closed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each row the day before the next one of the same code and zone as its last day."""
    def series(row: dict[str, Any]) -> tuple[str, str]:
        return row["code"], row["zone"]

    out: list[dict[str, Any]] = []
    for _, group in groupby(sorted(rows, key=lambda r: (*series(r), r["valid_from"])), key=series):
        own = list(group)
        for row, following in zip(own, [*own[1:], None], strict=True):
            if following is not None:
                row["valid_to"] = following["valid_from"] - timedelta(days=1)
            out.append(row)
    return out


def load(apps: Any, schema_editor: Any) -> None:
    parameters = [
        {
            "code": "smic_hourly", "zone": row.zone, "value": row.amount, "unit": "€/h",
            "label": "SMIC horaire brut", "valid_from": row.starts_on, "source": row.source,
            "reliability": row.reliability,
        }
        for row in SMIC
    ]  # fmt: skip
    parameters += [
        {
            "code": row.code, "zone": Zone.FRANCE, "value": row.value, "unit": row.unit, "label": row.label,
            "valid_from": row.starts_on, "source": row.source, "reliability": row.reliability,
        }
        for row in PARAMETERS
    ]  # fmt: skip
    dated = apps.get_model("reference", "DatedParameter")
    dated.objects.bulk_create(dated(**row) for row in _closed(parameters))
    dated.objects.bulk_create(
        dated(
            code=f"threshold_{name}", zone=Zone.FRANCE, value=getattr(row, name), unit="€ HT", label=label,
            valid_from=row.starts_on, valid_to=row.ends_on, source=row.source, reliability=row.reliability,
        )
        for row in THRESHOLDS
        for name, label in THRESHOLD_LABELS.items()
    )  # fmt: skip
    article = apps.get_model("reference", "LegalArticle")
    article.objects.bulk_create(
        article(
            device=row.device, family=row.family, threshold=row.threshold, code_name=row.text, article=row.articles,
            valid_from=row.starts_on, valid_to=row.ends_on, source=row.source, reliability=row.reliability,
        )
        for row in ARTICLES
    )  # fmt: skip
    category = apps.get_model("reference", "EligibleCategory")
    category.objects.bulk_create(
        category(
            code=row.code, label=row.label, group=row.group, evidence=row.evidence,
            freshness_months=row.evidence_months, storable=row.stored, source=row.source, reliability=row.reliability,
        )
        for row in PUBLICS
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reference", "0002_rights")]
    operations: ClassVar = [migrations.RunPython(load, migrations.RunPython.noop)]
