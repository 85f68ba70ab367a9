"""The DOCX templates of a structure: all of them, the one in service for a text, their bytes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clausette.advice.enums import TextKind
from clausette.advice.queries.visibility import own_templates_visible_to
from clausette.files.queries import FileContent, read_file
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A version of a template. `serves`: it is the one in service."""

    uid: UUID
    kind: TextKind
    number: int
    name: str
    brought_by: str
    brought_at: datetime
    withdrawn_at: datetime | None
    serves: bool


def list_templates(*, actor: Actor) -> tuple[TemplateLine, ...]:
    """Return the templates of the structure, the last version of each text first (one query)."""
    rows = own_templates_visible_to(actor).select_related("brought_by").order_by("kind", "-number")
    serving: set[str] = set()
    found = []
    for row in rows:
        serves = row.withdrawn_at is None and row.kind not in serving
        if serves:
            serving.add(row.kind)
        found.append(
            TemplateLine(
                row.uid, TextKind(row.kind), row.number, row.name, row.brought_by.full_name, row.created_at,
                row.withdrawn_at, serves=serves,
            )
        )  # fmt: skip
    return tuple(found)


def template_file(*, actor: Actor, uid: UUID) -> FileContent:
    """Return a template of the structure with its bytes. Raises Absent."""
    row = own_templates_visible_to(actor).select_related("file").filter(uid=uid).first()
    if row is None:
        raise Absent("advice.OwnTemplate")
    return read_file(actor=actor, uid=row.file.uid)


def template_serving(*, actor: Actor, kind: TextKind) -> tuple[int, UUID] | None:
    """Return the version and the uid of the template in service for a text, None when ours is."""
    rows = own_templates_visible_to(actor).filter(kind=kind, withdrawn_at=None)
    row = rows.order_by("-number").first()
    return (row.number, row.uid) if row else None
