"""Read the lines of a file of hours, match them, compare them, hear the controls: only what is said is kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clausette.hours.enums import HoursKind
from clausette.hours.queries import Candidate, heard_of_candidates, number_of
from clausette.imports.enums_hours import HoursFileState
from clausette.imports.hours_files.comparing import Held, compare, place_of, settle_zeros, witness_of
from clausette.imports.hours_files.lines import Extracted, extract
from clausette.imports.hours_files.mandated import restrict
from clausette.imports.hours_files.matching import Choice, Subject, match
from clausette.imports.hours_files.plans import plans_from
from clausette.imports.hours_files.records import CONFIRMED, WRITTEN, Fate, HoursRecord
from clausette.imports.models import HoursFile
from clausette.imports.operations.applying import Heard, unheard
from clausette.imports.operations.hours_files.keeping import keep_lines
from clausette.imports.operations.takeover.telling import Teller
from clausette.imports.queries.hours_files.files import workbook_of_hours
from clausette.imports.queries.hours_files.held import choices_of, held_for, posts_of
from clausette.imports.takeover.findings import Finding
from clausette.imports.takeover.reading import Workbook
from clausette.kernel.actor import Actor
from clausette.kernel.beyond import listening
from clausette.kernel.operation import beside, change
from clausette.kernel.steps import step
from clausette.procurement.queries import mandate_used

ZERO = Decimal(0)
_TAKEN_AWAY = frozenset({Fate.NEW, Fate.CHANGED})
"""What becomes of a line not validated, at 0 h."""
_ON_A_LINE = frozenset({Fate.CHANGED, Fate.CORRECTION, Fate.PROPOSED})
KEPT_NOTES = 2000
NEVER = frozenset({"E017", "E018", "E019", "E020", "E021"})
"""What the database refuses by itself, or nobody may count: such a line is not written."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The records of a file with their fates, the lines that bring none, and what they were compared with."""

    read: Extracted
    around: "Around"

    @property
    def held(self) -> Held:
        """What is held of their posts and months."""
        return self.around.held

    @property
    def records(self) -> list[HoursRecord]:
        """All of them, in the order of the file."""
        return self.read.records

    def said(self) -> list[tuple[str, str, int | None, int | None]]:
        """What is said of each record: its fate, its hash, the post it means."""
        posts = [(post.placement_id, post.commitment_id) for post in self.held.posts]
        return [
            (
                record.fate.value,
                record.digest,
                *(posts[record.post] if record.post is not None else (None, None)),
            )
            for record in self.records
        ]


@dataclass(frozen=True, slots=True)
class Around:
    """What records are compared with, and its witness: the same witness, the same fates."""

    held: Held
    choices: Mapping[Subject, Choice]
    witness: str


def surroundings(actor: Actor, batch: HoursFile, months: Collection[date], on: date) -> Around:
    """Read what the records of a file are compared with (ten queries at most)."""
    posts, choices = posts_of(actor, batch.declarant_id), choices_of(actor, batch)
    held = held_for(actor, batch.declarant_id, posts, months)
    return Around(held, choices, witness_of(held, choices, on))


def compared(
    actor: Actor, batch: HoursFile, on: date, workbook: Workbook | None = None, heard: Heard = unheard
) -> Compared:
    """Compare a file (the kept one, read again, when it is not given) with what is held on a day."""
    masked = frozenset((sheet, line, place) for sheet, line, place in batch.masked)
    with step("read again"):
        read = extract(
            workbook or workbook_of_hours(actor, batch), plans_from(batch.plans), masked=masked,
            step=Teller(heard, batch.size, every=500),
        )  # fmt: skip
    with step("match"):
        around = surroundings(actor, batch, {record.month for record in read.records if record.month}, on)
        match(read.records, around.held.posts, around.choices)
        mandate = mandate_used(actor=actor, on=on)
        if mandate and mandate.contracts:
            restrict(read.records, around.held.posts, mandate.contracts)
        compare(read.records, around.held, on=on)
        settle_zeros(read, around.held)
    with step("control"), listening() as told:
        _controls(actor, batch.declarant_id, read.records, around.held, on)
    if told:  # the worker answers no page: the event of the batch says whose hours elsewhere were told
        beside(batch, elsewhere=sorted(map(str, told)))
    return Compared(read, around)


