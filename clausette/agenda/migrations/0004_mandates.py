"""Who declares for a firm by a mandate is reminded beside it: a letter of its own, once a day, tied to the mandate."""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from clausette.kernel.protection import foreign_key, sec_functions

TOLD = [
    ("firm", "Entreprise"), ("holder", "Qui déclare pour elle"), ("structure", "Structure"),
    ("buyer", "Maître d'ouvrage"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agenda", "0003_members"), ("procurement", "0013_mandate_told")]
    operations: ClassVar = [
        migrations.RemoveConstraint("letter", "agenda_letter_once"),
        migrations.AddField(
            "letter", "mandate",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+",
                to="procurement.mandate", verbose_name="mandat",
            ),
        ),
        migrations.AlterField("letter", "told", models.CharField("à qui", max_length=10, choices=TOLD)),
        migrations.AlterField("reminder", "told", models.CharField("à qui", max_length=10, choices=TOLD)),
        migrations.AddConstraint(
            "letter",
            models.UniqueConstraint(
                "owner_org", "organisation", "on", condition=Q(mandate=None), name="agenda_letter_once",
                violation_error_message="Cet organisme a déjà un courriel de relance aujourd'hui.",
            ),
        ),
        migrations.AddConstraint(
            "letter",
            models.UniqueConstraint(
                "owner_org", "mandate", "on", name="agenda_letter_once_by_mandate",
                violation_error_message="Qui déclare pour cette entreprise a déjà un courriel de relance aujourd'hui.",
            ),
        ),
        migrations.AddConstraint(
            "letter",
            models.CheckConstraint(
                condition=Q(mandate__isnull=False, told="holder") | (~Q(told="holder") & Q(mandate=None)),
                name="agenda_letter_holder",
                violation_error_message="Un courriel à qui déclare pour une entreprise cite son mandat.",
            ),
        ),
        foreign_key(
            "agenda_letter", ("mandate_id", "organisation_id"), "procurement_mandate", ("id", "organisation_id")
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_mandates.sql"),
    ]  # fmt: skip
