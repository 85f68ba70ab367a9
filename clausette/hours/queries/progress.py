"""Where engagements stand: hours declared, validated, not retained; months missing; rates. A few queries for all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind
from clausette.commitments.queries import Schedules, commitments_visible_to
from clausette.hours.queries.found import MANY, Makeup, made_up_of
from clausette.hours.queries.kept import progress_afresh, progress_kept
from clausette.hours.queries.reading import OWED, Progress, achieved
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared
from clausette.procurement.queries import contracts_visible_to

if TYPE_CHECKING:
    from clausette.commitments.models import Commitment

ZERO = Decimal(0)
_APART = tuple(WITHOUT_FIGURE)


@dataclass(frozen=True, slots=True)
class Apart:
    """Hours counted apart, never in a rate: « suivi sans objectif chiffré », or « hors clause »."""

    commitments: int
    validated: Decimal
    declared: Decimal
    refused: Decimal


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of several engagements. Hours and rates are those of the engagements with hours due.

    `followed` (suivi) and `voluntary` (hors clause) are the sums of the others, apart (MODEL §1, §6 point 4).
    """

    commitments: int
    declared: Decimal
    validated: Decimal
    refused: Decimal
    due_to_date: Decimal
    due_firm: Decimal
    due_possible: Decimal
    missing: int
    raw: Decimal | None
    capped: Decimal | None
    last_statement: date | None
    makeup: Makeup
    followed: Apart
    voluntary: Apart
    provisional: bool = False


def _apart(several: Iterable[Progress], kind: CommitmentKind) -> Apart:
    kept = [p for p in several if p.kind is kind]
    return Apart(
        commitments=len(kept),
        validated=sum((p.validated for p in kept), ZERO),
        declared=sum((p.declared for p in kept), ZERO),
        refused=sum((p.refused for p in kept), ZERO),
    )


def total_of(several: Collection[Progress]) -> Total:
    """Return the sum of these engagements, its rates raw and capped (MODEL §6, point 3)."""
    rates = achieved(several)
    apart = [p for p in several if p.kind in _APART]
    owed = [p for p in several if p.kind not in _APART] if apart else several
    return Total(
        commitments=len(several),
        declared=sum((p.declared for p in owed), ZERO),
        validated=sum((p.validated for p in owed), ZERO),
        refused=sum((p.refused for p in owed), ZERO),
        due_to_date=sum((p.due_to_date or ZERO for p in owed), ZERO),
        due_firm=sum((p.due_firm or ZERO for p in owed), ZERO),
        due_possible=sum((p.due_possible or ZERO for p in owed), ZERO),
        missing=sum(len(p.missing_months) for p in several),
        raw=rates.raw,
        capped=rates.capped,
        last_statement=max((p.last_statement for p in several if p.last_statement), default=None),
        makeup=made_up_of([p.makeup for p in owed]),
        followed=_apart(apart, CommitmentKind.FOLLOWED),
        voluntary=_apart(apart, CommitmentKind.VOLUNTARY),
        provisional=any(p.provisional for p in owed),
    )


def progress_of(
    *, actor: Actor, commitment_ids: Collection[int] | None = None, as_of: date, schedules: Schedules | None = None
) -> dict[int, Progress]:
    """Return the progress of these engagements (all those visible when None), by commitment id, as of a day.

    Hours of the months up to that day. A month is expected from the start to the last complete month, and missing
    while nothing was handed over for it; « aucune heure ce mois-ci » is something. A constant number of queries:
    what is kept and still good is not read again, unless only a few are asked. `schedules`: of these, when already read
    (`schedules_in_force`): one query less.
    """
    if commitment_ids is not None and len(commitment_ids) <= MANY:
        owed = _few(actor, list(commitment_ids))
        return progress_afresh(actor=actor, owed=owed, as_of=as_of, schedules=schedules)
    numbers = [pk for (pk,) in _numbers(actor, None if commitment_ids is None else list(commitment_ids))]
    found = progress_kept(actor=actor, commitment_ids=numbers, as_of=as_of)
    late = [pk for pk in numbers if pk not in found]
    if late:
        found |= progress_afresh(actor=actor, owed=_few(actor, late), as_of=as_of, schedules=schedules)
    return {pk: found[pk] for pk in numbers}


@prepared
def _numbers(actor: Actor, ids: list[int] | None) -> "QuerySet[Commitment, tuple[int]]":
    rows = commitments_visible_to(actor).order_by()
    return (rows if ids is None else rows.filter(Among("id", ids))).values_list("id")


@prepared
def _few(actor: Actor, ids: list[int]) -> "QuerySet[Commitment, dict[str, Any]]":
    rows: QuerySet[Commitment, dict[str, Any]] = commitments_visible_to(actor).order_by().values(*OWED)
    return rows.filter(Among("id", ids))


def _grouped(progress: Mapping[int, Progress], key: Mapping[int, int]) -> dict[int, Total]:
    groups: dict[int, list[Progress]] = defaultdict(list)
    for one in progress.values():
        if one.commitment_id in key:
            groups[key[one.commitment_id]].append(one)
    return {group: total_of(several) for group, several in groups.items()}


def progress_by_contract(
    *, actor: Actor, as_of: date, progress: Mapping[int, Progress] | None = None
) -> dict[int, Total]:
    """Return the sum of the engagements of each contract, by contract id. `progress`: reused when already read."""
    known = progress_of(actor=actor, as_of=as_of) if progress is None else progress
    return _grouped(known, {p.commitment_id: p.contract_id for p in known.values()})


def progress_by_firm(
    *, actor: Actor, as_of: date, progress: Mapping[int, Progress] | None = None
) -> dict[int, Total]:
    """Return the sum of the engagements of each titulaire, by organisation id."""
    known = progress_of(actor=actor, as_of=as_of) if progress is None else progress
    return _grouped(known, {p.commitment_id: p.contractor_id for p in known.values()})


def progress_by_buyer(
    *, actor: Actor, as_of: date, progress: Mapping[int, Progress] | None = None
) -> dict[int, Total]:
    """Return the sum of the engagements of each maître d'ouvrage, by organisation id."""
    known = progress_of(actor=actor, as_of=as_of) if progress is None else progress
    contracts = contracts_visible_to(actor).filter(pk__in={p.contract_id for p in known.values()})
    buyers = dict(contracts.order_by().values_list("id", "buyer_id"))
    return _grouped(
        known, {p.commitment_id: buyers[p.contract_id] for p in known.values() if p.contract_id in buyers}
    )
