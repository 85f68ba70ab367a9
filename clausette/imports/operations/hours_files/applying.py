"""Write the hours of a file, all in one transaction, many at once; remember what was written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from clausette.hours.enums import StatementSource
from clausette.hours.operations import (
    Entry,
    FilledLine,
    FilledStatement,
    NothingFilled,
    NothingProposed,
    ProposedLine,
    add_line,
    correct_line,
    fill_statements,
    keep_hours,
    propose_lines,
)
from clausette.imports import permissions
from clausette.imports.enums_hours import HoursFate, HoursFileState
from clausette.imports.errors import Stale
from clausette.imports.hours_files.comparing import Held
from clausette.imports.hours_files.fields import BY_CODE
from clausette.imports.hours_files.matching import Post
from clausette.imports.hours_files.plans import plans_from
from clausette.imports.models import HoursFile, HoursFileLine, HoursFileStatement
from clausette.imports.operations.applying import Heard, unheard
from clausette.imports.operations.hours_files.keeping import take_out
from clausette.imports.operations.hours_files.reading import Around, compared, surroundings, write_lines
from clausette.imports.operations.takeover.telling import Teller
from clausette.imports.queries.hours_files.due import DueLine, due_lines, said_of
from clausette.imports.queries.hours_files.visible import (
    hours_file_blocks_visible_to,
    hours_file_lines_visible_to,
    hours_files_visible_to,
)
from clausette.imports.takeover.findings import Finding, letter
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import insert, pour, update
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Conflict, Refusal, WrongState
from clausette.kernel.french import format_date, plural
from clausette.kernel.operation import because, change, isolated, lock, operation
from clausette.kernel.queue import enqueue

ZERO = Decimal(0)
IN_REQUEST = 300
"""Lines to write; above, the worker writes."""
STALE = (
    "Depuis la lecture du fichier, Clausette a changé. Il est comparé de nouveau : relisez, puis confirmez."
)


@dataclass(frozen=True, slots=True)
class HoursApplied:
    """How many lines were written, how many a rule refused, in how many statements; how many corrections proposed."""

    written: int
    refused: int
    statements: int
    proposed: int = 0


@operation("imports.hoursfile.applied")
def apply_hours_file(
    *, actor: Actor, batch_uid: UUID, submit: bool | None, at: datetime, on: date, heard: Heard = unheard
) -> HoursApplied:
    """Write all the lines that can be, in one transaction; those that a rule refuses are told and left.

    `submit`: the statements are handed over (None: as it was said when it was handed to the worker). The event of the
    batch keeps the hash of each line written. Raises NotAllowed, Absent, WrongState (nothing to write), Stale
    (something changed since it was read).
    """
    batch = _to_write(actor, batch_uid)
    submit = batch.submits if submit is None else submit
    around = _unchanged(actor, batch, on)
    due = due_lines(actor=actor, batch_id=batch.pk)
    if not due:
        raise WrongState("Il n'y a rien à écrire dans ce fichier.")
    writer = _Writer(actor, batch, around.held, submit, at, on, Teller(heard, len(due)))
    try:
        writer.run(due)
    except Conflict as conflict:
        raise Stale(STALE) from conflict
    _tell(batch, due, writer)
    done = [line for line in due if line.position in writer.written]
    because(_said(len(done) - len(writer.proposed), writer))
    if done:
        change(
            batch, state=HoursFileState.APPLIED, applied_at=at, applied_by_id=actor.account_id, submits=submit,
            hashes=[*batch.hashes, *(writer.written[line.position] for line in done)],
        )  # fmt: skip
    else:
        change(batch, state=HoursFileState.APPLIED if batch.applied_at else HoursFileState.READ)
    keep_hours()
    count = len(writer.proposed)
    return HoursApplied(len(done) - count, len(due) - len(done), writer.count, count)


def _said(written: int, writer: "_Writer") -> str:
    """« 12 lignes écrites, 2 relevés. », with the corrections proposed when there are some."""
    told = f"{plural(written, 'ligne écrite', 'lignes écrites')}, {plural(writer.count, 'relevé')}."
    some = plural(len(writer.proposed), "correction proposée", "corrections proposées")
    return f"{told} {some}." if writer.proposed else told


def _to_write(actor: Actor, uid: UUID) -> HoursFile:
    """Lock a batch that waits to be written, by a person or by the worker. Raises Absent, NotAllowed."""
    seen = hours_files_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is None:
        raise Absent("imports.HoursFile")
    demand(permissions.can_apply_hours_file(actor, state=known.state, new=1, again=True))
    batch = lock(seen, uid=uid)
    demand(permissions.can_apply_hours_file(actor, state=batch.state, new=1, again=True))
    return batch


def _unchanged(actor: Actor, batch: HoursFile, on: date) -> Around:
    """What surrounds the lines today. Raises Stale when it is not what they were compared with, and they would differ.

    The witness kept at reading says at once that nothing changed; else the file is read and compared again.
    """
    around = surroundings(actor, batch, _months_of(actor, batch), on)
    if around.witness != batch.witness:
        again = compared(actor, batch, on)
        if again.said() != said_of(actor=actor, batch_id=batch.pk):
            raise Stale(STALE)
    return around


def _months_of(actor: Actor, batch: HoursFile) -> set[date]:
    """The months of the lines kept of a file."""
    rows = hours_file_lines_visible_to(actor).filter(batch=batch).order_by()
    found = {month for month in rows.values_list("month", flat=True).distinct() if month is not None}
    blocks = hours_file_blocks_visible_to(actor).filter(batch=batch).order_by()
    return found.union(*(map(date.fromisoformat, one) for one in blocks.values_list("months", flat=True)))


@dataclass(slots=True)
class _Writer:
    """A file being written: what was typed at once, corrections of validated lines one by one, each with its reason."""

    actor: Actor
    batch: HoursFile
    held: Held
    submit: bool
    at: datetime
    on: date
    step: Teller
    written: dict[int, str] = field(default_factory=dict)
    """The hash of each line written, by its place in the file."""
    proposed: set[int] = field(default_factory=set)
    """Of those written, the lines whose correction is only proposed."""
    refused: dict[int, str] = field(default_factory=dict)
    filled: list[dict[str, Any]] = field(default_factory=list)
    posts: dict[tuple[int, int], Post] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Statements written."""
        return len(self.filled)

    @property
    def reason(self) -> str:
        """Why the lines of a validated statement change."""
        sent = format_date(self.batch.created_at)
        return f"D'après le fichier « {self.batch.file.name} », envoyé le {sent}."[:300]

    def run(self, due: Sequence[DueLine]) -> None:
        """Write the lines."""
        self.posts = {(post.placement_id, post.commitment_id): post for post in self.held.posts}
        proposed = [line for line in due if line.fate == HoursFate.PROPOSED]
        typed = [line for line in due if line.fate not in (HoursFate.CORRECTION, HoursFate.PROPOSED)]
        if typed:
            self._fill(typed)
        if proposed:
            self._propose(proposed)
        for _ in range(len(typed) + len(proposed)):
            self.step()
        for line in due:
            if line.fate == HoursFate.CORRECTION:
                self._correct(line)
                self.step()
        if self.filled:
            columns = {name: [row[name] for row in self.filled] for name in self.filled[0]}
            pour(
                HoursFileStatement, columns, batch_id=self.batch.pk, owner_org_id=self.batch.owner_org_id,
                file_name=self.batch.file.name, written_on=self.on, written_by_id=self.actor.account_id, undone=False,
                mandated_name=self.actor.mandate.name[:200] if self.actor.mandate else "",
            )  # fmt: skip

    def _fill(self, typed: Sequence[DueLine]) -> None:
        lines = [
            FilledLine(one.position, one.placement_id, one.commitment_id, one.contract_id, one.month, one.kind,
                       one.worth, one.held, nil=not one.worth and one.fate == HoursFate.NEW)
            for one in typed
        ]  # fmt: skip
        by_key = {one.position: one for one in typed}
        try:
            self.refused |= fill_statements(
                actor=self.actor, declarant_id=self.batch.declarant_id, lines=lines, source=StatementSource.FILE,
                submit=self.submit, at=self.at, on=self.on,
                tell=lambda one: self._remember(one, [by_key[key] for key in one.keys]),
            )  # fmt: skip
        except NothingFilled as nothing:
            self.refused |= nothing.refused

    def _propose(self, lines: Sequence[DueLine]) -> None:
        """Validated lines stay: their corrections are proposed, without the name of the file (it may be somebody's)."""
        asked = [
            ProposedLine(one.position, one.placement_id, one.commitment_id, one.contract_id, one.month, one.kind,
                         one.worth, one.held)
            for one in lines
        ]  # fmt: skip
        reason = f"D'après le fichier d'heures envoyé le {format_date(self.batch.created_at)}."
        try:
            found = propose_lines(
                actor=self.actor, declarant_id=self.batch.declarant_id, lines=asked, reason=reason,
                file=self.batch.uid, at=self.at,
            )  # fmt: skip
        except NothingProposed as nothing:
            found = nothing.found
        self.refused |= found.refused
        self.proposed |= found.kept
        self.written |= {line.position: line.digest for line in lines if line.position in found.kept}

    def _correct(self, line: DueLine) -> None:
        """A validated line takes a signed difference; a person forgotten is added, with the reason."""
        held = self.held.lines.get((line.placement_id, line.commitment_id, line.month, line.kind))
        statement = self.held.statements.get((line.contract_id, line.month))
        post = self.posts[line.placement_id, line.commitment_id]
        try:
            with isolated():
                if held is not None:
                    correct_line(
                        actor=self.actor, line_uid=held.uid, new_hours=line.worth, reason=self.reason, at=self.at,
                        on=self.on,
                    )  # fmt: skip
                elif statement is not None:
                    entry = Entry(post.placement_uid, post.commitment_uid, line.worth, line.kind)
                    add_line(
                        actor=self.actor, statement_uid=statement.uid, entry=entry, reason=self.reason, at=self.at,
                        on=self.on,
                    )  # fmt: skip
        except Conflict:
            raise
        except Refusal as refusal:
            self.refused[line.position] = refusal.message
            return
        if statement is not None:
            filled = FilledStatement(
                statement.id,
                statement.uid,
                line.contract_id,
                line.month,
                statement.state.value,
                (line.position,),
            )
            self._remember(filled, [line])

    def _remember(self, one: FilledStatement, lines: Sequence[DueLine]) -> None:
        self.filled.append({
            "contract_id": one.contract_id, "statement_id": one.id, "lines": len(lines),
            "hours": sum([line.worth for line in lines], ZERO), "before": one.before,
            "written": [[line.placement_id, line.commitment_id, line.kind, line.worth, line.held] for line in lines],
        })  # fmt: skip
        self.written.update((line.position, line.digest) for line in lines)


