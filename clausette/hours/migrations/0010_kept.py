"""Progress kept beside the engagements, and the marks that say it must be read again (ADR 0016)."""

import uuid
from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from clausette.kernel.protection import foreign_key, protect, sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_kept.sql"
WHOLE = (
    "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot', 'buyer'))::bigint[]) "
    "OR commitment_id = ANY ((SELECT sec.owed())::bigint[])"
)
OF_CONTRACT = ("commitment_id", "contract_id"), "commitments_commitment", ("id", "contract_id")


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0006_expected_from"),
        ("hours", "0009_target_facts"),
        ("procurement", "0008_exchanges_rights"),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptProgress',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False, verbose_name='numéro interne')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifiant')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='créé le')),
                ('as_of', models.DateField(verbose_name='au')),
                ('rules', models.PositiveSmallIntegerField(verbose_name='version des règles')),
                ('reading', models.TextField(verbose_name='lecture')),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='commitments.commitment', verbose_name='engagement')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='procurement.contract', verbose_name='marché')),
            ],
            options={
                'verbose_name': 'avancement tenu',
            },
        ),
        migrations.CreateModel(
            name='StaleProgress',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False, verbose_name='numéro interne')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifiant')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='créé le')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='commitments.commitment', verbose_name='engagement')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='procurement.contract', verbose_name='marché')),
            ],
            options={
                'verbose_name': 'avancement à relire',
            },
        ),
        # Written by the database functions of this room only: by the worker, and by the triggers.
        *protect("hours_keptprogress", see=WHOLE, verbs=""),
        *protect("hours_staleprogress", see=WHOLE, verbs=""),
        foreign_key("hours_keptprogress", *OF_CONTRACT),
        foreign_key("hours_staleprogress", *OF_CONTRACT),
        sec_functions(SQL),
    ]
