"""The answers to corrections proposed that their declarant was not told yet by mail."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from clausette.agenda.enums import ReminderStep
from clausette.agenda.queries.settings import days_of
from clausette.agenda.queries.visibility import reminders_visible_to
from clausette.agenda.rules.texts import answers_told
from clausette.hours.queries import AnsweredMonth, answered_months
from clausette.kernel.actor import Actor
from clausette.reference.rules import is_working_day

Key = tuple[int, int, date]


@dataclass(frozen=True, slots=True)
class Answered:
    """One month of one marché on which corrections proposed by a firm were answered. `said`: how many, and how."""

    contract_id: int
    contract_uid: UUID
    contract_name: str
    firm_id: int
    firm_name: str
    month: date
    said: str


def answers_to_tell(*, actor: Actor, on: date) -> tuple[Answered, ...]:
    """Return what was answered until the eve and not told, by month of a marché; nothing on a day that is not worked.

    An answer older than the days of « catch_up » (dated parameter) is not told any more: the page says it. Two queries.
    """
    if not is_working_day(on):
        return ()
    rows = answered_months(actor=actor, since=on - timedelta(days=days_of("catch_up", on)), before=on)
    if not rows:
        return ()
    told: dict[Key, date] = {}
    made = reminders_visible_to(actor).filter(step=ReminderStep.ANSWERED, contract_id__in={r.contract_id for r in rows})
    for contract, firm, month, day in made.order_by("on").values_list("contract_id", "organisation_id", "month", "on"):
        told[contract, firm, month] = day
    counts: dict[Key, list[int]] = {}
    first: dict[Key, AnsweredMonth] = {}
    for row in rows:
        key = row.contract_id, row.declarant_id, row.month
        if row.answered_on < told.get(key, date.min):
            continue
        first.setdefault(key, row)
        counts[key] = [
            one + more
            for one, more in zip(counts.get(key, [0, 0, 0]), (row.accepted, row.declined, row.moot), strict=True)
        ]
    return tuple(
        Answered(
            row.contract_id, row.contract_uid, row.contract_name, row.declarant_id, row.declarant_name, row.month,
            answers_told(*counts[key]),
        )
        for key, row in first.items()
    )  # fmt: skip
