"""Verbs of an exit: confirmed by a person, its follow-up points answered, withdrawn."""

from datetime import date, datetime
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import change, created, lock, operation
from clausette.outcomes.enums import ExitReason, FollowSituation, FollowUpPoint
from clausette.outcomes.errors import AlreadyOut
from clausette.outcomes.models import FollowUp, PathExit
from clausette.outcomes.operations.common import followed_person, kept, not_to_come, withdraw
from clausette.outcomes.permissions import can_follow_path
from clausette.outcomes.queries.visibility import exits_visible_to, follow_ups_visible_to
from clausette.outcomes.rules import due_on, followed, refusal_to_exit
from clausette.placements.queries import work_contracts_of

NOT_FOLLOWED = "Un retrait neutre n'a pas de point de suivi."


@operation("outcomes.exit.confirmed")
def confirm_exit(*, actor: Actor, participant_uid: UUID, exited_on: date, reason: ExitReason, on: date) -> UUID:
    """Confirm the end of the path of a person; return its uid.

    Raises Absent, NotAllowed, Refusal (a day to come), AlreadyOut, Invalid (a work contract runs on that day or later).
    """
    key = followed_person(actor, participant_uid)
    not_to_come(exited_on, on, "exited_on")
    works = work_contracts_of(actor=actor, participant_uid=participant_uid)
    if refusal := refusal_to_exit([line.last_day for line in works], exited_on):
        raise Invalid({"exited_on": refusal})
    known = exits_visible_to(actor).filter(participant_id=key.id, withdrawn_at=None).order_by("-exited_on").first()
    if known is not None and all(line.starts_on <= known.exited_on for line in works):
        told = f"La sortie du {format_date(known.exited_on)} est déjà confirmée : retirez-la pour la corriger."
        raise AlreadyOut(told, "exited_on")
    row = PathExit(
        participant_id=key.id, owner_org_id=key.owner_org_id, noted_by_id=actor.account_id, exited_on=exited_on,
        reason=reason, confirmed_on=on,
    )  # fmt: skip
    return created(row).uid


@operation("outcomes.exit.withdrawn")
def withdraw_exit(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> None:
    """Withdraw an exit confirmed by mistake; its follow-up points go with it. Raises Absent, NotAllowed, Refusal."""
    withdraw(kept(actor, exits_visible_to(actor), uid), reason=reason, at=at)


@operation("outcomes.exit.followed")
def answer_point(
    *, actor: Actor, exit_uid: UUID, point: FollowUpPoint, situation: FollowSituation, on: date
) -> None:
    """Note what a person is at a follow-up point, or correct it.

    Raises Absent, NotAllowed, WrongState (a neutral exit), Invalid (too early).
    """
    row = kept(actor, exits_visible_to(actor), exit_uid)
    if not followed(ExitReason(row.reason)):
        raise WrongState(NOT_FOLLOWED)
    day = due_on(row.exited_on, point)
    if day > on:
        raise Invalid({"situation": f"Ce point de suivi se renseigne à partir du {format_date(day)}."})
    answers = follow_ups_visible_to(actor)
    if answers.filter(exit_id=row.pk, point=point).exists():
        known = lock(answers, exit_id=row.pk, point=point)
        demand(can_follow_path(actor, owner_org_id=known.owner_org_id))
        change(known, situation=situation, answered_on=on, noted_by_id=actor.account_id)
        return
    answer = FollowUp(
        exit_id=row.pk, participant_id=row.participant_id, owner_org_id=row.owner_org_id, point=point, answered_on=on,
        situation=situation, noted_by_id=actor.account_id,
    )  # fmt: skip
    created(answer)
