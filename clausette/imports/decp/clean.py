"""A record made fit to be kept: plain objects, no character a database refuses, keys written once."""

import re
from dataclasses import dataclass, field

from clausette.imports.decp.decode import Pairs
from clausette.imports.decp.fingerprint import canonical
from clausette.imports.decp.phrases import inside, shown
from clausette.imports.decp.results import Effect, Problem
from clausette.imports.decp.secrecy import looked_at, said_of

# Control characters but tab and line ends, and halves of characters (lone surrogates).
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(slots=True)
class Cleaned:
    """The record and what had to be said while cleaning it."""

    value: object = None
    problems: list[Problem] = field(default_factory=list)


def clean(value: object) -> Cleaned:
    """Take a parsed JSON value; give back the same with plain dicts and readable texts. Never raises."""
    result = Cleaned()
    result.value = _clean(value, "", result.problems)
    return result


def _clean(value: object, path: str, problems: list[Problem]) -> object:
    if isinstance(value, str):
        return _readable(value, path, problems)
    if isinstance(value, list):
        return [_clean(item, f"{path}[{index}]", problems) for index, item in enumerate(value)]
    if isinstance(value, dict):
        if isinstance(value, Pairs):
            problems.extend(_repeated(value, path))
        return {
            _UNREADABLE.sub("\ufffd", key): _clean(item, inside(path, key), problems)
            for key, item in value.items()
        }
    return value


def _readable(text: str, path: str, problems: list[Problem]) -> str:
    readable = _UNREADABLE.sub("\ufffd", text)
    if readable != text:
        sentence = "Ce texte contient des caractères illisibles : ils sont remplacés par « \ufffd »."
        problems.append(Problem(path, shown(readable), sentence))
    kept, found = looked_at(readable, path)
    problems.extend(found)
    return kept


def _repeated(value: Pairs, path: str) -> list[Problem]:
    found = []
    for key, hidden in value.hidden:
        kept = value[key]
        before, now = said_of(hidden), said_of(kept)
        place = inside(path, _UNREADABLE.sub("\ufffd", key))
        if canonical(hidden) == canonical(kept):
            found.append(Problem(place, now, "Cette clé est écrite deux fois, avec la même valeur."))
            continue
        sentence = (
            f"Cette clé est écrite deux fois, avec des valeurs différentes : « {before} », puis "
            f"« {now} ». Cet enregistrement ne peut pas être repris."
        )
        found.append(Problem(place, now, sentence, Effect.RECORD))
    return found
