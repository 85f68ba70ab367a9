"""A number of hours made elsewhere, told by a control, is journalled: a reading of a kind of its own."""

from typing import ClassVar

from django.db import migrations, models

KINDS = {
    "identity": "identité d'une personne", "reasons": "motifs d'éligibilité", "evidence": "pièce justificative",
    "export": "export de données nominatives", "file": "fichier reçu, tel qu'il a été lu",
    "elsewhere": "heures faites ailleurs, un nombre dit par un contrôle",
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0004_acting_org")]
    operations: ClassVar = [
        migrations.RemoveConstraint("reading", "reading_kind_known"),
        migrations.AlterField(
            "reading", "kind", models.CharField(choices=list(KINDS.items()), max_length=20, verbose_name="nature")
        ),
        migrations.AddConstraint(
            "reading",
            models.CheckConstraint(
                condition=models.Q(("kind__in", list(KINDS))), name="reading_kind_known",
                violation_error_message="Nature de lecture inconnue.",
            ),
        ),
    ]
