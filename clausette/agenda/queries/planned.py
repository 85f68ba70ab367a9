"""The letters of a day before they are written: to whom, about what, in which words."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from clausette.access.queries import account_numbered
from clausette.agenda.enums import LetterText, ReminderStep, Told
from clausette.agenda.queries.answered import Answered, answers_to_tell
from clausette.agenda.queries.awaited import Awaited, awaited_months, is_late
from clausette.agenda.queries.letters import (
    ByMandate,
    dead_addresses,
    mandates_to_remind,
    members_addresses,
    members_to_answer,
    written_today,
)
from clausette.agenda.queries.settings import days_of, ladder_of, wordings_of
from clausette.agenda.rules import Rung, next_step, step_today
from clausette.agenda.rules.texts import (
    AnswerLine,
    Line,
    Part,
    Wording,
    addresses_in,
    best_address,
    compose,
    members_address,
)
from clausette.commitments.queries import commitments_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.queries import contacts_on

Item = tuple[Awaited, ReminderStep]
_TO = {ReminderStep.FACILITATOR: Told.STRUCTURE, ReminderStep.BUYER: Told.BUYER}


@dataclass(frozen=True, slots=True)
class Planned:
    """One letter to come. `email`: "" when nobody is known there, or when all addresses are in error."""

    told: Told
    organisation_id: int
    organisation_name: str
    email: str
    wording: Wording
    items: tuple[Item, ...]
    noted: tuple[Item, ...]
    """Those of which it makes a step: all, save in a copy to who declares by a mandate."""
    mandate_id: int | None = None
    answers: tuple[Answered, ...] = ()
    """Answers to corrections proposed that it tells."""
    answers_noted: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is needed to write letters, read once."""

    actor: Actor
    ladder: Sequence[Rung]
    texts: Mapping[LetterText, Wording]
    addresses: Mapping[tuple[int, int], Sequence[str]]
    members: Mapping[int, Sequence[str]]
    dead: Collection[str]
    mandates: Sequence[ByMandate]

    def email(self, told: Told, organisation: int, contract_ids: Iterable[int]) -> str:
        """The address of a letter; of the members of a firm that no contact of these marchés is known of."""
        if told == Told.STRUCTURE:
            return str(account_numbered(self.actor.account_id).email)
        contracts = dict.fromkeys(contract_ids)
        known = [email for contract in contracts for email in self.addresses.get((contract, organisation), ())]
        if told == Told.FIRM and not any(known):
            return members_address(self.members.get(organisation, ()), dead=self.dead)
        return best_address(known, dead=self.dead)


def _desk(actor: Actor, rows: Collection[Awaited | Answered], on: date) -> _Desk:
    addresses: dict[tuple[int, int], list[str]] = defaultdict(list)
    firms = {one.firm_id for one in rows}
    for contact in contacts_on(actor=actor, contract_ids={one.contract_id for one in rows}):
        addresses[contact.contract_id, contact.organisation_id].append(contact.email)
    return _Desk(
        actor, ladder_of(actor=actor, on=on), wordings_of(actor=actor), addresses,
        members_addresses(actor=actor, firms=firms)
        | members_to_answer(actor=actor, firms={one.firm_id for one in rows if isinstance(one, Answered)}),
        dead_addresses(actor=actor),
        mandates_to_remind(actor=actor, firms=firms),
    )  # fmt: skip


def planned_letters(*, actor: Actor, on: date) -> tuple[Planned, ...]:
    """Return the letters of a day that nobody wrote yet: one for each organisation, over all its marchés.

    After that of a firm, one for who declares for it by each mandate that runs. The answers given until the eve to the
    corrections that a firm proposed are told in its letter.
    """
    rows, answers = awaited_months(actor=actor, on=on), answers_to_tell(actor=actor, on=on)
    desk, catch_up = _desk(actor, [*rows, *answers], on), days_of("catch_up", on)
    groups: dict[tuple[Told, int], list[Item]] = defaultdict(list)
    for one in rows:
        step = step_today(desk.ladder, one.waited, on=on, catch_up=catch_up)
        if step is not None:
            told = _TO.get(step, Told.FIRM)
            groups[told, _organisation(actor, one, told)].append((one, step))
    answered: dict[int, list[Answered]] = defaultdict(list)
    for answer in answers:
        answered[answer.firm_id].append(answer)
        groups.setdefault((Told.FIRM, answer.firm_id), [])
    already = written_today(actor=actor, on=on)
    found: list[Planned] = []
    for (told, organisation), items in groups.items():
        if organisation not in already:
            firms = answered.get(organisation, ()) if told == Told.FIRM else ()
            found.append(_planned(desk, told, organisation, items, on, answers=firms))
            if told == Told.FIRM:
                found.extend(_by_mandates(desk, found[-1], on))
    return tuple(found)


