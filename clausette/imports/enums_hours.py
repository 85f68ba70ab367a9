"""Closed lists of the files of hours."""

from django.db.models import TextChoices


class HoursFileState(TextChoices):
    """Where a file of hours stands."""

    READING = "reading", "Lecture en cours"
    COLUMNS = "columns", "Colonnes à vérifier"
    READ = "read", "Lu, à confirmer"
    APPLYING = "applying", "En cours"
    APPLIED = "applied", "Importé"
    UNDONE = "undone", "Défait"
    CANCELLED = "cancelled", "Abandonné"


class HoursFate(TextChoices):
    """What becomes of a line of hours."""

    NEW = "new", "Nouvelle"
    SAME = "same", "Déjà là"
    CHANGED = "changed", "Modifiée"
    CORRECTION = "correction", "Correction"
    PROPOSED = "proposed", "Correction à proposer"
    ASK = "ask", "À rapprocher"
    UNMATCHED = "unmatched", "Non rapprochée"
    REFUSED = "refused", "À corriger"
    ADDED = "added", "Additionnée"
    LEFT = "left", "Laissée de côté"


class MatchSure(TextChoices):
    """How sure the match of a line is."""

    EXACT = "exact", "Exact"
    CHOSEN = "chosen", "Choisi"
    LIKELY = "likely", "Probable"
    SEVERAL = "several", "Plusieurs possibles"
    NONE = "none", "Aucun"
