"""A surplus carried over from a settled engagement to another, by a signed act. The room `hours` moves its hours."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.commitments.enums import ActKind
from clausette.commitments.models import Commitment
from clausette.commitments.operations.acts import Signed, write_act
from clausette.commitments.operations.writing import contract_of, locked
from clausette.commitments.queries.carrying import giving_of, receiving_of
from clausette.commitments.queries.visibility import acts_visible_to, commitments_visible_to
from clausette.commitments.rules import check_carried
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import because, change, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement.permissions import can_pilot


@operation("commitments.act.carried")
def sign_carry_over(
    *, actor: Actor, from_uid: UUID, to_uid: UUID, hours: Decimal, starts_on: date, on: date, signed: Signed
) -> UUID:
    """Write the act by which the surplus of a settled engagement counts on another; both are held. Return its uid.

    The receiving one must admit it on `starts_on`, within the ceiling of its rule. The room `hours` says what the
    surplus is, and moves it. Raises NotAllowed, Absent, WrongState, Invalid.
    """
    given, taken = _held(actor, from_uid, to_uid)
    giving = giving_of(actor=actor, row=given, buyer=contract_of(actor, given).buyer_id, on=on)
    receiving = receiving_of(
        actor=actor, row=taken, buyer=contract_of(actor, taken).buyer_id, starts_on=starts_on, on=on
    )
    check_carried(giving, receiving, hours, starts_on)
    act = write_act(
        actor, ActKind.CARRY_OVER, given, taken, signed, hours=hours, ceiling=receiving.most, kept=giving.due,
        starts_on=starts_on,
    )  # fmt: skip
    return act.uid


def _held(actor: Actor, from_uid: UUID, to_uid: UUID) -> tuple[Commitment, Commitment]:
    """Lock both, always in the same order: the one that gives may be of a contract that is over."""
    if from_uid == to_uid:
        raise Invalid({"to": "Choisissez un autre engagement."})
    found = {
        uid: _giving(actor, uid) if uid == from_uid else locked(actor, uid) for uid in sorted((from_uid, to_uid))
    }
    return found[from_uid], found[to_uid]


def _giving(actor: Actor, uid: UUID) -> Commitment:
    seen = commitments_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is None:
        raise Absent("commitments.Commitment")
    demand(can_pilot(actor, owner_org_id=contract_of(actor, row).owner_org_id))
    return lock(seen, uid=uid)


@operation("commitments.act.given_back")
def withdraw_carry_over(*, actor: Actor, uid: UUID, on: date, reason: str) -> UUID:
    """Take back a surplus carried over, until the receiving engagement is settled; return the uid of the act.

    The room `hours` gives the hours back first. Raises NotAllowed, Absent, WrongState, Invalid.
    """
    row = lock(acts_visible_to(actor), uid=uid)
    if row.owner_org_id != actor.organisation_id or row.kind != ActKind.CARRY_OVER:
        raise Absent("commitments.CommitmentAct")
    if row.withdrawn_on is not None:
        raise WrongState("Ce report est déjà annulé.")
    taken = commitments_visible_to(actor).filter(pk=row.to_commitment_id).values_list("uid", flat=True).first()
    if taken is None:
        raise Absent("commitments.Commitment")
    locked(actor, taken)
    if not collapse(reason):
        raise Invalid({"reason": "Dites pourquoi le report est annulé."})
    because(collapse(reason))
    change(row, withdrawn_on=on, withdrawn_reason=collapse(reason)[:300])
    return row.uid
