"""Closed lists of the takeover of running work."""

from django.db.models import TextChoices


class TakeoverState(TextChoices):
    """Where a workbook stands."""

    READING = "reading", "Lecture en cours"
    COLUMNS = "columns", "Colonnes à vérifier"
    READ = "read", "Lu, à confirmer"
    APPLYING = "applying", "En cours"
    APPLIED = "applied", "Repris"
    UNDONE = "undone", "Défait"
    CANCELLED = "cancelled", "Abandonné"


class LineKind(TextChoices):
    """What a line of the workbook brings."""

    CONTRACT = "contract", "Marché ou lot"
    PERSON = "person", "Personne"
    WORK = "work", "Contrat de travail"
    HOURS = "hours", "Heures"


class LineFate(TextChoices):
    """What becomes of a line."""

    NEW = "new", "À reprendre"
    SAME = "same", "Déjà là"
    DIFFERS = "differs", "Écart"
    ASK = "ask", "À décider"
    REFUSED = "refused", "À corriger"
    WAITING = "waiting", "En attente d'une autre ligne"


class SheetMeaning(TextChoices):
    """What the lines of a sheet are."""

    CONTRACTS = "contracts", "Marchés et lots"
    PEOPLE = "people", "Personnes"
    WORK = "work", "Contrats de travail"
    HOURS = "hours", "Heures"
    FLAT = "flat", "Tout sur une ligne : marché, personne, heures"
    IGNORED = "ignored", "Ne pas reprendre cette feuille"
