"""Words of a reunion that cannot be undone."""

from collections.abc import Iterable

CHAINED = (
    "La fiche gardée a été réunie ensuite à une autre : défaites d'abord cette réunion-là, puis celle-ci."
)
_WORDS = {
    "participants_eligibilitycheck": "une vérification a été ajoutée",
    "placements_placement": "un contrat de travail a été ajouté",
    "hours_hoursline": "des heures ont été saisies",
}


def what_was_written(tables: Iterable[str]) -> str:
    """Return what was written since, in French: « un contrat de travail a été ajouté, des heures ont été saisies »."""
    told = dict.fromkeys(_WORDS.get(table, "la fiche a changé") for table in tables)
    return ", ".join(told)
