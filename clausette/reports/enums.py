"""Closed lists of the documents."""

from django.db.models import TextChoices


class ReportKind(TextChoices):
    """What the document is."""

    CERTIFICATE = "certificate", "Attestation"
