"""Tables of the outcomes room."""

from clausette.outcomes.models.path import FollowUp, Interview, PathExit, TrainingAction

__all__ = ["FollowUp", "Interview", "PathExit", "TrainingAction"]
