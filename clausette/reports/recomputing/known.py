"""What replayed rows say of one engagement as of a day, counted by the rules of the rooms: pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from clausette.commitments.enums import ActKind, CommitmentKind, PartStatus, VersionReason
from clausette.commitments.queries import owing_of
from clausette.commitments.rules import BasePeriod, Owing, Part, calculation_of, pauses_of
from clausette.commitments.rules.terms import Terms
from clausette.hours.enums import HoursKind, LineState, StatementState
from clausette.hours.queries import KEPT, Progress
from clausette.hours.queries.found import COLLECTIVE, HANDED, NAMED, Found
from clausette.hours.queries.reading import counted
from clausette.placements.rules import Period, last_day
from clausette.procurement.enums import PartyRole
from clausette.reports.attestation.counting import (
    NO_ORIGIN,
    Origins,
    Work,
    asides_of,
    figures_of,
    modalities_of,
)
from clausette.reports.attestation.facts import (
    WITHOUT_ORIGINS,
    AttestationFacts,
    Calculation,
    CommitmentFacts,
    MonthRow,
)
from clausette.reports.recomputing.replay import Rows, day, number

ZERO = Decimal(0)
COUNTS = frozenset({LineState.DECLARED, *KEPT, LineState.REFUSED})
_SOURCES = (("hours.hoursline", NAMED), ("hours.collectivehours", COLLECTIVE))
_TERMS = (
    "minimum_hours", "offer_hours", "amount_ht", "labour_share", "rate", "hourly_cost", "euros_per_hour", "beyond_ht",
    "estimated_ht", "hours_share", "estimated_base",
)  # fmt: skip
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the journal says of one engagement: its own fields, its version of the day, its progress."""

    owed: Row
    version: Row | None
    done: Progress


def counted_told(rows: Rows, commitment: int, as_of: date) -> Counted:
    """Return where an engagement stands as of a day. Raises LookupError when the journal does not tell it."""
    owed = next(iter(rows.of("commitments.commitment", id=commitment)), None)
    if owed is None:
        raise LookupError("l'engagement n'est pas au journal")
    version, owing = _owing(rows, owed, as_of)
    about = {
        "id": commitment, "contract_id": owed["contract"], "contractor_id": owed["contractor"], "kind": owed["kind"],
        "starts_on": _day(owed["starts_on"]), "ends_on": _day(owed["ends_on"]), "closed_on": day(owed["closed_on"]),
        "periodicity": owed["periodicity"], "due_day": owed["due_day"], "expected_from": day(owed["expected_from"]),
    }  # fmt: skip
    return Counted(owed, version, counted(about, _found(rows, owed, as_of), owing.figures(as_of), as_of))


def rebuilt(stored: AttestationFacts, rows: Rows, commitment: int, *, gap_days: int) -> AttestationFacts:
    """Return the facts of an attestation with all its figures counted anew; names and titles are those printed.

    `gap_days`: of the dated rule on successive work contracts, on the day of the figures. Raises LookupError when the
    journal does not tell the engagement.
    """
    as_of = stored.figures.as_of
    told = counted_told(rows, commitment, as_of)
    done, ends_on = told.done, _day(told.owed["ends_on"])
    works = _works(rows, commitment, as_of)
    tells = stored.template_version not in WITHOUT_ORIGINS
    return replace(
        stored,
        commitment=_commitment(stored.commitment, told.version),
        figures=figures_of(done, works, as_of=as_of, ends_on=ends_on, gap_days=gap_days),
        months=_named(stored.months, list(_months(rows, told.owed, done, as_of))),
        modalities=modalities_of(done, works, gap_days=gap_days),
        asides=asides_of(done, _origins(rows, commitment, as_of) if tells else NO_ORIGIN),
    )


def _day(value: object) -> date:
    found = day(value)
    if found is None:
        raise LookupError("une date manque au journal")
    return found


def _hours(row: Row) -> Decimal:
    return number(row["hours"]) or ZERO


