"""The shapes in which the story is told: what was bought, what is owed, who works when.

Months are counted from the month in which the world ends: 0 is that month, -1 the one before. A date stands for
itself (the contract of 2011).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clausette.commitments.enums import CommitmentKind, Periodicity
from clausette.kernel.months import add_months, first_day, last_day
from clausette.procurement.enums import ContractNature, ContractState, LegalDeviceKind

When = int | date


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day on which the world ends, and its months."""

    as_of: date

    def first(self, when: When) -> date:
        """First day of a month of the story."""
        return when if isinstance(when, date) else add_months(first_day(self.as_of), when)

    def last(self, when: When) -> date:
        """Last day of a month of the story."""
        return last_day(self.first(when))

    def after(self, start: When, months: int) -> date:
        """Last day of the period of that many months."""
        return last_day(add_months(first_day(self.first(start)), months - 1))

    def past(self, day: date) -> date:
        """The day itself, or the last day of the world when it comes later."""
        return min(day, self.as_of)

    def before(self, day: date, days: int) -> date:
        """Some days before, never after the end of the world."""
        return self.past(day - timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Stint:
    """Months of work of one person: `way` is « direct » or the body that lends; about `hours` each month.

    `person`: a name under which the same person comes back, each work contract following the one before. `by`: the
    structure that follows the person, when it is not the one in charge of the contract. `flat`: exactly these hours.
    `contract_months`: length of a work contract that goes on elsewhere; `same`: it goes on here, with another firm.
    """

    way: str
    start: When
    months: int
    hours: int
    weekly: int = 35
    person: str = ""
    by: str = ""
    flat: bool = False
    cdi: bool = False
    contract_months: int = 0
    same: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """An engagement and how its statements come: months that are missing, returned, waiting, without piece."""

    key: str
    firm: str
    start: When
    months: int
    kind: CommitmentKind = CommitmentKind.FIXED
    minimum: int = 0
    offer: int = 0
    conditional: int = 0
    calculation: tuple[int, str, str, int] | None = None
    lot: str = ""
    stints: tuple[Stint, ...] = ()
    periodicity: Periodicity = Periodicity.MONTHLY
    missing: tuple[int, ...] = ()
    returned: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    unproved: tuple[int, ...] = ()
    draft: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Bought:
    """A procurement contract of the story; `lots`: number, title, amount, with clause or not."""

    key: str
    owner: str
    name: str
    title: str
    buyer: str
    number: str = ""
    amount: int | None = None
    nature: ContractNature = ContractNature.WORKS
    device: LegalDeviceKind = LegalDeviceKind.EXECUTION
    state: ContractState = ContractState.RUNNING
    consulted: When | None = None
    operation: str = ""
    lots: tuple[tuple[str, str, int, bool], ...] = ()
    owed: tuple[Owed, ...] = ()
    shared: int | None = None
    revoked: int | None = None


def hours(number: int) -> Decimal | None:
    """Hours or nothing."""
    return Decimal(number) if number else None
