"""Files of hours written by hand for these tests."""

from collections.abc import Sequence
from datetime import date

from tests.imports.takeover.books import xlsx

HEAD = ("Nom", "Prénom", "Né(e) le", "Client", "Mois", "H. trav.")
BORN = date(1990, 5, 4)


def row(
    last: str, first: str, hours: object, *, client: str = "Bâti Ouche", month: object = "10/2026"
) -> tuple[object, ...]:
    """A line of the usual file."""
    return (last, first, BORN, client, month, hours)


def book(*rows: Sequence[object], head: Sequence[object] = HEAD) -> bytes:
    """A workbook of one sheet."""
    return xlsx({"Heures": [head, *rows]})
