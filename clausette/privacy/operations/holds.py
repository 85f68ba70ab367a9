"""Verbs of holds and notices: set, looked at again, lifted; a notice handed over."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision, demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.participants.queries import participant_key, participants_visible_to
from clausette.privacy.enums import HoldReason, NoticeMeans
from clausette.privacy.models import NoticeGiven, RetentionHold
from clausette.privacy.permissions import can_hold, can_lift, can_tell_all
from clausette.privacy.queries.holds import holds_visible_to
from clausette.privacy.rules.retention import review_due

LONGEST_YEARS = 20  # against typing errors only


@operation("privacy.hold.set")
def set_hold(
    *, actor: Actor, participant_uid: UUID, reason: HoldReason, until: date, document_uid: UUID | None = None, on: date
) -> UUID:
    """Keep a person's data until `until`, included; return its uid. Raises Absent, NotAllowed, Invalid, Refusal."""
    person = participant_key(actor, participant_uid)
    demand(can_hold(actor, owner_org_id=person.owner_org_id))
    if until <= on:
        raise Invalid({"until": "Cette date est passée : une conservation prolongée finit plus tard."})
    if until.year - on.year > LONGEST_YEARS:
        raise Invalid({"until": "Cette date est trop lointaine : vérifiez l'année."})
    return created(
        RetentionHold(
            owner_org_id=person.owner_org_id, participant_id=person.id, reason=reason, until=until,
            review_on=review_due(on, None, until), set_on=on, set_by_id=actor.account_id,
            document_id=file_id(actor, document_uid) if document_uid else None,
        )
    ).uid  # fmt: skip


@operation("privacy.hold.reviewed")
def review_hold(*, actor: Actor, uid: UUID, on: date) -> UUID:
    """Say that a hold is still needed; it is looked at again a year later. Raises Absent, NotAllowed, WrongState."""
    row = _open(actor, uid, can_hold)
    return change(row, review_on=review_due(row.set_on, on, row.until)).uid


@operation("privacy.hold.lifted")
def lift_hold(*, actor: Actor, uid: UUID, on: date) -> UUID:
    """End a hold before its day: the ordinary duration applies again. Raises Absent, NotAllowed, WrongState."""
    return change(_open(actor, uid, can_lift), lifted_on=on, lifted_by_id=actor.account_id).uid


def _open(actor: Actor, uid: UUID, permission: Callable[..., Decision]) -> RetentionHold:
    seen = holds_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is not None:
        demand(permission(actor, owner_org_id=known.owner_org_id))
    row = lock(seen, uid=uid)
    if row.lifted_on is not None:
        raise WrongState("Cette conservation prolongée est déjà levée.")
    return row


@operation("privacy.notice.given")
def give_notice(
    *, actor: Actor, participant_uid: UUID, means: NoticeMeans, wording: str, given_on: date, on: date
) -> UUID:
    """Note that a person received the information notice. Raises Absent, NotAllowed, Invalid, Refusal (noted)."""
    person = participant_key(actor, participant_uid)
    demand(can_hold(actor, owner_org_id=person.owner_org_id))
    if given_on > on:
        raise Invalid({"given_on": "Cette date est à venir : une remise se constate."})
    row = NoticeGiven(
        owner_org_id=person.owner_org_id, participant_id=person.id, given_on=given_on, given_by_id=actor.account_id,
        means=means, wording=wording,
    )  # fmt: skip
    return created(row).uid


@operation("privacy.export.made")
def note_export(*, actor: Actor, participant_uid: UUID) -> UUID:
    """Note at the journal that everything held of a person was told outside a page. Raises Absent, NotAllowed."""
    person = participant_key(actor, participant_uid)
    demand(can_tell_all(actor, owner_org_id=person.owner_org_id))
    return lock(participants_visible_to(actor), uid=participant_uid).uid
