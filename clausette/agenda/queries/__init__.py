"""Read models of the first screens: « Ma journée » of each role, « Tableau de suivi », the search."""

from clausette.agenda.queries.awaited import Awaited, awaited_months
from clausette.agenda.queries.board import SORTS, STATES, Board, BoardFilters, Subtotal, board
from clausette.agenda.queries.chasing import LateFirm, late_firm, late_firms
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
from clausette.agenda.queries.letters import (
    BY_ITSELF,
    LetterLine,
    ReminderLine,
    letter_line,
    letters_page,
    reminders_of,
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
from clausette.agenda.queries.settings import TextSheet, ladder_of, texts_of
from clausette.agenda.queries.year import YearFigures, this_year

__all__ = [
    "BY_ITSELF",
    "SORTS",
    "STATES",
    "Awaited",
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
    "LateFirm",
    "LetterLine",
    "MonthToDeclare",
    "PrescriberDay",
    "PublicToValidate",
    "Publics",
    "Referred",
    "ReminderLine",
    "ReturnedStatement",
    "Subtotal",
    "TextSheet",
    "WaitingStatement",
    "WaitingStatements",
    "Worst",
    "YearFigures",
    "awaited_months",
    "board",
    "day_of_buyer",
    "day_of_facilitator",
    "day_of_firm",
    "day_of_prescriber",
    "engagements",
    "ladder_of",
    "late_firm",
    "late_firms",
    "letter_line",
    "letters_page",
    "reminders_of",
    "rest_of_facilitator",
    "search",
    "texts_of",
    "this_year",
]
