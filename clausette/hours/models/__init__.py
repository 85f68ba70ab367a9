"""Tables of the room: statements and their lines, hours without names, balances taken over."""

from clausette.hours.models.balances import CollectiveHours, OpeningBalance, OpeningBalanceYear
from clausette.hours.models.confirmations import Confirmation
from clausette.hours.models.kept import KeptProgress, StaleProgress
from clausette.hours.models.pieces import StatementPiece
from clausette.hours.models.prior import PriorTraining
from clausette.hours.models.proposals import CorrectionProposal
from clausette.hours.models.reopenings import Reopening
from clausette.hours.models.reporting import ReportingChange
from clausette.hours.models.statements import HoursLine, Justification, Statement, WorkedMonth
from clausette.hours.models.unlisted import UnlistedPerson

__all__ = [
    "CollectiveHours",
    "Confirmation",
    "CorrectionProposal",
    "HoursLine",
    "Justification",
    "KeptProgress",
    "OpeningBalance",
    "OpeningBalanceYear",
    "PriorTraining",
    "Reopening",
    "ReportingChange",
    "StaleProgress",
    "Statement",
    "StatementPiece",
    "UnlistedPerson",
    "WorkedMonth",
]
