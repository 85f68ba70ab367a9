"""The contracts that a « dépôt sans compte » opens, and what they open in the database (ADR 0020)."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from clausette.kernel.protection import foreign_key, protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
TAKES_PART = "contract_id = ANY ((SELECT sec.contracts())::bigint[])"
FOLLOWED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0009_deposits"),
        ("procurement", "0008_exchanges_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DepositContract",
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
                ("ends_on", models.DateField(verbose_name="jusqu'au")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
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
                    "deposit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="access.deposit",
                        verbose_name="dépôt sans compte",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ouvert par",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="access.organisation",
                        verbose_name="entreprise",
                    ),
                ),
                (
                    "owner_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="access.organisation",
                        verbose_name="structure",
                    ),
                ),
            ],
            options={
                "verbose_name": "marché d'un dépôt sans compte",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("deposit"),
                        models.F("contract"),
                        condition=models.Q(("revoked_at", None)),
                        name="procurement_deposit_once",
                        violation_error_message="Ce contact a déjà un dépôt sans compte sur ce marché.",
                    )
                ],
            },
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_deposit.sql"),
        *protect(
            "procurement_depositcontract",
            see=f"{OWN} AND {TAKES_PART}",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {FOLLOWED}",
            insert=f"{OWN} AND {FOLLOWED} AND opened_by_id = (SELECT sec.account())",
        ),
        foreign_key(
            "procurement_depositcontract",
            ("deposit_id", "owner_org_id", "organisation_id"),
            "access_deposit",
            ("id", "owner_org_id", "organisation_id"),
        ),
    ]
