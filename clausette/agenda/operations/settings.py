"""The ladder and the texts of a structure: set, and given back to ours."""

from collections.abc import Sequence
from datetime import date, datetime

from clausette.agenda.enums import LetterText
from clausette.agenda.models import ReminderRung, ReminderText
from clausette.agenda.permissions import can_remind
from clausette.agenda.queries.settings import ladder_of
from clausette.agenda.queries.visibility import texts_visible_to
from clausette.agenda.rules import Rung, check_ladder
from clausette.agenda.rules.texts import Wording, check_wording
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import WrongState
from clausette.kernel.operation import change, created, lock, operation


@operation("agenda.ladder.set")
def set_ladder(*, actor: Actor, rungs: Sequence[Rung], on: date) -> None:
    """Set the steps of the structure from a day on; what was in force before stays known before that day.

    Raises NotAllowed, Invalid (field: the step), WrongState (nothing changes).
    """
    demand(can_remind(actor))
    check_ladder(rungs)
    held = {one.step: (one.days, one.is_on) for one in ladder_of(actor=actor, on=on)}
    changed = [one for one in rungs if held.get(one.step) != (one.days, one.is_on)]
    if not changed:
        raise WrongState("Rien n'a changé : ces étapes sont déjà les vôtres.")
    for one in changed:
        created(
            ReminderRung(
                owner_org_id=actor.organisation_id, step=one.step, days=one.days, is_on=one.is_on, starts_on=on,
                set_by_id=actor.account_id,
            )
        )  # fmt: skip


@operation("agenda.text.set")
def set_text(*, actor: Actor, kind: LetterText, wording: Wording) -> None:
    """Put a text of the structure in the place of ours. Raises NotAllowed, Invalid (subject, body)."""
    demand(can_remind(actor))
    check_wording(wording)
    held = texts_visible_to(actor).filter(kind=kind, withdrawn_at=None).values_list("pk", flat=True).first()
    if held is not None:
        change(lock(texts_visible_to(actor), pk=held), subject=wording.subject, body=wording.body)
        return
    created(
        ReminderText(
            owner_org_id=actor.organisation_id, kind=kind, subject=wording.subject, body=wording.body,
            set_by_id=actor.account_id,
        )
    )  # fmt: skip


@operation("agenda.text.withdrawn")
def withdraw_text(*, actor: Actor, kind: LetterText, at: datetime) -> None:
    """Take a text of the structure out of service: ours serves again. Raises NotAllowed, WrongState (ours already)."""
    demand(can_remind(actor))
    held = texts_visible_to(actor).filter(kind=kind, withdrawn_at=None).values_list("pk", flat=True).first()
    if held is None:
        raise WrongState("Ce texte est déjà le nôtre.")
    change(lock(texts_visible_to(actor), pk=held), withdrawn_at=at)
