"""A statement handed over by a « mandat de déclaration » says so, for ever (ADR 0022)."""

import django.db.models.deletion
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from clausette.kernel.protection import foreign_key, protect, sec_functions

PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
BOUGHT = "contract_id = ANY ((SELECT sec.contracts('buyer'))::bigint[])"
BY_US = "declarant_id = (SELECT sec.firm())"
DECLARED = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
FIRMS = "'contractor', 'group_member', 'subcontractor', 'employer'"
DECLARES = f"({BY_US} AND contract_id = ANY ((SELECT sec.contracts({FIRMS}))::bigint[]))"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0009_deposits'),
        ('files', '0011_settled'),
        ('hours', '0032_reported_by'),
        ('procurement', '0010_mandates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='mandate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='procurement.mandate', verbose_name='par mandat'),
        ),
        migrations.AddField(
            model_name='statement',
            name='mandated_from',
            field=models.DateField(blank=True, null=True, verbose_name='mandat du'),
        ),
        migrations.AddField(
            model_name='statement',
            name='mandated_name',
            field=models.CharField(blank=True, max_length=200, verbose_name='pour le compte du déclarant, par'),
        ),
        migrations.AddField(
            model_name='statement',
            name='mandated_until',
            field=models.DateField(blank=True, null=True, verbose_name='mandat au'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mandate', None), ('mandated_from', None), ('mandated_name', ''), ('mandated_until', None)), models.Q(models.Q(('mandated_name', ''), _negated=True), ('mandate__isnull', False), ('mandated_from__isnull', False), ('mandated_until__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='hours_statement_mandated', violation_error_message='Un relevé transmis par mandat porte le nom de qui le tient et ses dates.'),
        ),
        foreign_key(
            "hours_statement", ("mandate_id", "declarant_id"), "procurement_mandate", ("id", "organisation_id")
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_mandated.sql"),
        # written without a mandate; handed over by one (the trigger holds that it is one's own)
        *protect(
            "hours_statement",
            see=f"{PILOTED} OR {DECLARED} OR (state <> 'draft' AND {BOUGHT})",
            verbs="INSERT, UPDATE",
            write=f"{PILOTED} OR {DECLARES}",
            insert=f"mandate_id IS NULL AND ({PILOTED} OR {DECLARES})",
        ),
    ]
