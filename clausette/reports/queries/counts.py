"""Hours of a period by way of working, and the people behind them: aggregated, never one by one on paper."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import TruncDate

from clausette.commitments.enums import ActKind
from clausette.hours.enums import HoursKind, LineState
from clausette.hours.queries import (
    KEPT,
    collective_visible_to,
    lines_visible_to,
    opening_years_visible_to,
    statements_visible_to,
)
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.prepared import Among
from clausette.participants.enums import Sex
from clausette.participants.queries import DecidedFacts, facts_of_decisions, reasons_of_decisions
from clausette.placements.enums import Modality, WorkContractKind
from clausette.placements.rules import Period, WorkContractFacts, counted_contracts, last_day
from clausette.reference.queries import categories
from clausette.reports.followup.facts import CatchUpRow, ShareRow
from clausette.reports.rules import BANDS, Group, Span, age_band, age_on

ZERO = Decimal(0)
UNKNOWN = "non renseigné"


@dataclass(frozen=True, slots=True)
class Line:
    """Hours of one work contract, one engagement, one month, one declarant, one state. `contract`: where worked."""

    month: date
    commitment: int
    contract: int
    declarant: str
    modality: str
    work_contract: str
    nature: str
    state: str
    placement: int
    person: int
    employer: int
    period: Period
    sex: str
    birth_date: date
    hours: Decimal
    by_act: bool = False
    """Worked on another contract, credited here by a signed act."""
    carried: Decimal = ZERO
    """Of its hours, those of a surplus: received (above 0) or given (below)."""


_FIELDS = (
    "month", "commitment_id", "worked_contract_id", "declarant__name", "placement__modality",
    "placement__work_contract", "kind", "state", "placement_id", "placement__participant_id", "placement__employer_id",
    "placement__starts_on", "placement__ends_on", "placement__ended_on", "placement__participant__sex",
    "placement__participant__birth_date", "contract_id",
)  # fmt: skip
SHOWN = (*KEPT, LineState.DECLARED)
"""States that a document tells: what counts, and what waits."""


def read_lines(actor: Actor, commitment_ids: Sequence[int], until: date) -> list[Line]:
    """Return the hours of these engagements up to a day, drafts and refused ones left out (one query)."""
    rows = lines_visible_to(actor).filter(
        commitment_id__in=list(commitment_ids), month__lte=until, state__in=SHOWN
    )
    summed = rows.order_by("month", "commitment_id", "placement_id", "kind", "state").values_list(*_FIELDS)
    moved = Sum("hours", filter=Q(act__kind=ActKind.CARRY_OVER), default=ZERO)
    return [_line(row) for row in summed.annotate(total=Sum("hours"), moved=moved)]


def _line(row: Sequence[Any]) -> Line:
    starts_on, ends_on, ended_on, sex, birth_date, credited, hours, moved = row[11:]
    period: Any = Period(starts_on, last_day(ends_on, ended_on))
    return Line(*(*row[:11], period, sex, birth_date, hours, credited != row[2], moved))


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Hours of a month attested as a whole: no work contract, nobody."""

    month: date
    commitment: int
    declarant: str
    nature: str
    state: str
    hours: Decimal


def read_unnamed(actor: Actor, commitment_ids: Sequence[int], until: date) -> list[Unnamed]:
    """Return the hours without names of these engagements up to a day (one query)."""
    rows = collective_visible_to(actor).filter(
        commitment_id__in=list(commitment_ids), month__lte=until, state__in=SHOWN
    )
    told = ("month", "commitment_id", "declarant__name", "kind", "state")
    summed = rows.order_by(*told).values_list(*told).annotate(total=Sum("hours"))
    return [Unnamed(*row) for row in summed]


def validated_in(lines: Iterable[Line], span: Span) -> list[Line]:
    """Return those that count, under reserve or not, whose month is in the period."""
    return [line for line in lines if line.state in KEPT and span.holds(line.month)]


def by_act(lines: Iterable[Line]) -> Decimal:
    """Return the hours worked on another contract."""
    return sum((line.hours for line in lines if line.by_act), ZERO)


def before_hiring(lines: Iterable[Line]) -> Decimal:
    """Return the hours of training followed before the hiring."""
    return sum((line.hours for line in lines if line.nature == HoursKind.BEFORE), ZERO)


