"""Verbs of the advice: studies, the levier juridique advised, purchase programmes."""

from clausette.advice.operations.devices import advise_device
from clausette.advice.operations.following import LotAward, award_study, follow_study
from clausette.advice.operations.own import set_value, state_offer, withdraw_offer
from clausette.advice.operations.programmes import (
    BroughtFile,
    PlannedPurchase,
    bring_programme,
    map_programme,
    open_programme,
    sort_studies,
)
from clausette.advice.operations.purchases import PurchaseFacts, StudiedLot, change_study, waive_study
from clausette.advice.operations.studies import create_study, keep_calibration, move_study
from clausette.advice.operations.templates import bring_template, withdraw_template
from clausette.advice.operations.tender import CHECKED, Reading, check_tender

__all__ = [
    "CHECKED",
    "BroughtFile",
    "LotAward",
    "PlannedPurchase",
    "PurchaseFacts",
    "Reading",
    "StudiedLot",
    "advise_device",
    "award_study",
    "bring_programme",
    "bring_template",
    "change_study",
    "check_tender",
    "create_study",
    "follow_study",
    "keep_calibration",
    "map_programme",
    "move_study",
    "open_programme",
    "set_value",
    "sort_studies",
    "state_offer",
    "waive_study",
    "withdraw_offer",
    "withdraw_template",
]
