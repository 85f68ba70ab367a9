"""Hours worked on one contract are credited to another by a signed act only, within its dates and its ceiling."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_acts.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_members'),
        ('commitments', '0004_real_engagements_rights'),
        ('hours', '0004_balances_rights'),
        ('placements', '0004_withdrawn_rights'),
        ('procurement', '0004_real_contracts_rights'),
    ]

    operations = [
        migrations.AddField(
            model_name='hoursline',
            name='act',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='commitments.commitmentact', verbose_name='acte de globalisation'),
        ),
        migrations.AddConstraint(
            model_name='hoursline',
            constraint=models.CheckConstraint(condition=models.Q(('worked_contract', models.F('contract')), ('act__isnull', False), _connector='OR'), name='hours_line_act', violation_error_message='Des heures se créditent là où elles sont faites, sauf acte de globalisation.'),
        ),
        migrations.RunSQL(
            "ALTER TABLE hours_hoursline DROP CONSTRAINT IF EXISTS hours_line_credited_where_worked;",
            migrations.RunSQL.noop,
        ),
        sec_functions(SQL),
    ]
