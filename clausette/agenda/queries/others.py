"""« Ma journée » of a firm, of a maître d'ouvrage, of a prescriber."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from clausette.agenda.queries.engagements import Engagement, engagements
from clausette.agenda.queries.year import YearFigures, this_year
from clausette.commitments.enums import Periodicity
from clausette.commitments.queries import surplus_received
from clausette.hours.enums import StatementState
from clausette.hours.queries import ToDeclare, months_to_declare, statements_visible_to
from clausette.hours.rules import is_late
from clausette.kernel.actor import Actor
from clausette.participants.queries import (
    Referrer,
    Standing,
    eligibility_of,
    participants_visible_to,
    referred_here,
    referrer,
)
from clausette.placements.queries import CurrentWork, current_work
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import takes_part

DEPTH = 18
"""Months looked back for statements not handed over."""
ORDINARY = (Periodicity.MONTHLY, 10)
"""When an employer's statement is expected: as for an engagement that says nothing else."""


@dataclass(frozen=True, slots=True)
class ReturnedStatement:
    """A statement sent back to the firm, with its reason."""

    uid: UUID
    contract_uid: UUID
    contract_name: str
    month: date
    reason: str


@dataclass(frozen=True, slots=True)
class MonthToDeclare:
    """A month that the firm has to declare. `is_late`: the day on which it is expected has gone."""

    what: ToDeclare
    is_late: bool


@dataclass(frozen=True, slots=True)
class FirmDay:
    """What a firm or an employer has to do, and where its engagements stand."""

    on: date
    returned: tuple[ReturnedStatement, ...]
    to_declare: tuple[MonthToDeclare, ...]
    owed: tuple[Engagement, ...]
    received: Decimal = Decimal(0)
    """Hours of a surplus of its own that its running engagements received, in the hours validated."""


def day_of_firm(*, actor: Actor, on: date) -> FirmDay:
    """Return the day of a firm (titulaire, cotraitant, employeur): constant number of queries."""
    sent_back = statements_visible_to(actor).filter(
        declarant_id=actor.organisation_id, state=StatementState.RETURNED
    )
    fields = ("uid", "contract__uid", "contract__common_name", "month", "return_reason")
    returned = [ReturnedStatement(*row) for row in sent_back.order_by("month", "id").values_list(*fields)]
    known = {(one.contract_uid, one.month) for one in returned}
    to_declare = months_to_declare(actor=actor, on=on, depth=DEPTH)
    owed = engagements(actor=actor, as_of=on, only=Q(contractor_id=actor.organisation_id))
    expected = {row.contract_uid: (row.periodicity, row.due_day) for row in owed}
    return FirmDay(
        on=on,
        returned=tuple(returned),
        to_declare=tuple(
            MonthToDeclare(one, is_late(one.month, *expected.get(one.contract_uid, ORDINARY), on))
            for one in to_declare
            if (one.contract_uid, one.month) not in known
        ),
        owed=owed,
        received=surplus_received(actor=actor, commitment_ids=[row.id for row in owed]),
    )


@dataclass(frozen=True, slots=True)
class BuyerDay:
    """The engagements on the contracts of a maître d'ouvrage, and its year. No person's name."""

    on: date
    rows: tuple[Engagement, ...]
    year: YearFigures

    @property
    def difficult(self) -> tuple[Engagement, ...]:
        """Those behind, the most behind first."""
        late = [row for row in self.rows if row.is_difficult]
        return tuple(sorted(late, key=lambda row: ((row.progress.raw or 0) - row.elapsed, row.id)))


def day_of_buyer(*, actor: Actor, on: date) -> BuyerDay:
    """Return the day of a maître d'ouvrage: the contracts it bought (constant number of queries)."""
    rows = engagements(actor=actor, as_of=on, only=Q(takes_part(actor, PartyRole.BUYER)))
    return BuyerDay(on, rows, this_year(on=on, rows=rows))


@dataclass(frozen=True, slots=True)
class Referred:
    """A person that the prescriber referred, and the answer."""

    uid: UUID
    name: str
    structure: str
    referred_on: date | None
    standing: Standing
    work: CurrentWork | None


@dataclass(frozen=True, slots=True)
class PrescriberDay:
    """The persons referred, the last first."""

    on: date
    referred: tuple[Referred, ...]


def day_of_prescriber(*, actor: Actor, on: date) -> PrescriberDay:
    """Return whom the prescriber referred and what became of it (three queries)."""
    rows = participants_visible_to(actor).filter(referred_here()).annotate(referrer=referrer(actor))
    names = ("id", "uid", "first_name", "last_name", "owner_org__name", "referrer")
    read = rows.order_by("sort_key", "id").values_list(*names)
    told = [(*row[:5], Referrer.of(row[5]).on) for row in read]
    shown = sorted(told, key=lambda row: row[5] or on, reverse=True)
    ids = [row[0] for row in shown]
    standings = eligibility_of(actor=actor, participant_ids=ids, on=on)
    works = current_work(actor=actor, participant_ids=ids, on=on)
    return PrescriberDay(
        on,
        tuple(
            Referred(uid, f"{first} {last}", structure, referred_on, standings[pk], works.get(pk))
            for pk, uid, first, last, structure, referred_on in shown
        ),
    )
