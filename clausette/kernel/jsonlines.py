"""Questions as lines of JSON: one object a line in, one object a line out, refusals by field in French."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from clausette.kernel.errors import Refusal
from clausette.kernel.parsing import parse_date, parse_decimal

Said = dict[str, Any]
Choice = TypeVar("Choice", bound=StrEnum)


class ObjectReader:
    """Reads the fields of one object and gathers what is wrong, field by field."""

    def __init__(self, said: Mapping[str, Any], known: frozenset[str]) -> None:
        self.said = said
        self.errors = {key: "Champ inconnu." for key in said if key not in known}

    def _read(self, key: str, read: Callable[[Any], Any]) -> Any:
        value = self.said.get(key)
        if value is None or value == "":
            return None
        try:
            return read(value)
        except ValueError as error:
            self.errors[key] = str(error)
            return None

    def number(self, key: str) -> Decimal | None:
        """A number, or a text such as « 1 234,5 € »."""
        found: Decimal | None = self._read(key, _number)
        return found

    def share(self, key: str) -> Decimal | None:
        """A number from 0 to 1, or a text such as « 50 % »."""
        found: Decimal | None = self._read(key, _share)
        return found

    def day(self, key: str) -> date | None:
        """A day, « 2026-08-21 »."""
        found: date | None = self._read(key, _day)
        return found

    def truth(self, key: str) -> bool:
        """true or false; absent is false."""
        return bool(self._read(key, _truth))

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words, () when absent."""
        found: tuple[str, ...] = self._read(key, _words) or ()
        return found

    def text(self, key: str) -> str:
        """A text, "" when absent."""
        return str(self._read(key, _text) or "")

    def choice(self, key: str, kind: type[Choice]) -> Choice | None:
        """One word of a closed list."""
        found: Choice | None = self._read(key, lambda value: _choice(value, kind))
        return found

    def need(self, key: str, sentence: str) -> None:
        """Ask for a field that is absent."""
        if self.said.get(key) in (None, ""):
            self.errors.setdefault(key, sentence)


def _number(value: Any) -> Decimal:
    if isinstance(value, str):
        return parse_decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("Écrivez un nombre.")
    number = Decimal(value)
    if number and not -12 <= number.adjusted() <= 15:
        raise ValueError("Ce nombre est trop grand ou trop petit.")
    return number


def _share(value: Any) -> Decimal:
    if isinstance(value, str) and value.strip().endswith("%"):
        return parse_decimal(value) / 100
    number = _number(value)
    if number > 1:
        raise ValueError('Une part va de 0 à 1 : 0.5 pour 50 %, ou le texte "50 %".')
    return number


def _day(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError('Écrivez une date, par exemple "2026-08-21".')
    return parse_date(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("Écrivez true ou false.")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("Écrivez un texte.")
    return value


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError('Écrivez une liste de textes, par exemple ["RSA", "QPV"].')
    return tuple(value)


def _choice(value: Any, kind: type[Choice]) -> Choice:
    words = [one.value for one in kind]
    if value not in words:
        raise ValueError(f"Écrivez un de ces mots : {', '.join(words)}.")
    return kind(value)


def answers(lines: Iterable[str], answer: Callable[..., Said], *, today: date) -> Iterator[str]:
    """Yield one line of JSON for each line that is not empty, in the same order; a refused one stops nothing."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(_answered(line, number, answer, today), ensure_ascii=False)


def _answered(line: str, number: int, answer: Callable[..., Said], today: date) -> Said:
    try:
        said = json.loads(line.lstrip("\ufeff"), parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return {"ok": False, "errors": {"": f"Ligne {number} : ce n'est pas du JSON."}}
    if not isinstance(said, dict):
        return {"ok": False, "errors": {"": f"Ligne {number} : un objet est attendu, entre accolades."}}
    named = {"id": said["id"]} if isinstance(said.get("id"), str | int) else {}
    try:
        return {**named, **answer(said, today=today)}
    except Refusal as refusal:
        errors = getattr(refusal, "errors", None) or {refusal.field: refusal.message}
        return {**named, "ok": False, "errors": errors}


def _no_constant(word: str) -> Decimal:
    raise ValueError(word)
