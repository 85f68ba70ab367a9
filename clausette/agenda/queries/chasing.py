"""« À relancer aujourd'hui »: the late firms, each with its months, what was said, whom to call."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.agenda.enums import ChaseGroup, ReminderStep
from clausette.agenda.queries.awaited import Awaited, awaited_months, by_firm, is_late, is_put_off
from clausette.agenda.queries.letters import LetterLine, dead_addresses, last_letters, members_addresses
from clausette.agenda.queries.settings import days_of, ladder_of
from clausette.agenda.rules import LADDER_ORDER, Rung, next_step
from clausette.agenda.rules.chasing import Silence, group_of
from clausette.agenda.rules.texts import best_address, members_address
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.queries import ContactOn, contacts_on, last_calls


@dataclass(frozen=True, slots=True)
class LateFirm:
    """A firm that is late. `email`: where reminders go, "" for nowhere; `wrong`: an address is in error."""

    group: ChaseGroup
    firm_id: int
    firm_uid: UUID
    firm_name: str
    months: tuple[Awaited, ...]
    made: ReminderStep | None
    then: tuple[ReminderStep, date, date] | None
    """What comes next, when, for which month."""
    last: LetterLine | None
    contact: ContactOn | None
    email: str
    wrong: bool
    to_members: bool
    """No contact is known: reminders go to those who may declare for it."""
    called_on: date | None
    put_off_until: date | None
    put_off_because: str

    @property
    def due(self) -> date:
        """The day on which its oldest statement was due."""
        return min(one.waited.due for one in self.months)

    @property
    def contracts(self) -> tuple[tuple[UUID, str, tuple[Awaited, ...]], ...]:
        """Its months by marché."""
        found: dict[tuple[UUID, str], list[Awaited]] = {}
        for one in self.months:
            found.setdefault((one.contract_uid, one.contract_name), []).append(one)
        return tuple((uid, name, tuple(several)) for (uid, name), several in found.items())


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read once for all firms."""

    ladder: Sequence[Rung]
    contacts: Sequence[ContactOn]
    members: Mapping[int, Sequence[str]]
    dead: Collection[str]
    letters: dict[int, LetterLine]
    calls: dict[tuple[int, int], date]
    rest: int


def late_firms(*, actor: Actor, on: date) -> tuple[LateFirm, ...]:
    """Return the firms whose statements are late, the longest wait first (a constant number of queries)."""
    late = [one for one in awaited_months(actor=actor, on=on) if is_late(one, on)]
    contracts = {one.contract_id for one in late}
    known = _Known(
        ladder_of(actor=actor, on=on), contacts_on(actor=actor, contract_ids=contracts),
        members_addresses(actor=actor, firms={one.firm_id for one in late}), dead_addresses(actor=actor),
        last_letters(actor=actor, organisations={one.firm_id for one in late}),
        last_calls(actor=actor, contract_ids=contracts), days_of("call_rest", on),
    )  # fmt: skip
    firms = [_firm(known, months, on) for _, months in by_firm(late)]
    return tuple(sorted(firms, key=lambda one: (one.due, one.firm_name)))


def late_firm(*, actor: Actor, uid: UUID, on: date) -> LateFirm:
    """Return one late firm. Raises Absent."""
    for one in late_firms(actor=actor, on=on):
        if one.firm_uid == uid:
            return one
    raise Absent("agenda.LateFirm")


def _firm(known: _Known, months: Sequence[Awaited], on: date) -> LateFirm:
    first = months[0]
    contracts = {one.contract_id for one in months}
    contacts = [
        one for one in known.contacts if one.organisation_id == first.firm_id and one.contract_id in contracts
    ]
    written = [one.email for one in contacts if one.email]
    members = known.members.get(first.firm_id, ()) if not written else ()
    email = best_address(written, dead=known.dead) or members_address(members, dead=known.dead)
    called = [day for (contract, firm), day in known.calls.items() if firm == first.firm_id and contract in contracts]
    silence = Silence([one.waited for one in months], bool(email), max(called, default=None))
    put_off = [one for one in months if is_put_off(one, on)]
    to_come = [(*then, one.waited.month) for one in months if (then := next_step(known.ladder, one.waited, after=on))]
    done = {step for one in months for step in one.waited.done if step in LADDER_ORDER}
    return LateFirm(
        group=group_of(silence, known.ladder, on=on, rest=known.rest),
        firm_id=first.firm_id, firm_uid=first.firm_uid, firm_name=first.firm_name, months=tuple(months),
        made=max(done, key=LADDER_ORDER.index, default=None),
        then=min(to_come, key=lambda one: one[1], default=None),
        last=known.letters.get(first.firm_id),
        contact=_to_call(contacts, email), email=email,
        wrong=any(one.lower() in known.dead for one in (*written, *members)), to_members=bool(members and email),
        called_on=silence.called_on,
        put_off_until=max((one.waited.until for one in put_off if one.waited.until), default=None),
        put_off_because=put_off[0].put_off_because if put_off else "",
    )  # fmt: skip


def _to_call(contacts: Sequence[ContactOn], email: str) -> ContactOn | None:
    """Whom to call: who has a telephone, the one we write to first."""
    return min(contacts, key=lambda one: (not one.phone, one.email != email), default=None)