def _commitment(stored: CommitmentFacts, version: Row | None) -> CommitmentFacts:
    if version is None:
        return CommitmentFacts(stored.kind)
    terms = terms_told(version)
    found, calculation = calculation_of(terms), None
    if found and terms.amount_ht and terms.labour_share and terms.rate and terms.hourly_cost:
        calculation = Calculation(
            terms.amount_ht, terms.labour_share, terms.rate, terms.hourly_cost, found.raw, found.hours
        )
    return CommitmentFacts(stored.kind, calculation, terms.minimum_hours, terms.offer_hours)


def terms_told(version: Row) -> Terms:
    """Return the terms of a version as the journal tells them."""
    values: dict[str, Any] = {name: number(version[name]) for name in _TERMS}
    moved = number(version["moved_hours"]) or ZERO
    return Terms(**values, rounding=version["rounding"], moved_hours=moved)


def _owing(rows: Rows, owed: Row, as_of: date) -> tuple[Row | None, Owing]:
    told = rows.of("commitments.commitmentversion", commitment=owed["id"])
    known = sorted(
        (row for row in told if _day(row["effective_on"]) <= as_of),
        key=lambda row: (_day(row["effective_on"]), row["number"]),
    )
    version = known[-1] if known else None
    parts = rows.of("commitments.commitmentpart", version=version["id"]) if version else []
    dates = {"starts_on": _day(owed["starts_on"]), "ends_on": _day(owed["ends_on"])}
    owing = owing_of(
        {"id": owed["id"], "kind": owed["kind"], **dates},
        parts=[
            Part(_hours(row), _day(row["starts_on"]), _day(row["ends_on"]), PartStatus(row["status"])) for row in parts
        ],
        pauses=pauses_of([(_day(row["effective_on"]), VersionReason(row["reason"])) for row in known]),
        said=_said(version) if version else None,
        periods=[
            BasePeriod(_day(row["starts_on"]), _day(row["ends_on"]), _hours(row))
            for row in rows.of("commitments.basehours", commitment=owed["id"], withdrawn_on=None)
        ],
        amounts=list(_amounts(rows, owed, as_of)) if owed["kind"] == CommitmentKind.PER_AMOUNT else [],
    )
    return version, owing


def _said(version: Row) -> dict[str, Any]:
    """The columns of a version on which hours on a basis rest."""
    names = ("beyond_ht", "euros_per_hour", "estimated_ht", "hours_share", "estimated_base")
    return {
        **{name: number(version[name]) for name in names},
        "number": version["number"], "reason": version["reason"], "rounding": version["rounding"],
        "amount_base": version["amount_base"], "moved_hours": number(version["moved_hours"]) or ZERO,
        "effective_on": _day(version["effective_on"]), "ends_on": _day(version["ends_on"]),
    }  # fmt: skip


def _amounts(rows: Rows, owed: Row, as_of: date) -> Iterable[tuple[str, date, Decimal]]:
    """Orders and invoices of the titulaire and of the members of its group, then orders that are contracts."""
    members = {
        row["organisation"]
        for row in rows.of("procurement.contractparty", contract=owed["contract"], role=PartyRole.GROUP_MEMBER)
        if row["head"] == owed["contractor"] and row["revoked_at"] is None
    }
    for row in rows.of("procurement.amountentry", contract=owed["contract"], withdrawn_at=None):
        on, amount = _day(row["on"]), number(row["amount_ht"]) or ZERO
        own = row["contractor"] == owed["contractor"]
        of_group = row["contractor"] in members and on >= _day(owed["starts_on"])
        if on <= as_of and (own or of_group) and (owed["lot"] is None or row["lot"] in (None, owed["lot"])):
            yield row["kind"], on, amount
    for order in rows.of("procurement.contract", framework=owed["contract"]):
        opened, ordered = day(order["notified_on"]) or day(order["starts_on"]), number(order["amount_ht"])
        awarded = rows.of("procurement.award", contract=order["id"], contractor=owed["contractor"])
        in_lot = owed["lot"] is None or order["framework_lot"] == owed["lot"]
        if opened is not None and ordered is not None and awarded and in_lot and opened <= as_of:
            yield "ordered", opened, ordered


