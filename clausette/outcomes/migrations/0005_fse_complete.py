"""Whether an exit questionnaire is complete is said beside its sealed answers: a reminder goes on until it is."""

from typing import ClassVar

from django.db import migrations, models

# Answers already there cannot be opened here: they stay as they were told, answered.
KNOWN = "UPDATE public.outcomes_exitquestionnaire SET is_complete = true"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("outcomes", "0004_fse_rights")]
    operations: ClassVar = [
        migrations.AddField(
            "exitquestionnaire", "is_complete", models.BooleanField(default=False, verbose_name="complet")
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
