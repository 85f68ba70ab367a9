"""What can be read and is journalled."""

from django.db.models import TextChoices


class ReadingKind(TextChoices):
    IDENTITY = "identity", "identité d'une personne"
    REASONS = "reasons", "motifs d'éligibilité"
    EVIDENCE = "evidence", "pièce justificative"
    EXPORT = "export", "export de données nominatives"


class AlertLevel(TextChoices):
    WARN = "warn", "plafond proche"
    CHECK = "check", "code demandé de nouveau"
    STOP = "stop", "arrêté pour la journée"
