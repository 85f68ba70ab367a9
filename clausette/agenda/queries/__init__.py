"""Read models of the first screens: « Ma journée » of each role, « Tableau de suivi », the search."""

from clausette.agenda.queries.board import SORTS, STATES, Board, BoardFilters, Subtotal, board
from clausette.agenda.queries.engagements import Engagement, engagements
from clausette.agenda.queries.facilitator import (
    Ending,
    FacilitatorDay,
    FacilitatorNext,
    Publics,
    PublicToValidate,
    WaitingStatement,
    WaitingStatements,
    Worst,
    day_of_facilitator,
    rest_of_facilitator,
)
from clausette.agenda.queries.others import (
    BuyerDay,
    FirmDay,
    MonthToDeclare,
    PrescriberDay,
    Referred,
    ReturnedStatement,
    day_of_buyer,
    day_of_firm,
    day_of_prescriber,
)
from clausette.agenda.queries.search import Found, FoundContract, FoundFirm, FoundPerson, search
from clausette.agenda.queries.year import YearFigures, this_year

__all__ = [
    "SORTS",
    "STATES",
    "Board",
    "BoardFilters",
    "BuyerDay",
    "Ending",
    "Engagement",
    "FacilitatorDay",
    "FacilitatorNext",
    "FirmDay",
    "Found",
    "FoundContract",
    "FoundFirm",
    "FoundPerson",
    "MonthToDeclare",
    "PrescriberDay",
    "PublicToValidate",
    "Publics",
    "Referred",
    "ReturnedStatement",
    "Subtotal",
    "WaitingStatement",
    "WaitingStatements",
    "Worst",
    "YearFigures",
    "board",
    "day_of_buyer",
    "day_of_facilitator",
    "day_of_firm",
    "day_of_prescriber",
    "engagements",
    "rest_of_facilitator",
    "search",
    "this_year",
]
