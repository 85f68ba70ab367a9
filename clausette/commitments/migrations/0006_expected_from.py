"""From which month statements are expected of an engagement taken over under way."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0005_phases_and_amounts")]
    operations: ClassVar = [
        migrations.AddField(
            "commitment",
            "expected_from",
            models.DateField(blank=True, null=True, verbose_name="relevés attendus depuis"),
        ),
        migrations.AddConstraint(
            "commitment",
            models.CheckConstraint(
                condition=models.Q(expected_from=None) | models.Q(expected_from__day=1),
                name="commitments_commitment_expected_from",
                violation_error_message="Le premier mois attendu est un mois entier.",
            ),
        ),
    ]
