"""Sub-contractors that firms ask for, and who may see and answer them."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

from clausette.kernel.protection import protect

OURS = "head_id = (SELECT sec.organisation())"
PARTY = "contract_id = ANY ((SELECT sec.contracts())::bigint[])"
LEADS = "contract_id = ANY ((SELECT sec.contracts('contractor', 'group_member', 'subcontractor'))::bigint[])"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_mandates'),
        ('procurement', '0010_mandates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedSubcontractor',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False, verbose_name='numéro interne')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifiant')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='créé le')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('siret', models.CharField(max_length=14, verbose_name='SIRET')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('full_name', models.CharField(blank=True, max_length=150, verbose_name='prénom et nom')),
                ('state', models.CharField(choices=[('waiting', 'En attente du facilitateur'), ('accepted', 'Acceptée'), ('refused', 'Refusée'), ('withdrawn', 'Retirée')], default='waiting', max_length=10, verbose_name='état')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif du refus')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='répondu le')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='répondu par')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandé par')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='procurement.contract', verbose_name='marché')),
                ('head', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='access.organisation', verbose_name="demandé par l'entreprise")),
            ],
            options={
                'verbose_name': 'demande de sous-traitant',
                'verbose_name_plural': 'demandes de sous-traitants',
                'constraints': [models.UniqueConstraint(models.F('contract'), models.F('siret'), condition=models.Q(('state', 'waiting')), name='procurement_asked_once', violation_error_message='Ce sous-traitant est déjà demandé sur ce marché.'), models.CheckConstraint(condition=models.Q(('siret__regex', '^[0-9]{14}$'), models.Q(('name', ''), _negated=True)), name='procurement_asked_siret', violation_error_message='Un sous-traitant a un nom et un SIRET de 14 chiffres.'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('email', django.db.models.functions.text.Lower('email')), ('reason', ''), ('state', 'waiting'), models.Q(('email', ''), _negated=True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('email', ''), ('full_name', ''), models.Q(models.Q(('reason', ''), ('state__in', ['accepted', 'withdrawn'])), models.Q(('state', 'refused'), models.Q(('reason', ''), _negated=True)), _connector='OR')), _connector='OR'), name='procurement_asked_answered', violation_error_message='Une réponse porte sa date et son auteur ; un refus, son motif.')],
            },
        ),
        # the firm asks and takes back; only who follows the contract answers
        *protect(
            "procurement_askedsubcontractor",
            see=f"({OURS} AND {PARTY}) OR {PILOTED}",
            verbs="INSERT, UPDATE",
            write=f"({OURS} AND {PARTY} AND state IN ('waiting', 'withdrawn')) OR {PILOTED}",
            insert=f"{OURS} AND {LEADS} AND state = 'waiting' AND asked_by_id = (SELECT sec.account())",
        ),
    ]
