"""Pieces joined to a referral by the prescriber: sent while it waits, handed to the check, then kept or destroyed."""

from typing import ClassVar

from django.db import models
from django.db.models import Func, IntegerField, Q, Value
from django.db.models.lookups import Exact

from clausette.kernel.rows import Row
from clausette.participants.enums import PieceState
from clausette.participants.models.checks import EligibilityCheck
from clausette.participants.models.referrals import Referral
from clausette.participants.sealing import SEALED_LENGTH

SENT = [PieceState.JOINED, PieceState.HANDED, PieceState.KEPT]


class ReferralPiece(Row):
    """One paper. Which kind it is, and its date, are sealed with the key of the referral: they tell why.

    A health paper has no file: the prescriber saw it, and says which day. A row stays when its bytes are gone.
    """

    referral = models.ForeignKey(Referral, models.RESTRICT, related_name="+", verbose_name="orientation")
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    prescriber = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="prescripteur"
    )
    sealed = models.BinaryField("nature et date de la pièce, scellées", null=True)
    file = models.ForeignKey(
        "files.StoredFile", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="fichier"
    )
    state = models.CharField("état", max_length=10, choices=PieceState, default=PieceState.JOINED)
    joined_on = models.DateField("jointe le")
    joined_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="jointe par"
    )
    seen_on = models.DateField("vue le", null=True, blank=True)
    seen_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="vue par"
    )
    gone_on = models.DateField("détruite le", null=True, blank=True)
    check_made = models.ForeignKey(
        EligibilityCheck, models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="vérification"
    )

    class Meta:
        verbose_name = "pièce jointe à une orientation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "file", name="participants_piece_file_once",
                violation_error_message="Ce fichier est déjà joint.",
            ),
            models.CheckConstraint(
                name="participants_piece_sealed",
                condition=Q(sealed=None)
                | Q(
                    Exact(Func("sealed", function="octet_length", output_field=IntegerField()), SEALED_LENGTH),
                    Exact(Func("sealed", Value(0), function="get_byte", output_field=IntegerField()), 1),
                ),
                violation_error_message="La nature de la pièce n’est pas scellée.",
            ),
            models.CheckConstraint(
                name="participants_piece_file",
                condition=Q(state__in=SENT, file__isnull=False, gone_on=None)
                | Q(state=PieceState.SEEN, file=None, gone_on=None)
                | Q(state=PieceState.SEEN, file__isnull=False, gone_on__isnull=False)
                | Q(state=PieceState.DESTROYED, gone_on__isnull=False),
                violation_error_message="Une pièce vue ou détruite n’est pas conservée.",
            ),
            models.CheckConstraint(
                name="participants_piece_seen",
                condition=Q(seen_on__isnull=False, seen_by__isnull=False)
                | (Q(seen_on=None, seen_by=None) & ~Q(state=PieceState.SEEN)),
                violation_error_message="Une pièce vue dit par qui et quel jour.",
            ),
            models.CheckConstraint(
                name="participants_piece_check",
                condition=Q(state__in=[PieceState.SEEN, PieceState.DESTROYED])
                | Q(state=PieceState.JOINED, check_made=None)
                | Q(state__in=[PieceState.HANDED, PieceState.KEPT], check_made__isnull=False),
                violation_error_message="Une pièce remise dit à quelle vérification.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = {"sealed"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "referral", "owner_org", "prescriber", "file", "state", "joined_on", "joined_by",
            "seen_on", "seen_by", "gone_on", "check_made",
        }  # fmt: skip
