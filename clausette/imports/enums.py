"""Closed lists of the imports."""

from django.db.models import TextChoices


class BatchKind(TextChoices):
    """Which source a file comes from."""

    DECP = "decp", "Données essentielles (DECP)"


class BatchState(TextChoices):
    """Where the batch stands."""

    READING = "reading", "Lecture en cours"
    UNREADABLE = "unreadable", "Illisible"
    READ = "read", "Lu, à confirmer"
    APPLYING = "applying", "En cours"
    APPLIED = "applied", "Appliqué"
    CANCELLED = "cancelled", "Abandonné"


class RowFate(TextChoices):
    """What the comparison says of a record."""

    ADDED = "added", "Nouveau"
    CHANGED = "changed", "Modifié"
    SAME = "same", "Identique"
    AMBIGUOUS = "ambiguous", "À rapprocher"
    REFUSED = "refused", "À corriger"
    SET_ASIDE = "set_aside", "Mis de côté"


class RowChoice(TextChoices):
    """What the person decided for a record."""

    UNDECIDED = "undecided", "À décider"
    CREATE = "create", "Créer le marché"
    ATTACH = "attach", "Rapprocher d’un marché existant"
    SKIP = "skip", "Ne pas reprendre"


class ChangeKind(TextChoices):
    """What a later publication changed of a contract already followed (MODEL §1, §8)."""

    AWARD = "award", "Titulaire"
    AMOUNT = "amount", "Montant"
    DURATION = "duration", "Durée"
    SUBCONTRACTOR = "subcontractor", "Sous-traitant"
