"""What can be done with people at work: one function per verb."""

from clausette.placements.operations.merging import hand_over
from clausette.placements.operations.placing import (
    Beside,
    Particulars,
    allocate,
    end_placement,
    place,
    prolong,
)
from clausette.placements.operations.withdrawing import (
    end_allocation,
    withdraw_allocation,
    withdraw_placement,
)

__all__ = [
    "Beside",
    "Particulars",
    "allocate",
    "end_allocation",
    "end_placement",
    "hand_over",
    "place",
    "prolong",
    "withdraw_allocation",
    "withdraw_placement",
]