def carried(lines: Iterable[Line]) -> tuple[Decimal, Decimal]:
    """Return the hours of surplus received by these engagements, and those that they gave."""
    moved = [line.carried for line in lines if line.carried]
    return sum((max(ZERO, one) for one in moved), ZERO), sum((max(ZERO, -one) for one in moved), ZERO)


def counted(lines: Iterable[Line], gap_days: int) -> tuple[int, int]:
    """Return the work contracts with hours, and the « contrats comptés » (MODEL §3): both are kept."""
    hours: dict[tuple[int, int], Decimal] = defaultdict(lambda: ZERO)
    facts: dict[tuple[int, int], WorkContractFacts] = {}
    for line in lines:
        key = line.placement, line.contract
        hours[key] += line.hours
        facts[key] = WorkContractFacts(line.placement, line.person, line.employer, line.contract, line.period)
    kept = [fact for key, fact in facts.items() if hours[key]]
    return len({fact.key for fact in kept}), len(counted_contracts(kept, gap_days=gap_days))


def shares(lines: Sequence[Line], gap_days: int, *, by_modality: bool) -> tuple[ShareRow, ...]:
    """Return the hours by modality, or by kind of work contract, in the order of the list."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.modality if by_modality else line.work_contract].append(line)
    order: Any = Modality if by_modality else WorkContractKind
    return tuple(
        ShareRow(one.label, sum((x.hours for x in groups[one]), ZERO), *counted(groups[one], gap_days))
        for one in order
        if one in groups
    )


@dataclass(frozen=True, slots=True)
class Person:
    """One person with validated hours in the period; characteristics are those of the entry (MODEL §4)."""

    id: int
    hours: Decimal
    sex: str
    age: int
    is_new: bool
    entered_on: date
    in_district: bool | None = None
    """None when no facts frozen with a decision are known."""


def people(lines: Sequence[Line], span: Span, facts: Iterable[DecidedFacts] = ()) -> tuple[Person, ...]:
    """Return the participants of the period: a validated hour in it. Entry: start of the first work contract here.

    Age and home are those frozen with the decision on which the entry rests, which erasure leaves as they are; the age
    is that of the day of entry when no facts are known.
    """
    hours: dict[int, Decimal] = defaultdict(lambda: ZERO)
    known: dict[int, Line] = {}
    first: dict[int, date] = {}
    entered: dict[int, date] = {}
    for line in lines:
        if line.state not in KEPT:
            continue
        known[line.person] = line
        first[line.person] = min(first.get(line.person, line.month), line.month)
        entered[line.person] = min(entered.get(line.person, line.period.starts_on), line.period.starts_on)
        if span.holds(line.month):
            hours[line.person] += line.hours
    frozen = _resting(facts, entered)
    found = []
    for person, total in hours.items():
        if total <= 0:
            continue
        fact, line = frozen.get(person), known[person]
        then = fact.age if fact is not None else None
        age = age_on(line.birth_date, entered[person]) if then is None else then
        lives = None if fact is None else bool(fact.in_district)
        found.append(Person(person, total, line.sex, age, span.holds(first[person]), entered[person], lives))
    return tuple(found)


def _resting(facts: Iterable[DecidedFacts], entered: Mapping[int, date]) -> dict[int, DecidedFacts]:
    """The facts of the decision on which each entry rests: the last one before it, else the first. In order of days."""
    found: dict[int, DecidedFacts] = {}
    for one in facts:
        day = entered.get(one.participant_id)
        if day is not None and (one.participant_id not in found or (one.decided_on and one.decided_on <= day)):
            found[one.participant_id] = one
    return found


def people_in_depth(actor: Actor, lines: Sequence[Line], span: Span) -> tuple[Person, ...]:
    """Return the participants of the period with the facts frozen with their decisions (one query)."""
    ids = {line.person for line in lines if line.state in KEPT}
    return people(lines, span, facts_of_decisions(actor=actor, participant_ids=ids))


def by_sex(persons: Sequence[Person]) -> list[Group]:
    """Women, men, others, not said."""
    return _grouped(persons, {sex: str(sex.label).lower() for sex in Sex}, lambda person: person.sex)


def by_age(persons: Sequence[Person]) -> list[Group]:
    """Under 26, 26 to 49, 50 and over."""
    return _grouped(persons, {band: band for band in BANDS}, lambda person: age_band(person.age))


def _grouped(persons: Sequence[Person], labels: dict[Any, str], key: Any) -> list[Group]:
    of: dict[Any, list[Person]] = defaultdict(list)
    for person in persons:
        of[key(person)].append(person)
    return [
        Group(label, len(of[value]), sum((one.hours for one in of[value]), ZERO))
        for value, label in labels.items()
        if value in of
    ]


def by_public(actor: Actor, persons: Sequence[Person]) -> tuple[list[Group], list[Group], list[Group]]:
    """Return the groups by public retenu, by criterion met, and by QPV at entry (one query)."""
    found = _reasons(actor, persons)
    labels = {public.code: public.label for public in categories()} | {"": UNKNOWN}
    mains = {
        one.id: next((code for code, main in found.get(one.id, {}).items() if main), "") for one in persons
    }
    met = [code for code in labels if any(code in found.get(person.id, ()) for person in persons)]
    criteria = [
        _criterion(persons, labels[code], lambda p, code=code: code in found.get(p.id, ())) for code in met
    ]
    qpv = {True: "quartier prioritaire constaté", False: "non constaté"}
    homes = _grouped(persons, qpv, lambda person: bool(person.in_district))
    known = any(person.in_district is not None for person in persons)
    return _grouped(persons, labels, lambda person: mains[person.id]), criteria, homes if known else []


def _criterion(persons: Sequence[Person], label: str, has: Any) -> Group:
    held = [person for person in persons if has(person)]
    return Group(label, len(held), sum((person.hours for person in held), ZERO))


def _reasons(actor: Actor, persons: Sequence[Person]) -> dict[int, dict[str, bool]]:
    """Reasons of the decision on which each entry rests: code → public retenu or not."""
    entered = {person.id: person.entered_on for person in persons}
    chosen: dict[int, int] = {}
    reasons: dict[int, dict[str, bool]] = defaultdict(dict)
    for one in reasons_of_decisions(actor=actor, participant_ids=entered):
        person, check, decided_on = one.participant_id, one.check_id, one.decided_on
        if person not in chosen or (decided_on and decided_on <= entered[person] and chosen[person] != check):
            chosen[person] = check
            reasons[person] = {}
        if chosen[person] == check and one.category:
            reasons[person][one.category] = one.is_main
    return dict(reasons)


def catch_up(
    actor: Actor, commitment_ids: Sequence[int], span: Span, closed_on: date
) -> tuple[CatchUpRow, ...]:
    """Return the hours of months before the period retained after `closed_on`, by year worked (two queries)."""
    years: dict[int, Decimal] = defaultdict(lambda: ZERO)
    # beside an « or », never a join: it would read every statement of the structure to find these few hours
    validated = statements_visible_to(actor).annotate(day=TruncDate("validated_at", tzinfo=PARIS))
    later = Q(Exists(validated.filter(pk=OuterRef("statement_id"), day__gt=closed_on)), added_on=None)
    for rows in (lines_visible_to(actor), collective_visible_to(actor)):
        late = rows.filter(
            Q(added_on__gt=closed_on) | later, Among("commitment_id", commitment_ids), month__lt=span.starts_on,
            state__in=KEPT,
        )  # fmt: skip
        for month, total in late.order_by("month").values_list("month").annotate(total=Sum("hours")):
            years[month.year] += total
    return tuple(CatchUpRow(year, hours) for year, hours in sorted(years.items()) if hours)


def opening_in(actor: Actor, commitment_ids: Sequence[int], span: Span, as_of: date) -> Decimal:
    """Return what balances taken over detail of the whole years of the period (one query)."""
    years = [
        year
        for year in range(span.starts_on.year, span.ends_on.year + 1)
        if span.starts_on <= date(year, 1, 1) and date(year, 12, 31) <= span.ends_on
    ]
    rows = opening_years_visible_to(actor).filter(
        commitment_id__in=list(commitment_ids),
        year__in=years,
        balance__withdrawn_at=None,
        balance__as_of__lte=as_of,
    )
    return rows.order_by().aggregate(total=Sum("hours"))["total"] or ZERO


NATURES: dict[str, str] = {kind: str(kind.label) for kind in HoursKind}
MODALITIES: dict[str, str] = {kind: str(kind.label) for kind in Modality}
KINDS: dict[str, str] = {kind: str(kind.label) for kind in WorkContractKind}
STATES: dict[str, str] = {
    LineState.VALIDATED: "Validées",
    LineState.DECLARED: "À valider",
    LineState.RESERVED: "Sous réserve",
}
