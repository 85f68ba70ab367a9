"""Pieces of a statement beside the proof of its hours: work contracts, approvals."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncMonth

from clausette.hours.enums import PieceKind
from clausette.hours.models.statements import Statement
from clausette.kernel.rows import Row


class StatementPiece(Row):
    """One piece joined to a statement, other than what proves its hours (`Statement.evidence`); one of each kind."""

    statement = models.ForeignKey(Statement, models.RESTRICT, related_name="+", verbose_name="relevé")
    contract = models.ForeignKey("procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché")
    declarant = models.ForeignKey("access.Organisation", models.RESTRICT, related_name="+", verbose_name="déclarant")
    month = models.DateField("mois")
    kind = models.CharField("nature de la pièce", max_length=10, choices=PieceKind)
    file = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+", verbose_name="fichier")

    class Meta:
        verbose_name = "pièce d’un relevé"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "statement", "kind", name="hours_piece_once",
                violation_error_message="Ce relevé a déjà une pièce de cette nature.",
            ),
            models.CheckConstraint(
                name="hours_piece_kind",
                condition=Q(kind__in=[PieceKind.CONTRACT, PieceKind.APPROVAL, PieceKind.OTHER]),
                violation_error_message="La pièce justificative des heures se joint au relevé lui-même.",
            ),
            models.CheckConstraint(
                name="hours_piece_month", condition=Q(month=TruncMonth("month")),
                violation_error_message="Un mois est noté par son premier jour.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["contract", "declarant"], name="hours_piece_ix")]

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "statement", "contract", "declarant", "month", "kind", "file",
        }  # fmt: skip
