"""Where engagements stand: hours declared, validated, not retained; months missing; rates. A few queries for all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind
from clausette.commitments.queries import Figures, commitments_visible_to, owings
from clausette.commitments.rules import Achievement, Balance, achievement, expected_outside, remaining
from clausette.hours.enums import LineState
from clausette.hours.queries.found import KEPT, NOTHING, Found, Makeup, found_for, made_up_of
from clausette.hours.rules import months_expected, silent_months
from clausette.hours.rules.openings import covers
from clausette.kernel.actor import Actor
from clausette.procurement.queries import contracts_visible_to

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Progress:
    """One engagement as of a date, in hours worked up to that month.

    `declared` waits for validation; `validated` counts, and `makeup` says what it is made of; `refused` are « heures
    non retenues ». `due_*` are None for a kind without figure (suivi, hors clause), and so are the rates: validated /
    due firm at term, `raw`, and `capped` at 1. `provisional`: the hours due rest on days that nobody declared.
    """

    commitment_id: int
    contract_id: int
    contractor_id: int
    kind: CommitmentKind = CommitmentKind.FIXED
    declared: Decimal = ZERO
    validated: Decimal = ZERO
    refused: Decimal = ZERO
    due_to_date: Decimal | None = None
    due_firm: Decimal | None = None
    due_possible: Decimal | None = None
    provisional: bool = False
    last_statement: date | None = None
    missing_months: tuple[date, ...] = ()
    pending_months: tuple[date, ...] = ()
    validated_in_year: Decimal = ZERO
    """Of the hours validated, those of the months of the civil year of that date; the next ones wait."""
    declared_in_year: Decimal = ZERO
    makeup: Makeup = NOTHING

    @property
    def remaining(self) -> Decimal | None:
        """Hours still to do to the hours due firm at term; None when nothing is due."""
        return None if self.due_firm is None else remaining(self.due_firm, self.validated)

    @property
    def rates(self) -> Achievement:
        """Achievement raw and capped, on the hours due firm at term."""
        return _achieved([self])

    @property
    def raw(self) -> Decimal | None:
        """Validated / due firm at term; may pass 1."""
        return self.rates.raw

    @property
    def capped(self) -> Decimal | None:
        """The same, never above 1."""
        return self.rates.capped


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


def _achieved(several: Iterable[Progress]) -> Achievement:
    return achievement(Balance(p.due_firm, p.validated) for p in several if p.due_firm)


def _apart(several: Iterable[Progress], kind: CommitmentKind) -> Apart:
    kept = [p for p in several if p.kind == kind]
    return Apart(
        commitments=len(kept),
        validated=sum((p.validated for p in kept), ZERO),
        declared=sum((p.declared for p in kept), ZERO),
        refused=sum((p.refused for p in kept), ZERO),
    )


def total_of(several: Collection[Progress]) -> Total:
    """Return the sum of these engagements, its rates raw and capped (MODEL §6, point 3)."""
    rates = _achieved(several)
    owed = [p for p in several if p.kind not in WITHOUT_FIGURE]
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
        followed=_apart(several, CommitmentKind.FOLLOWED),
        voluntary=_apart(several, CommitmentKind.VOLUNTARY),
        provisional=any(p.provisional for p in owed),
    )


def progress_of(
    *, actor: Actor, commitment_ids: Collection[int] | None = None, as_of: date
) -> dict[int, Progress]:
    """Return the progress of these engagements (all those visible when None), by commitment id, as of a day.

    Hours of the months up to that day. A month is expected from the start to the last complete month, and missing
    while nothing was handed over for it; « aucune heure ce mois-ci » is something. A constant number of queries.
    """
    rows = commitments_visible_to(actor)
    if commitment_ids is not None:
        rows = rows.filter(pk__in=list(commitment_ids))
    owed = list(rows.order_by().values(*OWED))
    known = owings(actor=actor, owed=owed, as_of=as_of)
    figures = {pk: owing.figures(as_of) for pk, owing in known.items()}
    return progress_of_known(actor=actor, owed=owed, figures=figures, as_of=as_of)


OWED = (
    "id", "contract_id", "contractor_id", "kind", "starts_on", "ends_on", "closed_on", "periodicity", "due_day",
    "expected_from",
)  # fmt: skip
"""What must be known of an engagement to count its progress."""


def progress_of_known(
    *, actor: Actor, owed: Sequence[Mapping[str, Any]], figures: Mapping[int, Figures], as_of: date
) -> dict[int, Progress]:
    """Return the same for engagements already read (columns OWED) with their figures of that day: one query."""
    if not owed:
        return {}
    found = found_for(actor, owed, as_of)
    return {c["id"]: counted(c, found[c["id"]], figures.get(c["id"]), as_of) for c in owed}


def counted(commitment: Mapping[str, Any], found: Found, said: Figures | None, as_of: date) -> Progress:
    """Return the progress of one engagement (columns OWED) from what was found and its figures of that day."""
    kind = CommitmentKind(commitment["kind"])
    due = said if kind not in WITHOUT_FIGURE else None
    end = min(commitment["ends_on"], commitment["closed_on"] or commitment["ends_on"])
    rhythm = commitment["periodicity"], commitment["due_day"], commitment["expected_from"]
    expected = months_expected(commitment["starts_on"], end, as_of, *rhythm)
    if said and said.pauses:
        expected = expected_outside(expected, said.pauses)
    expected = [month for month in expected if not covers(found.covered_until, month)]
    makeup = found.makeup
    return Progress(
        commitment_id=commitment["id"],
        contract_id=commitment["contract_id"],
        contractor_id=commitment["contractor_id"],
        kind=kind,
        declared=found.total(LineState.DECLARED),
        validated=makeup.total,
        makeup=makeup,
        refused=found.total(LineState.REFUSED),
        due_to_date=due.to_date if due else None,
        due_firm=due.firm_at_term if due else None,
        due_possible=due.possible if due else None,
        provisional=due.provisional if due else False,
        last_statement=max(found.handed, default=None),
        missing_months=tuple(silent_months(expected, found.handed)),
        pending_months=tuple(sorted(found.pending)),
        validated_in_year=sum((found.year[state] for state in KEPT), ZERO),
        declared_in_year=found.year[LineState.DECLARED],
    )


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
