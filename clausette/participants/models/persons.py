"""The identity of a person, followed by one structure."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row
from clausette.participants.enums import Sex


class Participant(Row):
    """A person followed by one structure. The same person in two structures is two rows.

    Firms read this row for those they employ: who referred the person is kept apart (`PersonContact`).
    """

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    first_name = models.CharField("prénom", max_length=80)
    last_name = models.CharField("nom", max_length=80)
    birth_date = models.DateField("date de naissance")
    sex = models.CharField("sexe", max_length=10, choices=Sex, default=Sex.UNKNOWN)
    commune_name = models.CharField("commune de résidence", max_length=120, blank=True)
    sort_key = models.CharField("clé de tri", max_length=200)
    sound_key = models.CharField("clé de prononciation", max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="réunie à"
    )
    erased_on = models.DateField("effacé le", null=True, blank=True)

    class Meta:
        verbose_name = "participant"
        constraints: ClassVar = [
            models.UniqueConstraint("id", "owner_org", name="participants_participant_of_owner"),
            models.UniqueConstraint(
                "owner_org", "sort_key", "birth_date", name="participants_participant_once",
                violation_error_message="Cette personne est déjà enregistrée dans votre structure.",
            ),
            models.CheckConstraint(
                name="participants_merged_other", condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                violation_error_message="Une fiche ne se réunit pas à elle-même.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            # all that a search reads of a person: the names of 20,000 are gone through without opening their rows
            models.Index(
                fields=["owner_org", "sort_key"], include=["id"], name="participants_owner_name",
                condition=Q(merged_into=None, erased_on=None),
            ),
            models.Index(fields=["owner_org", "sound_key"], name="participants_owner_sound"),
            models.Index(fields=["owner_org", "birth_date"], name="participants_owner_birth"),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {
            "first_name",
            "last_name",
            "birth_date",
            "sex",
            "commune_name",
            "sort_key",
            "sound_key",
        }
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "merged_into", "erased_on",
        }  # fmt: skip
