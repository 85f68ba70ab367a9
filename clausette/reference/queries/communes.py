"""Communes by name, postcode or Insee code. No rights needed: public facts."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from clausette.kernel.text import search_key
from clausette.reference.models import Commune

MOST = 20


@dataclass(frozen=True, slots=True)
class CommuneFound:
    """A commune: Insee code, name, postcodes."""

    code: str
    name: str
    postcodes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """« Lille (59000, 59160, …) »; the Insee code when it has no postcode."""
        shown = ", ".join(self.postcodes[:2]) or self.code
        more = ", …" if len(self.postcodes) > 2 else ""
        return f"{self.name} ({shown}{more})"


def communes_known() -> bool:
    """Return whether the list is loaded."""
    return Commune.objects.exists()


def communes_like(text: str) -> tuple[CommuneFound, ...]:
    """Return the communes whose name begins by the words, or of that postcode or Insee code; the exact name first.

    « Lille », « 59000 », « 59350 », or « Lille (59000) » as a list of choices writes it. At most 20, the largest first.
    """
    said = text.split("(", 1)[0].strip()
    code = re.search(r"\b(\d{5}|2[AB]\d{3})\b", text.upper())
    key = search_key(said)
    if not key and code is None:
        return ()
    rows = Commune.objects.all()
    if code is not None:
        held = rows.filter(postcodes__contains=[code[1]]) | rows.filter(code=code[1])
        named = held.filter(sort_key=key)
        return _found(named if named.exists() else held)
    exact = _found(rows.filter(sort_key=key))
    return exact or _found(rows.filter(sort_key__startswith=key))


def _found(rows: QuerySet[Commune]) -> tuple[CommuneFound, ...]:
    return tuple(
        CommuneFound(row.code, row.name, tuple(row.postcodes)) for row in rows.order_by("-population", "code")[:MOST]
    )
