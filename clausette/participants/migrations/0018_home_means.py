"""A district chosen in the list of a commune was said, not computed: « address » is kept for an address located."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0017_referral_sides'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='home',
            name='told_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='établi par'),
        ),
        migrations.AlterField(
            model_name='decisionfacts',
            name='district_means',
            field=models.CharField(blank=True, choices=[('address', "Calculé d'après l'adresse"), ('point', "Calculé d'après un point"), ('chosen', 'Saisi, choisi dans la liste de la commune'), ('typed', 'Saisi')], max_length=10, verbose_name='quartier connu par'),
        ),
        migrations.AlterField(
            model_name='home',
            name='means',
            field=models.CharField(choices=[('address', "Calculé d'après l'adresse"), ('point', "Calculé d'après un point"), ('chosen', 'Saisi, choisi dans la liste de la commune'), ('typed', 'Saisi')], max_length=10, verbose_name='quartier connu par'),
        ),
        *(
            migrations.RunSQL(
                f"UPDATE participants_{table} SET {column} = 'chosen' WHERE {column} = 'address'",
                migrations.RunSQL.noop,
            )
            for table, column in (("home", "means"), ("decisionfacts", "district_means"))
        ),
    ]
