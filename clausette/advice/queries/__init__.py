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
from clausette.advice.queries.programmes import (
    DueStudy,
    ProgrammeLine,
    ProgrammeSheet,
    SortedStudy,
    ground_of,
    ground_on,
    last_columns,
    list_programmes,
    opinions_due,
    programme_sheet,
    programme_with,
    studies_of_programme,
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
    "DueStudy",
    "KeptCalibration",
    "LotLine",
    "ProgrammeLine",
    "ProgrammeSheet",
    "SortedStudy",
    "StudyLine",
    "StudySheet",
    "Volume",
    "at_or_above",
    "bought_study",
    "calibration_of",
    "calibrations_visible_to",
    "device_advice_of",
    "device_rules_on",
    "ground_of",
    "ground_on",
    "last_columns",
    "limits_on",
    "list_programmes",
    "list_studies",
    "obligation_of",
    "opinions_due",
    "programme_sheet",
    "programme_with",
    "proposal_of_trade",
    "proposals_of_cpv",
    "studies_of_programme",
    "studies_visible_to",
    "study_lots_visible_to",
    "study_sheet",
    "trades",
]
