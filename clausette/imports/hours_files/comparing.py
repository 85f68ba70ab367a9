"""Records matched beside what is held: lines of the same person and month added up, and the fate of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

import msgspec

from clausette.hours.enums import HoursKind, StatementState
from clausette.hours.rules.openings import within_opening
from clausette.imports.hours_files.lines import Extracted
from clausette.imports.hours_files.matching import Choice, Post, Subject
from clausette.imports.hours_files.records import Fate, HoursRecord
from clausette.imports.takeover.findings import Finding
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.keys import number_key
from clausette.kernel.french import HARD, format_hours, format_month, of_month
from clausette.kernel.months import first_day

ZERO = Decimal(0)
Place = tuple[int, int, date, HoursKind]
"""Work contract, engagement, month, nature."""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line of the declarant: its hours with those of its corrections.

    `final`: validated, it may be corrected; `proposed`: the figure of the correction that waits for an answer.
    """

    id: int
    uid: UUID
    hours: Decimal
    final: bool = False
    proposed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class HeldStatement:
    """The statement of the declarant for a market and a month."""

    id: int
    uid: UUID
    state: StatementState
    version: int
    is_nil: bool = False


@dataclass(frozen=True, slots=True)
class HeldMarket:
    """What the sender is on a market. `refusal`: why nothing can be declared there, « » when it can."""

    piloted: bool
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What the records are compared with."""

    posts: tuple[Post, ...] = ()
    lines: Mapping[Place, HeldLine] = field(default_factory=dict)
    statements: Mapping[tuple[int, date], HeldStatement] = field(default_factory=dict)
    markets: Mapping[int, HeldMarket] = field(default_factory=dict)
    openings: Mapping[int, date] = field(default_factory=dict)
    """Last day of the balance taken over, by engagement."""


Groups = Mapping[tuple[int, date, str], list[HoursRecord]]
"""Records by post, month and nature."""
IDLE = "0 h, et Clausette n'a pas d'heures de cette personne ce mois-ci : rien ne change."
TAKE_BACK = "Ouvrez-le dans « Heures » et reprenez-le, puis comparez encore."
STRANGER = HeldMarket(False, "Ce marché n'est pas le vôtre.")


def witness_of(held: Held, choices: Mapping[Subject, Choice], on: date) -> str:
    """The hash of all that fates rest on beside the file: posts, choices, what is held, the month of the day."""
    told = (
        first_day(on), held.posts, sorted(choices.items()), sorted(held.lines.items()), sorted(held.statements.items()),
        sorted(held.markets.items()), sorted(held.openings.items()),
    )  # fmt: skip
    return sha256(msgspec.json.encode(told)).hexdigest()


def place_of(record: HoursRecord, posts: Sequence[Post]) -> Place | None:
    """Where the hours of a record matched would be written."""
    if record.post is None or record.month is None:
        return None
    post = posts[record.post]
    return post.placement_id, post.commitment_id, record.month, record.kind


def compare(records: Sequence[HoursRecord], held: Held, *, on: date) -> None:
    """Give each record matched its fate."""
    now, posts, first = first_day(on), held.posts, dict[tuple[int, int], int]()
    same = [first.setdefault((post.placement_id, post.commitment_id), at) for at, post in enumerate(posts)]
    groups: dict[tuple[int, date, str], list[HoursRecord]] = defaultdict(list)
    zeros: dict[tuple[int, date, str], list[HoursRecord]] = defaultdict(list)
    for record in records:
        month, nature = record.month, record.nature
        if month is None or record.fate is not Fate.NEW:
            continue
        if month > now:
            record.fate = Fate.REFUSED
            record.say("E214", f"Le mois {of_month(month)} n'est pas commencé.", "month")
        elif record.post is not None and not nature.uncounted:
            among = groups if record.hours or record.hours is None else zeros
            among[same[record.post], month, (nature.kind or HoursKind.WORK)._value_].append(record)
    for (at, month, _), group in groups.items():
        for one in _added(group) if len(group) > 1 else group:
            _beside(one, posts[at], month, held)
    if zeros:
        _zeros(zeros, groups, held)


def _zeros(zeros: Groups, groups: Groups, held: Held) -> None:
    """0 h takes a line away, or says « aucune heure ce mois-ci » with those of all the others, or moves nothing."""
    busy = {(held.posts[at].contract_id, month) for at, month, _ in groups}
    alone: dict[tuple[int, date], list[HoursRecord]] = defaultdict(list)
    for key, group in zeros.items():
        at, month, _ = key
        post = held.posts[at]
        for one in group:
            one.fate = Fate.LEFT
        if key in groups:  # other lines of the file say the hours
            continue
        if place_of(group[0], held.posts) in held.lines:
            group[0].fate = Fate.NEW
            _beside(group[0], post, month, held)
        if (post.contract_id, month) not in busy:
            alone[post.contract_id, month].append(group[0])
    there: dict[int, list[Post]] = defaultdict(list)
    for post in held.posts:
        there[post.contract_id].append(post)
    of = {(post.placement_id, post.commitment_id): post.contract_id for post in held.posts}
    lines: dict[tuple[int | None, date], list[Place]] = defaultdict(list)
    for place in held.lines if alone else ():
        lines[of.get(place[:2]), place[2]].append(place)
    for (contract, month), group in alone.items():
        _nil(group, there[contract], lines[contract, month], month, held)


def _nil(group: list[HoursRecord], there: Sequence[Post], lines: Sequence[Place], month: date, held: Held) -> None:
    """All those at work on a marché in a month have 0 h, and no line is left: « aucune heure ce mois-ci »."""
    contract = there[0].contract_id
    statement = held.statements.get((contract, month))
    if statement is not None and statement.is_nil:
        for one in group:
            one.fate = Fate.SAME
        return
    market = held.markets.get(contract, STRANGER)
    if market.refusal or any(within_opening(held.openings.get(post.commitment_id), month) for post in there):
        return
    open_ = (StatementState.DRAFT, StatementState.RETURNED, *((StatementState.SUBMITTED,) if market.piloted else ()))
    if statement is not None and statement.state not in open_:
        return
    said = {held.posts[one.post].participant_uid for one in group if one.post is not None}
    if any(post.participant_uid not in said for post in there if post.works_in(month)):
        return
    gone = {place_of(one, held.posts) for one in group}
    if not gone.issuperset(lines):
        return
    told = f"« Aucune heure ce mois-ci » sera déclarée pour {there[0].contract_name}, {format_month(month)}."
    for one in group:
        one.fate = Fate.NEW
        one.say("I234", told, "hours")


def settle_zeros(read: Extracted, held: Held) -> None:
    """Leave the records at 0 h that move nothing, and say so of each line of the file that brings nothing else."""
    idle = [one for one in read.records if one.hours is not None and not one.hours and _idle(one, held)]
    if not idle:
        return
    gone = set(map(id, idle))
    read.records = [one for one in read.records if id(one) not in gone]
    spoken = {(one.sheet, one.line) for one in read.records}
    for sheet, line in dict.fromkeys((one.sheet, one.line) for one in idle):
        if (sheet, line) not in spoken:
            read.left.append((sheet, line, Finding("I232", IDLE)))


def _idle(record: HoursRecord, held: Held) -> bool:
    if record.fate is Fate.REFUSED:
        return record.held is None
    if record.fate is Fate.ASK:
        there = [held.posts[one] for one in record.options]
        places = ((one.placement_id, one.commitment_id, record.month, record.kind) for one in there)
        return not any(place in held.lines for place in places)
    return record.fate in (Fate.LEFT, Fate.UNMATCHED)


def _added(group: list[HoursRecord]) -> list[HoursRecord]:
    """Add up the lines that differ by their period, mission or nature; two lines alike stay two (E021)."""
    parts = [_part(one) for one in group]
    if len(set(parts)) < len(parts):
        return group
    first, *others = group
    first.total = sum((one.hours or ZERO for one in group), ZERO)
    for one in others:
        one.fate = Fate.ADDED
        one.say("I233", f"Ajoutée à la ligne {first.line} : même personne, même engagement, même mois.")
    return [first]


def _part(record: HoursRecord) -> tuple[str, ...]:
    """What tells apart two lines of one person and month."""
    return (
        key_of(record.text("nature")), number_key(record.text("reference")), key_of(record.text("site")),
        key_of(record.text("host_name")), str(record.day("starts_on") or ""), str(record.day("ends_on") or ""),
        record.sheet if record.column else "",
    )  # fmt: skip


def _beside(record: HoursRecord, post: Post, month: date, held: Held) -> None:
    market = held.markets.get(post.contract_id, STRANGER)
    statement = held.statements.get((post.contract_id, month)) if held.statements else None
    line = None
    if held.lines:
        line = held.lines.get((post.placement_id, post.commitment_id, month, record.kind))
    if line is not None:
        record.held = line.hours
        if line.hours == record.worth:
            record.fate = Fate.SAME
            return
    if market.refusal:
        _refuse(record, "E235", market.refusal)
    elif held.openings and (taken := within_opening(held.openings.get(post.commitment_id), month)):
        _refuse(record, "E221", taken)
    elif statement is not None and statement.state == StatementState.VALIDATED:
        _validated(record, month, line, market)
    elif statement is not None and statement.state == StatementState.SUBMITTED and not market.piloted:
        _refuse(record, "E235", f"Le relevé {of_month(month)} est transmis{_gap(record)}. {TAKE_BACK}")
    elif line is not None:
        record.fate = Fate.CHANGED
        record.say("W231", _told(record), "hours")


def _validated(record: HoursRecord, month: date, line: HeldLine | None, market: HeldMarket) -> None:
    if not market.piloted:
        _proposed(record, line)
        return
    record.fate = Fate.CORRECTION
    added = f"Le relevé {of_month(month)} est validé : la ligne s'y ajoute."
    record.say("W231", _told(record) if line else added, "hours")


def _proposed(record: HoursRecord, line: HeldLine | None) -> None:
    """Who declares does not correct a validated line: it proposes, once."""
    if line is None or not line.final:  # E018 says it, among the controls
        record.fate, record.locked = Fate.REFUSED, True
        if line is not None:
            record.say("W231", _told(record), "hours")
    elif line.proposed == record.worth:
        record.fate = Fate.SAME
    elif line.proposed is not None:
        told = f"Une correction est déjà proposée ({format_hours(line.proposed)}) : retirez-la, puis comparez encore."
        _refuse(record, "E235", told)
    else:
        record.fate = Fate.PROPOSED
        figures = f"{format_hours(record.worth)} au lieu de {format_hours(line.hours)}"
        record.say("W232", f"Sera proposé comme correction{HARD}: {figures}.", "hours")


def _gap(record: HoursRecord) -> str:
    """« : 141 h, et le fichier dit 148 h (+ 7 h) »."""
    return f"{HARD}: {_told(record).rstrip('.')}" if record.held is not None else ""


def _told(record: HoursRecord) -> str:
    held = record.held or ZERO
    gap = record.worth - held
    sign = "+" if gap > 0 else "\u2212"
    return (
        f"{format_hours(held)} dans Clausette, {format_hours(record.worth)} dans le fichier "
        f"({sign}{HARD}{format_hours(abs(gap))})."
    )


def _refuse(record: HoursRecord, code: str, sentence: str) -> None:
    record.fate = Fate.REFUSED
    record.say(code, sentence, "hours")
