"""`python -m config.reference`: write docs/reference/settings.md from the list of variables."""

from pathlib import Path

from config.env import VARIABLES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "settings.md"
HEADING = """# Réglages

Lus dans l'environnement au démarrage ; un réglage `CLAUSETTE_…` inconnu ou dangereux arrête le démarrage.
Page produite par `python -m config.reference`, comparée par un test.

| Variable | Si absente | À quoi elle sert |
|---|---|---|
"""


def settings_page() -> str:
    """Return the text of the reference of settings."""
    lines = [
        f"| `{one.name}` | {f'`{one.default}`' if one.default else '–'} | {one.purpose} |"
        for one in VARIABLES
    ]
    return HEADING + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(settings_page(), encoding="utf-8")