def planned_by_hand(*, actor: Actor, firm_uid: UUID, on: date) -> tuple[Planned, ...]:
    """Return the letters of a click: all that a firm is late with, then those to who declares for it; () for nothing.

    Raises Absent: not a titulaire of the marchés that the actor follows.
    """
    if not commitments_visible_to(actor).filter(contractor__uid=firm_uid).exists():
        raise Absent("agenda.LateFirm")
    rows = [one for one in awaited_months(actor=actor, on=on) if one.firm_uid == firm_uid and is_late(one, on)]
    if not rows:
        return ()
    items = [(one, ReminderStep.BY_HAND) for one in rows]
    desk = _desk(actor, rows, on)
    firm = _planned(desk, Told.FIRM, rows[0].firm_id, items, on)
    return firm, *_by_mandates(desk, firm, on)


def _by_mandates(desk: _Desk, firm: Planned, on: date) -> Iterator[Planned]:
    """Yield the letters to who declares for a firm, each about the contracts of its mandate; nobody is told twice.

    Without an address of the firm, they make its steps: each month by the first that is about it.
    """
    told = {one.lower() for one in addresses_in(firm.email)}
    left = [] if firm.email else list(firm.items)
    untold = [] if firm.email else list(firm.answers)
    for mandate in desk.mandates:
        items = [(one, step) for one, step in firm.items if mandate.contract_id in (None, one.contract_id)]
        emails = [one for one in mandate.emails if one.lower() not in told]
        email = members_address(emails, dead=desk.dead)
        answers = [one for one in firm.answers if mandate.contract_id in (None, one.contract_id)]
        if mandate.firm_id != firm.organisation_id or not (items or answers) or not email:
            continue
        if mandate.contract_id is None:
            told |= {one.lower() for one in addresses_in(email)}
        written = _planned(desk, Told.HOLDER, firm.organisation_id, items, on, email, answers)
        noted = tuple(one for one in left if one in items)
        left = [one for one in left if one not in items]
        told_now = tuple(one for one in untold if one in answers)
        untold = [one for one in untold if one not in answers]
        yield replace(written, noted=noted, answers_noted=told_now, mandate_id=mandate.mandate_id)


def _organisation(actor: Actor, one: Awaited, told: Told) -> int:
    return {Told.FIRM: one.firm_id, Told.STRUCTURE: actor.organisation_id, Told.BUYER: one.buyer_id}[told]


def _planned(
    desk: _Desk, told: Told, organisation: int, items: Sequence[Item], on: date, email: str = "",
    answers: Sequence[Answered] = (),
) -> Planned:  # fmt: skip
    us = desk.actor.organisation_name
    name = us if told == Told.STRUCTURE else (items[0][0] if items else answers[0]).firm_name
    if told == Told.BUYER:
        name = items[0][0].buyer_name
    texts: dict[LetterText, list[Item]] = defaultdict(list)
    for one, step in items:
        returned = one.returned and told in (Told.FIRM, Told.HOLDER)
        texts[LetterText.RETURNED if returned else LetterText(step.value)].append((one, step))
    parts = [_part(desk.ladder, text, told, several, on) for text, several in texts.items()]
    if answers:
        parts.append(Part(LetterText.ANSWERED, _answer_lines(told, answers)))
    wording = compose(parts, desk.texts, organisme=name, structure=us)
    contracts = [one.contract_id for one, _ in items] + [one.contract_id for one in answers]
    email = email or desk.email(told, organisation, contracts)
    return Planned(
        told, organisation, name, email, wording, tuple(items), tuple(items), answers=tuple(answers),
        answers_noted=tuple(answers),
    )  # fmt: skip


def _answer_lines(told: Told, answers: Sequence[Answered]) -> list[AnswerLine]:
    by_contract: dict[int, list[Answered]] = defaultdict(list)
    for one in answers:
        by_contract[one.contract_id].append(one)
    return [
        AnswerLine(
            several[0].contract_name, [(one.month, one.said) for one in several],
            "" if told == Told.FIRM else several[0].firm_name,
        )
        for several in by_contract.values()
    ]  # fmt: skip


def _part(ladder: Sequence[Rung], text: LetterText, told: Told, items: Sequence[Item], on: date) -> Part:
    months: dict[tuple[int, int], list[Awaited]] = defaultdict(list)
    for one, _ in items:
        months[one.contract_id, one.firm_id].append(one)
    lines = [
        Line(
            several[0].contract_name, [(one.waited.month, one.waited.due) for one in several],
            "" if told == Told.FIRM else several[0].firm_name,
        )
        for several in months.values()
    ]  # fmt: skip
    to_come = [then for one, _ in items if (then := next_step(ladder, one.waited, after=on))]
    then = min(to_come, key=lambda one: one[1]) if to_come else None
    return Part(text, lines, then)
