"""Rows as the journal tells them: pure. Nothing is read but events, in the order in which they were written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

PROPOSAL = "hours.correctionproposal"
STATEMENT, LINES = "hours.statement", ("hours.hoursline", "hours.collectivehours")
FOLLOWS = {
    ("draft", "submitted"): ("draft", "declared"),
    ("returned", "submitted"): ("draft", "declared"),
    ("submitted", "returned"): ("declared", "draft"),
    ("submitted", "draft"): ("declared", "draft"),
    ("submitted", "validated"): ("declared", "validated"),
    ("validated", "submitted"): ("validated", "declared"),
}
"""What the lines of a statement become when it passes from one state to another: told once, by its own event."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event: `kind` of row (« hours.hoursline »), its uid, fields before (None: a new row) and after."""

    kind: str
    uid: UUID
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


@dataclass(slots=True)
class Rows:
    """Rows by kind and uid, with their fields as JSON says them; `broken`: events that do not follow one another."""

    by_kind: dict[str, dict[UUID, dict[str, Any]]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def of(self, kind: str, **values: object) -> list[dict[str, Any]]:
        """Return the rows of a kind that have these values, in the order in which they were written."""
        rows = self.by_kind.get(kind, {}).values()
        return [row for row in rows if all(row.get(name) == value for name, value in values.items())]


def replay(events: Iterable[Told]) -> Rows:
    """Return the rows that these events leave. A row taken away (its hours are None) is not among them."""
    rows = Rows()
    for told in events:
        held = rows.by_kind.setdefault(told.kind, {})
        if told.before is None:
            held[told.uid] = _own(told.after)
            _beside(rows, told, held[told.uid])
            continue
        row = held.get(told.uid)
        if row is None:
            rows.broken.append(f"{told.kind} {told.uid} : changée avant d'être écrite")
            continue
        _follow(rows, told, row)
        row.update(_own(told.after))
        _beside(rows, told, row)
        if told.kind in LINES and row.get("hours") is None:
            del held[told.uid]
    return rows


BESIDE, PROPOSED, WITHDRAWN = "lines", "proposals", "withdrawn"
"""Where the event of a statement tells lines and proposals that have none of their own (ADR 0019)."""


def lines_beside(after: Mapping[str, Any]) -> list[list[Any]]:
    """Return the lines told by the event of a statement: uid, number, work contract, engagement, total, nature, hours,
    hours before (None: a new line)."""
    return list(after.get(BESIDE, ()))


def _own(after: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in after.items() if name not in (BESIDE, PROPOSED, WITHDRAWN)}


def _beside(rows: Rows, told: Told, statement: Mapping[str, Any]) -> None:
    """Write, change or take away the lines that the event of their statement tells."""
    if told.kind != STATEMENT:
        return
    _proposals(rows, told, statement)
    held = rows.by_kind.setdefault(LINES[0], {})
    state = "declared" if statement.get("state") == "submitted" else "draft"
    for text, number_, placement, commitment, worked, kind, hours, before in lines_beside(told.after):
        uid = UUID(text)
        line = held.get(uid)
        if before is None and line is None:
            held[uid] = {
                "id": number_, "uid": text, "statement": statement["id"], "contract": statement["contract"],
                "declarant": statement["declarant"], "month": statement["month"], "placement": placement,
                "commitment": commitment, "worked_month": worked, "kind": kind, "hours": hours, "state": state,
                "corrects": None,
            }  # fmt: skip
        elif line is None or before is None or not same(line.get("hours"), before):
            rows.broken.append(f"{LINES[0]} {uid} : hours ne suit pas")
        elif hours is None:
            del held[uid]
        else:
            line["hours"] = hours


def _proposals(rows: Rows, told: Told, statement: Mapping[str, Any]) -> None:
    """Write the corrections that a file proposed on a statement, and take back those withdrawn with it."""
    held = rows.by_kind.setdefault(PROPOSAL, {})
    for text, number_, placement, commitment, kind, validated, hours in told.after.get(PROPOSED, ()):
        held[UUID(text)] = {
            "id": number_, "uid": text, "statement": statement["id"], "contract": statement["contract"],
            "declarant": statement["declarant"], "month": statement["month"], "placement": placement,
            "commitment": commitment, "kind": kind, "state": "open", "validated": validated, "hours": hours,
            "ended_at": None, "ended_by": None, "correction": None,
        }  # fmt: skip
    for text in told.after.get(WITHDRAWN, ()):
        proposal = held.get(UUID(text))
        if proposal is None or proposal["state"] != "open":
            rows.broken.append(f"{PROPOSAL} {text} : retirée sans attendre")
        else:
            proposal["state"] = "withdrawn"


def _follow(rows: Rows, told: Told, row: Mapping[str, Any]) -> None:
    """Note what does not follow, and pass on to the lines what their statement becomes."""
    moved_with_statement = {"state"} if told.kind in LINES else set()
    for name, value in (told.before or {}).items():
        if name not in moved_with_statement and row.get(name) != value and not same(row.get(name), value):
            rows.broken.append(f"{told.kind} {told.uid} : {name} ne suit pas")
    if told.kind == STATEMENT and "state" in told.after:
        source, target = FOLLOWS.get((str(row.get("state")), str(told.after["state"])), ("", ""))
        for kind in LINES:
            for line in rows.of(kind, statement=row["id"], state=source):
                line["state"] = target


def same(one: object, other: object) -> bool:
    """Say whether two values told by the journal are one: « 60 » and « 60.00 », an instant told in two zones."""
    try:
        return Decimal(str(one)) == Decimal(str(other))
    except ArithmeticError:
        return _instant(one) == _instant(other) is not None


def _instant(value: object) -> datetime | None:
    """The instant that a text tells with its zone."""
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return read if read.tzinfo else None


def day(value: object) -> date | None:
    """Return a day told by the journal."""
    return date.fromisoformat(str(value)) if value else None


def number(value: object) -> Decimal | None:
    """Return a number told by the journal."""
    return None if value is None or value == "" else Decimal(str(value))
