"""What a control reads and what it gives back. Plain values: the caller makes them with a few queries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

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
        first, last = first_day(month), last_day(month)
        start = max(self.starts_on, first)
        end = last if self.ends_on is None or self.ends_on > last else self.ends_on
        if start.month == end.month and start.year == end.year:
            return max(0, end.day - start.day + 1)
        return 0  # the span is over before the month, or begins after it

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two have a day in common."""
        return (other.ends_on is None or self.starts_on <= other.ends_on) and (
            self.ends_on is None or other.starts_on <= self.ends_on
        )

    def covers(self, month: date) -> bool:
        """Say whether every day of the month is within."""
        return self.starts_on <= first_day(month) and (self.ends_on is None or last_day(month) <= self.ends_on)

    @property
    def words(self) -> str:
        """« du 1er mars 2026 au 30 juin 2026 », « depuis le 1er mars 2026 »."""
        if self.ends_on is None:
            return f"depuis le {format_date(self.starts_on)}"
        return f"du {format_date(self.starts_on)} au {format_date(self.ends_on)}"


@dataclass(frozen=True, slots=True)
class Part:
    """One dated part of the schedule of an engagement; `firm`: affermie."""

    dates: Span
    firm: bool


@dataclass(frozen=True, slots=True)
class OwedFacts:
    """What an engagement says of the hours it takes; one object shared by all its lines.

    `suspended`: days without work, both ends included. `terminated_on`, `transferred_on`, `settled_on`: last day of
    the market, last day of this titulaire, day of the closing. `modalities`: None when all are admitted. `ett`: the
    value of EttAdmission. `due`, `counted`: hours due at the term and hours that count already; None: not followed.
    """

    suspended: tuple[Span, ...] = ()
    terminated_on: date | None = None
    transferred_on: date | None = None
    settled_on: date | None = None
    notified_on: date | None = None
    modalities: frozenset[str] | None = None
    ett: str = ""
    parts: tuple[Part, ...] = ()
    due: Decimal | None = None
    counted: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """What a work contract is; one object shared by all its lines. Values of Modality, WorkContractKind, BodyKind.

    `employer`: opaque key. `born_on`: only where the actor may know it.
    """

    employer: int = 0
    employer_kind: str = ""
    modality: str = ""
    kind: str = ""
    job: str = ""
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class PriorFacts:
    """A training before hiring, and what its engagement says of it for the month of the line.

    `dates`: of the training. `admitted`: False too when nothing is said. `capped`: the engagement says a ceiling:
    `person_most`, `most` (hours of the person, of all), None where unsaid. `days_most`: None where unsaid.
    `person_known`, `known`: hours of training before hiring known of the person, and of all, on this engagement.
    `due`: hours due firm at term, None without figure.
    """

    dates: Span
    admitted: bool
    capped: bool = False
    person_most: Decimal | None = None
    most: Decimal | None = None
    days_most: int | None = None
    person_known: Decimal = Decimal(0)
    known: Decimal = Decimal(0)
    due: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SiaeFacts:
    """What the engagement says, for the month of the line, of hours sub-contracted to a structure d'insertion.

    `admitted`: True too when nothing is said (CCAG 2021, art. 16.1.1). `most`: hours of all that it takes, None where
    unsaid; `known`: those known of it.
    """

    admitted: bool
    most: Decimal | None = None
    known: Decimal = Decimal(0)


class PostFacts(NamedTuple):
    """What all the lines of a work contract on an engagement say alike, in the order of LineFacts: made once."""

    person: int
    work_contract: int
    work_dates: Span
    commitment_dates: Span | None
    hired_on: date
    refusal_at_hire: str
    weekly_hours: Decimal | None
    commitment: int
    eligible_on: date | None
    public_refused: bool
    off: frozenset[str]
    owed: OwedFacts
    work: WorkFacts


class CountingFacts(NamedTuple):
    """The counting rules of an engagement as they bear on a line, in the order of LineFacts."""

    is_training: bool
    cdi_until: date | None
    study_training: bool
    training_known: Decimal
    training_most: Decimal | None


