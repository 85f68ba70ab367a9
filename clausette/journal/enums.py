"""What can be read and is journalled."""

from django.db.models import TextChoices


class ReadingKind(TextChoices):
    IDENTITY = "identity", "identité d'une personne"
    REASONS = "reasons", "motifs d'éligibilité"
    EVIDENCE = "evidence", "pièce justificative"
    EXPORT = "export", "export de données nominatives"
    FILE = "file", "fichier reçu, tel qu'il a été lu"


PERSONS = (ReadingKind.IDENTITY, ReadingKind.REASONS, ReadingKind.EXPORT)
"""Kinds whose object is a person: what the flow of readings counts. The others are pieces and files."""


class AlertLevel(TextChoices):
    WARN = "warn", "plafond proche"
    CHECK = "check", "code demandé de nouveau"
    STOP = "stop", "arrêté pour la journée"
