"""Referrals: proposed, completed, withdrawn by the prescriber; taken, accepted, returned, refused by the structure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, Refusal
from clausette.kernel.operation import change, created, operation
from clausette.kernel.sealing import keyring
from clausette.kernel.text import collapse
from clausette.participants import permissions, rules
from clausette.participants.enums import ConsentMeans, EvidenceMeans, ReferralState, Sex
from clausette.participants.errors import AlreadyKnown
from clausette.participants.models import Need, Referral, ReferralSituation
from clausette.participants.operations.checks import ask_check
from clausette.participants.operations.contacts import keep_referral
from clausette.participants.operations.notes import keep_told
from clausette.participants.operations.persons import create_participant, followed, plausible_identity
from clausette.participants.operations.pieces import (
    Paper,
    add_papers,
    destroy_pieces,
    forget_pieces,
    hand_over,
)
from clausette.participants.operations.sides import addressed, carried
from clausette.participants.queries.eligibility import PENDING
from clausette.participants.queries.referrals import (
    needs_visible_to,
    situations_visible_to,
    structures_to_refer,
    told_codes,
)
from clausette.participants.queries.visibility import checks_visible_to
from clausette.participants.rules.contacts import contact_errors
from clausette.participants.sealing import SITUATIONS, Reason, seal_reason
from clausette.participants.words import seal_text
from clausette.reference.queries import categories as eligible_publics

UNTIED = "Cette structure ne travaille plus avec vous : elle ne reçoit plus vos propositions. Retirez celle-ci."
KNOWN = "Cette personne est déjà dans votre structure : choisissez-la dans la liste."


@dataclass(frozen=True, slots=True)
class Told:
    """A situation told by the prescriber, and what was done of its paper (never kept for health)."""

    category: str
    means: EvidenceMeans = EvidenceMeans.SEEN


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who is proposed, with whose consent, and why."""

    first_name: str
    last_name: str
    birth_date: date
    consent_on: date
    consent_means: ConsentMeans
    sex: Sex = Sex.UNKNOWN
    commune_name: str = ""
    phone: str = ""
    email: str = ""
    wanted: str = ""
    opinion: str = ""
    situations: Sequence[Told] = ()


def _values(candidate: Candidate, on: date) -> dict[str, object]:
    """The columns of a candidate. Raises Invalid, CategoryNotStored."""
    identity = plausible_identity(candidate.first_name, candidate.last_name, candidate.birth_date, on)
    if errors := contact_errors(collapse(candidate.phone), candidate.email.strip()):
        raise Invalid(errors)
    if candidate.consent_on > on:
        raise Invalid({"consent_on": "L'accord de la personne ne peut pas être daté de demain."})
    if candidate.consent_on < candidate.birth_date:
        raise Invalid({"consent_on": "L'accord est daté d'avant la naissance de la personne."})
    known = {row.code: row for row in eligible_publics(codes=[one.category for one in candidate.situations])}
    for told in candidate.situations:
        if told.category not in known:
            raise Invalid({"situations": "Cette situation n'est pas dans la liste."})
        rules.demand_storable(known[told.category])
    return identity | {
        "sex": candidate.sex, "commune_name": collapse(candidate.commune_name), "phone": collapse(candidate.phone),
        "email": candidate.email.strip().lower(), "wanted": collapse(candidate.wanted),
        "consent_on": candidate.consent_on,
        "consent_means": candidate.consent_means,
    }  # fmt: skip


def _sealed(row: Referral, field: str, text: str) -> str:
    return seal_text(keyring([row.uid], make=True), whose=row.uid, field=field, text=text) if text else ""


def _tell(row: Referral, situations: Sequence[Told]) -> None:
    if not situations:
        return
    ring = keyring([row.uid], make=True)
    for told in {one.category: one for one in situations}.values():
        line = ReferralSituation(referral=row, owner_org_id=row.owner_org_id, prescriber_id=row.prescriber_id)
        reason = Reason(told.category, None, told.means)
        line.sealed = seal_reason(ring, person=row.uid, row=line.uid, reason=reason, table=SITUATIONS)
        created(line)


def _need(actor: Actor, uid: UUID | None, owner_org_id: int, on: date) -> Need | None:
    if uid is None:
        return None
    row = needs_visible_to(actor).filter(uid=uid, owner_org_id=owner_org_id).first()
    if row is None or row.closed_on is not None or row.ends_on < on:
        raise Invalid({"need": "Ce besoin n'est plus ouvert : proposez la personne sans besoin précis."})
    return row


@operation("participants.referral.proposed")
def propose_referral(
    *, actor: Actor, structure_uid: UUID, candidate: Candidate, need_uid: UUID | None = None,
    papers: Sequence[Paper] = (), on: date,
) -> UUID:  # fmt: skip
    """Propose somebody to a structure, for a need or in general, with papers; return the uid of the referral.

    The persons of the structure are not looked at: nobody learns here whether it knows this one. Raises NotAllowed,
    Absent (a structure that does not work with this prescriber), Invalid, Refusal (proposed already and not answered; a
    paper that cannot be taken).
    """
    demand(permissions.can_refer(actor))
    structure = next(
        (one for one in structures_to_refer(actor=actor, on=on) if one.uid == structure_uid), None
    )
    if structure is None:
        raise Absent("participants.PrescriberTie")
    row = Referral(
        owner_org_id=structure.id,
        prescriber_id=actor.organisation_id,
        author_id=actor.account_id,
        need=_need(actor, need_uid, structure.id, on),
        asked_on=on,
        sent_on=on,
        **_values(candidate, on),
    )
    row.opinion = _sealed(row, "opinion", candidate.opinion.strip())
    created(row)
    _tell(row, candidate.situations)
    add_papers(actor, row, papers, on)
    return row.uid


