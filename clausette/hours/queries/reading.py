"""One engagement read: its hours declared, validated, not retained, its months missing, its rates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind
from clausette.commitments.queries import Figures
from clausette.commitments.rules import Achievement, Balance, achievement, expected_outside, rate, remaining
from clausette.hours.enums import LineState
from clausette.hours.queries.found import KEPT, NOTHING, Found, Makeup, found_for
from clausette.hours.rules import months_expected, silent_months
from clausette.hours.rules.openings import covers
from clausette.kernel.actor import Actor

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
        return achieved([self])

    @property
    def raw(self) -> Decimal | None:
        """Validated / due firm at term; may pass 1."""
        return rate(self.validated, self.due_firm) if self.due_firm else None

    @property
    def capped(self) -> Decimal | None:
        """The same, never above 1."""
        return self.rates.capped


def achieved(several: Iterable[Progress]) -> Achievement:
    """Return the achievement of several, each within its own hours due firm at term."""
    return achievement(Balance(p.due_firm, p.validated) for p in several if p.due_firm)


OWED = (
    "id", "contract_id", "contractor_id", "kind", "starts_on", "ends_on", "closed_on", "periodicity", "due_day",
    "expected_from",
)  # fmt: skip
"""What must be known of an engagement to count its progress."""


def progress_of_known(
    *, actor: Actor, owed: Sequence[Mapping[str, Any]], figures: Mapping[int, Figures], as_of: date
) -> dict[int, Progress]:
    """Return the same for engagements already read (columns OWED) with their figures of that day: one query."""
    return {pk: one for pk, (one, _) in expected_and_counted(actor, owed, figures, as_of).items()}


def expected_and_counted(
    actor: Actor, owed: Sequence[Mapping[str, Any]], figures: Mapping[int, Figures], as_of: date
) -> dict[int, tuple[Progress, Sequence[date]]]:
    """Return the same, each with the months of which something is expected, handed over or not."""
    if not owed:
        return {}
    found = found_for(actor, owed, as_of)
    known: dict[int, tuple[Progress, Sequence[date]]] = {}
    for one in owed:
        said = figures.get(one["id"])
        expected = _expected(one, found[one["id"]], said, as_of)
        known[one["id"]] = counted(one, found[one["id"]], said, as_of, expected), expected
    return known


def _expected(commitment: Mapping[str, Any], found: Found, said: Figures | None, as_of: date) -> list[date]:
    end = min(commitment["ends_on"], commitment["closed_on"] or commitment["ends_on"])
    rhythm = commitment["periodicity"], commitment["due_day"], commitment["expected_from"]
    expected = months_expected(commitment["starts_on"], end, as_of, *rhythm)
    if said and said.pauses:
        expected = expected_outside(expected, said.pauses)
    return [month for month in expected if not covers(found.covered_until, month)]


def counted(
    commitment: Mapping[str, Any], found: Found, said: Figures | None, as_of: date,
    expected: Sequence[date] | None = None,
) -> Progress:  # fmt: skip
    """Return the progress of one engagement (columns OWED) from what was found and its figures of that day.

    `expected`: its months expected, when already told.
    """
    if expected is None:
        expected = _expected(commitment, found, said, as_of)
    kind = CommitmentKind(commitment["kind"])
    due = said if kind not in WITHOUT_FIGURE else None
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
