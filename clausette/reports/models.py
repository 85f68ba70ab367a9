"""Issued documents: facts, bytes and hash together, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clausette.kernel.rows import Row

from .enums import ReportKind


class Report(Row):
    """A document given out. A correction is a new report that cites the one it replaces."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", verbose_name="marché"
    )
    commitment = models.ForeignKey(
        "commitments.Commitment",
        models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="engagement",
    )
    kind = models.CharField("nature", max_length=20, choices=ReportKind)
    number = models.CharField("numéro", max_length=30)
    issued_on = models.DateField("établi le")
    issued_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="établi par"
    )
    facts = models.JSONField("chiffres arrêtés")
    facts_sha256 = models.CharField("empreinte des chiffres", max_length=64)
    template_version = models.CharField("version du modèle", max_length=20)
    content = models.BinaryField("document")
    content_sha256 = models.CharField("empreinte du document", max_length=64)
    replaces = models.ForeignKey(
        "self", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="annule et remplace"
    )

    class Meta:
        verbose_name = "document"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "owner_org", "number", name="reports_report_number",
                violation_error_message="Ce numéro de document est déjà pris. Recommencez.",
            ),
            models.UniqueConstraint(
                "replaces", name="reports_report_replaced_once",
                violation_error_message="Ce document a déjà été remplacé.",
            ),
            models.CheckConstraint(
                name="reports_report_hashes",
                condition=Q(facts_sha256__regex=r"^[0-9a-f]{64}$") & Q(content_sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="L’empreinte du document est mal formée.",
            ),
        ]  # fmt: skip

    class Privacy:
        # the bytes stay out of the journal: their hash is in it
        personal: ClassVar[set[str]] = {"content"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "contract", "commitment", "kind", "number", "issued_on",
            "issued_by", "facts", "facts_sha256", "template_version", "content_sha256", "replaces",
        }  # fmt: skip
