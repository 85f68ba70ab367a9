"""Usual share of labour of a trade, sought by its code or by a CPV code."""

from collections.abc import Iterable, Sequence
from datetime import date

from clausette.reference.facts.labour import LabourRow


def cpv_digits(text: str) -> str:
    """Return the digits of « 45442100-8 » or of its beginning (« 45442 »). Raises ValueError."""
    code, _, key = text.strip().replace(" ", "").partition("-")
    known = code.isascii() and code.isdigit() and 2 <= len(code) <= 8
    if not known or (key and not (key.isascii() and key.isdigit() and len(key) == 1)):
        raise ValueError(f"« {text.strip()[:20]} » n'est pas un code CPV : écrivez 8 chiffres, par exemple 45442100.")
    return code


def trades_of_cpv(rows: Iterable[LabourRow], cpv: str, on: date) -> tuple[LabourRow, ...]:
    """Return the trades whose prefix is the longest that begins the code: one, several when they share it, or none."""
    digits = cpv_digits(cpv)
    found = [
        (len(prefix), row) for row in rows if row.starts_on <= on for prefix in row.cpv if digits.startswith(prefix)
    ]  # fmt: skip
    longest = max((size for size, _ in found), default=0)
    return tuple(row for size, row in found if size == longest)


def trade_of(rows: Sequence[LabourRow], code: str, on: date) -> LabourRow | None:
    """Return the trade of this code on `on`, None when there is none."""
    return next((row for row in rows if row.code == code and row.starts_on <= on), None)
