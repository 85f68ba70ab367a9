"""What filling statements speaks of: lines given, what each changes, how it is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from clausette.hours.enums import HoursKind, UnlistedState
from clausette.hours.models import HoursLine, Statement, WorkedMonth
from clausette.hours.queries.visible import collective_visible_to, unlisted_visible_to
from clausette.hours.rules.entries import MOST, refusal_of
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import uids
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_hours

ELSE_THERE = "D'autres heures sont déclarées ce mois-ci : « aucune heure » ne peut pas être dit de ce marché."
Place = tuple[int, date]
"""A work contract and a month; or a marché and a month."""


@dataclass(slots=True)
class FilledLine:
    """Hours of one person in one month on one engagement; `key`: of the caller, to be told what becomes of it.

    Not changed once made (nor frozen: they are many).

    `seen`: the hours that the caller compared them with, None when there was no line. At 0 h the line is taken away;
    `nil`: and « aucune heure ce mois-ci » is said of the marché, when nothing else is left there.
    """

    key: int
    placement_id: int
    commitment_id: int
    contract_id: int
    month: date
    kind: HoursKind
    hours: Decimal
    seen: Decimal | None
    nil: bool = False


@dataclass(frozen=True, slots=True)
class FilledStatement:
    """A statement filled: the keys of its lines; `before`: its state, « » when it is new."""

    id: int
    uid: UUID
    contract_id: int
    month: date
    before: str
    keys: tuple[int, ...]


class NothingFilled(Refusal):
    """All the lines are refused: `refused` says why, by key."""

    def __init__(self, refused: Mapping[int, str]) -> None:
        super().__init__("Aucune ligne n'a pu être écrite.")
        self.refused = refused


@dataclass(slots=True)
class Change:
    """A line to make, or to change (`held`); `uid`, `id`: of the line, known of a new one once it is to be written."""

    line: FilledLine
    held: HoursLine | None
    place: Place
    """Whose total moves."""
    uid: str = ""
    id: int = 0

    @property
    def gap(self) -> Decimal:
        """What the total of the month moves by."""
        return self.line.hours - self.held.hours if self.held else self.line.hours


@dataclass(slots=True)
class Sheet:
    """One statement being filled."""

    row: Statement
    before: str
    lines: list[FilledLine]
    changes: list[Change] = field(default_factory=list)
    there: int = 0
    """Lines that it had."""
    empty: bool = False
    """Nothing is left in it."""
    is_nil: bool = False

    @property
    def filled(self) -> FilledStatement:
        """The statement, once it is there, with the keys of its lines that are written: changed, or that say « aucune
        heure ce mois-ci »."""
        row, changed = self.row, [one.line.key for one in self.changes]
        keys = (*changed, *(line.key for line in self.lines if line.seen is None and not line.hours))
        return FilledStatement(row.pk, row.uid, row.contract_id, row.month, self.before, keys)


HANDED = (
    "state", "submitted_at", "submitted_by", "return_reason", "certified_name", "certified_as", "certified_on",
    "certified_hours", "mandate", "mandated_name", "mandated_from", "mandated_until",
)  # fmt: skip


def identify(new: Sequence[Change], drawn: Sequence[int]) -> None:
    """Give new lines their identifiers, and the numbers drawn for them."""
    for one, uid, number in zip(new, uids(len(new)), drawn, strict=True):
        one.uid, one.id = uid, number


def telling(one: Change, worked_month: int) -> list[Any]:
    """A line in the event of its statement: uid, number, work contract, engagement, total, nature, hours, before."""
    line, held = one.line, one.held
    return [
        str(held.uid) if held else one.uid, held.pk if held else one.id, line.placement_id, line.commitment_id,
        worked_month, line.kind, str(line.hours) if line.hours else None, str(held.hours) if held else None,
    ]  # fmt: skip


def empty_out(actor: Actor, sheets: Iterable[Sheet]) -> dict[int, str]:
    """Say which statements lose their last line, and of which « aucune heure ce mois-ci » is said.

    Returns why it cannot be said, by key of the lines that do. Two queries, none when all the lines have hours.
    """
    low = [sheet for sheet in sheets if not all(line.hours for line in sheet.lines)]
    there = [sheet.row.pk for sheet in low if sheet.before]
    apart: set[int] = set()
    if there:
        whole = collective_visible_to(actor).filter(statement_id__in=there).order_by()
        apart.update(whole.values_list("statement_id", flat=True))
        named = unlisted_visible_to(actor).filter(statement_id__in=there, state=UnlistedState.WAITING).order_by()
        apart.update(named.values_list("statement_id", flat=True))
    refused: dict[int, str] = {}
    for sheet in low:
        moved = sum(bool(one.line.hours) for one in sheet.changes if one.held is None)
        moved -= sum(not one.line.hours for one in sheet.changes)
        sheet.empty = not sheet.there + moved and sheet.row.pk not in apart
        sheet.is_nil = sheet.empty and any(line.nil for line in sheet.lines)
        if not sheet.is_nil:
            claims = [line for line in sheet.lines if line.seen is None and not line.hours]
            refused |= {line.key: ELSE_THERE for line in claims}
            sheet.lines = [line for line in sheet.lines if line.key not in refused]
    return refused


def take_away(lines: Sequence[int]) -> bool:
    """Delete lines of hours by their numbers, and say whether all were there. Their statement tells them."""
    if not lines:
        return True
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM hours_hoursline WHERE id = ANY (%s)", [list(lines)])
        return bool(cursor.rowcount == len(lines))


def beyond(month: WorkedMonth, hours: Decimal) -> str:
    """Why a month of a work contract, as it is recorded, cannot hold these hours, « » when it can."""
    if month.is_stated and hours > month.hours:
        return (
            f"Le total déclaré du mois est de {format_hours(month.hours)} et {format_hours(hours)} seraient "
            "créditées : corrigez d'abord ce total, depuis la page de la personne."
        )
    return beyond_all(hours)


def beyond_all(hours: Decimal) -> str:
    """Why no month can hold these hours, « » when one can."""
    return refusal_of(hours) if hours > MOST else ""
