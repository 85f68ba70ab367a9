"""Canaries: every free text of every row is a word found nowhere else, and so is every uid.

A response is searched for all of them; each names the row it comes from, and the row says who may see it.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from django.apps import apps
from django.db import models
from django.http import HttpResponse

WORD = re.compile(rb"zq(\d{4})z", re.IGNORECASE)
UID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SHORTEST = 7
TECHNICAL = frozenset({
    "sha256", "given_sha256", "facts_sha256", "content_sha256", "siret", "cpv", "slug", "key", "fingerprint",
    "content_type", "email", "token_hash", "code", "verb", "subject_type", "template_version", "place_code",
    "commune_code", "agent", "password",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """One row: its table, its number, and the organisations that may know it exists."""

    table: str
    pk: Any
    seen_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a word is written: « participants.Participant.last_name », and the organisation whose row it is."""

    field: str
    owner: int | None


@dataclass(slots=True)
class Aviary:
    """All the canaries of the world."""

    words: dict[int, Planted] = field(default_factory=dict)
    marks: dict[int, Mark] = field(default_factory=dict)
    uids: dict[str, Planted] = field(default_factory=dict)
    rows: dict[tuple[str, Any], Planted] = field(default_factory=dict)
    count: int = 0

    def word(self) -> str:
        """Make a word found nowhere else."""
        self.count += 1
        return f"zq{self.count:04d}z"

    def plant(self, model: str, seen_by: Iterable[str], /, **values: Any) -> Any:
        """Write one row as owner, a canary in each free text not given."""
        kind = apps.get_model(model)
        first = self.count
        for one in kind._meta.concrete_fields:
            if one.name not in values and is_free_text(one):
                values[one.name] = self.word()
                self.mark(self.count, model, one.name, values.get("owner_org_id"))
        row = kind(**values)
        row.save(force_insert=True)
        self.know(row, seen_by, range(first + 1, self.count + 1))
        return row

    def mark(self, number: int, model: str, name: str, owner: int | None) -> None:
        """Say in which field a word is written, in clear or sealed."""
        self.marks[number] = Mark(f"{model}.{name}", owner)

    def know(self, row: Any, seen_by: Iterable[str], words: Iterable[int] = ()) -> None:
        """Say who may see a row already written."""
        planted = Planted(row._meta.db_table, row.pk, frozenset(seen_by))
        self.rows[planted.table, planted.pk] = planted
        for number in words:
            self.words[number] = planted
        if hasattr(row, "uid"):
            self.uids[str(row.uid)] = planted

    def found_in(self, data: bytes, asked: str) -> set[Planted]:
        """Return the rows whose canary is in these bytes; the uids of the address asked for are no news."""
        found = {self.words[n] for n in map(int, WORD.findall(data)) if n in self.words}
        known = (m.decode() for m in UID.findall(data))
        return found | {self.uids[u] for u in known if u in self.uids and u not in asked}


def is_free_text(one: "models.Field[Any, Any]") -> bool:
    """Say whether a person types this field."""
    return (
        isinstance(one, models.CharField | models.TextField)
        and not one.choices
        and one.name not in TECHNICAL
        and (one.max_length or SHORTEST) >= SHORTEST
    )


def all_of(response: HttpResponse) -> bytes:
    """Return the headers and the body of a response, workbooks unpacked, the pages of a PDF read."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # by kind of response
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    elif body.startswith(b"%PDF"):
        body += _printed(body)
    return headers(response.headers) + body


def _printed(body: bytes) -> bytes:
    """What is to be read on the pages of a PDF; nothing for the small ones of this world, written by hand."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        return b""
    with document:
        return "\n".join(page.get_textpage().get_text_range() for page in document).encode()


def headers(values: Mapping[str, str]) -> bytes:
    """Return headers as bytes."""
    return "\n".join(f"{name}: {value}" for name, value in values.items()).encode()
