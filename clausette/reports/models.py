"""Issued documents: facts, bytes and hash together, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clausette.kernel.rows import Row

from .enums import Audience, FileFormat, ReportKind


class Report(Row):
    """A document given out. A correction is a new report that cites the one it replaces."""

    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    contract = models.ForeignKey(
        "procurement.Contract", models.RESTRICT, related_name="+", null=True, blank=True, verbose_name="marché"
    )
    commitment = models.ForeignKey(
        "commitments.Commitment",
        models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="engagement",
    )
    operation = models.ForeignKey(
        "procurement.WorksOperation",
        models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="opération",
    )
    recipient = models.ForeignKey(
        "access.Organisation",
        models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="destinataire",
    )
    kind = models.CharField("nature", max_length=20, choices=ReportKind)
    audience = models.CharField("diffusion", max_length=10, choices=Audience, default=Audience.PARTIES)
    subject = models.CharField("objet", max_length=300, blank=True)
    starts_on = models.DateField("du", null=True, blank=True)
    ends_on = models.DateField("au", null=True, blank=True)
    number = models.CharField("numéro", max_length=30)
    issued_on = models.DateField("établi le")
    issued_by = models.ForeignKey(
        "access.Account", models.RESTRICT, related_name="+", verbose_name="établi par"
    )
    facts = models.JSONField("chiffres arrêtés")
    facts_sha256 = models.CharField("empreinte des chiffres", max_length=64)
    template_version = models.CharField("version du modèle", max_length=20)
    formats = models.JSONField("formats demandés", default=list)
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
            models.UniqueConstraint("id", "owner_org", name="reports_report_of_owner"),
            models.CheckConstraint(
                name="reports_report_hashes", condition=Q(facts_sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="L’empreinte du document est mal formée.",
            ),
            models.CheckConstraint(
                name="reports_report_certificate",
                condition=~Q(kind=ReportKind.CERTIFICATE) | Q(contract__isnull=False, commitment__isnull=False),
                violation_error_message="Une attestation porte son marché et son engagement.",
            ),
            models.CheckConstraint(
                name="reports_report_period",
                condition=Q(starts_on=None, ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin de la période précède son début.",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar[set[str]] = set()
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "owner_org", "contract", "commitment", "operation", "recipient", "kind",
            "audience", "subject", "starts_on", "ends_on", "number", "issued_on", "issued_by", "facts", "facts_sha256",
            "template_version", "formats", "replaces",
        }  # fmt: skip


class ReportFile(Row):
    """The bytes of a document in one format, with their hash. A format not set yet has no row."""

    report = models.ForeignKey(Report, models.RESTRICT, related_name="+", verbose_name="document")
    owner_org = models.ForeignKey(
        "access.Organisation", models.RESTRICT, related_name="+", verbose_name="structure"
    )
    format = models.CharField("format", max_length=10, choices=FileFormat)
    content = models.BinaryField("fichier")
    content_sha256 = models.CharField("empreinte du fichier", max_length=64)

    class Meta:
        verbose_name = "fichier d’un document"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "report", "format", name="reports_reportfile_once",
                violation_error_message="Ce fichier existe déjà.",
            ),
            models.CheckConstraint(
                name="reports_reportfile_hash", condition=Q(content_sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="L’empreinte du fichier est mal formée.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["content_sha256"], name="reports_file_hash")]

    class Privacy:
        # the bytes stay out of the journal: their hash is in it
        personal: ClassVar[set[str]] = {"content"}
        ordinary: ClassVar[set[str]] = {
            "id", "uid", "created_at", "report", "owner_org", "format", "content_sha256",
        }  # fmt: skip