def _go(row: Referral, wanted: ReferralState) -> None:
    rules.check_referral(ReferralState(row.state), wanted)


def _forget_told(actor: Actor, row: Referral) -> None:
    situations_visible_to(actor).filter(referral=row).delete()


@operation("participants.referral.completed")
def complete_referral(
    *, actor: Actor, uid: UUID, candidate: Candidate, papers: Sequence[Paper] = (), on: date
) -> UUID:
    """Complete a referral that was returned and send it again; its pieces stay, `papers` are joined to them.

    Raises Absent, NotAllowed, WrongState, Invalid, Refusal (the structure works no more with the prescriber; a paper).
    """
    row = carried(actor, uid)
    _go(row, ReferralState.PROPOSED)
    if row.owner_org_id not in {one.id for one in structures_to_refer(actor=actor, on=on)}:
        raise Refusal(UNTIED)
    values = _values(candidate, on)
    _forget_told(actor, row)
    _tell(row, candidate.situations)
    change(
        row, state=ReferralState.PROPOSED, sent_on=on, answered_on=None, answered_by_id=None, answer="",
        opinion=_sealed(row, "opinion", candidate.opinion.strip()), **values,
    )  # fmt: skip
    add_papers(actor, row, papers, on)
    return row.uid


@operation("participants.referral.withdrawn")
def withdraw_referral(*, actor: Actor, uid: UUID, consent_withdrawn: bool = False, on: date) -> UUID:
    """Withdraw a referral not answered yet, its pieces destroyed; consent taken back, what tells of the person too.

    Raises Absent, NotAllowed, WrongState.
    """
    row = carried(actor, uid)
    _go(row, ReferralState.WITHDRAWN)
    if not consent_withdrawn:
        destroy_pieces(actor, row, on)
        change(row, state=ReferralState.WITHDRAWN)
        return row.uid
    _forget_told(actor, row)
    forget_pieces(actor, row, on)
    told = ("first_name", "last_name", "commune_name", "phone", "email", "sort_key", "wanted", "opinion", "answer")
    change(
        row, state=ReferralState.WITHDRAWN, consent_withdrawn_on=on, birth_date=None, sex=Sex.UNKNOWN,
        **dict.fromkeys(told, ""),
    )  # fmt: skip
    return row.uid


@operation("participants.referral.taken")
def take_referral(*, actor: Actor, uid: UUID) -> UUID:
    """Say that the structure looks at it. Raises Absent, NotAllowed, WrongState."""
    row = addressed(actor, uid)
    _go(row, ReferralState.IN_REVIEW)
    change(row, state=ReferralState.IN_REVIEW)
    return row.uid


def _answer(
    row: Referral, actor: Actor, state: ReferralState, text: str, on: date, **values: object
) -> None:
    said = _sealed(row, "answer", text)
    change(row, state=state, answer=said, answered_on=on, answered_by_id=actor.account_id, **values)


@operation("participants.referral.returned")
def return_referral(*, actor: Actor, uid: UUID, reason: str, on: date) -> UUID:
    """Ask the prescriber to complete, and say what is missing. Raises Absent, NotAllowed, WrongState, Invalid."""
    row = addressed(actor, uid)
    _go(row, ReferralState.RETURNED)
    if not reason.strip():
        raise Invalid({"reason": "Dites ce qui manque : le prescripteur le lira."})
    _answer(row, actor, ReferralState.RETURNED, reason.strip(), on)
    return row.uid


@operation("participants.referral.refused")
def refuse_referral(*, actor: Actor, uid: UUID, reason: str, on: date) -> UUID:
    """Refuse a candidate, and say why; the pieces are destroyed. Raises Absent, NotAllowed, WrongState, Invalid."""
    row = addressed(actor, uid)
    _go(row, ReferralState.REFUSED)
    if not reason.strip():
        raise Invalid({"reason": "Dites pourquoi : le prescripteur le lira."})
    destroy_pieces(actor, row, on)
    _answer(row, actor, ReferralState.REFUSED, reason.strip(), on)
    return row.uid


@operation("participants.referral.accepted")
def accept_referral(*, actor: Actor, uid: UUID, participant_uid: UUID | None = None, on: date) -> UUID:
    """Take the person in and open the check of their eligibility; return the uid of the participant.

    `participant_uid`: somebody of the structure, chosen by the facilitator (their first prescriber is kept). None: a
    new person. The situations told are copied into the check that waits, and the pieces are handed to it. Raises
    Absent, NotAllowed, WrongState, Invalid, Refusal (known already).
    """
    row = addressed(actor, uid)
    _go(row, ReferralState.ACCEPTED)
    person = followed(actor, participant_uid or _new_person(actor, row, on))
    keep_referral(actor, person, (row.prescriber_id, row.asked_on))
    waiting = checks_visible_to(actor).filter(participant=person, state__in=PENDING)
    if not waiting.exists():
        ask_check(actor=actor, participant_uid=person.uid, on=on)
    check = waiting.order_by("-asked_on", "-id")[0]
    keep_told(check, person, told_codes(actor, row), row.asked_on)
    hand_over(actor, row, check)
    _answer(row, actor, ReferralState.ACCEPTED, "", on, participant=person)
    return person.uid


def _new_person(actor: Actor, row: Referral, on: date) -> UUID:
    if row.birth_date is None:
        raise Invalid({"": "La personne a retiré son accord."})
    try:
        uid = create_participant(
            actor=actor, first_name=row.first_name, last_name=row.last_name, birth_date=row.birth_date,
            sex=Sex(row.sex), commune_name=row.commune_name, phone=row.phone, email=row.email, on=on,
        )  # fmt: skip
    except AlreadyKnown as known:
        raise Refusal(KNOWN, "person") from known
    return uid


