"""What may be read of paths and exits."""

from clausette.outcomes.queries.exits import (
    ExitPage,
    ToConfirm,
    ToFollow,
    exits_of_period,
    exits_to_confirm,
    follow_ups_due,
)
from clausette.outcomes.queries.path import (
    ExitLine,
    InterviewLine,
    Path,
    PointLine,
    TrainingLine,
    exit_line,
    path_of,
    person_of_interview,
    training_line,
)
from clausette.outcomes.queries.visibility import (
    exits_visible_to,
    follow_ups_visible_to,
    interviews_visible_to,
    trainings_visible_to,
)

__all__ = [
    "ExitLine",
    "ExitPage",
    "InterviewLine",
    "Path",
    "PointLine",
    "ToConfirm",
    "ToFollow",
    "TrainingLine",
    "exit_line",
    "exits_of_period",
    "exits_to_confirm",
    "exits_visible_to",
    "follow_ups_due",
    "follow_ups_visible_to",
    "interviews_visible_to",
    "path_of",
    "person_of_interview",
    "training_line",
    "trainings_visible_to",
]
