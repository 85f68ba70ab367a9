"""Search keys, remembered: a workbook says the same names thousands of times."""

from functools import lru_cache

from clausette.kernel.text import search_key
from clausette.procurement.rules import normal_number


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """The key under which a text is compared."""
    return search_key(text)


@lru_cache(maxsize=20_000)
def number_key(text: str) -> str:
    """The number of a marché as compared."""
    return normal_number(text) if text else ""


@lru_cache(maxsize=20_000)
def lot_key(text: str) -> str:
    """The number of a lot as compared: « Lot 03 » and « 3 » are the same."""
    found = search_key(text).removeprefix("lot ").strip()
    return found.lstrip("0") or found