@dataclass(slots=True)
class LineFacts:
    """One line of hours with all that the controls need of its surroundings.

    Never written to once made. Not frozen: a hundred thousand are made at once, in 0.3 s instead of 1.1. The facts that
    many lines share stand together: who makes many gives them as they are (`PostFacts`, `CountingFacts`), and `post`
    tells that they were: lines with the same one are asked together.

    `subject`: False for a line given only as context (other months or engagements of the person): it
    counts in sums and never gets a finding. Keys are opaque. `refusal_at_hire`: « » when a decision
    covered the hiring, else why not. `hours_elsewhere`, `declared_elsewhere`: what a function of the
    database says of lines that the actor may not see (a number, a yes), for the same person and month.
    Then the counting rules of the engagement: last day counted of a CDI; training of a work-study contract that does
    not count; hours of training, and those known of the engagement beside the most it takes.
    `off`: codes that the structure or the engagement switched off. `eligible_on`: day of a favourable decision taken
    after the hiring. `public_refused`: the engagement does not admit the public retenu (never which one).
    `first_hour_on`: first clause hour of the path of the person. `stated`: total declared for the month of the work
    contract. `is_locked`: the statement of this month is validated. `uncounted`: the word of a nature that counts for
    nothing (« tutorat »). `is_correction`: a line that corrects another. `evidence_on`: day on which the piece was
    handed in; `evidence_seen`: where the same piece was already handed in (« le relevé de mai 2026 »);
    `evidence_lapsed`: day from which what it attests holds no more, before this month; `evidence_what`: which piece,
    when it is not the one of the hours (« convention ou agrément »); `approval_missing`: the paper asked of who employs
    by this modality, when the declarant never gave it. `before`: hours of a training
    before the work contract, which are not worked; `prior`: that training, where it is known.
    `siae`: where the hours are sub-contracted to a structure d'insertion and the engagement says something of it.
    """

    key: int
    declarant: int
    month: date
    hours: Decimal
    has_evidence: bool
    hours_until: date | None
    # the facts of PostFacts
    person: int
    work_contract: int
    work_dates: Span
    commitment_dates: Span | None
    hired_on: date
    refusal_at_hire: str
    weekly_hours: Decimal | None
    commitment: int = 0
    eligible_on: date | None = None
    public_refused: bool = False
    off: frozenset[str] = frozenset()
    owed: OwedFacts = OwedFacts()
    work: WorkFacts = WorkFacts()
    # those of CountingFacts
    is_training: bool = False
    cdi_until: date | None = None
    study_training: bool = False
    training_known: Decimal = Decimal(0)
    training_most: Decimal | None = None
    # those of the line and of its month
    subject: bool = True
    hours_elsewhere: Decimal = Decimal(0)
    declared_elsewhere: bool = False
    first_hour_on: date | None = None
    stated: Decimal | None = None
    is_locked: bool = False
    uncounted: str = ""
    is_correction: bool = False
    evidence_on: date | None = None
    evidence_seen: str = ""
    evidence_lapsed: date | None = None
    evidence_what: str = ""
    approval_missing: str = ""
    before: bool = False
    prior: PriorFacts | None = None
    siae: SiaeFacts | None = None
    post: PostFacts | None = None

    @property
    def days(self) -> Span:
        """The days of the month on which these hours can have been worked; none when the end precedes the start."""
        end = last_day(self.month)
        until = end if self.work_dates.ends_on is None else min(end, self.work_dates.ends_on)
        return Span(max(first_day(self.month), self.work_dates.starts_on), until)

    @property
    def last_day_worked(self) -> date:
        """Last day of the month, or of the work contract when it ends before."""
        last, ended = last_day(self.month), self.work_dates.ends_on
        return last if ended is None or ended > last else ended


@dataclass(slots=True)
class Finding:
    """One thing found: sentence with expected and found, what to do, code (shown small, last), lines concerned.

    Never written to once made. Not frozen, as the facts of a line: a large file has several for each line.
    """

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
