"""Statements: the sheet of one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import HoursKind, LineState, StatementSource, StatementState
from clausette.hours.permissions import ContractPart
from clausette.hours.queries.collective import CollectiveLine, collective_lines
from clausette.hours.queries.comparing import Before, Gone, gone_since, month_before
from clausette.hours.queries.findings import LineFinding, findings_of
from clausette.hours.queries.listed import ROW
from clausette.hours.queries.people import persons_of
from clausette.hours.queries.pieces import (
    LEFT,
    PIECE,
    SheetPiece,
    beside_of,
    has_beside,
    left_of,
    piece_of,
)
from clausette.hours.queries.signing import CERTIFIED, certified_of, handed_for
from clausette.hours.queries.unlisted import UnlistedLine, unlisted_of
from clausette.hours.queries.visible import (
    contract_parts,
    justifications_visible_to,
    lines_visible_to,
    statements_visible_to,
)
from clausette.hours.rules.certifying import Certified, HandedFor
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.text import search_key

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a statement, with what the controls say of it. `previous`: the hours of the month before."""

    id: int
    uid: UUID
    person: str
    job: str
    participant_uid: UUID | None
    placement_uid: UUID | None
    commitment_uid: UUID | None
    commitment_owner: str
    kind: HoursKind
    hours: Decimal
    state: LineState
    reason: str
    corrects: UUID | None
    current: Decimal
    previous: Decimal | None
    remarks: tuple[LineFinding, ...]
    reserved_until: date | None = None
    reserve_reason: str = ""
    late_reason: str = ""
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a control."""

    code: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StatementSheet:
    """A statement whole. `total`: hours not refused, corrections included."""

    id: int
    uid: UUID
    version: int
    month: date
    state: StatementState
    source: StatementSource
    is_nil: bool
    part: ContractPart
    declarant_id: int
    declarant_uid: UUID
    declarant_name: str
    submitted_at: datetime | None
    submitted_by_id: int | None
    submitted_by: str
    validated_at: datetime | None
    validated_by: str
    return_reason: str
    piece: SheetPiece | None
    left: str
    """Why there is no piece, who said it and when; "" when there is one, or when nobody said."""
    lines: tuple[SheetLine, ...]
    remarks: tuple[LineFinding, ...]
    answers: tuple[Answered, ...]
    collective: tuple[CollectiveLine, ...] = ()
    gone: tuple[Gone, ...] = ()  # people of the month before who have no line here
    previous_total: Decimal | None = None  # of the month before, with names; None: nothing is known of it
    certified: Certified | None = None
    handed: HandedFor | None = None
    beside: tuple[SheetPiece, ...] = ()  # pieces other than the proof of the hours
    unlisted: tuple[UnlistedLine, ...] = ()  # people named by the firm, to be matched or refused: in no total

    @property
    def apart(self) -> Decimal:
        """Hours of the people who are to be matched: credited to nobody yet."""
        return sum((one.hours for one in self.unlisted if one.waits), ZERO)

    @property
    def total(self) -> Decimal:
        """Hours of the statement that are not refused, with names or without."""
        named = sum((line.hours for line in self.lines if line.state != LineState.REFUSED), ZERO)
        return named + sum((one.hours for one in self.collective if one.state != LineState.REFUSED), ZERO)


def statement_sheet(*, actor: Actor, uid: UUID, on: date) -> StatementSheet:
    """Return one statement with its lines, its remarks and the answers given. Raises Absent."""
    rows = statements_visible_to(actor).annotate(has_beside=has_beside(actor))
    row = rows.filter(uid=uid).values(
        *dict.fromkeys((*ROW, *PIECE, *LEFT, *CERTIFIED)), "has_beside", "declarant_id", "return_reason",
        "submitted_by__full_name", "validated_by__full_name",
    ).first()  # fmt: skip
    if row is None:
        raise Absent("hours.Statement")
    before = month_before(actor, row)
    done = row["state"] == StatementState.VALIDATED
    remarks = () if done else findings_of(actor=actor, statement_ids=[row["id"]], on=on).get(row["id"], ())
    lines, gone = _sheet_lines(actor, row, remarks, before)
    return StatementSheet(
        id=row["id"],
        uid=row["uid"],
        version=row["version"],
        month=row["month"],
        state=StatementState(row["state"]),
        source=StatementSource(row["source"]),
        is_nil=row["is_nil"],
        part=contract_parts(actor, [row["contract_id"]])[row["contract_id"]],
        declarant_id=row["declarant_id"],
        declarant_uid=row["declarant__uid"],
        declarant_name=row["declarant__name"],
        submitted_at=row["submitted_at"],
        submitted_by_id=row["submitted_by_id"],
        submitted_by=row["submitted_by__full_name"] or "",
        validated_at=row["validated_at"],
        validated_by=row["validated_by__full_name"] or "",
        return_reason=row["return_reason"],
        piece=piece_of(row),
        left=left_of(row),
        lines=tuple(lines),
        remarks=remarks,
        answers=tuple(_answers(actor, row["id"])),
        collective=collective_lines(actor=actor, statement_id=row["id"]),
        gone=gone,
        previous_total=sum(before.values(), ZERO) if before else None,
        certified=certified_of(row),
        handed=handed_for(row),
        beside=beside_of(actor=actor, statement_ids=[row["id"]])[row["id"]] if row["has_beside"] else (),
        unlisted=unlisted_of(actor=actor, statement_ids=[row["id"]]).get(row["id"], ()),
    )


def _answers(actor: Actor, statement_id: int) -> Iterable[Answered]:
    rows = justifications_visible_to(actor).filter(statement_id=statement_id).order_by("id")
    for code, text, name, at in rows.values_list("code", "text", "written_by__full_name", "created_at"):
        yield Answered(code, text, name or "", at)


_LATER = ("reserved_until", "reserve_reason", "late_reason")


def _sheet_lines(
    actor: Actor, statement: dict[str, Any], remarks: Collection[LineFinding], before: Before
) -> tuple[list[SheetLine], tuple[Gone, ...]]:
    rows = list(
        lines_visible_to(actor).filter(statement_id=statement["id"]).order_by("id").values(
            "id", "uid", "placement_id", "commitment_id", "kind", "hours", "state", "reason", "corrects_id",
            *_LATER,
        )
    )  # fmt: skip
    here = {(row["placement_id"], row["commitment_id"], row["kind"]) for row in rows}
    persons = persons_of(actor=actor, placement_ids={key[0] for key in (here | before.keys())})
    owed = commitments_visible_to(actor).filter(pk__in={row["commitment_id"] for row in rows}).order_by()
    commitments = {pk: (uid, owner) for pk, uid, owner in owed.values_list("id", "uid", "contractor__name")}
    uids = {row["id"]: row["uid"] for row in rows}
    current = _with_corrections(rows)
    found = []
    for row in rows:
        person = persons.get(row["placement_id"])
        commitment = commitments.get(row["commitment_id"])
        found.append(
            SheetLine(
                id=row["id"],
                uid=row["uid"],
                person=person.name if person else "",
                job=person.job if person else "",
                modality=person.modality if person else "",
                participant_uid=person.participant_uid if person else None,
                placement_uid=person.placement_uid if person else None,
                commitment_uid=commitment[0] if commitment else None,
                commitment_owner=commitment[1] if commitment else "",
                kind=HoursKind(row["kind"]),
                hours=row["hours"],
                state=LineState(row["state"]),
                reason=row["reason"],
                corrects=uids.get(row["corrects_id"]),
                current=current[row["id"]],
                previous=None
                if row["corrects_id"]
                else before.get((row["placement_id"], row["commitment_id"], row["kind"])),
                remarks=tuple(remark for remark in remarks if row["uid"] in remark.line_uids),
                # reasons speak of a person: they are for those who may know them
                **({name: row[name] for name in _LATER} if person else {}),
            )
        )
    ordered = sorted(found, key=lambda line: (search_key(line.person), line.id))  # as in the grid
    return ordered, gone_since(before, here, persons)


def _with_corrections(rows: Sequence[Mapping[str, Any]]) -> Mapping[int, Decimal]:
    """What each line is worth today: its hours and those of the lines that correct it."""
    worth = {row["id"]: row["hours"] for row in rows}
    for row in rows:
        if row["corrects_id"] in worth:
            worth[row["corrects_id"]] += row["hours"]
    return worth
