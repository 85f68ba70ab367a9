"""Letters: written once a day for an organisation, sent, in error, put back in use."""

from datetime import date, datetime
from uuid import UUID

from clausette.agenda.enums import LetterState, ReminderStep
from clausette.agenda.models import Letter, Reminder
from clausette.agenda.permissions import can_remind
from clausette.agenda.queries.letters import LetterLine, letter_line, written_today
from clausette.agenda.queries.planned import Planned, planned_by_hand
from clausette.agenda.queries.visibility import letters_visible_to
from clausette.agenda.rules.texts import masked
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.queue import enqueue
from clausette.kernel.text import collapse

NO_ADDRESS = "Aucune adresse en service pour cet organisme : ajoutez un contact sur le marché, ou appelez."


@operation("agenda.letter.written")
def write_letter(*, actor: Actor, planned: Planned, on: date, by_hand: bool = False) -> UUID:
    """Keep a letter and a reminder for each month that it makes a step of, or tells an answer about; it leaves with the
    next sending.

    Raises NotAllowed, WrongState (no address), Refusal (written already: one a day, one step a month).
    """
    demand(can_remind(actor))
    if not planned.email:
        raise WrongState(NO_ADDRESS)
    letter = Letter(
        owner_org_id=actor.organisation_id, organisation_id=planned.organisation_id, told=planned.told, on=on,
        email=planned.email, subject=planned.wording.subject, body=planned.wording.body, by_hand=by_hand,
        written_by_id=actor.account_id, mandate_id=planned.mandate_id,
    )  # fmt: skip
    created(letter)
    steps = [(one.contract_id, one.firm_id, one.waited.month, step) for one, step in planned.noted]
    steps += [(one.contract_id, one.firm_id, one.month, ReminderStep.ANSWERED) for one in planned.answers_noted]
    for contract, firm, month, made in steps:
        created(
            Reminder(
                owner_org_id=actor.organisation_id, contract_id=contract, organisation_id=firm, month=month, step=made,
                on=on, told=planned.told, subject=planned.wording.subject, masked=masked(planned.email), letter=letter,
            )
        )  # fmt: skip
    return letter.uid


def remind_now(*, actor: Actor, firm_uid: UUID, on: date) -> UUID:
    """Write to a firm, and to who declares for it, about all that it is late with, and have it sent at once.

    Raises NotAllowed, Absent, WrongState (nothing is late, no address, written to today already).
    """
    demand(can_remind(actor))
    several = planned_by_hand(actor=actor, firm_uid=firm_uid, on=on)
    if not several:
        raise WrongState("Cette entreprise n'a plus de relevé en retard.")
    planned = next((one for one in several if one.email), several[0])
    if planned.organisation_id in written_today(actor=actor, on=on):
        raise WrongState("Cette entreprise a déjà reçu un courriel aujourd'hui : appelez-la, ou relancez-la demain.")
    uid = write_letter(actor=actor, planned=planned, on=on, by_hand=True)
    for other in several:
        if other is not planned and other.email:
            write_letter(actor=actor, planned=other, on=on, by_hand=True)
    enqueue("agenda.send_letters_of", actor=actor)
    return uid


@operation("agenda.letter.sent")
def mark_sent(*, actor: Actor, uid: UUID, at: datetime) -> None:
    """Note that a letter left. Raises Absent, WrongState (not waiting any more)."""
    demand(can_remind(actor))
    row = lock(letters_visible_to(actor), uid=uid)
    if row.sent_at is not None or row.failed_on is not None:
        raise WrongState("Ce courriel n'attend plus.")
    change(row, sent_at=at)


@operation("agenda.letter.failed")
def note_failure(*, actor: Actor, uid: UUID, on: date, reason: str) -> None:
    """Note that a letter came back, or that its address was refused: nothing more is sent there until it is cleared.

    Raises NotAllowed, Absent, Invalid (no reason), WrongState (noted already).
    """
    demand(can_remind(actor))
    row = lock(letters_visible_to(actor), uid=uid)
    reason = collapse(reason)[:300]
    if not reason:
        raise Invalid({"reason": "Dites ce que dit le retour."})
    if row.failed_on is not None:
        raise WrongState("Cette adresse est déjà notée en erreur.")
    change(row, failed_on=on, failure=reason)


@operation("agenda.letter.dropped")
def drop_letter(*, actor: Actor, uid: UUID, on: date) -> None:
    """Note that a letter to who declared by a mandate does not leave: the mandate is over. Its address stays in use.

    Raises NotAllowed, Absent, WrongState (not waiting any more).
    """
    demand(can_remind(actor))
    row = lock(letters_visible_to(actor), uid=uid)
    if row.sent_at is not None or row.failed_on is not None:
        raise WrongState("Ce courriel n'attend plus.")
    change(row, failed_on=on, failure="Le mandat de déclaration s'est terminé avant l'envoi.", cleared_on=on)


@operation("agenda.letter.cleared")
def clear_address(*, actor: Actor, uid: UUID, on: date) -> None:
    """Put the address of a letter back in use, for all letters that failed there.

    Raises NotAllowed, Absent, WrongState (not in error).
    """
    demand(can_remind(actor))
    line: LetterLine = letter_line(actor=actor, uid=uid)
    if line.state != LetterState.FAILED or line.cleared_on is not None:
        raise WrongState("Cette adresse n'est pas en erreur.")
    failed = letters_visible_to(actor).filter(email__iexact=line.email, failed_on__isnull=False, cleared_on=None)
    for number in list(failed.order_by("id").values_list("pk", flat=True)):
        change(lock(letters_visible_to(actor), pk=number), cleared_on=on)
