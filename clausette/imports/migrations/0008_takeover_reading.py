"""A large workbook is read by the worker; undoing asks each row once (docs/adr/0010)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_takeover.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0007_takeover_undo")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="takeoverbatch",
            name="size",
            field=models.PositiveIntegerField(default=0, verbose_name="lignes du classeur"),
        ),
        migrations.AlterField(
            model_name="takeoverbatch",
            name="state",
            field=models.CharField(
                choices=[("reading", "Lecture en cours"), ("columns", "Colonnes à vérifier"), ("read", "Lu, à confirmer"), ("applying", "En cours"), ("applied", "Repris"), ("undone", "Défait"), ("cancelled", "Abandonné")],
                default="columns", max_length=20, verbose_name="état",
            ),
        ),
        sec_functions(SQL),
    ]
