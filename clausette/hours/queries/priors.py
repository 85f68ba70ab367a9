"""Trainings before hiring: what the controls read of them, and what their page offers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.queries import EngagementRules, figures_for
from clausette.hours.enums import HoursKind, LineState, PriorKind
from clausette.hours.queries.people import Person, persons_of
from clausette.hours.queries.validity import COUNTED
from clausette.hours.queries.visible import lines_visible_to, priors_visible_to
from clausette.hours.rules.controls import prior
from clausette.hours.rules.controls.facts import PriorFacts, Span
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among

ZERO = Decimal(0)
_BEFORE = HoursKind.BEFORE.value


@dataclass(frozen=True, slots=True)
class PriorLine:
    """A training already declared; `left`: its hours that no line holds yet."""

    id: int
    uid: UUID
    placement_id: int
    commitment_id: int
    declarant_id: int
    kind: PriorKind
    provider: str
    starts_on: date
    ends_on: date
    hours: Decimal
    left: Decimal
    person: str
    document_uid: UUID


def prior_facts(
    *, actor: Actor, lines: Iterable[Mapping[str, Any]], persons: Mapping[int, Person],
    rules: Mapping[int, EngagementRules], on: date,
) -> dict[int, PriorFacts]:  # fmt: skip
    """Return the training of each of these lines, with what its engagement says of it; no query without such a line.

    `lines`: columns of LINE. Hours known: those declared or retained, and these lines.
    """
    own = [
        line for line in lines if line["kind"] == _BEFORE and line["placement_id"] in persons
    ]
    if not own:
        return {}
    owed = {line["commitment_id"] for line in own}
    rows = priors_visible_to(actor).filter(pk__in={line["prior_id"] for line in own}).order_by()
    dates = {pk: Span(start, end) for pk, start, end in rows.values_list("id", "starts_on", "ends_on")}
    figures = figures_for(actor=actor, commitment_ids=owed, as_of=on)
    due = {pk: said.firm_at_term for pk, said in figures.items() if not said.followed}
    by_person = _known(actor, own, owed)
    known: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for (commitment, _), hours in by_person.items():
        known[commitment] += hours
    found = {}
    for line in own:
        if line["prior_id"] not in dates:
            continue
        pk, person = line["commitment_id"], persons[line["placement_id"]].participant_id
        rule = rules[pk].said(ValuedMatter.BEFORE_HIRING, line["month"]) if pk in rules else None
        found[line["id"]] = prior.said(
            dates[line["prior_id"]], rule, due.get(pk), by_person.get((pk, person), ZERO), known[pk]
        )
    return found


def _known(
    actor: Actor, own: Collection[Mapping[str, Any]], owed: Collection[int]
) -> dict[tuple[int, int], Decimal]:
    """Hours of training before hiring by engagement and person."""
    here = [line["id"] for line in own if line["state"] != LineState.REFUSED]
    rows = lines_visible_to(actor).filter(
        Q(state__in=COUNTED) | Q(Among("id", here)), commitment_id__in=owed, kind=HoursKind.BEFORE
    )
    summed = rows.order_by().values_list("commitment_id", "placement__participant_id").annotate(total=Sum("hours"))
    return {(commitment, person): total for commitment, person, total in summed}


def priors_of(*, actor: Actor, contract_id: int) -> tuple[PriorLine, ...]:
    """Return the trainings declared on a contract, by person then date (three queries)."""
    rows = priors_visible_to(actor).filter(contract_id=contract_id).order_by("starts_on", "id")
    columns = (
        "id", "uid", "placement_id", "commitment_id", "declarant_id", "kind", "provider", "starts_on", "ends_on",
        "hours", "document__uid",
    )  # fmt: skip
    read = list(rows.values(*columns))
    held = lines_visible_to(actor).filter(prior_id__in=[row["id"] for row in read]).exclude(state=LineState.REFUSED)
    used = dict(held.order_by().values_list("prior_id").annotate(total=Sum("hours")))
    persons = persons_of(actor=actor, placement_ids={row["placement_id"] for row in read})
    names = {pk: person.name for pk, person in persons.items()}
    found = [
        PriorLine(
            document_uid=row.pop("document__uid"), kind=PriorKind(row.pop("kind")), **row,
            left=row["hours"] - used.get(row["id"], ZERO), person=names.get(row["placement_id"], ""),
        )
        for row in read
    ]
    return tuple(sorted(found, key=lambda one: (one.person, one.starts_on)))


def priors_by_line(*, actor: Actor, contract_id: int, statement_id: int) -> dict[UUID, PriorLine]:
    """Return the training of each line of a statement that is of one, by uid of the line (four queries)."""
    rows = lines_visible_to(actor).filter(statement_id=statement_id, prior__isnull=False).order_by("id")
    known = {one.id: one for one in priors_of(actor=actor, contract_id=contract_id)}
    return {uid: known[prior] for uid, prior in rows.values_list("uid", "prior_id") if prior in known}
