"""Communes by name, postcode or Insee code. No rights needed: public facts."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When

from clausette.reference.communes import spelt_out
from clausette.reference.facts.departments import DEPARTMENTS, department_of
from clausette.reference.models import Commune

MOST = 20
PROPOSED = 8
_CODE = re.compile(r"\b(\d{5}|2[AB]\d{3})\b")


@dataclass(frozen=True, slots=True)
class CommuneFound:
    """A commune: Insee code, name, postcodes."""

    code: str
    name: str
    postcodes: tuple[str, ...] = ()

    @property
    def department(self) -> str:
        """« Nord »; empty when the département is not known."""
        return DEPARTMENTS.get(department_of(self.code), "")

    @property
    def label(self) -> str:
        """« Lille (59000, 59160, …), Nord »: no two communes have the same; the Insee code when it has no postcode."""
        shown = ", ".join(self.postcodes[:2]) or self.code
        more = ", …" if len(self.postcodes) > 2 else ""
        return f"{self.name} ({shown}{more})" + (f", {self.department}" if self.department else "")


def communes_known() -> bool:
    """Return whether the list is loaded."""
    return Commune.objects.exists()


def communes_like(text: str) -> tuple[CommuneFound, ...]:
    """Return the communes that a text names, to choose from when there are several: at most 20, the largest first.

    « Lille », « 59000 », « 59350 », a line of the list (« Lille (59000), Nord ») or a whole address with its postcode.
    The exact name when there is one, else the names that begin so.
    """
    key = spelt_out(text.split("(", 1)[0])
    code = _CODE.search(text.upper())
    if not key and code is None:
        return ()
    rows = Commune.objects.all()
    if code is not None:
        held = rows.filter(Q(postcodes__contains=[code[1]]) | Q(code=code[1]))
        named = [row for row in held.order_by("-population", "code") if f" {key} ".find(f" {row.sort_key} ") >= 0]
        longest = max((len(row.sort_key) for row in named), default=0)
        return _told([row for row in named if len(row.sort_key) == longest]) or _found(held)
    return _found(rows.filter(sort_key=key)) or _found(rows.filter(sort_key__startswith=key))


def communes_proposed(text: str) -> tuple[CommuneFound, ...]:
    """Return what to propose while somebody types: at most 8.

    The exact name first, then the names that begin so, then those with a word that begins so (« havre »); digits are
    the beginning of a postcode. Nothing under two characters.
    """
    key = spelt_out(text.split("(", 1)[0])
    if len(key) < 2:
        return ()
    if key.isdigit():
        codes = Func(F("postcodes"), Value(" "), function="array_to_string", output_field=TextField())
        rows = Commune.objects.annotate(codes=codes)
        return _found(rows.filter(Q(codes__regex=rf"\m{key}") | Q(code__startswith=key)), PROPOSED)
    rank = Case(
        When(sort_key=key, then=Value(0)), When(sort_key__startswith=key, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    found = Commune.objects.filter(Q(sort_key__startswith=key) | Q(sort_key__contains=f" {key}"))
    return _told(found.order_by(rank, "-population", "code")[:PROPOSED])


def _found(rows: QuerySet[Commune], most: int = MOST) -> tuple[CommuneFound, ...]:
    return _told(rows.order_by("-population", "code")[:most])


def _told(rows: Any) -> tuple[CommuneFound, ...]:
    return tuple(CommuneFound(row.code, row.name, tuple(row.postcodes)) for row in rows)
