"""Files of hours sent by a « mandat de déclaration »: the mandate on the file, its rights, what its holder said of files."""

import django.db.models.deletion
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from clausette.kernel.protection import foreign_key, protect, sec_functions

OWN = (
    "owner_org_id = (SELECT sec.organisation()) AND ((SELECT sec.capable('facilitator')) "
    "OR (SELECT sec.capable('contractor')) OR (SELECT sec.capable('employer')))"
)
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
FIRM = "owner_org_id = (SELECT sec.firm())"
USED = "ANY ((SELECT sec.mandates_used())::bigint[])"
SENT = f"({FIRM} AND mandate_id = {USED})"
INSIDE = f"({FIRM} AND batch_id = ANY ((SELECT sec.mandated_files())::bigint[]))"
SAID = f"({FIRM} AND mandate_id = ANY ((SELECT sec.mandates_alike())::bigint[]))"
FILE_OWN = "owner_org_id = (SELECT sec.organisation())"
FILE_PILOTED = "contract_ref = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
JOINED = "id = ANY ((SELECT sec.joined_files())::bigint[])"
DEPOSITED = f"({FIRM} AND contract_ref = ANY ((SELECT sec.deposited())::bigint[]))"
HANDED = f"({FIRM} AND mandate_ref = {USED})"
MANDATE, OF_FIRM = "procurement_mandate", ("id", "organisation_id")


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0012_asked_often'),
        ('files', '0012_mandates'),
        ('hours', '0021_deposits'),
        ('imports', '0024_hours_blocks'),
        ('procurement', '0015_asked_often'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='hoursfilechoice',
            name='imports_hoursfilechoice_once',
        ),
        migrations.RemoveConstraint(
            model_name='hoursfilecolumns',
            name='imports_hoursfilecolumns_once',
        ),
        migrations.AddField(
            model_name='hoursfile',
            name='mandate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='procurement.mandate', verbose_name='par mandat'),
        ),
        migrations.AddField(
            model_name='hoursfile',
            name='mandated_from',
            field=models.DateField(blank=True, null=True, verbose_name='mandat du'),
        ),
        migrations.AddField(
            model_name='hoursfile',
            name='mandated_name',
            field=models.CharField(blank=True, max_length=200, verbose_name='pour le compte du déclarant, par'),
        ),
        migrations.AddField(
            model_name='hoursfile',
            name='mandated_until',
            field=models.DateField(blank=True, null=True, verbose_name='mandat au'),
        ),
        migrations.AddField(
            model_name='hoursfilechoice',
            name='mandate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='procurement.mandate', verbose_name='par mandat'),
        ),
        migrations.AddField(
            model_name='hoursfilecolumns',
            name='mandate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='procurement.mandate', verbose_name='par mandat'),
        ),
        migrations.AddField(
            model_name='hoursfilestatement',
            name='mandated_name',
            field=models.CharField(blank=True, max_length=200, verbose_name='pour le compte de l’expéditeur, par'),
        ),
        migrations.AddConstraint(
            model_name='hoursfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mandate', None), ('mandated_from', None), ('mandated_name', ''), ('mandated_until', None)), models.Q(models.Q(('mandated_name', ''), _negated=True), ('declarant', models.F('owner_org')), ('mandate__isnull', False), ('mandated_from__isnull', False), ('mandated_until__isnull', False)), _connector='OR'), name='imports_hoursfile_mandated', violation_error_message='Un fichier envoyé par mandat porte le nom de qui le tient et ses dates.'),
        ),
        migrations.AddConstraint(
            model_name='hoursfilechoice',
            constraint=models.UniqueConstraint(fields=('owner_org', 'declarant', 'mandate', 'person_key', 'place_key'), name='imports_hoursfilechoice_once', nulls_distinct=False, violation_error_message='Ce rapprochement est déjà retenu.'),
        ),
        migrations.AddConstraint(
            model_name='hoursfilecolumns',
            constraint=models.UniqueConstraint(fields=('owner_org', 'declarant', 'mandate'), name='imports_hoursfilecolumns_once', nulls_distinct=False, violation_error_message='Les colonnes de cet expéditeur sont déjà connues.'),
        ),
        *(
            foreign_key(table, (column, "owner_org_id"), MANDATE, OF_FIRM)
            for table, column in (
                ("imports_hoursfile", "mandate_id"), ("imports_hoursfilecolumns", "mandate_id"),
                ("imports_hoursfilechoice", "mandate_id"), ("files_storedfile", "mandate_ref"),
            )
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_mandates.sql"),
        # the same as before, and what was sent by the mandates in use; the firm sees and handles these too
        *protect(
            "imports_hoursfile", see=f"({OWN}) OR {SENT}", verbs="INSERT, UPDATE",
            insert=f"({OWN} AND mandate_id IS NULL) OR {SENT}",
        ),
        *protect("imports_hoursfileline", see=f"({OWN}) OR {INSIDE}", verbs="INSERT, UPDATE, DELETE"),
        *protect("imports_hoursfileblock", see=f"({OWN}) OR {INSIDE}", verbs="INSERT, UPDATE, DELETE"),
        *protect(
            "imports_hoursfilestatement", see=f"({OWN}) OR {PILOTED} OR {INSIDE}", verbs="INSERT, UPDATE",
            write=f"({OWN}) OR {INSIDE}",
        ),
        *protect("imports_hoursfilecolumns", see=f"({OWN}) OR {SAID}", verbs="INSERT, UPDATE"),
        *protect("imports_hoursfilechoice", see=f"({OWN}) OR {SAID}", verbs="INSERT, UPDATE"),
        *protect(
            "files_storedfile",
            see=f"{FILE_OWN} OR {FILE_PILOTED} OR {JOINED} OR {DEPOSITED} OR {HANDED}",
            verbs="INSERT",
            write=f"({FILE_OWN} OR {DEPOSITED} OR {HANDED}) AND deposited_by_id = (SELECT sec.account())",
        ),
    ]
