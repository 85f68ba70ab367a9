"""Who certified a statement online, in which quality, when, and for how many hours: frozen with it."""

from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from clausette.kernel.protection import sec_functions

SQL = Path(__file__).resolve().parents[1] / "sec_certified.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0008_readings_of_persons'),
        ('files', '0004_bytes_gone'),
        ('hours', '0013_piece_left'),
        ('procurement', '0008_exchanges_rights'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='certified_as',
            field=models.CharField(blank=True, max_length=100, verbose_name='en qualité de'),
        ),
        migrations.AddField(
            model_name='statement',
            name='certified_hours',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name='heures certifiées'),
        ),
        migrations.AddField(
            model_name='statement',
            name='certified_name',
            field=models.CharField(blank=True, max_length=150, verbose_name='certifié par'),
        ),
        migrations.AddField(
            model_name='statement',
            name='certified_on',
            field=models.DateField(blank=True, null=True, verbose_name='certifié le'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('certified_as', ''), ('certified_hours', None), ('certified_name', ''), ('certified_on', None)), models.Q(models.Q(('certified_name', ''), _negated=True), models.Q(('certified_as', ''), _negated=True), ('certified_hours__isnull', False), ('certified_on__isnull', False), ('state__in', ['submitted', 'validated'])), _connector='OR'), name='hours_statement_certified', violation_error_message='Une certification porte le nom, la qualité, la date et les heures.'),
        ),
        sec_functions(SQL),
    ]
