"""The work contracts of a person, what they count for, and whether each hiring rests on a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from clausette.commitments.queries import commitments_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import Among, prepared
from clausette.participants.queries import Decided, Hire, decisions_of, judge, main_public
from clausette.placements import rules
from clausette.placements.enums import LinkKind, Modality, PlacementEnd, WorkContractKind
from clausette.placements.models import Allocation, Placement
from clausette.placements.permissions import can_change_placement, can_prolong
from clausette.placements.queries.visibility import allocations_visible_to, placements_visible_to

IN_SIAE = frozenset({Modality.ETTI, Modality.AI, Modality.SUBCONTRACT_EI, Modality.SUBCONTRACT_ACI})
"""Ways of working whose employer is an SIAE: there a PASS IAE in force is enough."""


@dataclass(frozen=True, slots=True)
class AllocationLine:
    """One mise à disposition: where, for which contract, which engagement is credited."""

    uid: UUID
    host_uid: UUID
    host_name: str
    contract_id: int
    contract_uid: UUID
    contract_name: str
    commitment_uid: UUID
    starts_on: date
    ends_on: date | None
    share: Decimal


@dataclass(frozen=True, slots=True)
class WorkContractLine:
    """One work contract of a person. `refusal`: why the hiring rests on no decision, « » when it does."""

    id: int
    uid: UUID
    participant_uid: UUID
    person_name: str
    employer_id: int
    employer_uid: UUID
    employer_name: str
    modality: Modality
    work_contract: WorkContractKind
    job: str
    starts_on: date
    ends_on: date | None
    ended_on: date | None
    end_reason: PlacementEnd | None
    weekly_hours: Decimal
    follows_uid: UUID | None
    link: LinkKind | None
    already_employed_reason: str
    refusal: str
    can_change: Decision
    can_prolong: Decision
    allocations: tuple[AllocationLine, ...]

    @property
    def last_day(self) -> date | None:
        """Last day worked, None when still running without end."""
        return rules.last_day(self.ends_on, self.ended_on)

    def runs_on(self, day: date) -> bool:
        """Say whether the work contract runs on `day`."""
        return rules.Period(self.starts_on, self.last_day).holds(day)


HIRE = ("id", "participant_id", "starts_on", "modality")
"""What must be known of a work contract to judge its hiring."""


def hire_refusals(
    *,
    actor: Actor,
    placement_ids: Iterable[int],
    months: int = 24,
    known: Iterable[tuple[int, int, date, str]] | None = None,
    decisions: Mapping[int, Sequence[Decided]] | None = None,
) -> dict[int, str]:
    """Return, by work contract, « » when a decision covered the hiring, else the French reason (two queries).

    Knows the way of working (PASS IAE in an SIAE), the earlier hirings of the person, and the contract worked on: one
    query more when somebody has a decision good for one contract only.
    `known`: all the work contracts (columns HIRE, by start) of these persons when already read, `decisions`:
    theirs (`decisions_of`): one query less each.
    """
    wanted = set(placement_ids)
    rows = list(known) if known is not None else _hires(actor, wanted)
    if decisions is None:
        decisions = decisions_of(actor=actor, participant_ids=[person for pk, person, *_ in rows if pk in wanted])
    # where somebody worked matters only to a decision that is good for one contract: few are
    tied = {person for person, several in decisions.items() if any(d.contract_id is not None for d in several)}
    sought = [pk for pk, person, *_ in rows if pk in wanted and person in tied]
    contracts: dict[int, set[int]] = {}
    for placement, contract in _worked(actor, sought) if sought else ():
        contracts.setdefault(placement, set()).add(contract)
    hires = {
        pk: Hire(person, starts_on, modality in IN_SIAE, frozenset(contracts.get(pk, ())))
        for pk, person, starts_on, modality in rows
    }
    asked = {pk: hire for pk, hire in hires.items() if pk in wanted}
    return judge(decisions, hires=asked, others=hires.values(), months=months)


@prepared
def _worked(actor: Actor, placement_ids: list[int]) -> QuerySet[Allocation, tuple[int, int]]:
    rows = allocations_visible_to(actor).filter(Among("placement_id", placement_ids)).order_by("id")
    return rows.values_list("placement_id", "contract_id")


def _hires(actor: Actor, placement_ids: set[int]) -> list[tuple[int, int, date, str]]:
    """All the work contracts of the persons of these work contracts, by start."""
    return _of_same_persons(actor, list(placement_ids))


@prepared
def _of_same_persons(
    actor: Actor, placement_ids: list[int]
) -> QuerySet[Placement, tuple[int, int, date, str]]:
    visible = placements_visible_to(actor)
    persons = visible.filter(Among("id", placement_ids)).order_by().values("participant_id")
    return visible.filter(participant_id__in=persons).order_by("starts_on", "id").values_list(*HIRE)


def public_refusal(*, actor: Actor, participant_uid: UUID, commitment_uid: UUID) -> str:
    """Return « » when the engagement admits the public retenu of the person, else a French sentence without it.

    Also « » when the engagement admits all publics, or when the actor may not know the reasons (two queries).
    """
    rows = commitments_visible_to(actor).filter(uid=commitment_uid).values_list("publics", flat=True)
    admitted = set(rows.first() or ())
    if not admitted:
        return ""
    main = main_public(actor=actor, participant_uid=participant_uid)
    if not main or main in admitted:
        return ""
    return "Le public retenu de cette personne n'est pas parmi ceux que l'engagement admet."


def _allocations(actor: Actor, placement_ids: Iterable[int]) -> dict[int, list[AllocationLine]]:
    rows = (
        allocations_visible_to(actor)
        .filter(placement_id__in=set(placement_ids))
        .select_related("host_company")
    )
    found: dict[int, list[AllocationLine]] = {}
    for row in rows.prefetch_related("contract", "commitment").order_by("starts_on", "id"):
        line = AllocationLine(
            row.uid, row.host_company.uid, row.host_company.name, row.contract_id, row.contract.uid,
            row.contract.common_name, row.commitment.uid, row.starts_on, row.ends_on, row.share,
        )  # fmt: skip
        found.setdefault(row.placement_id, []).append(line)
    return found


def _lines(actor: Actor, rows: list[Placement]) -> tuple[WorkContractLine, ...]:
    ids = [row.pk for row in rows]
    refusals, allocations = hire_refusals(actor=actor, placement_ids=ids), _allocations(actor, ids)
    return tuple(_line(actor, row, refusals.get(row.pk, ""), allocations.get(row.pk, [])) for row in rows)


def _line(actor: Actor, row: Placement, refusal: str, allocations: list[AllocationLine]) -> WorkContractLine:
    owner, ended_on = row.owner_org_id, row.ended_on
    return WorkContractLine(
        id=row.pk,
        uid=row.uid,
        participant_uid=row.participant.uid,
        person_name=f"{row.participant.first_name} {row.participant.last_name}",
        employer_id=row.employer_id,
        employer_uid=row.employer.uid,
        employer_name=row.employer.name,
        modality=Modality(row.modality),
        work_contract=WorkContractKind(row.work_contract),
        job=row.job,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        ended_on=row.ended_on,
        end_reason=PlacementEnd(row.end_reason) if row.end_reason else None,
        weekly_hours=row.weekly_hours,
        follows_uid=row.follows.uid if row.follows else None,
        link=LinkKind(row.link) if row.link else None,
        already_employed_reason=row.already_employed_reason
        if row.owner_org_id == actor.organisation_id
        else "",
        refusal=refusal,
        can_change=can_change_placement(actor, owner_org_id=owner, ended_on=ended_on),
        can_prolong=can_prolong(actor, owner_org_id=owner, ends_on=row.ends_on, ended_on=ended_on),
        allocations=tuple(allocations),
    )


def work_contracts_of(*, actor: Actor, participant_uid: UUID) -> tuple[WorkContractLine, ...]:
    """Return the visible work contracts of a person, the last one first (constant number of queries)."""
    rows = placements_visible_to(actor).filter(participant__uid=participant_uid).select_related("employer")
    return _lines(actor, list(rows.prefetch_related("participant", "follows").order_by("-starts_on", "-id")))


def work_contract(*, actor: Actor, uid: UUID) -> WorkContractLine:
    """Return one visible work contract. Raises Absent."""
    rows = placements_visible_to(actor).filter(uid=uid).select_related("employer")
    found = _lines(actor, list(rows.prefetch_related("participant", "follows").order_by("id")))
    if not found:
        raise Absent("placements.Placement")
    return found[0]


def work_contract_with(*, actor: Actor, allocation_uid: UUID) -> tuple[WorkContractLine, AllocationLine]:
    """Return a visible mise à disposition with its work contract. Raises Absent."""
    rows = allocations_visible_to(actor).filter(uid=allocation_uid)
    owner = rows.values_list("placement__uid", flat=True).first()
    if owner is None:
        raise Absent("placements.Allocation")
    line = work_contract(actor=actor, uid=owner)
    return line, next(part for part in line.allocations if part.uid == allocation_uid)


@dataclass(frozen=True, slots=True)
class Counts:
    """Work contracts of a set, both counts kept (MODEL §3)."""

    work_contracts: int
    counted: int


def counted_contracts(
    *,
    actor: Actor,
    contract_id: int | None = None,
    contract_ids: Iterable[int] | None = None,
    participant_ids: Iterable[int] | None = None,
    first: date | None = None,
    last: date | None = None,
    gap_days: int = 15,
) -> Counts:
    """Count work contracts, and « contrats comptés » once successive missions are joined.

    `gap_days`: dated parameter (`mission_gap_days`, 15). `first`, `last`: those at work at least one day between, both
    included; a chain begun before counts once. A work contract on two contracts counts once on each.
    """
    rows = allocations_visible_to(actor)
    if contract_id is not None:
        rows = rows.filter(contract_id=contract_id)
    if contract_ids is not None:
        rows = rows.filter(contract_id__in=list(contract_ids))
    if last is not None:
        rows = rows.filter(placement__starts_on__lte=last)
    if first is not None:
        rows = rows.filter(
            Q(placement__ended_on__gte=first)
            | Q(placement__ended_on=None, placement__ends_on=None)
            | Q(placement__ended_on=None, placement__ends_on__gte=first)
        )
    if participant_ids is not None:
        rows = rows.filter(placement__participant_id__in=set(participant_ids))
    return count_facts(rows.order_by("id").values(*_FACTS), gap_days=gap_days)


_FACTS = (
    "placement_id", "placement__participant_id", "employer_id", "contract_id", "placement__starts_on",
    "placement__ends_on", "placement__ended_on",
)  # fmt: skip


def count_facts(rows: Iterable[Mapping[str, object]], *, gap_days: int) -> Counts:
    """Count rows of `_FACTS`; several mises à disposition of one work contract on one contract are one."""
    facts: dict[tuple[object, object], rules.WorkContractFacts] = {}
    for row in rows:
        facts[row["placement_id"], row["contract_id"]] = rules.WorkContractFacts(
            key=_int(row["placement_id"]),
            person=_int(row["placement__participant_id"]),
            employer=_int(row["employer_id"]),
            contract=_int(row["contract_id"]),
            period=_period(row),
        )
    groups = rules.counted_contracts(facts.values(), gap_days=gap_days)
    return Counts(len({placement for placement, _ in facts}), len(groups))


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _period(row: Mapping[str, object]) -> rules.Period:
    starts, ends, ended = row["placement__starts_on"], row["placement__ends_on"], row["placement__ended_on"]
    last = rules.last_day(
        ends if isinstance(ends, date) else None, ended if isinstance(ended, date) else None
    )
    return rules.Period(starts if isinstance(starts, date) else date.min, last)
