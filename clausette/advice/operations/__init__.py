"""Verbs of the advice: studies, the levier juridique advised, purchase programmes."""

from clausette.advice.operations.devices import advise_device
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
    "advise_device",
    "bring_programme",
    "create_study",
    "keep_calibration",
    "map_programme",
    "move_study",
    "open_programme",
    "sort_studies",
]
