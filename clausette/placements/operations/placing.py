"""Verbs about people at work: put to work, another mise à disposition, prolong, end."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict, Unpack
from uuid import UUID

from clausette.access.queries import OrganisationCard, get_organisation
from clausette.commitments.enums import EttAdmission
from clausette.commitments.queries import commitments_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import about, because, change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.participants.queries import participant_key
from clausette.placements import permissions, rules
from clausette.placements.enums import LinkKind, Modality, PlacementEnd, WorkContractKind
from clausette.placements.errors import NotAdmitted, SplitImpossible
from clausette.placements.models import Allocation, Placement
from clausette.placements.queries.visibility import allocations_visible_to, placements_visible_to
from clausette.procurement.enums import PartyRole
from clausette.procurement.operations import admit_party
from clausette.procurement.queries import parties_visible_to, takes_part

WORKS = (PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER, PartyRole.SUBCONTRACTOR)


@dataclass(frozen=True, slots=True)
class Credited:
    """The engagement credited, as the rules of this room need it."""

    id: int
    contract_id: int
    contract_uid: UUID
    contractor_uid: UUID
    ends_on: date
    ett: EttAdmission
    modalities: frozenset[str]


def _credited(actor: Actor, uid: UUID) -> Credited:
    """Return an engagement on which the actor may put people to work. Raises Absent, NotAllowed, WrongState."""
    piloted = takes_part(actor, PartyRole.PILOT, PartyRole.COPILOT)
    rows = (
        commitments_visible_to(actor)
        .filter(uid=uid)
        .select_related("contractor")
        .prefetch_related("contract")
    )
    row = rows.annotate(piloted=piloted).first()
    if row is None:
        raise Absent("commitments.Commitment")
    if not row.piloted:
        raise NotAllowed("Une mise à l'emploi se fait sur un marché suivi par votre structure.")
    if row.closed_on is not None:
        raise WrongState(f"Cet engagement est soldé depuis le {format_date(row.closed_on)}.", "commitment")
    return Credited(
        row.pk, row.contract_id, row.contract.uid, row.contractor.uid, row.ends_on, EttAdmission(row.ett),
        frozenset(row.modalities or ()),
    )  # fmt: skip


def _demand_modality(credited: Credited, modality: Modality) -> None:
    """Raise NotAdmitted when the engagement never takes this way of working."""
    if credited.modalities and modality.value not in credited.modalities:
        raise NotAdmitted(
            f"« {modality.label} » n'est pas une modalité admise par cet engagement.", "modality"
        )
    if modality == Modality.ETT and credited.ett == EttAdmission.NO:
        raise NotAdmitted("L'intérim classique n'est pas admis par cet engagement.", "modality")


def _demand_admitted(credited: Credited, modality: Modality, approval: str) -> None:
    """Raise NotAdmitted when the engagement does not take this way of working, or asks who agreed to it."""
    _demand_modality(credited, modality)
    if modality == Modality.ETT and credited.ett == EttAdmission.ON_APPROVAL and not approval.strip():
        raise NotAdmitted(
            "L'intérim classique est admis sur accord : dites qui l'a donné et quand.", "ett_approval"
        )


def _demand_bodies(modality: Modality, employer: OrganisationCard, host: OrganisationCard) -> None:
    if rules.host_is_employer(modality) and employer.id != host.id:
        raise Invalid({"host": f"« {modality.label} » : la personne travaille chez son employeur."})
    if not rules.host_is_employer(modality) and employer.id == host.id:
        raise Invalid({"host": f"« {modality.label} » : l'entreprise utilisatrice n'est pas l'employeur."})


def _bodies(
    actor: Actor, modality: Modality, employer_uid: UUID, host_uid: UUID
) -> tuple[OrganisationCard, OrganisationCard]:
    employer = get_organisation(actor=actor, uid=employer_uid)
    host = get_organisation(actor=actor, uid=host_uid)
    _demand_bodies(modality, employer, host)
    return employer, host


def _demand_dates(credited: Credited, kind: WorkContractKind, starts_on: date, ends_on: date | None) -> None:
    rules.check_dates(kind, starts_on, ends_on)
    if starts_on > credited.ends_on:
        raise Invalid({"starts_on": f"L'engagement prend fin le {format_date(credited.ends_on)}."})


def _admit(
    actor: Actor, credited: Credited, employer: OrganisationCard, host: OrganisationCard, since: date
) -> None:
    """Let employer and host take part in the contract when they do not yet."""
    held = parties_visible_to(actor).filter(contract_id=credited.contract_id, revoked_at=None, valid_to=None)
    rows = held.order_by("id").values_list("organisation_id", "role")
    known = {(organisation, PartyRole(role)) for organisation, role in rows}
    wanted: list[tuple[OrganisationCard, PartyRole]] = []
    if not any((host.id, role) in known for role in WORKS):
        wanted.append((host, PartyRole.SUBCONTRACTOR))
    if employer.id != host.id and (employer.id, PartyRole.EMPLOYER) not in known:
        wanted.append((employer, PartyRole.EMPLOYER))
    for card, role in wanted:
        admit_party(
            actor=actor,
            contract_uid=credited.contract_uid,
            organisation_uid=card.uid,
            role=role,
            head_uid=credited.contractor_uid if card.uid != credited.contractor_uid else None,
            valid_from=since,
        )


def _linked(actor: Actor, participant_id: int, follows_uid: UUID | None, link: str) -> tuple[int | None, str]:
    """Check « suite de »: a work contract of the same person, with the kind of link."""
    if follows_uid is None:
        return None, ""
    row = placements_visible_to(actor).filter(uid=follows_uid, participant_id=participant_id).first()
    if row is None:
        raise Invalid({"follows": "Ce contrat de travail n'est pas celui de cette personne."})
    if link not in LinkKind.values:
        raise Invalid({"link": "Dites par quel lien il fait suite au précédent."})
    return row.pk, link


class Particulars(TypedDict, total=False):
    """What a hiring has besides the ordinary.

    `employed_since`: already employed by the firm since that day (refused without `already_employed_reason`).
    `ett_approval`: who agreed to ordinary temporary work, when the engagement asks for it; kept in the journal.
    `follows_uid`, `link`: the work contract it follows, and how. `host_until`, `share`: last day and part (0–1) of the
    first mise à disposition, when others will come beside or after it.
    """

    employed_since: date | None
    already_employed_reason: str
    ett_approval: str
    follows_uid: UUID | None
    link: str
    host_until: date | None
    share: Decimal


@operation("placements.placement.created")
def place(
    *,
    actor: Actor,
    participant_uid: UUID,
    employer_uid: UUID,
    modality: Modality,
    work_contract: WorkContractKind,
    job: str,
    starts_on: date,
    ends_on: date | None,
    weekly_hours: Decimal,
    commitment_uid: UUID,
    host_company_uid: UUID,
    on: date,
    **particulars: Unpack[Particulars],
) -> UUID:
    """Put a person to work: one work contract and one mise à disposition; return the uid of the work contract.

    Employer and host become parties of the contract. A hiring before the decision is recorded: the controls of hours
    will speak. Raises Absent, NotAllowed, Invalid, DatesImpossible, AlreadyEmployed, NotAdmitted, WrongState.
    """
    person = participant_key(actor, participant_uid)
    demand(permissions.can_place(actor, owner_org_id=person.owner_org_id))
    credited = _credited(actor, commitment_uid)
    employer, host = _bodies(actor, modality, employer_uid, host_company_uid)
    _demand_dates(credited, work_contract, starts_on, ends_on)
    approval, reason = particulars.get("ett_approval", ""), particulars.get("already_employed_reason", "")
    _demand_admitted(credited, modality, approval)
    employed_since = particulars.get("employed_since")
    rules.check_already_employed(employed_since, starts_on, reason)
    follows_id, link = _linked(actor, person.id, particulars.get("follows_uid"), particulars.get("link", ""))
    about(contract_id=credited.contract_id)
    because(collapse(approval))
    row = created(
        Placement(
            owner_org_id=actor.organisation_id, participant_id=person.id, employer_id=employer.id, modality=modality,
            work_contract=work_contract, job=collapse(job), starts_on=starts_on, ends_on=ends_on,
            weekly_hours=weekly_hours, follows_id=follows_id, link=link,
            already_employed_reason=collapse(reason) if employed_since else "",
        )
    )  # fmt: skip
    _admit(actor, credited, employer, host, min(on, starts_on))
    until, share = particulars.get("host_until") or ends_on, particulars.get("share", Decimal(1))
    _demand_within(row, starts_on, until)
    _allocate(row, credited, host, starts_on, until, share)
    return row.uid


def _allocate(
    row: Placement,
    credited: Credited,
    host: OrganisationCard,
    starts_on: date,
    ends_on: date | None,
    share: Decimal,
) -> Allocation:
    return created(
        Allocation(
            placement=row,
            owner_org_id=row.owner_org_id,
            employer_id=row.employer_id,
            host_company_id=host.id,
            contract_id=credited.contract_id,
            commitment_id=credited.id,
            starts_on=starts_on,
            ends_on=ends_on,
            share=share,
        )
    )


def changeable(actor: Actor, uid: UUID) -> Placement:
    """Lock a work contract that the actor may change; the reason first, a policy would only say « no »."""
    seen = placements_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is not None:
        demand(permissions.can_change_placement(actor, owner_org_id=row.owner_org_id, ended_on=None))
    locked = lock(seen, uid=uid)
    if locked.ended_on is not None:
        raise WrongState(f"Ce contrat de travail a pris fin le {format_date(locked.ended_on)}.")
    return locked


class Beside(StrEnum):
    """What becomes of the mises à disposition already there when another one comes."""

    KEEP = "keep"
    """They stay as they are: together with the new one they make at most 100 %."""
    LEAVE = "leave"
    """The person leaves them: they end the day before."""
    SHARE = "share"
    """The person is shared: their parts shrink to make room for the new one."""


@operation("placements.allocation.created")
def allocate(
    *,
    actor: Actor,
    placement_uid: UUID,
    commitment_uid: UUID,
    host_company_uid: UUID,
    starts_on: date,
    ends_on: date | None = None,
    share: Decimal = Decimal(1),
    beside: Beside = Beside.KEEP,
    on: date,
) -> UUID:
    """Add a mise à disposition to a work contract (GEIQ, ETTI: several firms in turn or at once); return its uid.

    `share`: part of the hours proposed (0–1). `ends_on`: None, until the end of the work contract. Raises Absent,
    NotAllowed, WrongState, Invalid, SplitImpossible, NotAdmitted.
    """
    row = changeable(actor, placement_uid)
    credited = _credited(actor, commitment_uid)
    _demand_modality(credited, Modality(row.modality))
    employer, host = _bodies(actor, Modality(row.modality), _employer_uid(actor, row), host_company_uid)
    until = ends_on or rules.last_day(row.ends_on, row.ended_on)
    _demand_within(row, starts_on, until)
    _make_room(actor, row, rules.Period(starts_on, until), share, beside)
    about(contract_id=credited.contract_id)
    _admit(actor, credited, employer, host, min(on, starts_on))
    return _allocate(row, credited, host, starts_on, until, share).uid


def _demand_within(row: Placement, starts_on: date, until: date | None) -> None:
    """Raise Invalid unless a mise à disposition is within the dates of its work contract."""
    last = rules.last_day(row.ends_on, row.ended_on)
    if starts_on < row.starts_on or (last is not None and (starts_on > last or (until or last) > last)):
        raise Invalid({"starts_on": "La mise à disposition sort des dates du contrat de travail."})
    if until is not None and until < starts_on:
        raise Invalid({"ends_on": "La fin précède le début."})


def _make_room(actor: Actor, row: Placement, period: rules.Period, share: Decimal, beside: Beside) -> None:
    """End or shrink the mises à disposition at the same time, or refuse when they leave no room."""
    seen = allocations_visible_to(actor)
    for pk in seen.filter(placement=row).order_by("id").values_list("pk", flat=True):
        other = lock(seen, pk=pk)
        if not rules.overlap(period, rules.Period(other.starts_on, other.ends_on)):
            continue
        if beside is Beside.LEAVE and other.starts_on < period.starts_on:
            change(other, ends_on=period.starts_on - timedelta(days=1))
        elif beside is Beside.SHARE and share < 1:
            change(other, share=(other.share * (1 - share)).quantize(Decimal("0.0001")))
    others = seen.filter(placement=row).order_by("id")
    at_once = [one.share for one in others if rules.overlap(period, rules.Period(one.starts_on, one.ends_on))]
    if sum(at_once, share) > 1:
        raise SplitImpossible("Les parts en même temps dépassent 100 %.", "share")


def _employer_uid(actor: Actor, row: Placement) -> UUID:
    found = placements_visible_to(actor).filter(pk=row.pk).values_list("employer__uid", flat=True).first()
    if found is None:
        raise Absent("access.Organisation")
    return found


@operation("placements.placement.prolonged")
def prolong(*, actor: Actor, uid: UUID, ends_on: date, on: date, reason: str = "") -> UUID:
    """Move the planned end of a work contract, and of its mises à disposition that ended with it.

    Raises Absent, NotAllowed, WrongState (no planned end, already ended), Invalid.
    """
    row = changeable(actor, uid)
    if row.ends_on is None:
        raise WrongState("Ce contrat de travail n'a pas de fin prévue : il n'y a rien à prolonger.")
    if ends_on <= row.ends_on:
        raise Invalid({"ends_on": f"La nouvelle fin suit celle du {format_date(row.ends_on)}."})
    before = row.ends_on
    because(collapse(reason))
    change(row, ends_on=ends_on)
    last = allocations_visible_to(actor).filter(placement=row, ends_on=before).order_by("id")
    for pk in last.values_list("pk", flat=True):
        change(lock(allocations_visible_to(actor), pk=pk), ends_on=ends_on)
    return row.uid


@operation("placements.placement.ended")
def end_placement(*, actor: Actor, uid: UUID, ended_on: date, reason: PlacementEnd, on: date) -> UUID:
    """Record the last day worked and why. Raises Absent, NotAllowed, WrongState, DatesImpossible, Invalid.

    `ended_on` may not be after `on`, nor after the planned end.
    """
    row = changeable(actor, uid)
    if ended_on > on:
        raise Invalid({"ended_on": "Le dernier jour travaillé est dans le futur."})
    rules.check_dates(WorkContractKind(row.work_contract), row.starts_on, row.ends_on, ended_on)
    if reason == PlacementEnd.TERM and row.ends_on is not None and ended_on != row.ends_on:
        raise Invalid(
            {"reason": f"La fin prévue était le {format_date(row.ends_on)} : choisissez un autre motif."}
        )
    change(row, ended_on=ended_on, end_reason=reason)
    return row.uid
