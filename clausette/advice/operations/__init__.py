"""Verbs of the advice: studies, the levier juridique advised."""

from clausette.advice.operations.devices import advise_device
from clausette.advice.operations.studies import StudiedLot, create_study, keep_calibration, move_study

__all__ = ["StudiedLot", "advise_device", "create_study", "keep_calibration", "move_study"]
"""Verbs of the advice: studies, purchase programmes."""

from clausette.advice.operations.programmes import (
    BroughtFile,
    PlannedPurchase,
    bring_programme,
    map_programme,
    open_programme,
    sort_studies,
)
from clausette.advice.operations.studies import StudiedLot, create_study, keep_calibration, move_study

__all__ = [
    "BroughtFile",
    "PlannedPurchase",
    "StudiedLot",
    "bring_programme",
    "create_study",
    "keep_calibration",
    "map_programme",
    "move_study",
    "open_programme",
    "sort_studies",
]
