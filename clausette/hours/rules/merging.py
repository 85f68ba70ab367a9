"""Why the work contracts of two records cannot be those of one person."""

from collections.abc import Sequence
from datetime import date

from clausette.kernel.french import format_month, plural

NAMED = 6


def told_collision(employer: str, months: Sequence[date]) -> str:
    """Return the sentence of two work contracts that overlap with one employer; the first months are named."""
    named = ", ".join(format_month(month) for month in months[:NAMED])
    left = len(months) - NAMED
    more = f" et {plural(left, 'autre mois', 'autres mois')}" if left > 0 else ""
    return (
        f"Chaque fiche a un contrat de travail chez {employer} en {named}{more} : les heures de ces mois seraient en "
        "double. Retirez ou terminez l'un des deux contrats de travail, puis recommencez."
    )
