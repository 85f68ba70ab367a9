"""Verbs of the advice: studies, the levier juridique advised."""

from clausette.advice.operations.devices import advise_device
from clausette.advice.operations.studies import StudiedLot, create_study, keep_calibration, move_study

__all__ = ["StudiedLot", "advise_device", "create_study", "keep_calibration", "move_study"]
