"""Two tables that only grow."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models.functions import Now

from clausette.journal.enums import AlertLevel, ReadingKind
from clausette.kernel import clock


class Event(models.Model):
    """What one operation did to one row. No foreign key: what it names may be forgotten, the event remains.

    The key is made in Python: the insert of somebody who may not read the row needs no answer from it.
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField("le", default=clock.now)
    written_at = models.DateTimeField("écrit le", db_default=Now(), editable=False)
    verb = models.CharField("verbe", max_length=80)
    account_id = models.BigIntegerField("compte")
    account_name = models.CharField("nom du compte", max_length=200)
    organisation_id = models.BigIntegerField("structure")
    acting_org = models.BigIntegerField("structure qui agit par mandat", null=True)
    owner_org = models.BigIntegerField("structure propriétaire", null=True)
    subject_type = models.CharField("type d'objet", max_length=60)
    subject_uid = models.UUIDField("objet", null=True)
    subject_label = models.CharField("libellé", max_length=200, blank=True)
    contract_id = models.BigIntegerField("marché", null=True)
    before = models.JSONField("avant", null=True)
    after = models.JSONField("après")
    reason = models.TextField("motif", blank=True)

    class Privacy:
        personal: ClassVar[set[str]] = {"account_name", "reason"}
        ordinary: ClassVar[set[str]] = {
            "id", "at", "written_at", "verb", "account_id", "organisation_id", "acting_org", "owner_org",
            "subject_type", "subject_uid", "subject_label", "contract_id", "before", "after",
        }  # fmt: skip

    class Meta:
        verbose_name = "événement"
        ordering = ("-at", "id")
        indexes = (
            models.Index(fields=["organisation_id", "-at"], name="event_of_organisation"),
            models.Index(fields=["contract_id", "-at"], name="event_of_contract"),
            models.Index(fields=["subject_uid", "-at"], name="event_of_subject"),
        )


class Reading(models.Model):
    """Somebody saw something personal. Written by one database function, never by the web role itself."""

    id = models.BigAutoField("identifiant", primary_key=True)
    at = models.DateTimeField("le", db_default=Now(), editable=False)
    account_id = models.BigIntegerField("compte")
    organisation_id = models.BigIntegerField("structure")
    kind = models.CharField("nature", max_length=20, choices=ReadingKind)
    subject_uid = models.UUIDField("objet")
    owner_org = models.BigIntegerField("structure qui suit la personne", null=True)

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "at", "account_id", "organisation_id", "kind", "subject_uid", "owner_org",
        }  # fmt: skip

    class Meta:
        verbose_name = "lecture"
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=ReadingKind.values),
                name="reading_kind_known",
                violation_error_message="Nature de lecture inconnue.",
            ),
        )
        indexes = (
            models.Index(fields=["organisation_id", "-at"], name="reading_of_organisation"),
            models.Index(fields=["subject_uid", "-at"], name="reading_of_subject"),
            models.Index(fields=["owner_org", "-at"], name="reading_of_owner"),
            models.Index(fields=["account_id", "-at"], name="reading_of_account"),
        )


class ReadingAlert(models.Model):
    """An account opened many persons: told to the administrators of its organisation and of the structures concerned.

    Written by one database function, never by the web role itself.
    """

    id = models.BigAutoField("identifiant", primary_key=True)
    uid = models.UUIDField("identifiant public", unique=True, default=uuid4, editable=False)
    at = models.DateTimeField("le", db_default=Now(), editable=False)
    account_id = models.BigIntegerField("compte")
    organisation_id = models.BigIntegerField("structure du compte")
    told_org = models.BigIntegerField("structure prévenue")
    level = models.CharField("niveau", max_length=5, choices=AlertLevel)
    hour = models.PositiveIntegerField("personnes en une heure")
    day = models.PositiveIntegerField("personnes en un jour")

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "at", "account_id", "organisation_id", "told_org", "level", "hour", "day",
        }  # fmt: skip

    class Meta:
        verbose_name = "alerte de lecture"
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(level__in=AlertLevel.values),
                name="alert_level_known",
                violation_error_message="Niveau d'alerte inconnu.",
            ),
        )
        indexes = (
            models.Index(fields=["told_org", "-at"], name="alert_of_told"),
            models.Index(fields=["account_id", "-at"], name="alert_of_account"),
        )
