"""Hours validated outside the counting rules of today: what a change of rules leaves, what may be corrected."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clausette.commitments.queries import EngagementRules, commitments_visible_to, figures_for, rules_of
from clausette.hours.enums import HoursKind, LineState
from clausette.hours.models import HoursLine
from clausette.hours.queries.findings import counting_facts
from clausette.hours.queries.found import KEPT
from clausette.hours.queries.people import Person, persons_of
from clausette.hours.queries.priors import prior_facts
from clausette.hours.queries.siae import siae_facts
from clausette.hours.queries.validity import counted_for
from clausette.hours.queries.visible import lines_visible_to
from clausette.hours.rules.controls import ControlParams, LineFacts
from clausette.hours.rules.controls.facts import PriorFacts, SiaeFacts, Span
from clausette.hours.rules.outside import Outside, outside_caps, outside_lines
from clausette.kernel.actor import Actor
from clausette.reference.queries import parameters_on

ZERO = Decimal(0)
_READ = (
    "id", "corrects_id", "placement_id", "commitment_id", "declarant_id", "month", "hours", "kind", "state",
    "prior_id",
)


@dataclass(frozen=True, slots=True)
class OutsideHours:
    """Hours outside, ready to be shown. `line_uid`: of a line that can be corrected; None beyond a cap of training."""

    found: Outside
    line_uid: UUID | None
    is_validated: bool
    month: date | None
    person: str
    participant_uid: UUID | None
    contract_name: str
    contractor_name: str
    commitment_uid: UUID

    @property
    def may_be_corrected(self) -> bool:
        """A whole line, validated: brought to zero by a line that cites it."""
        return self.line_uid is not None and self.is_validated


def outside_rules(*, actor: Actor, on: date, commitment_ids: Collection[int] | None = None) -> list[Outside]:
    """Return the hours validated that the rules of these engagements do not take on `on`; a constant number of queries.

    None: all the engagements whose structure référente is the actor's.
    """
    rows = _kept(actor, commitment_ids)
    lines = _worth(rows.order_by("month", "id").values(*_READ))
    persons = persons_of(actor=actor, placement_ids={line["placement_id"] for line in lines})
    lines = [line for line in lines if line["placement_id"] in persons]
    rules = rules_of(actor=actor, commitment_ids={line["commitment_id"] for line in lines}, on=on)
    counted = counted_for(
        actor=actor,
        participant_ids={person.participant_id for person in persons.values()},
        months={months for rule in rules.values() for months in rule.validities},
    )
    priors = prior_facts(actor=actor, lines=lines, persons=persons, rules=rules, on=on)
    siae = siae_facts(actor=actor, lines=lines, persons=persons, rules=rules, on=on)
    facts = [
        _fact(line, persons[line["placement_id"]], rules[line["commitment_id"]], counted, priors, siae)
        for line in lines
        if line["commitment_id"] in rules
    ]
    params = ControlParams.of(on, parameters_on(on=on))
    return outside_lines(facts, params) + outside_caps(*_training(actor, lines, rules, on))


def _kept(actor: Actor, commitment_ids: Collection[int] | None) -> QuerySet[HoursLine]:
    rows = lines_visible_to(actor).filter(state__in=KEPT)
    if commitment_ids is None:
        return rows.filter(contract__owner_org_id=actor.organisation_id)
    return rows.filter(commitment_id__in=list(commitment_ids))


def _worth(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines, each with what it is worth today: its hours and those of the lines that correct it."""
    every = list(rows)
    total: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for row in every:
        total[row["corrects_id"] or row["id"]] += row["hours"]
    return [
        row | {"hours": total[row["id"]]} for row in every if row["corrects_id"] is None and total[row["id"]] > 0
    ]


def _fact(
    line: Mapping[str, Any], person: Person, rules: EngagementRules, counted: Mapping[int, Mapping[int, Any]],
    priors: Mapping[int, PriorFacts], siae: Mapping[int, SiaeFacts],
) -> LineFacts:  # fmt: skip
    known = counted[rules.validity_at(line["month"])].get(person.participant_id)
    return LineFacts(
        key=line["id"],
        person=person.participant_id,
        declarant=line["declarant_id"],
        work_contract=line["placement_id"],
        month=line["month"],
        hours=line["hours"],
        work_dates=Span(person.starts_on, person.ends_on),
        commitment_dates=None,
        hired_on=person.starts_on,
        refusal_at_hire="",
        hours_until=known.at(line["month"]) if known else None,
        weekly_hours=None,
        has_evidence=True,
        before=line["kind"] == HoursKind.BEFORE,
        prior=priors.get(line["id"]),
        siae=siae.get(line["id"]),
        commitment=line["commitment_id"],
        **counting_facts(line["kind"], line["month"], person, rules, None)._asdict(),
    )


def _training(
    actor: Actor, lines: Iterable[Mapping[str, Any]], rules: Mapping[int, EngagementRules], on: date
) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    """Training validated of the engagements with a cap, and the most each takes: no query when there is none.

    The cap is that of the last month with training: hours of the months before it followed the rule of their time.
    """
    known: dict[int, Decimal] = defaultdict(lambda: ZERO)
    last: dict[int, date] = {}
    for line in lines:
        pk = line["commitment_id"]
        if line["kind"] == HoursKind.TRAINING and pk in rules:
            known[pk] += line["hours"]
            last[pk] = max(line["month"], last.get(pk, line["month"]))
    caps = {pk: cap for pk, month in last.items() if (cap := rules[pk].training_cap_at(month)) is not None}
    known = {pk: hours for pk, hours in known.items() if pk in caps}
    if not known:
        return {}, {}
    figures = figures_for(actor=actor, commitment_ids=list(known), as_of=on)
    most = {
        pk: (said.firm_at_term * caps[pk]).quantize(Decimal("0.01"))
        for pk, said in figures.items()
        if not said.followed
    }
    return known, most


def outside_shown(*, actor: Actor, found: Collection[Outside]) -> tuple[OutsideHours, ...]:
    """Return these hours with their person, month and marché (three queries)."""
    rows = lines_visible_to(actor).filter(pk__in=[one.line for one in found if one.line is not None])
    lines = {row["id"]: row for row in rows.order_by().values("id", "uid", "month", "state", "placement_id")}
    persons = persons_of(actor=actor, placement_ids={row["placement_id"] for row in lines.values()})
    owed = commitments_visible_to(actor).filter(pk__in={one.commitment for one in found}).order_by()
    places = {
        pk: rest for pk, *rest in owed.values_list("id", "contract__common_name", "contractor__name", "uid")
    }
    return tuple(
        _shown(one, lines.get(one.line or 0), persons, places[one.commitment])
        for one in found
        if one.commitment in places
    )


def _shown(
    one: Outside, line: Mapping[str, Any] | None, persons: Mapping[int, Person], place: list[Any]
) -> OutsideHours:
    person = persons.get(line["placement_id"]) if line else None
    return OutsideHours(
        found=one,
        line_uid=line["uid"] if line else None,
        is_validated=bool(line and line["state"] == LineState.VALIDATED),
        month=line["month"] if line else None,
        person=person.name if person else "",
        participant_uid=person.participant_uid if person else None,
        contract_name=place[0],
        contractor_name=place[1],
        commitment_uid=place[2],
    )
