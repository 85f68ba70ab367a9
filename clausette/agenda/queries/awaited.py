"""The months whose statement is awaited from the firms of the structure, with what was already said of each."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.agenda.enums import ReminderStep
from clausette.agenda.queries.engagements import Engagement, engagements
from clausette.agenda.queries.visibility import postponements_visible_to, reminders_visible_to
from clausette.agenda.rules import Waited
from clausette.commitments.enums import CommitmentKind, Periodicity
from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import StatementState
from clausette.hours.queries import OWED, readings_of, statements_visible_to
from clausette.hours.rules import due_on
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months, first_day
from clausette.procurement.enums import ContractState

STOPPED = frozenset({
    ContractState.SUSPENDED, ContractState.CLOSED, ContractState.FRUITLESS, ContractState.ABANDONED,
    ContractState.TRANSFERRED,
})  # fmt: skip
Key = tuple[int, int, date]
"""Contract, firm, month: what one statement is about."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """One month of one marché that one firm has to declare. `returned`: its statement was sent back to it."""

    contract_id: int
    contract_uid: UUID
    contract_name: str
    firm_id: int
    firm_uid: UUID
    firm_name: str
    buyer_id: int
    buyer_uid: UUID
    buyer_name: str
    waited: Waited
    returned: bool
    put_off_because: str = ""

    @property
    def key(self) -> Key:
        """What the statement is about."""
        return self.contract_id, self.firm_id, self.waited.month


def awaited_months(*, actor: Actor, on: date) -> tuple[Awaited, ...]:
    """Return the months awaited on a day from the firms of the marchés that the structure holds, the oldest first.

    Neither suspended, closed nor voluntary engagements. A constant number of queries.
    """
    rows = [row for row in engagements(actor=actor, as_of=on) if _is_asked(actor, row)]
    early = _by_quarter(actor, rows, on)
    asked: dict[Key, tuple[Engagement, date]] = {}
    for row in rows:
        for month in {*row.progress.missing_months, *early.get(row.id, ())}:
            due = due_on(month, row.periodicity, row.due_day)
            key = (row.contract_id, row.contractor_id, month)
            if key not in asked or due < asked[key][1]:  # two lots, one statement: the first due day counts
                asked[key] = (row, due)
    done, returned, put_off = _done(actor, asked), _returned(actor, asked), _put_off(actor)
    found = [
        _awaited(row, key[2], done[key], key in returned, put_off.get(key[:2])) for key, (row, _) in asked.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.waited.due, one.firm_name, one.contract_name, one.contract_id)))


def _is_asked(actor: Actor, row: Engagement) -> bool:
    held = row.owner_id == actor.organisation_id and row.closed_on is None
    return held and row.contract_state not in STOPPED and row.kind != CommitmentKind.VOLUNTARY


def _by_quarter(actor: Actor, rows: Collection[Engagement], on: date) -> dict[int, tuple[date, ...]]:
    """The months of the quarter just over, of the engagements declared by quarter whose due day is still to come."""
    last = add_months(first_day(on), -1)
    if last.month % 3:
        return {}
    waiting: dict[date, list[int]] = defaultdict(list)
    for row in rows:
        if row.periodicity == Periodicity.QUARTERLY:
            due = due_on(last, Periodicity.QUARTERLY, row.due_day)
            if due > on:
                waiting[due].append(row.id)
    found: dict[int, tuple[date, ...]] = {}
    for due, ids in waiting.items():
        owed = commitments_visible_to(actor).filter(pk__in=ids).order_by("id").values(*OWED)
        read = readings_of(actor=actor, owed=list(owed), as_of=due)
        found |= {pk: one.progress.missing_months for pk, one in read.items()}
    return found


def _awaited(
    row: Engagement, month: date, done: Collection[ReminderStep], returned: bool, put_off: tuple[date, str] | None
) -> Awaited:
    until, why = put_off or (None, "")
    waited = Waited(month, row.periodicity, row.due_day, frozenset(done), until)
    return Awaited(
        row.contract_id, row.contract_uid, row.contract_name, row.contractor_id, row.contractor_uid,
        row.contractor_name, row.buyer_id, row.buyer_uid, row.buyer_name, waited, returned, why,
    )  # fmt: skip


def _done(actor: Actor, asked: Collection[Key]) -> dict[Key, set[ReminderStep]]:
    """The steps already made of each month."""
    found: dict[Key, set[ReminderStep]] = defaultdict(set)
    rows = reminders_visible_to(actor).filter(contract_id__in={key[0] for key in asked}).order_by()
    for contract, firm, month, step in rows.values_list("contract_id", "organisation_id", "month", "step"):
        found[contract, firm, month].add(ReminderStep(step))
    return found


def _returned(actor: Actor, asked: Collection[Key]) -> set[Key]:
    rows = statements_visible_to(actor).filter(
        state=StatementState.RETURNED, contract_id__in={key[0] for key in asked}
    )
    return set(rows.order_by().values_list("contract_id", "declarant_id", "month"))


def _put_off(actor: Actor) -> dict[tuple[int, int], tuple[date, str]]:
    """Until when, and why, by contract and firm: the last word noted."""
    rows = postponements_visible_to(actor).order_by("id")
    told = rows.values_list("contract_id", "organisation_id", "until", "reason")
    return {(contract, firm): (until, why) for contract, firm, until, why in told}


def by_firm(rows: Collection[Awaited]) -> Iterator[tuple[int, list[Awaited]]]:
    """Yield the months of each firm, in the order of its oldest one."""
    groups: dict[int, list[Awaited]] = {}
    for one in rows:
        groups.setdefault(one.firm_id, []).append(one)
    yield from groups.items()


def is_put_off(one: Awaited, on: date) -> bool:
    """Say whether its reminders wait for a later day."""
    return one.waited.until is not None and on < one.waited.until


def is_late(one: Awaited, on: date) -> bool:
    """Say whether its due day has gone, or its statement was sent back."""
    return one.returned or on > one.waited.due


