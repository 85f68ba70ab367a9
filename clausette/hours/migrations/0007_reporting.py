
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_members"),
        ("commitments", "0005_phases_and_amounts"),
        ("hours", "0006_targets"),
        ("procurement", "0006_official_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportingChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False, verbose_name="numéro interne")),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="identifiant"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="créé le",
                    ),
                ),
                ("from_month", models.DateField(verbose_name="à partir du mois")),
                ("reason", models.CharField(max_length=300, verbose_name="motif")),
                ("decided_on", models.DateField(verbose_name="décidé le")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="commitments.commitment",
                        verbose_name="engagement",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="procurement.contract",
                        verbose_name="marché",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
                    ),
                ),
                (
                    "reporting_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="access.organisation",
                        verbose_name="structure déclarante",
                    ),
                ),
            ],
            options={
                "verbose_name": "changement de structure déclarante",
                "indexes": [models.Index(fields=["commitment", "from_month"], name="hours_reporting_ix")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_month", django.db.models.functions.datetime.TruncMonth("from_month"))
                        ),
                        name="hours_reporting_month",
                        violation_error_message="Un mois est noté par son premier jour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="hours_reporting_reason",
                        violation_error_message="Un changement de structure déclarante porte son motif.",
                    ),
                ],
            },
        ),
    ]
