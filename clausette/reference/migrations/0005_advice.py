"""What the advice before the tender needs: hourly cost of studies, thresholds of its warnings, cleaning; article of defence."""

from typing import Any, ClassVar

from django.db import migrations

from clausette.reference.enums import Zone
from clausette.reference.facts.articles import ARTICLES
from clausette.reference.facts.parameters import PARAMETERS

CODES = (
    "hourly_cost_mind", "advice_least_hours", "advice_heavy_share", "advice_least_months", "cleaning_least_hours",
    "cleaning_turnover_hour", "week_hours",
)


def load(apps: Any, schema_editor: Any) -> None:
    """Write them where the first facts were loaded without them."""
    dated = apps.get_model("reference", "DatedParameter")
    known = set(dated.objects.filter(code__in=CODES).values_list("code", flat=True))
    dated.objects.bulk_create(
        dated(
            code=row.code, zone=Zone.FRANCE, value=row.value, unit=row.unit, label=row.label,
            valid_from=row.starts_on, source=row.source, reliability=row.reliability,
        )
        for row in PARAMETERS
        if row.code in CODES and row.code not in known
    )  # fmt: skip
    article = apps.get_model("reference", "LegalArticle")
    if not article.objects.filter(family="defence").exists():
        article.objects.bulk_create(
            article(
                device=row.device, family=row.family, threshold=row.threshold, code_name=row.text,
                article=row.articles, valid_from=row.starts_on, valid_to=row.ends_on, source=row.source,
                reliability=row.reliability,
            )
            for row in ARTICLES
            if row.family == "defence"
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reference", "0004_year_closing")]
    operations: ClassVar = [migrations.RunPython(load, migrations.RunPython.noop)]
