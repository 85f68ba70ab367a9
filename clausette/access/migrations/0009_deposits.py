"""« Dépôt sans compte »: who declares for a firm without an account, and the context of such a session (ADR 0020)."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from clausette.kernel.protection import protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
FACILITATOR = "(SELECT sec.capable('facilitator'))"
ACTED = "organisation_id = (SELECT sec.organisation())"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_readings_of_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deposit",
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
                ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                ("full_name", models.CharField(max_length=130, verbose_name="prénom et nom")),
                ("link", models.UUIDField(default=uuid.uuid4, verbose_name="lien")),
                (
                    "token_hash",
                    models.CharField(max_length=64, unique=True, verbose_name="empreinte du lien"),
                ),
                ("word_hash", models.CharField(max_length=128, verbose_name="empreinte du mot d'accès")),
                (
                    "failures",
                    models.PositiveSmallIntegerField(default=0, verbose_name="mots d'accès inexacts"),
                ),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="au nom de",
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
                "verbose_name": "dépôt sans compte",
                "verbose_name_plural": "dépôts sans compte",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email")),
                            models.Q(("email", ""), _negated=True),
                        ),
                        name="deposit_email_lower_case",
                        violation_error_message="L'adresse électronique s'écrit en minuscules.",
                    ),
                    models.UniqueConstraint(
                        fields=("owner_org", "organisation", "email"),
                        name="deposit_once",
                        violation_error_message="Cette personne a déjà un dépôt sans compte.",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "owner_org", "organisation"), name="deposit_of_owner_and_firm"
                    ),
                ],
            },
        ),
        sec_functions(Path(__file__).resolve().parents[1] / "sec_deposit.sql"),
        *protect(
            "access_deposit",
            see=OWN,
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {FACILITATOR}",
            insert=f"{OWN} AND {FACILITATOR} AND opened_by_id = (SELECT sec.account())",
        ),
        # what a deposit does is journalled for its firm, under the name of who did it
        *protect(
            "journal_event",
            see=f"{ACTED} OR contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])",
            verbs="INSERT",
            insert="organisation_id = (SELECT sec.firm()) AND account_id = (SELECT sec.account())",
        ),
    ]
