"""From an accepted study to its contract: the states it goes through, and what each titulaire will owe."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from clausette.advice.enums import BuyerKind, Method, StudyState
from clausette.advice.rules.asking import Ask, total_of
from clausette.advice.rules.life import check_move
from clausette.commitments.enums import AmountBase, CommitmentKind, Rounding
from clausette.commitments.rules import Terms, calculation_of
from clausette.kernel.errors import Invalid, WrongState
from clausette.procurement.enums import ContractKind, ContractState, LegalDeviceKind

STATES = {
    StudyState.ACCEPTED: ContractState.CLAUSE_PROPOSED,
    StudyState.IN_TENDER: ContractState.IN_TENDER_DOCUMENTS,
    StudyState.PUBLISHED: ContractState.PUBLISHED,
    StudyState.FRUITLESS: ContractState.FRUITLESS,
    StudyState.ABANDONED: ContractState.ABANDONED,
}
"""What the contract of a study is when the study is so."""
FOLLOWABLE = frozenset({StudyState.ACCEPTED, StudyState.IN_TENDER, StudyState.PUBLISHED})
ROAD = (
    ContractState.CLAUSE_PROPOSED, ContractState.IN_TENDER_DOCUMENTS, ContractState.PUBLISHED, ContractState.AWARDED,
)  # fmt: skip
RESERVED = frozenset(
    {
        LegalDeviceKind.RESERVED_DISABILITY, LegalDeviceKind.RESERVED_IAE, LegalDeviceKind.RESERVED_BOTH,
        LegalDeviceKind.RESERVED_PRISON, LegalDeviceKind.INSERTION_SERVICE,
    }
)  # fmt: skip
"""Devices whose hours are followed without a figure (MODEL §2)."""
PER = Decimal(100_000)


def check_followable(state: StudyState, *, has_contract: bool) -> None:
    """Refuse to make a contract of a study that the buyer did not accept, or that has one. Raises WrongState."""
    if has_contract:
        raise WrongState("Cette étude a déjà son marché.")
    if state not in FOLLOWABLE:
        raise WrongState(f"Une étude « {state.label} » ne devient pas un marché : l'acheteur doit l'avoir acceptée.")


def check_awardable(state: StudyState, *, has_contract: bool) -> None:
    """Refuse to award a study without contract, or whose life does not lead there. Raises WrongState."""
    if not has_contract:
        raise WrongState("Créez d'abord le marché de cette étude.")
    if state != StudyState.PUBLISHED:
        check_move(state, StudyState.PUBLISHED, reason="")
    check_move(StudyState.PUBLISHED, StudyState.AWARDED, reason="")


def steps_between(current: ContractState, wanted: ContractState) -> tuple[ContractState, ...]:
    """Return the states to go through, in order; none when the contract is there already, is further, or is not on
    the road of a consultation. An end is one step."""
    if wanted in (ContractState.FRUITLESS, ContractState.ABANDONED):
        return (wanted,) if current in ROAD else ()
    if current not in ROAD or wanted not in ROAD:
        return ()
    return ROAD[ROAD.index(current) + 1 : ROAD.index(wanted) + 1]


def kind_of(buyer_kind: str, *, concession: bool) -> ContractKind:
    """Return the form of the contract of a purchase."""
    if concession:
        return ContractKind.CONCESSION
    return ContractKind.PRIVATE if buyer_kind == BuyerKind.PRIVATE else ContractKind.PUBLIC_CONTRACT


@dataclass(frozen=True, slots=True)
class Kept:
    """A calculation kept, as the engagement needs it: figures as text, hours rounded (None: it gives none)."""

    method: Method
    inputs: Mapping[str, object]
    hours: Decimal | None
    per_100k: Decimal | None = None


def kept_of(method: Method, inputs: Mapping[str, object], hours: Decimal | None, result: Mapping[str, object]) -> Kept:
    """Return a calculation as it was kept: `result` holds its other figures as text."""
    told = result.get("per_100k")
    return Kept(method, inputs, hours, Decimal(str(told)) if told else None)


@dataclass(frozen=True, slots=True)
class Planned:
    """The engagement to write."""

    kind: CommitmentKind
    terms: Terms


def planned(kept: Kept | None, hours: Decimal | None, device: LegalDeviceKind) -> Planned | None:
    """Return what a titulaire will owe, None when nothing is (a lot without clause).

    The calculation kept is carried with its figures while the hours are those it gave; other hours typed are fixed
    hours. Without hours, a reserved contract is followed without a figure.
    """
    if kept is not None and hours == kept.hours:
        found = _by_amount(kept) or _computed(kept)
        if found is not None:
            return found
    if hours is not None:
        return Planned(CommitmentKind.FIXED, Terms(minimum_hours=hours))
    return Planned(CommitmentKind.FOLLOWED, Terms()) if device in RESERVED else None


def _figure(kept: Kept, name: str) -> Decimal | None:
    try:
        return Decimal(str(kept.inputs[name]))
    except (KeyError, InvalidOperation):
        return None


def _computed(kept: Kept) -> Planned | None:
    """The formula itself, when it gives the hours kept."""
    if kept.method != Method.LOT:
        return None
    names = ("amount", "years", "labour_share", "insertion_rate", "hourly_cost")
    amount, years, share, rate, cost = (_figure(kept, name) for name in names)
    basis = kept.inputs.get("basis")
    total = total_of(Ask(kept.method, amount=amount, years=years, basis=basis))  # type: ignore[arg-type]  # kept as text
    rounding = str(kept.inputs.get("rounding", Rounding.NEAREST.value))
    terms = Terms(
        amount_ht=total, labour_share=share, rate=rate, hourly_cost=cost,
        rounding=Rounding(rounding) if rounding in Rounding.values else Rounding.NEAREST,
    )  # fmt: skip
    try:
        found = calculation_of(terms)
    except Invalid:
        return None
    return Planned(CommitmentKind.COMPUTED, terms) if found and found.hours == kept.hours else None


def _by_amount(kept: Kept) -> Planned | None:
    """Hours that the orders or the invoices will make."""
    amount = _figure(kept, "amount")
    if kept.method == Method.PER_100K and kept.per_100k:
        euros = (PER / kept.per_100k).quantize(Decimal("0.01"))
        terms = Terms(euros_per_hour=euros, amount_base=AmountBase.ORDERED, estimated_ht=amount)
        return Planned(CommitmentKind.PER_AMOUNT, terms)
    euros_per_hour = _figure(kept, "euros_per_hour")
    if kept.method == Method.BEYOND and euros_per_hour:
        terms = Terms(
            euros_per_hour=euros_per_hour, beyond_ht=_figure(kept, "beyond"), amount_base=AmountBase.INVOICED,
            estimated_ht=amount,
        )  # fmt: skip
        return Planned(CommitmentKind.PER_AMOUNT, terms)
    return None
