"""Closed lists of the documents."""

from django.db.models import TextChoices


class ReportKind(TextChoices):
    """What the document is."""

    CERTIFICATE = "certificate", "Attestation"
    YEAR_CERTIFICATE = "year_certificate", "Attestation annuelle"
    SUMMARY = "summary", "Bilan"
    UPDATE = "update", "Point d'étape"


class Audience(TextChoices):
    """Who may read it: the parties it concerns, or the structure alone (its breakdowns are not masked)."""

    PARTIES = "parties", "Communicable"
    OWN = "own", "Copie de la structure"


class SubjectKind(TextChoices):
    """What a document is about."""

    COMMITMENT = "commitment", "Engagement"
    CONTRACT = "contract", "Marché"
    OPERATION = "operation", "Opération"
    BUYER = "buyer", "Maître d'ouvrage"
    FIRM = "firm", "Entreprise"


class FileFormat(TextChoices):
    """In which forms the same facts are set."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Classeur XLSX"
    DOCX = "docx", "Texte DOCX"


class FteDivisor(TextChoices):
    """Hours of one full-time equivalent: it belongs to the report (MODEL §6, point 9)."""

    AVE = "fte_divisor_ave", "1 600 h (Alliance Villes Emploi)"
    WORKED = "fte_divisor_worked", "1 607 h (heures travaillées)"
    PAID = "fte_divisor_paid", "1 820 h (heures payées)"
