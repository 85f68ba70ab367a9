"""What a control reads and what it gives back. Plain values: the caller makes them with a few queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.hours.enums import Severity
from clausette.kernel.french import format_date
from clausette.kernel.months import first_day, last_day


@dataclass(frozen=True, slots=True)
class Span:
    """Dates on paper, both included; no end: still running."""

    starts_on: date
    ends_on: date | None

    def touches(self, month: date) -> bool:
        """Say whether at least one day of the month is within."""
        return self.starts_on <= last_day(month) and (
            self.ends_on is None or first_day(month) <= self.ends_on
        )

    def days_of(self, month: date) -> int:
        """Return how many days of the month are within."""
        start = max(self.starts_on, first_day(month))
        end = last_day(month) if self.ends_on is None else min(self.ends_on, last_day(month))
        return max(0, (end - start).days + 1)

    @property
    def words(self) -> str:
        """« du 1er mars 2026 au 30 juin 2026 », « depuis le 1er mars 2026 »."""
        if self.ends_on is None:
            return f"depuis le {format_date(self.starts_on)}"
        return f"du {format_date(self.starts_on)} au {format_date(self.ends_on)}"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line of hours with all that the controls need of its surroundings.

    `subject`: False for a line given only as context (other months or engagements of the person): it
    counts in sums and never gets a finding. Keys are opaque. `refusal_at_hire`: « » when a decision
    covered the hiring, else why not. `hours_elsewhere`, `declared_elsewhere`: what a function of the
    database says of lines that the actor may not see (a number, a yes), for the same person and month.
    The last fields are the counting rules of the engagement: last day counted of a CDI; training of a work-study
    contract that does not count; hours of training, and those known of the engagement beside the most it takes.
    """

    key: int
    person: int
    declarant: int
    work_contract: int
    month: date
    hours: Decimal
    work_dates: Span
    commitment_dates: Span | None
    hired_on: date
    refusal_at_hire: str
    hours_until: date | None
    weekly_hours: Decimal | None
    has_evidence: bool
    subject: bool = True
    hours_elsewhere: Decimal = Decimal(0)
    declared_elsewhere: bool = False
    commitment: int = 0
    cdi_until: date | None = None
    study_training: bool = False
    is_training: bool = False
    training_known: Decimal = Decimal(0)
    training_most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ControlParams:
    """Dated parameters of the controls and the day of the control."""

    on: date
    monthly_ceiling: Decimal = Decimal("220.00")
    weekly_tolerance: Decimal = Decimal("1.10")
    month_hours: Decimal = Decimal("151.67")

    @classmethod
    def of(cls, on: date, values: Mapping[str, Decimal]) -> "ControlParams":
        """Build from the dated parameters known on `on`, by code. Raises KeyError when one is absent."""
        return cls(on, values["monthly_ceiling"], values["weekly_tolerance"], values["month_hours"])


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: sentence with expected and found, what to do, code (shown small, last), lines
    concerned."""

    code: str
    severity: Severity
    sentence: str
    fix: str
    keys: tuple[int, ...]
    month: date
    expected: str = ""
    found: str = ""

    @property
    def stops(self) -> bool:
        """True when the lines cannot be validated as they are."""
        return self.severity == Severity.ERROR

    @property
    def text(self) -> str:
        """All in one line, the code last: « 231 h … . Vérifiez la saisie. (E001) »."""
        return f"{self.sentence} {self.fix} ({self.code})"
