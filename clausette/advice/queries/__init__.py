"""Reads of the advice: the rules with the facts of a day, the studies of a structure."""

from clausette.advice.queries.awaited import AwaitedStudy, awaited_studies
from clausette.advice.queries.devices import device_advice_of, device_rules_on
from clausette.advice.queries.facts import (
    calibration_of,
    limits_on,
    obligation_of,
    proposal_of_trade,
    proposals_of_cpv,
    trades,
)
from clausette.advice.queries.following import (
    FollowSheet,
    LotPlan,
    StudyLink,
    follow_sheet,
    study_of_contract,
)
from clausette.advice.queries.offers import OfferLine, list_offers
from clausette.advice.queries.own import list_figures, own_figures
from clausette.advice.queries.past import PastContracts, PastLine, past_of, prefixes_of
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
from clausette.advice.queries.templates import TemplateLine, list_templates, template_file, template_serving
from clausette.advice.queries.tender import TenderLine, tender_checks
from clausette.advice.queries.tested import PurchaseSheet, purchase_sheet
from clausette.advice.queries.texts import contract_texts, study_texts
from clausette.advice.queries.visibility import (
    calibrations_visible_to,
    studies_visible_to,
    study_lots_visible_to,
)

__all__ = [
    "AwaitedStudy",
    "BoughtLot",
    "BoughtStudy",
    "DueStudy",
    "FollowSheet",
    "KeptCalibration",
    "LotLine",
    "LotPlan",
    "OfferLine",
    "PastContracts",
    "PastLine",
    "ProgrammeLine",
    "ProgrammeSheet",
    "PurchaseSheet",
    "SortedStudy",
    "StudyLine",
    "StudyLink",
    "StudySheet",
    "TemplateLine",
    "TenderLine",
    "Volume",
    "at_or_above",
    "awaited_studies",
    "bought_study",
    "calibration_of",
    "calibrations_visible_to",
    "contract_texts",
    "device_advice_of",
    "device_rules_on",
    "follow_sheet",
    "ground_of",
    "ground_on",
    "last_columns",
    "limits_on",
    "list_figures",
    "list_offers",
    "list_programmes",
    "list_studies",
    "list_templates",
    "obligation_of",
    "opinions_due",
    "own_figures",
    "past_of",
    "prefixes_of",
    "programme_sheet",
    "programme_with",
    "proposal_of_trade",
    "proposals_of_cpv",
    "purchase_sheet",
    "studies_of_programme",
    "studies_visible_to",
    "study_lots_visible_to",
    "study_of_contract",
    "study_sheet",
    "study_texts",
    "template_file",
    "template_serving",
    "tender_checks",
    "trades",
]
