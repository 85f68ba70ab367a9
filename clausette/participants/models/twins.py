"""One person, once: how to reach somebody, pairs that may be one person, records reunited."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row
from clausette.participants.enums import PairState
from clausette.participants.models.persons import Participant


class PersonContact(Row):
    """How to reach a person, and who referred them: a compartment of its own, for those in charge.

    Two people may share one telephone. Who referred somebody may tell of a measure of justice or of care.
    """

    participant = models.OneToOneField(
        Participant, models.RESTRICT, related_name="+", verbose_name="participant"
    )
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.CharField("adresse électronique", max_length=254, blank=True)
    phone_mark = models.CharField("empreinte du téléphone", max_length=32, blank=True)
    email_mark = models.CharField("empreinte de l’adresse", max_length=32, blank=True)
    referred_by = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="orienté par"
    )
    referred_on = models.DateField("orienté le", null=True, blank=True)

    class Meta:
        verbose_name = "coordonnées"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="participants_contact_referral",
                condition=Q(referred_by=None, referred_on=None)
                | Q(referred_by__isnull=False, referred_on__isnull=False),
                violation_error_message="Une orientation porte son organisme et sa date.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(
                fields=["owner_org", "phone_mark"], name="participants_contact_phone", condition=~Q(phone_mark="")
            ),
            models.Index(
                fields=["owner_org", "email_mark"], name="participants_contact_email", condition=~Q(email_mark="")
            ),
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {"phone", "email", "phone_mark", "email_mark"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "participant", "owner_org", "referred_by", "referred_on",
        }  # fmt: skip


class Resemblance(Row):
    """Two persons of one structure who may be one: proposed, or settled for good."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    first = models.ForeignKey(Participant, models.RESTRICT, related_name="+", verbose_name="une personne")
    second = models.ForeignKey(Participant, models.RESTRICT, related_name="+", verbose_name="l’autre")
    score = models.PositiveSmallIntegerField("ressemblance")
    reasons = models.JSONField("ressemblances", default=list)
    state = models.CharField("état", max_length=20, choices=PairState, default=PairState.OPEN)
    settled_on = models.DateField("décidé le", null=True, blank=True)
    settled_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="décidé par"
    )

    class Meta:
        verbose_name = "doublon possible"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "first", "second", name="participants_resemblance_once",
                violation_error_message="Ces deux personnes sont déjà comparées.",
            ),
            models.CheckConstraint(
                name="participants_resemblance_order", condition=Q(first__lt=F("second")),
                violation_error_message="Une personne ne se compare pas à elle-même.",
            ),
            models.CheckConstraint(
                name="participants_resemblance_settled",
                condition=(Q(state=PairState.DIFFERENT) & Q(settled_on__isnull=False, settled_by__isnull=False))
                | (~Q(state=PairState.DIFFERENT) & Q(settled_on=None, settled_by=None)),
                violation_error_message="Une décision porte sa date et son auteur.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(
                fields=["owner_org", "-score"], name="participants_resemblance_open", condition=Q(state=PairState.OPEN)
            )
        ]

    class Privacy:
        personal: ClassVar[set[str]] = {"reasons"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "first", "second", "score", "state", "settled_on", "settled_by",
        }  # fmt: skip


class Reunion(Row):
    """Two records of one person made one: which was kept, what moved, and whether it was undone."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    kept = models.ForeignKey(Participant, models.RESTRICT, related_name="+", verbose_name="fiche gardée")
    gone = models.ForeignKey(Participant, models.RESTRICT, related_name="+", verbose_name="fiche réunie")
    moved = models.JSONField("ce qui a suivi", default=dict)
    reunited_at = models.DateTimeField("réunies le")
    reunited_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="réunies par"
    )
    undone_at = models.DateTimeField("défait le", null=True, blank=True)
    undone_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="défait par"
    )

    class Meta:
        verbose_name = "réunion de deux fiches"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "gone", condition=Q(undone_at=None), name="participants_reunion_once",
                violation_error_message="Cette fiche est déjà réunie à une autre.",
            ),
            models.CheckConstraint(
                name="participants_reunion_two", condition=~Q(kept=F("gone")),
                violation_error_message="Une fiche ne se réunit pas à elle-même.",
            ),
            models.CheckConstraint(
                name="participants_reunion_undone",
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                violation_error_message="Une réunion défaite porte sa date et son auteur.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "kept", "gone", "moved", "reunited_at", "reunited_by",
            "undone_at", "undone_by",
        }  # fmt: skip
