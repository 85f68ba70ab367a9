"""Reads of the advice: the rules with the facts of a day, the studies of a structure."""

from clausette.advice.queries.devices import device_advice_of, device_rules_on
from clausette.advice.queries.facts import (
    calibration_of,
    limits_on,
    obligation_of,
    proposal_of_trade,
    proposals_of_cpv,
    trades,
)
from clausette.advice.queries.purchase import BoughtLot, BoughtStudy, Volume, at_or_above, bought_study
from clausette.advice.queries.studies import (
    KeptCalibration,
    LotLine,
    StudyLine,
    StudySheet,
    list_studies,
    study_sheet,
)
from clausette.advice.queries.visibility import (
    calibrations_visible_to,
    studies_visible_to,
    study_lots_visible_to,
)

__all__ = [
    "BoughtLot",
    "BoughtStudy",
    "KeptCalibration",
    "LotLine",
    "StudyLine",
    "StudySheet",
    "Volume",
    "at_or_above",
    "bought_study",
    "calibration_of",
    "calibrations_visible_to",
    "device_advice_of",
    "device_rules_on",
    "limits_on",
    "list_studies",
    "obligation_of",
    "proposal_of_trade",
    "proposals_of_cpv",
    "studies_visible_to",
    "study_lots_visible_to",
    "study_sheet",
    "trades",
]
