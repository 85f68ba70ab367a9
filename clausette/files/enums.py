"""Closed lists of the files room."""

from enum import StrEnum

from django.db.models import TextChoices


class Purpose(StrEnum):
    """Why a file is handed in: it sets which types are taken and how much it may weigh."""

    EVIDENCE = "evidence"
    """Proof of hours, document of a commitment."""
    WORKBOOK = "workbook"
    """Spreadsheet read by an import."""
    TEMPLATE = "template"
    """A template of a text, filled with the values of a purchase."""
    TENDER = "tender"
    """A piece of a tender, read and never kept."""
    OFFICIAL = "official"
    """File of public data."""


class Treatment(TextChoices):
    """What was done to the bytes handed in before they were kept."""

    GIVEN = "given", "Gardé tel que remis"
    REWRITTEN = "rewritten", "Réécrit à l'entrée"
    MASKED = "masked", "Copie masquée, original détruit"
    WAITING = "waiting", "En attente d'analyse"
    INFECTED = "infected", "Détruite : l'antivirus y a reconnu un programme dangereux"
    UNFIT = "unfit", "Détruite : elle ne pouvait pas être gardée (abîmée, ou des numéros n'ont pas pu être masqués)"
    UNSCANNED = "unscanned", "Détruite : l'antivirus n'a pas pu l'analyser à temps"


DESTROYED = (Treatment.INFECTED, Treatment.UNFIT, Treatment.UNSCANNED)
NOT_HELD = (Treatment.WAITING, *DESTROYED)
"""Nobody can open them: they prove nothing yet, or will not."""
