"""Where engagements stand: hours declared, validated, not retained; months missing; rates. A few queries for all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind
from clausette.commitments.queries import Figures, commitments_visible_to, owings
from clausette.commitments.rules import Achievement, Balance, achievement, expected_outside, remaining
from clausette.hours.enums import LineState, StatementState
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.hours.rules import StatementFacts, missing_months, months_expected, pending_months
from clausette.kernel.actor import Actor
from clausette.procurement.queries import contracts_visible_to

ZERO = Decimal(0)
HANDED = (StatementState.SUBMITTED, StatementState.VALIDATED)


@dataclass(frozen=True, slots=True)
class Progress:
    """One engagement as of a date, in hours worked up to that month.

    `declared` waits for validation; `validated` counts; `refused` are « heures non retenues ». `due_*` are None for a
    kind without figure (suivi, hors clause), and so are the rates: validated / due firm at term, `raw`, and `capped`
    at 1. `provisional`: the hours due rest on days that nobody declared.
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
    by_month: tuple[tuple[date, Decimal, Decimal], ...] = ()
    """(month worked, hours validated, hours that wait), in order."""

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
        followed=_apart(several, CommitmentKind.FOLLOWED),
        voluntary=_apart(several, CommitmentKind.VOLUNTARY),
        provisional=any(p.provisional for p in owed),
    )


@dataclass(slots=True)
class _Found:
    """What the queries found for one commitment, before it is counted."""

    hours: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    statements: set[StatementFacts] = field(default_factory=set)
    months: dict[tuple[date, str], Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))

    def by_month(self) -> tuple[tuple[date, Decimal, Decimal], ...]:
        """Validated and waiting hours of each month worked, in order."""
        known = sorted({month for month, state in self.months if state != LineState.REFUSED})
        return tuple(
            (
                month,
                self.months.get((month, LineState.VALIDATED), ZERO),
                self.months.get((month, LineState.DECLARED), ZERO),
            )
            for month in known
        )


_LINE_STATE = {
    LineState.DECLARED: StatementState.SUBMITTED,
    LineState.VALIDATED: StatementState.VALIDATED,
    LineState.REFUSED: StatementState.VALIDATED,
}


def _found(actor: Actor, owed: Sequence[Mapping[str, Any]], as_of: date) -> dict[int, _Found]:
    """Hours by state and months known, for each commitment: two queries."""
    found: dict[int, _Found] = defaultdict(_Found)
    lines = lines_visible_to(actor).filter(
        commitment_id__in=[c["id"] for c in owed], month__lte=as_of, state__in=list(_LINE_STATE)
    )
    sums = lines.order_by().values("commitment_id", "month", "state").annotate(total=Sum("hours"))
    for row in sums:
        of = found[row["commitment_id"]]
        of.hours[row["state"]] += row["total"]
        of.months[row["month"], row["state"]] += row["total"]
        # hours declared by an employer make the month known, even when the titulaire says nothing
        of.statements.add(StatementFacts(row["month"], _LINE_STATE[LineState(row["state"])], False))
    by_firm: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row_owed in owed:
        by_firm[row_owed["contract_id"], row_owed["contractor_id"]].append(row_owed["id"])
    statements = statements_visible_to(actor).filter(
        contract_id__in={c["contract_id"] for c in owed}, month__lte=as_of
    )
    for contract, declarant, month, state, nil in statements.order_by().values_list(
        "contract_id", "declarant_id", "month", "state", "is_nil"
    ):
        for commitment in by_firm.get((contract, declarant), ()):
            found[commitment].statements.add(StatementFacts(month, StatementState(state), nil))
    return found


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
)  # fmt: skip
"""What must be known of an engagement to count its progress."""


def progress_of_known(
    *, actor: Actor, owed: Sequence[Mapping[str, Any]], figures: Mapping[int, Figures], as_of: date
) -> dict[int, Progress]:
    """Return the same for engagements already read (columns OWED) with their figures of that day: two queries."""
    if not owed:
        return {}
    found = _found(actor, owed, as_of)
    return {c["id"]: _counted(c, found[c["id"]], figures, as_of) for c in owed}


def _counted(
    commitment: Mapping[str, Any], found: _Found, figures: Mapping[int, Figures], as_of: date
) -> Progress:
    kind, said = CommitmentKind(commitment["kind"]), figures.get(commitment["id"])
    due = said if kind not in WITHOUT_FIGURE else None
    end = min(commitment["ends_on"], commitment["closed_on"] or commitment["ends_on"])
    rhythm = commitment["periodicity"], commitment["due_day"]
    expected = months_expected(commitment["starts_on"], end, as_of, *rhythm)
    if said and said.pauses:
        expected = expected_outside(expected, said.pauses)
    return Progress(
        commitment_id=commitment["id"],
        contract_id=commitment["contract_id"],
        contractor_id=commitment["contractor_id"],
        kind=kind,
        declared=found.hours[LineState.DECLARED],
        validated=found.hours[LineState.VALIDATED],
        refused=found.hours[LineState.REFUSED],
        due_to_date=due.to_date if due else None,
        due_firm=due.firm_at_term if due else None,
        due_possible=due.possible if due else None,
        provisional=due.provisional if due else False,
        last_statement=max((s.month for s in found.statements if s.state in HANDED), default=None),
        missing_months=tuple(missing_months(expected, found.statements)),
        pending_months=tuple(pending_months(found.statements)),
        by_month=found.by_month(),
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
