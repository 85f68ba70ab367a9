"""The controls run live over statements: facts read by a constant number of queries, findings by statement."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, F, Func, Q

from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import LineState, Severity
from clausette.hours.queries.people import Person, persons_of
from clausette.hours.queries.validity import COUNTED, Counted, hours_until_of
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.hours.rules.controls import ControlParams, Finding, LineFacts, control, run
from clausette.hours.rules.controls.facts import Span
from clausette.kernel.actor import Actor
from clausette.placements.queries import hire_refusals
from clausette.reference.queries import parameters_on

ZERO = Decimal(0)
_LINE = (
    "id", "uid", "statement_id", "placement_id", "declarant_id", "commitment_id", "contract_id", "month", "hours",
    "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineFinding:
    """What a control found on lines of one statement; `line_uids` in the order of the statement."""

    code: str
    severity: Severity
    title: str
    sentence: str
    fix: str
    expected: str
    found: str
    line_uids: tuple[UUID, ...]

    @property
    def stops(self) -> bool:
        """True when the lines cannot be validated as they are."""
        return self.severity == Severity.ERROR

    @property
    def asks(self) -> bool:
        """True when it can be validated with a justification."""
        return self.severity == Severity.WARNING


def findings_of(
    *, actor: Actor, statement_ids: Collection[int], on: date
) -> dict[int, tuple[LineFinding, ...]]:
    """Return what the controls find today in these statements, by statement id (absent: nothing found).

    Sees the other lines that the actor may know, and for the rest a number given by the database. The number of
    queries does not depend on that of statements, lines or persons.
    """
    own = list(lines_visible_to(actor).filter(statement_id__in=statement_ids).order_by("id").values(*_LINE))
    if not own:
        return {}
    facts, uids = _facts(actor, own, statement_ids, on)
    found: dict[int, list[LineFinding]] = defaultdict(list)
    for finding in run(facts, _params(on)):
        for statement, lines in _by_statement(finding, uids).items():
            found[statement].append(_stated(finding, lines))
    return {statement: tuple(findings) for statement, findings in found.items()}


def _params(on: date) -> ControlParams:
    return ControlParams.of(on, parameters_on(on=on))


def _by_statement(finding: Finding, uids: Mapping[int, tuple[int, UUID]]) -> dict[int, list[UUID]]:
    groups: dict[int, list[UUID]] = defaultdict(list)
    for key in finding.keys:
        statement, uid = uids[key]
        groups[statement].append(uid)
    return groups


def _stated(finding: Finding, lines: Iterable[UUID]) -> LineFinding:
    return LineFinding(
        code=finding.code,
        severity=finding.severity,
        title=control(finding.code).title,
        sentence=finding.sentence,
        fix=finding.fix,
        expected=finding.expected,
        found=finding.found,
        line_uids=tuple(lines),
    )


def _facts(
    actor: Actor, own: list[dict[str, Any]], statement_ids: Collection[int], on: date
) -> tuple[list[LineFacts], dict[int, tuple[int, UUID]]]:
    persons = persons_of(actor=actor, placement_ids=[line["placement_id"] for line in own])
    around = _around(actor, own, persons, statement_ids)
    persons |= persons_of(
        actor=actor, placement_ids={line["placement_id"] for line in around} - persons.keys()
    )
    world = _World(
        persons=persons,
        commitments=_commitment_spans(actor, [*own, *around]),
        evidence=_with_evidence(actor, statement_ids),
        refusals=hire_refusals(actor=actor, placement_ids=[line["placement_id"] for line in own]),
        counted=hours_until_of(actor=actor, participant_ids={p.participant_id for p in persons.values()}),
        elsewhere=_elsewhere(actor, own, around, persons),
    )
    facts = [_fact(line, world, subject=True) for line in own if _examined(line, persons)]
    facts += [_fact(line, world, subject=False) for line in around if line["placement_id"] in persons]
    return facts, {line["id"]: (line["statement_id"], line["uid"]) for line in own}


def _examined(line: dict[str, Any], persons: Mapping[int, Person]) -> bool:
    return line["placement_id"] in persons and line["state"] != LineState.REFUSED


def _around(
    actor: Actor, own: list[dict[str, Any]], persons: Mapping[int, Person], statement_ids: Collection[int]
) -> list[dict[str, Any]]:
    """Other lines counted of the same persons in the same months, and of the same work contracts in any month."""
    people = {p.participant_id for p in persons.values()}
    same = Q(placement__participant_id__in=people, month__in={line["month"] for line in own})
    rows = lines_visible_to(actor).filter(same | Q(placement_id__in=persons.keys()), state__in=COUNTED)
    return list(rows.exclude(statement_id__in=statement_ids).order_by("id").values(*_LINE))


def _commitment_spans(actor: Actor, lines: Iterable[dict[str, Any]]) -> dict[int, Span]:
    rows = commitments_visible_to(actor).filter(pk__in={line["commitment_id"] for line in lines}).order_by()
    return {pk: Span(start, end) for pk, start, end in rows.values_list("id", "starts_on", "ends_on")}


def _with_evidence(actor: Actor, statement_ids: Collection[int]) -> set[int]:
    rows = statements_visible_to(actor).filter(pk__in=statement_ids, evidence__isnull=False).order_by()
    return set(rows.values_list("id", flat=True))


def _elsewhere(
    actor: Actor, own: list[dict[str, Any]], around: list[dict[str, Any]], persons: Mapping[int, Person]
) -> dict[tuple[int, date], Decimal]:
    """Hours of these persons and months on lines that the actor does not see: a number given by the database."""
    seen: dict[tuple[int, date], Decimal] = defaultdict(lambda: ZERO)
    for line in [*own, *around]:
        if line["placement_id"] in persons and line["state"] in COUNTED:
            seen[persons[line["placement_id"]].participant_id, line["month"]] += line["hours"]
    every = Func(
        F("placement__participant_id"), F("month"), function="sec.hours_of_person",
        output_field=DecimalField(max_digits=10, decimal_places=2),
    )  # fmt: skip
    rows = lines_visible_to(actor).filter(
        pk__in=[line["id"] for line in own], placement_id__in=persons.keys()
    )
    totals = (
        rows.order_by().values_list("placement__participant_id", "month").distinct().annotate(every=every)
    )
    return {(person, month): max(ZERO, total - seen[person, month]) for person, month, total in totals}


@dataclass(frozen=True, slots=True)
class _World:
    """What surrounds the lines, each read by one query."""

    persons: Mapping[int, Person]
    commitments: Mapping[int, Span]
    evidence: Collection[int]
    refusals: Mapping[int, str]
    counted: Mapping[int, Counted]
    elsewhere: Mapping[tuple[int, date], Decimal]


def _fact(line: dict[str, Any], world: _World, *, subject: bool) -> LineFacts:
    person = world.persons[line["placement_id"]]
    counted = world.counted.get(person.participant_id)
    elsewhere = world.elsewhere.get((person.participant_id, line["month"]), ZERO)
    return LineFacts(
        key=line["id"],
        person=person.participant_id,
        declarant=line["declarant_id"],
        work_contract=line["placement_id"],
        month=line["month"],
        hours=line["hours"],
        work_dates=Span(person.starts_on, person.ends_on),
        commitment_dates=world.commitments.get(line["commitment_id"]),
        hired_on=person.starts_on,
        refusal_at_hire=world.refusals.get(line["placement_id"], "") if subject else "",
        hours_until=counted.at(line["month"]) if counted else None,
        weekly_hours=person.weekly_hours,
        has_evidence=not subject or line["statement_id"] in world.evidence,
        subject=subject,
        hours_elsewhere=elsewhere,
        declared_elsewhere=elsewhere > 0,
    )
