"""Work contracts: dates, overlap, « contrats comptés », split over engagements (MODEL §3, trade practice)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.kernel.french import format_date, format_number
from clausette.kernel.months import months_between
from clausette.placements.enums import Modality, WorkContractKind
from clausette.placements.errors import AlreadyEmployed, DatesImpossible, SplitImpossible

OPEN_ENDED = frozenset(
    {
        WorkContractKind.CDI,
        WorkContractKind.CDI_INCLUSION,
        WorkContractKind.TEMP_CDI,
        WorkContractKind.SUPPORT_CONTRACT,
    }
)
"""Kinds that may have no end on paper."""
LENT = frozenset({Modality.ETTI, Modality.AI, Modality.GEIQ, Modality.EATT, Modality.ETT})
"""Ways of working in which the employer lends the person: « entreprise utilisatrice » is another body."""


@dataclass(frozen=True, slots=True)
class Period:
    """Dates on paper, both included; no end: still running."""

    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Say whether `day` is within the period."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def check_dates(
    kind: WorkContractKind, starts_on: date, ends_on: date | None, broken_on: date | None = None
) -> None:
    """Raise DatesImpossible, with the field, when the dates of a work contract cannot stand together.

    `broken_on`: last day worked when it was broken off before its term.
    """
    if ends_on is None and kind not in OPEN_ENDED:
        raise DatesImpossible("Donnez la date de fin : seul un CDI peut ne pas en avoir.", "ends_on")
    if ends_on is not None and ends_on < starts_on:
        raise DatesImpossible("La fin précède le début.", "ends_on")
    if broken_on is not None and broken_on < starts_on:
        raise DatesImpossible("La rupture précède le début.", "broken_on")
    if broken_on is not None and ends_on is not None and broken_on > ends_on:
        raise DatesImpossible("La rupture suit la fin prévue.", "broken_on")


def last_day(ends_on: date | None, broken_on: date | None) -> date | None:
    """Return the last day worked: the breaking off when there is one, else the term; None when still
    running."""
    return broken_on if broken_on is not None else ends_on


def overlap(one: Period, other: Period) -> bool:
    """Say whether two periods share at least one day."""
    return (one.ends_on is None or other.starts_on <= one.ends_on) and (
        other.ends_on is None or one.starts_on <= other.ends_on
    )


@dataclass(frozen=True, slots=True)
class WorkContractFacts:
    """One work contract for the counting; `key` is given back. Person, employer and contract are opaque
    keys."""

    key: int
    person: int
    employer: int
    contract: int
    period: Period


def counted_contracts(contracts: Iterable[WorkContractFacts], *, gap_days: int = 15) -> list[tuple[int, ...]]:
    """Group successive work contracts of one person, employer and procurement contract: one group, one «
    contrat compté ».

    Two follow each other when at most `gap_days` days without work part them; a greater gap opens a new
    group. Returns the keys of each group, in order of dates. Both counts (work contracts and counted ones)
    are kept.
    """
    groups: list[list[WorkContractFacts]] = []
    ends: list[date | None] = []
    ordered = sorted(contracts, key=lambda c: (c.person, c.employer, c.contract, c.period.starts_on, c.key))
    for contract in ordered:
        if groups and _same_chain(groups[-1][-1], contract) and _follows(ends[-1], contract.period, gap_days):
            groups[-1].append(contract)
            ends[-1] = _later(ends[-1], contract.period.ends_on)
        else:
            groups.append([contract])
            ends.append(contract.period.ends_on)
    return [tuple(contract.key for contract in group) for group in groups]


def _same_chain(one: WorkContractFacts, other: WorkContractFacts) -> bool:
    return (one.person, one.employer, one.contract) == (other.person, other.employer, other.contract)


def _follows(end: date | None, period: Period, gap_days: int) -> bool:
    return end is None or (period.starts_on - end).days - 1 <= gap_days


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def check_shares(shares: Sequence[Decimal]) -> None:
    """Raise SplitImpossible unless the shares (0–1) proposed for the engagements make exactly 100 %."""
    if any(share <= 0 for share in shares):
        raise SplitImpossible("Chaque part doit être supérieure à 0 %.", "shares")
    total = sum(shares, Decimal(0))
    if total != 1:
        raise SplitImpossible(
            f"La répartition fait {format_number(total * 100)} % : elle doit faire 100 %.", "shares"
        )


def check_split(worked: Decimal, parts: Sequence[Decimal]) -> str:
    """Return « » when the parts credited fit in the hours worked of the month, else a French sentence."""
    total = sum(parts, Decimal(0))
    if any(part < 0 for part in parts):
        return "Une part ne peut pas être négative."
    if total > worked:
        return f"Les parts font {format_number(total)} h pour {format_number(worked)} h travaillées."
    return ""


def check_already_employed(employed_since: date | None, starts_on: date, reason: str) -> None:
    """Raise AlreadyEmployed when the firm already employed the person before `starts_on` and no reason is
    given."""
    if employed_since is not None and employed_since < starts_on and not reason.strip():
        since = format_date(employed_since)
        raise AlreadyEmployed(
            f"Déjà salarié de l'entreprise depuis le {since} : donnez le motif pour l'accepter.", "reason"
        )


def host_is_employer(modality: Modality) -> bool:
    """Say whether the person works for the body that signs the work contract (« embauche directe »,
    subcontracting)."""
    return modality not in LENT


def months_shared(
    one: tuple[date, date | None], other: tuple[date, date | None], on: date
) -> tuple[date, ...]:
    """Return the months that two work contracts (first day, last day or None) both cover; until `on` without end.

    Two that touch without a common day share nothing. Source: a person has one work contract at a time with one
    employer (MODEL §3); two that overlap would have their hours counted twice.
    """
    start = max(one[0], other[0])
    ends = [end for end in (one[1], other[1]) if end is not None]
    return tuple(months_between(start, min(ends, default=max(on, start))))
