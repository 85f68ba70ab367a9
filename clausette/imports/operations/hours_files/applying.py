"""Write the hours of a file, all in one transaction, through the operations of hours; remember what was written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from clausette.hours.enums import StatementSource, StatementState
from clausette.hours.operations import Entry, add_line, correct_line, save_statement, submit_statement
from clausette.hours.queries import statements_visible_to
from clausette.hours.rules.entries import cell_name
from clausette.imports import permissions
from clausette.imports.enums_hours import HoursFate, HoursFileState
from clausette.imports.errors import Stale
from clausette.imports.hours_files.comparing import place_of
from clausette.imports.hours_files.matching import Post
from clausette.imports.hours_files.records import WRITTEN, Fate, HoursRecord
from clausette.imports.models import HoursFile, HoursFileLine, HoursFileStatement
from clausette.imports.operations.applying import Heard, unheard
from clausette.imports.operations.hours_files.reading import Compared, compared, line_of, write_lines
from clausette.imports.operations.takeover.telling import Teller
from clausette.imports.queries.hours_files.visible import hours_file_lines_visible_to, hours_files_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, Refusal, WrongState
from clausette.kernel.french import format_date, plural
from clausette.kernel.operation import because, change, created, isolated, lock, operation
from clausette.kernel.queue import enqueue

ZERO = Decimal(0)
IN_REQUEST = 300
"""Lines to write; above, the worker writes."""
STALE = "Depuis la lecture du fichier, Clausette a changé. Il est comparé de nouveau : relisez, puis confirmez."
Group = list[tuple[HoursRecord, Post]]


@dataclass(frozen=True, slots=True)
class HoursApplied:
    """How many lines were written, how many a rule refused, in how many statements."""

    written: int
    refused: int
    statements: int


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
    found = compared(actor, batch, on)
    if _said(found) != _known(actor, batch):
        raise Stale(STALE)
    wanted = [record for record in found.records if record.fate in WRITTEN]
    if not wanted:
        raise WrongState("Il n'y a rien à écrire dans ce fichier.")
    writer = _Writer(actor, batch, found, submit, at, on, Teller(heard, len(wanted)))
    writer.run(wanted)
    _tell(batch, found, writer)
    done = [record for record in wanted if id(record) in writer.written]
    because(f"{plural(len(done), 'ligne écrite', 'lignes écrites')}, {plural(writer.count, 'relevé')}.")
    if done:
        change(
            batch, state=HoursFileState.APPLIED, applied_at=at, applied_by_id=actor.account_id, submits=submit,
            hashes=[*batch.hashes, *(record.digest for record in done)],
        )  # fmt: skip
    else:
        change(batch, state=HoursFileState.APPLIED if batch.applied_at else HoursFileState.READ)
    return HoursApplied(len(done), len(wanted) - len(done), writer.count)


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


def _said(found: Compared) -> list[tuple[str, str]]:
    return [(record.fate.value, record.digest) for record in found.records]


def _known(actor: Actor, batch: HoursFile) -> list[tuple[str, str]]:
    rows = hours_file_lines_visible_to(actor).filter(batch=batch).order_by("position")
    return list(rows.values_list("fate", "digest"))


@dataclass(slots=True)
class _Writer:
    """A file being written, statement by statement."""

    actor: Actor
    batch: HoursFile
    found: Compared
    submit: bool
    at: datetime
    on: date
    step: Teller
    written: set[int] = field(default_factory=set)
    count: int = 0

    @property
    def reason(self) -> str:
        """Why the lines of a validated statement change."""
        sent = format_date(self.batch.created_at)
        return f"D'après le fichier « {self.batch.file.name} », envoyé le {sent}."[:300]

    def run(self, wanted: Sequence[HoursRecord]) -> None:
        """Write the records, by market and month."""
        groups: dict[tuple[UUID, date], Group] = defaultdict(list)
        for record in wanted:
            post = self.found.held.posts[record.post or 0]
            groups[post.contract_uid, record.month or date.min].append((record, post))
        declarant = self.batch.declarant.uid
        for (contract, month), group in sorted(groups.items()):
            typed = [one for one in group if one[0].fate is not Fate.CORRECTION]
            if typed:
                self._statement(contract, declarant, month, typed)
            for record, post in group:
                if record.fate is Fate.CORRECTION:
                    self._correction(record, post)
            for _ in group:
                self.step()

    def _statement(self, contract: UUID, declarant: UUID, month: date, group: Group) -> None:
        """One statement; a line that a rule refuses is left, the others are written."""
        post = group[0][1]
        held = self.found.held.statements.get((post.contract_id, month))
        for _ in range(2):
            entries = [Entry(p.placement_uid, p.commitment_uid, r.worth, r.kind) for r, p in group]
            try:
                with isolated():
                    ref = save_statement(
                        actor=self.actor, contract_uid=contract, declarant_uid=declarant, month=month, entries=entries,
                        source=StatementSource.FILE, version=held.version if held else None, on=self.on,
                    )  # fmt: skip
                    if self.submit and (held is None or held.state != StatementState.SUBMITTED):
                        submit_statement(actor=self.actor, uid=ref.uid, version=ref.version, at=self.at, on=self.on)
                    self._remember(ref.uid, post, group, held.state.value if held else "")
                return
            except Invalid as refusal:
                group = _without(group, month, refusal)
                if not group:
                    return
            except Refusal as refusal:
                for record, _ in group:
                    _refuse(record, refusal.message)
                return
        for record, _ in group:
            _refuse(record, "Ce relevé n'a pas pu être écrit.")

    def _correction(self, record: HoursRecord, post: Post) -> None:
        """A validated line takes a signed difference; a person forgotten is added, with the reason."""
        place = place_of(record, self.found.held.posts)
        line = self.found.held.lines.get(place) if place else None
        held = self.found.held.statements.get((post.contract_id, record.month or date.min))
        try:
            with isolated():
                if line is not None:
                    correct_line(
                        actor=self.actor, line_uid=line.uid, new_hours=record.worth, reason=self.reason, at=self.at,
                        on=self.on,
                    )  # fmt: skip
                elif held is not None:
                    entry = Entry(post.placement_uid, post.commitment_uid, record.worth, record.kind)
                    add_line(
                        actor=self.actor, statement_uid=held.uid, entry=entry, reason=self.reason, at=self.at,
                        on=self.on,
                    )  # fmt: skip
                if held is not None:
                    self._remember(held.uid, post, [(record, post)], held.state.value)
        except Refusal as refusal:
            _refuse(record, refusal.message)

    def _remember(self, statement: UUID, post: Post, group: Group, before: str) -> None:
        pk = statements_visible_to(self.actor).filter(uid=statement).values_list("pk", flat=True).get()
        created(
            HoursFileStatement(
                batch=self.batch, owner_org_id=self.batch.owner_org_id, contract_id=post.contract_id, statement_id=pk,
                file_name=self.batch.file.name, lines=len(group), hours=sum((r.worth for r, _ in group), ZERO),
                before=before, written=[_written(record, post) for record, post in group], written_on=self.on,
                written_by_id=self.actor.account_id,
            )
        )  # fmt: skip
        self.count += 1
        self.written.update(id(record) for record, _ in group)


def _written(record: HoursRecord, post: Post) -> list[Any]:
    held = str(record.held) if record.held is not None else None
    return [str(post.placement_uid), str(post.commitment_uid), record.kind.value, str(record.worth), held]


def _without(group: Group, month: date, refusal: Invalid) -> Group:
    """The records that were not refused; all are when the refusal names none."""
    kept: Group = []
    for record, post in group:
        told = refusal.errors.get(cell_name(post.placement_uid, post.commitment_uid, month, record.kind), "")
        if told:
            _refuse(record, told)
        else:
            kept.append((record, post))
    if len(kept) < len(group):
        return kept
    for record, _ in group:
        _refuse(record, next(iter(refusal.errors.values())))
    return []


def _refuse(record: HoursRecord, sentence: str) -> None:
    record.fate = Fate.REFUSED
    record.say("E223", sentence, "hours")


def _tell(batch: HoursFile, found: Compared, writer: _Writer) -> None:
    """Say on each line that it was written, or what refused it."""
    fresh = HoursFileLine.objects.filter(batch=batch, fate__in=[HoursFate(one.value) for one in WRITTEN])
    refused = {
        position: record for position, record in enumerate(found.records, 1)
        if record.fate is Fate.REFUSED and id(record) not in writer.written
    }  # fmt: skip
    left = list(fresh.filter(position__in=list(refused)).order_by("position"))
    fresh.exclude(position__in=[row.position for row in left]).update(written=True)
    for row in left:
        new = line_of(batch, row.position, refused[row.position], found.held)
        row.fate, row.findings, row.stops, row.told = new.fate, new.findings, new.stops, new.told
    HoursFileLine.objects.bulk_update(left, ["fate", "findings", "stops", "told"], batch_size=1000)


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
