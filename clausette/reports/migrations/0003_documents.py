"""Documents of any scope, in several formats: the bytes leave the document for files of their own."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_members'),
        ('commitments', '0002_rights'),
        ('procurement', '0002_rights'),
        ('reports', '0002_rights'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False, verbose_name='numéro interne')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifiant')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='créé le')),
                ('format', models.CharField(choices=[('pdf', 'PDF'), ('xlsx', 'Classeur XLSX'), ('docx', 'Texte DOCX')], max_length=10, verbose_name='format')),
                ('content', models.BinaryField(verbose_name='fichier')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='empreinte du fichier')),
            ],
            options={
                'verbose_name': 'fichier d’un document',
            },
        ),
        migrations.RemoveConstraint(
            model_name='report',
            name='reports_report_hashes',
        ),
        migrations.AddField(
            model_name='report',
            name='audience',
            field=models.CharField(choices=[('parties', 'Communicable'), ('own', 'Copie de la structure')], default='parties', max_length=10, verbose_name='diffusion'),
        ),
        migrations.AddField(
            model_name='report',
            name='ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='au'),
        ),
        migrations.AddField(
            model_name='report',
            name='formats',
            field=models.JSONField(default=list, verbose_name='formats demandés'),
        ),
        migrations.AddField(
            model_name='report',
            name='operation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='procurement.worksoperation', verbose_name='opération'),
        ),
        migrations.AddField(
            model_name='report',
            name='recipient',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='access.organisation', verbose_name='destinataire'),
        ),
        migrations.AddField(
            model_name='report',
            name='starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='du'),
        ),
        migrations.AddField(
            model_name='report',
            name='subject',
            field=models.CharField(blank=True, max_length=300, verbose_name='objet'),
        ),
        migrations.AlterField(
            model_name='report',
            name='contract',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='procurement.contract', verbose_name='marché'),
        ),
        migrations.AlterField(
            model_name='report',
            name='kind',
            field=models.CharField(choices=[('certificate', 'Attestation'), ('year_certificate', 'Attestation annuelle'), ('summary', 'Bilan'), ('update', "Point d'étape")], max_length=20, verbose_name='nature'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(models.F('id'), models.F('owner_org'), name='reports_report_of_owner'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('facts_sha256__regex', '^[0-9a-f]{64}$')), name='reports_report_hashes', violation_error_message='L’empreinte du document est mal formée.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'certificate'), _negated=True), models.Q(('commitment__isnull', False), ('contract__isnull', False)), _connector='OR'), name='reports_report_certificate', violation_error_message='Une attestation porte son marché et son engagement.'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_on', None), ('starts_on', None)), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='reports_report_period', violation_error_message='La fin de la période précède son début.'),
        ),
        migrations.AddField(
            model_name='reportfile',
            name='owner_org',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='access.organisation', verbose_name='structure'),
        ),
        migrations.AddField(
            model_name='reportfile',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='reports.report', verbose_name='document'),
        ),
        migrations.AddIndex(
            model_name='reportfile',
            index=models.Index(fields=['content_sha256'], name='reports_file_hash'),
        ),
        migrations.AddConstraint(
            model_name='reportfile',
            constraint=models.UniqueConstraint(models.F('report'), models.F('format'), name='reports_reportfile_once', violation_error_message='Ce fichier existe déjà.'),
        ),
        migrations.AddConstraint(
            model_name='reportfile',
            constraint=models.CheckConstraint(condition=models.Q(('content_sha256__regex', '^[0-9a-f]{64}$')), name='reports_reportfile_hash', violation_error_message='L’empreinte du fichier est mal formée.'),
        ),
        # the bytes already issued move beside, unchanged: same content, same hash
        migrations.RunSQL(
            """
            INSERT INTO reports_reportfile (uid, report_id, owner_org_id, format, content, content_sha256, created_at)
            SELECT gen_random_uuid(), id, owner_org_id, 'pdf', content, content_sha256, created_at FROM reports_report;
            UPDATE reports_report r SET formats = '["pdf"]', subject = c.common_name
              FROM procurement_contract c WHERE c.id = r.contract_id;
            SET CONSTRAINTS ALL IMMEDIATE;
            """,
            migrations.RunSQL.noop,
        ),
    ]
