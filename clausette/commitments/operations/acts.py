"""Signed acts between engagements: hours due moved, a balance taken over by another titulaire, hours credited there."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.commitments.enums import WITHOUT_FIGURE, ActKind, CommitmentKind, VersionReason
from clausette.commitments.models import Commitment, CommitmentAct
from clausette.commitments.operations.versions import follow
from clausette.commitments.operations.writing import Before, Said, before, contract_of, kind_of, locked
from clausette.commitments.queries.visibility import acts_visible_to
from clausette.commitments.rules import ON_A_BASIS, PartEntry, given_away, received
from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse


@dataclass(frozen=True, slots=True)
class Signed:
    """What every act says: the day it was signed, its reason, its paper."""

    signed_on: date
    reason: str
    document_uid: UUID

    def check(self, actor: Actor, *rows: Commitment) -> int:
        """The internal number of the paper. Raises Invalid, Absent."""
        if not collapse(self.reason):
            raise Invalid({"reason": "Donnez le motif de l'acte."})
        for row in rows:
            notified = contract_of(actor, row).notified_on
            if notified and self.signed_on < notified:
                sentence = f"L'acte est signé avant la notification du marché, le {format_date(notified)}."
                raise Invalid({"signed_on": sentence})
        return file_id(actor, self.document_uid)


def write_act(
    actor: Actor, kind: ActKind, given: Commitment, taken: Commitment, signed: Signed, **values: object
) -> CommitmentAct:
    """Write one act from an engagement to another."""
    document = signed.check(actor, given, taken)
    because(collapse(signed.reason))
    act = CommitmentAct(
        owner_org_id=actor.organisation_id, kind=kind, from_commitment=given, from_contract_id=given.contract_id,
        to_commitment=taken, to_contract_id=taken.contract_id, signed_on=signed.signed_on, document_id=document,
        reason=collapse(signed.reason)[:500], **values,
    )  # fmt: skip
    return created(act)


def _both(actor: Actor, from_uid: UUID, to_uid: UUID) -> tuple[Commitment, Commitment]:
    """Lock two engagements, always in the same order. Raises Absent, NotAllowed, WrongState, Invalid."""
    if from_uid == to_uid:
        raise Invalid({"to": "Choisissez un autre engagement."})
    found = {uid: locked(actor, uid) for uid in sorted((from_uid, to_uid))}
    return found[from_uid], found[to_uid]


@operation("commitments.hours.moved")
def move_hours(
    *, actor: Actor, from_uid: UUID, to_uid: UUID, hours: Decimal, on: date, signed: Signed
) -> UUID:
    """Move hours due from an engagement to another by a signed act: both get a version. Return the uid of the act.

    The hours leave the latest firm parts; they are due by the other over what remains of its term.
    Raises NotAllowed, Absent, WrongState, Invalid.
    """
    given, taken = _both(actor, from_uid, to_uid)
    if hours <= 0:
        raise Invalid({"hours": "Les heures doivent être supérieures à zéro."})
    for row in (given, taken):
        if kind_of(row) in WITHOUT_FIGURE:
            raise Invalid({"hours": "Un engagement sans heures dues n'en cède ni n'en reçoit."})
    act = write_act(actor, ActKind.MOVE, given, taken, signed, hours=hours, starts_on=on)
    paper: dict[str, int | None] = {"document_id": act.document_id}
    _move(actor, given, -hours, on, f"{signed.reason} ({taken.contractor.name})", paper)
    _move(actor, taken, hours, on, f"{signed.reason} ({given.contractor.name})", paper)
    return act.uid


def _move(actor: Actor, row: Commitment, hours: Decimal, on: date, told: str, paper: dict[str, int | None]) -> None:
    held = before(row)
    terms = replace(held.terms, moved_hours=held.terms.moved_hours + hours)
    said = Said(VersionReason.MOVE, on, terms, _moved_parts(row, held, hours, on), held.targets, told, paper)
    follow(actor, row, held, said, field="hours")


def _moved_parts(row: Commitment, held: Before, hours: Decimal, on: date) -> tuple[PartEntry, ...]:
    if CommitmentKind(row.kind) in ON_A_BASIS:
        return held.parts  # the schedule holds the minimum alone
    if hours < 0:
        return given_away(held.parts, -hours)
    return received(held.parts, hours, on=max(on, row.starts_on), until=row.ends_on, label="Heures reçues par acte")


@operation("commitments.act.globalised")
def globalise(
    *,
    actor: Actor,
    from_uid: UUID,
    to_uid: UUID,
    ceiling: Decimal,
    starts_on: date,
    signed: Signed,
    ends_on: date | None = None,
    buyers_agree: bool = False,
) -> UUID:
    """Let hours worked for an engagement be credited to another of the same titulaire, up to a ceiling.

    On written agreement of the buyers (CCAG 2021, « globalisation »): `buyers_agree` when they differ, the act bears
    the agreement of each. The lines are credited by the room `hours`. Raises NotAllowed, Absent, WrongState, Invalid.
    """
    given, taken = _both(actor, from_uid, to_uid)
    errors: dict[str, str] = {}
    if given.contractor_id != taken.contractor_id:
        errors["to"] = "Une globalisation relie deux engagements du même titulaire."
    elif given.contract_id == taken.contract_id:
        errors["to"] = "Ces engagements sont du même marché : répartissez les heures à la saisie, ou cédez des heures."
    if contract_of(actor, given).buyer_id != contract_of(actor, taken).buyer_id and not buyers_agree:
        errors["buyers"] = (
            "Les deux marchés n'ont pas le même maître d'ouvrage : l'acte doit porter l'accord écrit de chacun."
        )
    if ceiling <= 0:
        errors["ceiling"] = "Le plafond d'heures doit être supérieur à zéro."
    if ends_on and ends_on < starts_on:
        errors["ends_on"] = "La fin de l'acte précède son début."
    if errors:
        raise Invalid(errors)
    act = write_act(
        actor, ActKind.GLOBALISATION, given, taken, signed, ceiling=ceiling, starts_on=starts_on, ends_on=ends_on
    )
    return act.uid


@operation("commitments.act.withdrawn")
def withdraw_act(*, actor: Actor, uid: UUID, on: date, reason: str) -> UUID:
    """Take back a globalisation: no line more may be credited by it; return its uid.

    Hours due that were moved come back by another act. Raises NotAllowed, Absent, WrongState, Invalid.
    """
    seen = acts_visible_to(actor)
    row = lock(seen, uid=uid)
    if row.owner_org_id != actor.organisation_id:
        raise Absent("commitments.CommitmentAct")
    if row.withdrawn_on is not None:
        raise WrongState("Cet acte est déjà retiré.")
    if row.kind != ActKind.GLOBALISATION:
        raise WrongState("Des heures dues qui ont été déplacées reviennent par un nouvel acte.")
    if not collapse(reason):
        raise Invalid({"reason": "Donnez le motif du retrait."})
    because(collapse(reason))
    change(row, withdrawn_on=on, withdrawn_reason=collapse(reason)[:300])
    return row.uid
