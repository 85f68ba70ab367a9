"""What a follow-up document says: one frozen object, whatever its format. Nothing about any person by name.

Hours are `Decimal` hours worked, rates `Decimal` fractions, amounts euros HT. None: no such figure, or masked.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.reports.attestation.facts import Body, Correction, Signatory

TEMPLATE_VERSION = "suivi-2"

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the document is about. `kind`: commitment, contract, operation, buyer or firm."""

    kind: str
    name: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractRow:
    """What was bought."""

    name: str
    number: str
    kind: str
    buyer: str
    device: str
    notified_on: date | None
    amount_ht: Decimal | None
    state: str


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """One engagement at the end of the period. `due_*`, `remaining` and rates: None for a suivi sans objectif.

    `validated`: since the start; `in_period`: months of the period alone; `waiting`: declared, to validate. `named`,
    `reserved`, `collective` and `opening` are what `validated` is made of; `opening_on`: day of the balance taken over.
    """

    contract: str
    lot: str
    buyer: str
    firm: str
    kind: str
    ends_on: date
    due_to_date: Decimal | None
    due_firm: Decimal | None
    due_possible: Decimal | None
    validated: Decimal
    waiting: Decimal
    in_period: Decimal
    remaining: Decimal | None
    raw: Decimal | None
    capped: Decimal | None
    missing: int = 0
    pending: int = 0
    provisional: bool = False
    named: Decimal = ZERO
    reserved: Decimal = ZERO
    collective: Decimal = ZERO
    opening: Decimal = ZERO
    opening_on: date | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of the engagements, hors clause left out. `validated` is made of `named`, `reserved`, `collective` and
    `opening` (hours taken over, in no month); `followed`: those of suivis sans objectif chiffré, in no rate.
    """

    due_to_date: Decimal
    due_firm: Decimal
    due_possible: Decimal
    validated: Decimal
    waiting: Decimal
    refused: Decimal
    in_period: Decimal
    waiting_in_period: Decimal
    remaining: Decimal
    raw: Decimal | None
    capped: Decimal | None
    opening: Decimal = ZERO
    followed: Decimal = ZERO
    named: Decimal = ZERO
    reserved: Decimal = ZERO
    collective: Decimal = ZERO
    opening_on: date | None = None
    """Day of the balances taken over, when it is the same for all."""
    reserved_in_period: Decimal = ZERO
    collective_in_period: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month worked, in the period."""

    month: date
    validated: Decimal
    waiting: Decimal


@dataclass(frozen=True, slots=True)
class CurveRow:
    """Cumulated hours at the end of a month; None when there is no such figure (yet)."""

    month: date
    due: Decimal | None
    validated: Decimal | None
    declared: Decimal | None


@dataclass(frozen=True, slots=True)
class CatchUpRow:
    """« Rattrapages »: hours of a year before the period, validated since `closed_on`."""

    year: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class AsideRow:
    """Hours of the period said apart, with how they are counted (`note`). `inside`: already in the hours validated."""

    label: str
    hours: Decimal
    inside: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Validated hours of the period by modality or kind of work contract, with both counts of work contracts."""

    label: str
    hours: Decimal
    work_contracts: int
    counted: int


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """People and their hours by personal criterion. None: masked."""

    label: str
    people: int | None
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One breakdown. `rule`: « somme » or « plusieurs »; no row: masked whole."""

    title: str
    rule: str
    rows: tuple[BreakdownRow, ...]

    @property
    def masked(self) -> int:
        """How many rows are masked."""
        return sum(1 for row in self.rows if row.people is None)


@dataclass(frozen=True, slots=True)
class LineRow:
    """Hours of a month, an engagement, a declarant and a way of working: what the workbook lists."""

    month: date
    contract: str
    lot: str
    firm: str
    declarant: str
    modality: str
    work_contract: str
    nature: str
    state: str
    hours: Decimal


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """Everything that a bilan, a point d'étape or a yearly attestation prints. `audience`: « parties » or « own »."""

    kind: str
    number: str
    issued_on: date
    issuer: Body
    recipient: Body | None
    audience: str
    subject: Subject
    starts_on: date
    ends_on: date
    as_of: date
    closed_on: date
    contracts: tuple[ContractRow, ...]
    engagements: tuple[EngagementRow, ...]
    totals: Totals
    months: tuple[MonthRow, ...]
    curve: tuple[CurveRow, ...]
    catch_up: tuple[CatchUpRow, ...]
    asides: tuple[AsideRow, ...]
    participants: int
    new_entrants: int
    work_contracts: int
    counted_contracts: int
    modalities: tuple[ShareRow, ...]
    contract_kinds: tuple[ShareRow, ...]
    breakdowns: tuple[Breakdown, ...]
    lines: tuple[LineRow, ...]
    fte_divisor: Decimal
    fte_label: str
    monthly_hours: Decimal
    mask_below: int
    gap_days: int
    corrects: Correction | None = None
    signatory: Signatory | None = None
    template_version: str = TEMPLATE_VERSION

    @property
    def fte(self) -> Decimal:
        """Full-time equivalents of the hours of the period, to the hundredth."""
        return (self.totals.in_period / self.fte_divisor).quantize(Decimal("0.01"))
