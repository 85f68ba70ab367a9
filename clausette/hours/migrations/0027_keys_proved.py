"""Foreign keys that a composite one proves are checked once a line; indexes that begin another one go (ADR 0021)."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


def proved(model: str, field: str, to: str, name: str, **more: object) -> migrations.AlterField:
    """A column that a composite foreign key proves."""
    key = models.ForeignKey(
        db_constraint=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=to, verbose_name=name,
        **more,
    )  # fmt: skip
    return migrations.AlterField(model_name=model, name=field, field=key)


def few(field: str) -> migrations.AddIndex:
    """An index of the few lines that have this column."""
    index = models.Index(
        condition=models.Q((f"{field}__isnull", False)), fields=[field], name=f"hours_line_{field}_ix"
    )
    return migrations.AddIndex(model_name="hoursline", index=index)


def seldom(field: str, to: str, name: str) -> migrations.AlterField:
    """A key that few lines have."""
    key = models.ForeignKey(
        blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=to,
        verbose_name=name,
    )  # fmt: skip
    return migrations.AlterField(model_name="hoursline", name=field, field=key)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("hours", "0026_unlisted_in_deposits"),
    ]
    operations: ClassVar = [
        proved("hoursline", "statement", "hours.statement", "relevé"),
        proved("hoursline", "contract", "procurement.contract", "marché", db_index=False),
        proved("hoursline", "commitment", "commitments.commitment", "engagement crédité"),
        proved("hoursline", "worked_month", "hours.workedmonth", "mois travaillé"),
        proved("hoursline", "placement", "placements.placement", "mise à l’emploi", db_index=False),
        proved("hoursline", "declarant", "access.organisation", "déclarant"),
        proved("hoursline", "worked_contract", "procurement.contract", "marché où la personne a travaillé"),
        proved(
            "hoursline", "prior", "hours.priortraining", "formation avant l’embauche", blank=True, null=True,
            db_index=False,
        ),
        proved("workedmonth", "placement", "placements.placement", "mise à l’emploi", db_index=False),
        proved("workedmonth", "employer", "access.organisation", "employeur"),
        seldom("corrects", "hours.hoursline", "corrige la ligne"),
        seldom("act", "commitments.commitmentact", "acte de globalisation"),
        few("corrects"),
        few("act"),
        few("prior"),
    ]  # fmt: skip