def _tell(batch: HoursFile, due: Sequence[DueLine], writer: _Writer) -> None:
    """Say on each line left what refused it; the others are written, as the state of the file says."""
    left = {line.position: line.digest for line in due if line.position not in writer.written}
    if not left:
        return
    columns, label = _place_of_hours(batch), BY_CODE["hours"].label
    told = list(HoursFileLine.objects.filter(batch=batch, position__in=list(left)).order_by("position"))
    taken = take_out(batch, {one: left[one] for one in left.keys() - {row.position for row in told}})
    for row in (*told, *taken):
        sentence = writer.refused.get(row.position, "Ce relevé n'a pas pu être écrit.")
        refusal = Finding("E223", sentence, row.column or columns.get(row.sheet, ""), label)
        row.fate, row.findings = HoursFate.REFUSED, [*row.findings, refusal.kept()]
        row.stops = row.told = True
    update(told, "fate", "findings", "stops", "told")
    insert(taken)


def _place_of_hours(batch: HoursFile) -> dict[str, str]:
    """The column of the hours of each sheet, as a letter."""
    places = {plan.sheet[:120]: plan.places() for plan in plans_from(batch.plans)}
    found = {sheet: known.get("hours", known.get("training")) for sheet, known in places.items()}
    return {sheet: letter(place) for sheet, place in found.items() if place is not None}


@operation("imports.hoursfile.handed_over")
def hand_over_hours_file(*, actor: Actor, batch_uid: UUID, submit: bool) -> UUID:
    """Ask the worker to write a file; asked twice, it is written once. Raises NotAllowed, Absent."""
    batch = _to_write(actor, batch_uid)
    change(batch, state=HoursFileState.APPLYING, submits=submit)
    enqueue("imports.apply_hours_file", actor=actor, batch=str(batch_uid))
    return batch.uid


@operation("imports.hoursfile.given_back")
def give_hours_file_back(*, actor: Actor, batch_uid: UUID, on: date) -> UUID:
    """Return to its sender a file that changes made stale: compared again, with a remark."""
    batch = _to_write(actor, batch_uid)
    found = compared(actor, batch, on)
    said = batch.notices if STALE in batch.notices else [*batch.notices, STALE]
    change(batch, notices=said)
    write_lines(batch, found)
    return batch.uid
