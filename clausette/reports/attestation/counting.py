"""The figures of an attestation from what is known of an engagement and of its work contracts: pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.hours.queries import Progress
from clausette.placements.enums import Modality
from clausette.placements.rules import Period, WorkContractFacts, counted_contracts
from clausette.reports.attestation.facts import Aside, Figures, ModalityRow

ZERO = Decimal(0)
_RATIO = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Work:
    """One work contract with hours that count on the engagement. Keys are opaque; `hours`: their sum."""

    key: int
    person: int
    employer: int
    contract: int
    modality: str
    period: Period
    hours: Decimal


def figures_of(
    done: Progress, works: Sequence[Work], *, as_of: date, ends_on: date, gap_days: int
) -> Figures:
    """Return the figures as of a day; `ends_on`: term of the engagement. Hours; rates to four decimals."""
    due, validated = done.due_firm, done.validated
    raw = (validated / due).quantize(_RATIO) if due else None
    return Figures(
        as_of=as_of,
        declared=done.declared + done.validated + done.refused - done.makeup.opening,
        validated=validated,
        due_to_date=done.due_to_date,
        due_firm=due,
        raw_rate=raw,
        capped_rate=None if raw is None else min(raw, Decimal(1)),
        remaining=done.remaining,
        ended=ends_on <= as_of,
        people=len({work.person for work in works}),
        work_contracts=counted(works, gap_days=gap_days),
        opening_balance=done.makeup.opening or None,
        opening_on=done.makeup.taken_over_on,
        named=done.makeup.named,
        reserved=done.makeup.reserved or None,
        collective=done.makeup.collective or None,
    )


def counted(works: Iterable[Work], *, gap_days: int) -> int:
    """Return how many work contracts are counted (« contrats comptés »)."""
    facts = [WorkContractFacts(w.key, w.person, w.employer, w.contract, w.period) for w in works]
    return len(counted_contracts(facts, gap_days=gap_days))


def modalities_of(done: Progress, works: Sequence[Work], *, gap_days: int) -> tuple[ModalityRow, ...]:
    """Return the validated hours by modality, those attested as a whole last."""
    return tuple(_modalities(done, works, gap_days))


def _modalities(done: Progress, works: Sequence[Work], gap_days: int) -> Iterator[ModalityRow]:
    groups: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        groups[work.modality].append(work)
    for modality in Modality:
        if modality in groups:
            total = sum((work.hours for work in groups[modality]), ZERO)
            yield ModalityRow(modality.label, total, counted(groups[modality], gap_days=gap_days))
    if done.makeup.collective:  # no work contract carries them
        yield ModalityRow("Heures non nominatives", done.makeup.collective, 0)


@dataclass(frozen=True, slots=True)
class Origins:
    """Of the hours validated: followed before the hiring, received by a surplus; and those given by one, taken off."""

    before: Decimal = ZERO
    received: Decimal = ZERO
    given: Decimal = ZERO


NO_ORIGIN = Origins()


def asides_of(done: Progress, origins: Origins = NO_ORIGIN) -> tuple[Aside, ...]:
    """Return the hours told apart: of another origin than work here, to validate, not retained."""
    told = (
        ("dont formation avant l’embauche", origins.before),
        ("dont reçues par report du surplus", origins.received),
        ("Surplus reporté sur un autre engagement, déduit", origins.given),
        ("À valider", done.declared),
        ("Heures non retenues", done.refused),
    )
    return tuple(Aside(label, hours) for label, hours in told if hours)
