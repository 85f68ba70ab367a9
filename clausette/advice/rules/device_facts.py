"""What is known of a purchase to choose its levier juridique, and the dated facts read with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.advice.enums import Bought, Supplier
from clausette.advice.rules.limits import Limits
from clausette.procurement.enums import ContractKind, LegalDeviceKind
from clausette.reference.facts.articles import ArticleRow
from clausette.reference.facts.devices import CapacityRow, ReservationRow

RESERVED = frozenset(
    {
        LegalDeviceKind.RESERVED_DISABILITY, LegalDeviceKind.RESERVED_IAE, LegalDeviceKind.RESERVED_BOTH,
        LegalDeviceKind.RESERVED_PRISON, LegalDeviceKind.RESERVED_ESS,
    }
)  # fmt: skip
"""Leviers that keep the contract for some suppliers."""


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """What is known of the purchase. None: not known.

    `on`: day the consultation is engaged; `at_or_above`: the estimate reaches the European threshold at a date where
    this makes a social condition due; `hours`: volume calculated; `reserve`: the buyer is ready to reserve;
    `count`: structures able to answer; `depends`: share of their turnover (0–1); `differ`: candidates may do better
    than one another on insertion, in link with the object.
    """

    bought: Bought
    on: date
    kind: ContractKind = ContractKind.PUBLIC_CONTRACT
    at_or_above: bool | None = None
    defence: bool = False
    hours: Decimal | None = None
    months: Decimal | None = None
    reserve: bool = False
    suppliers: frozenset[Supplier] = frozenset()
    count: int | None = None
    depends: Decimal | None = None
    differ: bool | None = None


@dataclass(frozen=True, slots=True)
class DeviceRules:
    """The dated facts that the choice reads."""

    articles: Sequence[ArticleRow]
    capacity: CapacityRow
    reservation: ReservationRow
    limits: Limits
