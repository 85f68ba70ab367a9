"""What can be read and is journalled."""

from django.db.models import TextChoices


class ReadingKind(TextChoices):
    IDENTITY = "identity", "identité d'une personne"
    REASONS = "reasons", "motifs d'éligibilité"
    EVIDENCE = "evidence", "pièce justificative"
    EXPORT = "export", "export de données nominatives"
    FILE = "file", "fichier reçu, tel qu'il a été lu"
    ELSEWHERE = "elsewhere", "heures faites ailleurs, un nombre dit par un contrôle"


PERSONS = (ReadingKind.IDENTITY, ReadingKind.REASONS, ReadingKind.EXPORT)
"""Kinds whose object is a person opened: what the flow of readings counts. The others are pieces and files, and numbers
that come with a page whose persons are counted already."""


class AlertLevel(TextChoices):
    WARN = "warn", "plafond proche"
    CHECK = "check", "code demandé de nouveau"
    STOP = "stop", "arrêté pour la journée"
