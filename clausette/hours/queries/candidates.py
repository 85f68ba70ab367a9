"""The controls over lines that are not written yet: those of a file, before anybody confirms it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from clausette.hours.enums import HoursKind
from clausette.hours.queries.controlled import LINE
from clausette.hours.queries.elsewhere import hours_elsewhere
from clausette.hours.queries.findings import facts_about, params_on
from clausette.hours.queries.people import Person, hires_of, persons_with_work
from clausette.hours.queries.surroundings import pieces_of
from clausette.hours.queries.validity import COUNTED
from clausette.hours.queries.visible import lines_visible_to, worked_months_visible_to
from clausette.hours.rules.controls import Finding, Heard, LineFacts, hear, run
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among


@dataclass(slots=True)
class Candidate:
    """A line about to be written; not changed once made (nor frozen: they are many).

    `hours`: a signed difference when it corrects a validated line (`corrects`).

    `replaces`: number of the line whose hours it takes the place of. `statement_id`: of its statement when there is
    one (0: none yet). `stated`: total of the month that its source tells for the work contract. `locked`: the statement
    is validated. `uncounted`: the word of a nature that counts for nothing.
    """

    placement_id: int
    commitment_id: int
    contract_id: int
    declarant_id: int
    month: date
    hours: Decimal
    kind: HoursKind = HoursKind.WORK
    statement_id: int = 0
    replaces: int | None = None
    corrects: int | None = None
    stated: Decimal | None = None
    locked: bool = False
    uncounted: str = ""


def findings_of_candidates(
    *, actor: Actor, candidates: Sequence[Candidate], on: date
) -> dict[int, tuple[Finding, ...]]:
    """Return what the controls would say of these lines, by their place in the list (absent: nothing).

    The same facts and the same controls as `findings_of`; a constant number of queries.
    """
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in run(_facts(actor, candidates, on), params_on(on)):
        for key in finding.keys:
            found[number_of(key)].append(finding)
    return {number: tuple(findings) for number, findings in found.items()}


def heard_of_candidates(*, actor: Actor, candidates: Sequence[Candidate], on: date) -> Iterator[Heard]:
    """Yield the same for who wants but words by line, lines of which the same is said together.

    `number_of` a key is the place of the line in the list.
    """
    return hear(_facts(actor, candidates, on), params_on(on))


def number_of(key: int) -> int:
    """Return the place in the list of the candidate that has this key."""
    return -key - 1


def _facts(actor: Actor, candidates: Sequence[Candidate], on: date) -> list[LineFacts]:
    if not candidates:
        return []
    replaced = _written(actor, {one.replaces for one in candidates if one.replaces})
    own = [_line(number, one) for number, one in enumerate(candidates)]
    persons = persons_with_work(actor=actor, placement_ids={one.placement_id for one in candidates})
    around = _around(actor, candidates, persons, {line["id"] for line in replaced})
    _tell_stated(actor, own, around)
    return facts_about(
        actor, own, around, persons, on, replaced=replaced, hires=hires_of(persons),
        pieces=pieces_of(actor=actor, statement_ids={one.statement_id for one in candidates if one.statement_id}),
        elsewhere=hours_elsewhere(
            persons, {one.placement_id for one in candidates}, {one.month for one in candidates}, [*around, *replaced]
        ),
    )  # fmt: skip


def _line(number: int, one: Candidate) -> dict[str, Any]:
    """A candidate as the lines read from the table are; its number is below zero."""
    return {
        "id": -number - 1, "uid": None, "statement_id": one.statement_id, "placement_id": one.placement_id,
        "declarant_id": one.declarant_id, "commitment_id": one.commitment_id, "contract_id": one.contract_id,
        "month": one.month, "hours": one.hours, "state": "", "kind": one.kind, "corrects_id": one.corrects,
        "stated": one.stated, "locked": one.locked, "uncounted": one.uncounted,
    }  # fmt: skip


def _written(actor: Actor, numbers: set[int]) -> list[dict[str, Any]]:
    if not numbers:
        return []
    return list(lines_visible_to(actor).filter(Among("id", numbers)).order_by("id").values(*LINE))


def _around(
    actor: Actor, candidates: Sequence[Candidate], persons: Mapping[int, Person], replaced: set[int]
) -> list[dict[str, Any]]:
    """Other lines of the same persons in the same months, and of the same work contracts; drafts of the declarants."""
    people = {p.participant_id for p in persons.values()}
    same = Q(Among("placement__participant_id", people)) & Q(month__in={one.month for one in candidates})
    mine = {one.placement_id for one in candidates} & persons.keys()
    known = Q(state__in=COUNTED) | Q(declarant_id__in={one.declarant_id for one in candidates}, state="draft")
    rows = lines_visible_to(actor).filter(same | Q(Among("placement_id", mine))).filter(known)
    return [line for line in rows.order_by("id").values(*LINE) if line["id"] not in replaced]


def _tell_stated(actor: Actor, own: list[dict[str, Any]], around: list[dict[str, Any]]) -> None:
    """Give each line the total that was stated for its work contract and month: by the file, else in Clausette."""
    rows = worked_months_visible_to(actor).filter(
        Among("placement_id", {line["placement_id"] for line in own}), month__in={line["month"] for line in own},
        is_stated=True,
    )  # fmt: skip
    stated = {(placement, month): hours for placement, month, hours in rows.order_by().values_list(
        "placement_id", "month", "hours")}  # fmt: skip
    stated |= {(line["placement_id"], line["month"]): line["stated"] for line in own if line["stated"] is not None}
    if stated:
        for line in [*own, *around]:
            line["stated"] = stated.get((line["placement_id"], line["month"]))
