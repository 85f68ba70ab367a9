"""The French of problems: how a value is shown, where it stands, which known word it resembles."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import islice

from clausette.imports.decp.results import Effect

LONGEST_SHOWN = 60
CONSEQUENCES = {
    Effect.REMARK: "",
    Effect.AWARD: " L'attribution ne sera pas reprise : vous la saisirez.",
    Effect.RECORD: " Cet enregistrement ne peut pas être repris.",
}


def shown(value: object) -> str:
    """A value of the file as a person may read it, in at most 60 characters; empty for null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        text = "{" + ", ".join(str(key) for key in islice(value, 10)) + "}"
    elif isinstance(value, list):
        text = "[" + ", ".join("…" if isinstance(item, list) else shown(item) for item in value[:5]) + "]"
    elif isinstance(value, Decimal):
        text = format(value, "f")
    else:
        text = "" if value is None else str(value)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def inside(path: str, key: str) -> str:
    """The path of a key of the object that stands at `path`."""
    return f"{path}.{key}" if path else key


def kind_of(value: object) -> str:
    """What kind of JSON value was read, in French."""
    if isinstance(value, bool):
        return "une valeur vrai ou faux"
    if isinstance(value, int | Decimal):
        return "un nombre"
    if isinstance(value, str):
        return "un texte"
    if value is None:
        return "une valeur vide (null)"
    return "une liste" if isinstance(value, list) else "un objet"


def was_read(value: object) -> str:
    """« un nombre a été lu », with the agreement of the participle."""
    kind = kind_of(value)
    return f"{kind} a été {'lu' if kind.startswith('un ') else 'lue'}"


def folded(text: str) -> str:
    """Lower case, without accents, with plain apostrophes and single spaces: to compare two writings."""
    plain = text.replace("œ", "oe").replace("Œ", "oe").replace("’", "'").replace("_", " ")
    letters = unicodedata.normalize("NFKD", plain)
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())


def same_word(text: str, accepted: Iterable[str]) -> str | None:
    """The accepted value written otherwise (case, accents, apostrophe), or None."""
    return next((value for value in accepted if folded(value) == folded(text)), None)


def closest(text: str, accepted: Iterable[str]) -> str | None:
    """The accepted value that resembles this one most, or None when none does."""
    by_fold = {folded(value): value for value in accepted}
    near = difflib.get_close_matches(folded(text)[:200], list(by_fold), n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None