def _controls(actor: Actor, declarant_id: int, records: Sequence[HoursRecord], held: Held, on: date) -> None:
    """Say on each record what the controls of hours find, as they will at validation.

    What counts for nothing (leave, absence) is heard apart: it is not another line of work, and adds nothing up.
    """
    heard = [
        record for record in records
        if record.post is not None and (record.fate in CONFIRMED or record.locked)
        and (record.worth or record.held is not None)
    ]  # fmt: skip
    worked = [one for one in heard if not one.nature.uncounted]
    for examined in (worked, [one for one in heard if one.nature.uncounted]):
        _hear(actor, declarant_id, examined, held, on)


def _hear(actor: Actor, declarant_id: int, examined: Sequence[HoursRecord], held: Held, on: date) -> None:
    candidates = [_candidate(record, held, declarant_id) for record in examined]
    known: dict[tuple[str, str], Finding] = {}
    gone = {at for at, one in enumerate(examined) if one.fate in _TAKEN_AWAY and not one.worth}
    for heard in heard_of_candidates(actor=actor, candidates=candidates, on=on):
        code, sentence = heard.control.code, heard.trouble[0]
        finding = known.get((code, sentence))
        if finding is None:
            finding = known[code, sentence] = Finding(code, sentence)
        places = map(number_of, heard.keys)
        said = [examined[at] for at in places if at not in gone]  # no hours are left to say anything of the others
        for record in said:
            record.findings.append(finding)
        if code in NEVER:
            for record in said:
                record.fate = Fate.REFUSED


def _candidate(record: HoursRecord, held: Held, declarant_id: int) -> Candidate:
    post = held.posts[record.post or 0]
    month, fate, total = record.month or date.min, record.fate, record.values.get("worked_total")
    statement = held.statements.get((post.contract_id, month))
    # only what is held already is looked for: of most records nothing is
    place = place_of(record, held.posts) if fate in _ON_A_LINE or not record.worth else None
    line = held.lines.get(place) if place else None
    correction = line is not None and fate not in _TAKEN_AWAY
    return Candidate(
        post.placement_id, post.commitment_id, post.contract_id, declarant_id, month,
        record.worth - line.hours if line and correction else record.worth, record.kind,
        statement.id if statement else 0,
        line.id if line and not correction else None,
        line.id if line and correction else None,
        total if isinstance(total, Decimal) else None,
        record.locked,
        record.nature.uncounted,
    )  # fmt: skip


def write_lines(batch: HoursFile, found: Compared) -> None:
    """Replace the lines of a batch by these, with the totals before and after."""
    with step("keep what was read"):
        keep_lines(batch, found.records, found.held)
    notes = [[sheet, line, note.kept()] for sheet, line, note in found.read.left[:KEPT_NOTES]]
    more = any(record.fate in CONFIRMED for record in found.records)
    state = HoursFileState.APPLIED if batch.applied_at and not more else HoursFileState.READ
    change(batch, notes=notes, totals=totals_of(found), state=state, witness=found.around.witness)


def totals_of(found: Compared) -> list[dict[str, Any]]:
    """Hours of the declarant by market and month, as the file says them, before and after; as kept in JSON."""
    said: dict[tuple[int, date], Decimal] = defaultdict(lambda: ZERO)
    after: dict[tuple[int, date], Decimal] = defaultdict(lambda: ZERO)
    posts = found.held.posts
    for record in found.records:
        if record.post is None or record.month is None:
            continue
        key = posts[record.post].contract_id, record.month
        said[key] += record.hours or ZERO
        if record.fate in WRITTEN:
            after[key] += record.worth - (record.held or ZERO)
    names = {post.contract_id: (str(post.contract_uid), post.contract_name) for post in posts}
    market = {(post.placement_id, post.commitment_id): post for post in posts}
    before = _before(found.held.lines.items(), market)
    return [
        {
            "contract": names[contract][0], "name": names[contract][1], "month": month.isoformat(),
            "said": str(hours), "before": str(before.get((contract, month), ZERO)),
            "after": str(before.get((contract, month), ZERO) + after[contract, month]),
        }
        for (contract, month), hours in sorted(said.items(), key=lambda one: (names[one[0][0]][1], one[0][1]))
    ]  # fmt: skip


def _before(
    lines: Iterable[tuple[tuple[int, int, date, HoursKind], Any]], market: Any
) -> dict[tuple[int, date], Decimal]:
    before: dict[tuple[int, date], Decimal] = defaultdict(lambda: ZERO)
    for (placement, commitment, month, _), line in lines:
        if (placement, commitment) in market:
            before[market[placement, commitment].contract_id, month] += line.hours
    return before
