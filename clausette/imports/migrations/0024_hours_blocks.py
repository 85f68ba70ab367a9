"""Lines of files of hours that ask nothing, in blocks (ADR 0024), under the rights of the lines."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import uuid
from django.db import migrations, models

from clausette.kernel.protection import foreign_key, protect

OWN = (
    "owner_org_id = (SELECT sec.organisation()) AND ((SELECT sec.capable('facilitator')) "
    "OR (SELECT sec.capable('contractor')) OR (SELECT sec.capable('employer')))"
)


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0011_deposit_idle'),
        ('imports', '0023_written'),
    ]

    operations = [
        migrations.CreateModel(
            name='HoursFileBlock',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False, verbose_name='numéro interne')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifiant')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='créé le')),
                ('first', models.PositiveIntegerField(verbose_name='premier rang')),
                ('last', models.PositiveIntegerField(verbose_name='dernier rang')),
                ('lines', models.PositiveIntegerField(verbose_name='lignes')),
                ('hours', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='heures')),
                ('fates', models.JSONField(default=dict, verbose_name='lignes et heures par devenir')),
                ('months', models.JSONField(default=list, verbose_name='mois')),
                ('people', models.JSONField(default=list, verbose_name='personnes écrites')),
                ('places', models.JSONField(default=list, verbose_name='lieux écrits')),
                ('findings', models.JSONField(default=list, verbose_name='remarques')),
                ('cells', models.TextField(verbose_name='lignes, colonne par colonne')),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='imports.hoursfile', verbose_name='fichier d’heures')),
                ('owner_org', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='access.organisation', verbose_name='expéditeur')),
            ],
            options={
                'verbose_name': 'bloc de lignes d’un fichier d’heures',
                'constraints': [models.UniqueConstraint(models.F('batch'), models.F('first'), name='imports_hoursfileblock_first', violation_error_message='Ce rang du fichier est déjà lu.'), models.CheckConstraint(condition=models.Q(('lines__gt', 0)), name='imports_hoursfileblock_lines', violation_error_message='Un bloc tient au moins une ligne.'), models.CheckConstraint(condition=models.Q(('last__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('first'), '+', models.F('lines')), '-', models.Value(1)))), name='imports_hoursfileblock_ranks', violation_error_message='Les rangs d’un bloc vont du premier au dernier, un par ligne.')],
            },
        ),
        *protect("imports_hoursfileblock", see=OWN, verbs="INSERT, UPDATE, DELETE"),
        foreign_key(
            "imports_hoursfileblock", ("batch_id", "owner_org_id"), "imports_hoursfile", ("id", "owner_org_id")
        ),
        # kept thirty days, in few rows: compressing them costs more than writing them
        migrations.RunSQL(
            "ALTER TABLE imports_hoursfileblock " + ", ".join(
                f"ALTER COLUMN {name} SET STORAGE EXTERNAL" for name in ("people", "places", "findings", "cells")
            ),
            migrations.RunSQL.noop,
        ),
    ]