def _found(rows: Rows, owed: Row, as_of: date) -> Found:
    found = Found()
    for kind, source in _SOURCES:
        for row in rows.of(kind, commitment=owed["id"]):
            month = _day(row["month"])
            if month <= as_of and row["state"] in COUNTS:
                found.hours[source, row["state"]] += _hours(row)
                found.hand([month], waiting=row["state"] == LineState.DECLARED)
    for row in rows.of("hours.openingbalance", commitment=owed["id"], withdrawn_at=None):
        found.take_over(_day(row["as_of"]), _hours(row), as_of)
    for row in rows.of("hours.statement", contract=owed["contract"], declarant=owed["contractor"]):
        month = _day(row["month"])
        if month <= as_of and row["state"] in HANDED:
            found.hand([month], waiting=row["state"] == StatementState.SUBMITTED)
    return found


def _works(rows: Rows, commitment: int, as_of: date) -> tuple[Work, ...]:
    sums: dict[tuple[int, int], Decimal] = defaultdict(lambda: ZERO)
    for row in rows.of("hours.hoursline", commitment=commitment):
        if _day(row["month"]) <= as_of and row["state"] in KEPT:
            sums[row["placement"], row["contract"]] += _hours(row)
    held = {row["id"]: row for row in rows.of("placements.placement")}
    return tuple(_work(held[key], contract, total) for (key, contract), total in sorted(sums.items()) if total)


def _origins(rows: Rows, commitment: int, as_of: date) -> Origins:
    """Training before hiring, and what acts of surplus carried here and from here."""
    acts = {row["id"]: row for row in rows.of("commitments.commitmentact") if row["kind"] == ActKind.CARRY_OVER}
    before = received = given = ZERO
    for row in rows.of("hours.hoursline", commitment=commitment):
        if _day(row["month"]) > as_of or row["state"] not in KEPT:
            continue
        if row["kind"] == HoursKind.BEFORE:
            before += _hours(row)
        act = acts.get(row.get("act"))
        if act is not None and act["to_commitment"] == commitment:
            received += _hours(row)
        elif act is not None:
            given -= _hours(row)
    return Origins(before, received, given)


def _work(row: Row, contract: int, total: Decimal) -> Work:
    dates = Period(_day(row["starts_on"]), last_day(day(row["ends_on"]), day(row["ended_on"])))
    return Work(row["id"], row["participant"], row["employer"], contract, row["modality"], dates, total)


Month = tuple[date, Decimal | None, Decimal | None]


def _months(rows: Rows, owed: Row, done: Progress, as_of: date) -> Iterable[Month]:
    """Months as printed, without the name of the declarant: (month, declared, validated)."""
    sums: dict[tuple[date, int], dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for kind, _ in _SOURCES:
        for row in rows.of(kind, commitment=owed["id"]):
            if _day(row["month"]) <= as_of and row["state"] != LineState.DRAFT:
                state = LineState.VALIDATED if row["state"] in KEPT else row["state"]
                sums[_day(row["month"]), row["declarant"]][state] += _hours(row)
    for (month, _), hours in sums.items():
        waits = LineState.DECLARED in hours and LineState.VALIDATED not in hours
        yield month, sum(hours.values(), ZERO), None if waits else hours.get(LineState.VALIDATED, ZERO)
    worked = {month for month, _ in sums}
    first, last = _day(owed["starts_on"]).replace(day=1), min(as_of, _day(owed["ends_on"]))
    for row in rows.of("hours.statement", contract=owed["contract"], declarant=owed["contractor"]):
        month = _day(row["month"])
        if month not in worked and first <= month <= last and row["state"] in HANDED:
            yield month, ZERO, ZERO if row["state"] == StatementState.VALIDATED else None
    for month in done.missing_months:
        yield month, None, None


def _named(stored: Collection[MonthRow], found: Collection[Month]) -> tuple[MonthRow, ...]:
    """Put back the names printed beside equal figures; a figure that was not printed comes without a name."""
    left = list(found)
    rows: list[MonthRow] = []
    for row in stored:
        key = row.month, row.declared, row.validated
        if key in left:
            left.remove(key)
            rows.append(row)
    return (*rows, *(MonthRow(month, "", declared, validated) for month, declared, validated in left))
