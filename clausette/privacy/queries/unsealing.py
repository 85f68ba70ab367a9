"""Sealed values opened for the person who asks what is held of them: each by the room that sealed it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, Model

from clausette.kernel.sealing import (
    ERASED,
    UNREADABLE,
    KeyDestroyed,
    KeyMissing,
    Keyring,
    Unreadable,
    keyring,
)
from clausette.outcomes.rules import LABELS
from clausette.outcomes.sealing import TABLES, open_answers
from clausette.participants.words import MOVES, NOTES, open_words

WORDS = {"text": "texte", "author": "auteur", "body": "organisme", "source": "document ou décideur"}
ANSWERS = {table: kind for kind, table in TABLES.items()}


def is_sealed(model: type[Model]) -> bool:
    """Whether the rows of a table keep something sealed."""
    return any(isinstance(field, BinaryField) for field in model._meta.concrete_fields)


def unsealed(rows: Iterable[Any], persons: Mapping[int, UUID]) -> dict[Any, str]:
    """Return what the rows of one table sealed with the keys of these persons say, by number of row."""
    found = list(rows)
    ring = keyring(persons.values()) if found else Keyring({})
    return {row.pk: _told(ring, row, persons[row.participant_id]) for row in found}


def _told(ring: Keyring, row: Any, person: UUID) -> str:
    table = row._meta.db_table
    if row.sealed is None:
        return ERASED
    if table in (NOTES, MOVES):
        said = open_words(ring, table=table, person=person, row=row.uid, sealed=row.sealed)
        return _joined(said, WORDS.get)
    try:
        answers = open_answers(ring, ANSWERS[table], person=person, row=row.uid, sealed=row.sealed)
    except KeyDestroyed:
        return ERASED
    except (KeyMissing, Unreadable):
        return UNREADABLE
    return _joined(asdict(answers), LABELS.get)


def _joined(said: Mapping[str, Any], label: Callable[[str], str | None]) -> str:
    known = {name: value for name, value in said.items() if value not in (None, "")}
    return " ; ".join(f"{label(name) or name} : {getattr(value, 'label', value)}" for name, value in known.items())
