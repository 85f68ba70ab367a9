"""« Mandats de déclaration »: who may declare hours for a firm, and what it opens in the database (ADR 0022)."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from clausette.kernel.protection import protect, sec_functions

GIVEN = "organisation_id = (SELECT sec.organisation())"
HELD = "holder_id = (SELECT sec.organisation()) OR account_id = (SELECT sec.account())"
USED = "id = ANY ((SELECT sec.mandates_used())::bigint[])"
ADMIN = "(SELECT sec.is_admin())"
FIRMS = "'contractor', 'group_member', 'subcontractor', 'employer'"
THERE = f"(contract_id IS NULL OR contract_id = ANY ((SELECT sec.contracts({FIRMS}))::bigint[]))"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_mandates'),
        ('procurement', '0009_deposits'),
        ('reference', '0001_initial'),  # btree_gist
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False, verbose_name='numéro interne')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifiant')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='créé le')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('full_name', models.CharField(blank=True, max_length=150, verbose_name='prénom et nom')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepté le')),
                ('token_hash', models.CharField(blank=True, max_length=64, null=True, unique=True, verbose_name='empreinte du lien')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(verbose_name='au')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='accepté par')),
                ('contract', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='procurement.contract', verbose_name='marché')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='donné par')),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='access.organisation', verbose_name='donné à')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='access.organisation', verbose_name='entreprise')),
            ],
            options={
                'verbose_name': 'mandat de déclaration',
                'verbose_name_plural': 'mandats de déclaration',
                'constraints': [models.UniqueConstraint(models.F('id'), models.F('organisation'), name='procurement_mandate_of_firm'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('account', None), ('email', ''), ('full_name', ''), ('holder__isnull', False), ('token_hash', None)), models.Q(('holder', None), ('token_hash__isnull', False), models.Q(('email', ''), _negated=True), ('email', django.db.models.functions.text.Lower('email')), models.Q(models.Q(('accepted_at', None), ('account', None)), models.Q(('accepted_at__isnull', False), ('account__isnull', False)), _connector='OR')), _connector='OR'), name='procurement_mandate_whose', violation_error_message='Un mandat est donné à un organisme, ou à une personne par son courriel.'), models.CheckConstraint(condition=models.Q(('holder', None), models.Q(('holder', models.F('organisation')), _negated=True), _connector='OR'), name='procurement_mandate_not_itself', violation_error_message='Une entreprise ne se donne pas mandat à elle-même.'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='procurement_mandate_dates', violation_error_message='La fin du mandat précède son début.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('revoked_at', None)), expressions=[('organisation', '='), (django.db.models.functions.comparison.Coalesce('holder', 0), '='), ('email', '='), (django.db.models.functions.comparison.Coalesce('contract', 0), '='), (models.Func(models.F('starts_on'), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='procurement_mandate_once', violation_error_message='Le même mandat court déjà à ces dates.')],
            },
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_mandate.sql"),
        *protect(
            "procurement_mandate",
            see=f"{GIVEN} OR {HELD} OR {USED}",
            verbs="INSERT, UPDATE",
            write=f"{GIVEN} AND {ADMIN}",
            insert=f"{GIVEN} AND {ADMIN} AND {THERE} AND account_id IS NULL AND given_by_id = (SELECT sec.account())",
        ),
    ]
