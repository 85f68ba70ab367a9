"""Statements by state within a contract: those that wait are few."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_members'),
        ('files', '0003_gaps_unclaimed'),
        ('hours', '0010_kept'),
        ('procurement', '0008_exchanges_rights'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(fields=['contract', 'state'], name='hours_statement_state_ix'),
        ),
    ]
