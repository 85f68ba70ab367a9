"""A declarant is told by mail of the answers to the corrections it proposed: as often as somebody answers, once a day."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

from clausette.kernel.protection import sec_functions

STEPS = [
    ("opening", "Ouverture du mois"), ("before", "Rappel avant l'échéance"), ("after", "Relance après l'échéance"),
    ("facilitator", "Facilitateur prévenu"), ("buyer", "Maître d'ouvrage prévenu"), ("by_hand", "Relance à la main"),
    ("answered", "Réponse à une correction proposée"),
]  # fmt: skip
TEXTS = [
    ("opening", "Ouverture du mois"), ("before", "Rappel avant l'échéance"), ("after", "Relance après l'échéance"),
    ("returned", "Relevé renvoyé, à corriger"), ("answered", "Réponse à une correction proposée"),
    ("by_hand", "Relance à la main"), ("facilitator", "Facilitateur prévenu"), ("buyer", "Maître d'ouvrage prévenu"),
]  # fmt: skip
FREE = ("by_hand", "answered")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agenda", "0004_mandates"), ("hours", "0037_proposals")]
    operations: ClassVar = [
        migrations.AlterField(
            "reminderrung", "step", models.CharField("étape", max_length=20, choices=STEPS)
        ),
        migrations.AlterField("reminder", "step", models.CharField("étape", max_length=20, choices=STEPS)),
        migrations.AlterField("remindertext", "kind", models.CharField("texte", max_length=20, choices=TEXTS)),
        migrations.RemoveConstraint("reminderrung", "agenda_rung_step"),
        migrations.AddConstraint(
            "reminderrung",
            models.CheckConstraint(
                condition=~Q(step__in=FREE), name="agenda_rung_step",
                violation_error_message="Une relance à la main, une réponse ne se règlent pas.",
            ),
        ),
        migrations.RemoveConstraint("reminder", "agenda_reminder_once"),
        migrations.AddConstraint(
            "reminder",
            models.UniqueConstraint(
                "contract", "organisation", "month", "step", condition=~Q(step__in=FREE), name="agenda_reminder_once",
                violation_error_message="Cette étape est déjà faite pour ce mois.",
            ),
        ),
        migrations.RemoveConstraint("reminder", "agenda_reminder_once_a_day"),
        migrations.AddConstraint(
            "reminder",
            models.UniqueConstraint(
                "contract", "organisation", "month", "on", "told", condition=~Q(step="answered"),
                name="agenda_reminder_once_a_day", violation_error_message="Ce mois est déjà relancé aujourd'hui.",
            ),
        ),
        migrations.AddConstraint(
            "reminder",
            models.UniqueConstraint(
                "contract", "organisation", "month", "on", "told", condition=Q(step="answered"),
                name="agenda_reminder_answered_once",
                violation_error_message="Les réponses de ce mois sont déjà dites aujourd'hui.",
            ),
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_answered.sql"),
    ]  # fmt: skip
