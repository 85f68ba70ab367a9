"""Rules of the agenda: what asks for attention, and when a firm is reminded of its statements."""

from clausette.agenda.rules.attention import (
    days_late,
    elapsed_share,
    ending_horizon,
    in_difficulty,
    late_months,
)
from clausette.agenda.rules.ladder import (
    LADDER_ORDER,
    Rung,
    Waited,
    check_ladder,
    day_of,
    in_force,
    next_step,
    step_today,
)

__all__ = [
    "LADDER_ORDER",
    "Rung",
    "Waited",
    "check_ladder",
    "day_of",
    "days_late",
    "elapsed_share",
    "ending_horizon",
    "in_difficulty",
    "in_force",
    "late_months",
    "next_step",
    "step_today",
]
