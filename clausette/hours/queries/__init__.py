"""What may be read of hours: statements, controls, progress, and what is behind each figure."""

from clausette.hours.queries.acts import ActSheet, act_sheet, may_credit
from clausette.hours.queries.candidates import Candidate, findings_of_candidates
from clausette.hours.queries.collective import CollectiveLine, collective_line
from clausette.hours.queries.confirming import (
    ConfirmationSheet,
    Disagreement,
    ToConfirm,
    answers_kept,
    confirmation_days,
    confirmations_of,
    confirmations_waiting,
    disagreement,
    disagreements,
)
from clausette.hours.queries.curve import MonthPoint, followed, months_curve
from clausette.hours.queries.declaring import ToDeclare, months_to_declare, own_months, own_progress, place_of
from clausette.hours.queries.findings import LineFinding, findings_of
from clausette.hours.queries.found import COLLECTIVE, KEPT, OPENING, Makeup, hours_of_months, made_up_of
from clausette.hours.queries.grid import Cell, Grid, GridLine, GridStatement, firm_month, grid
from clausette.hours.queries.kept import Reading, kept_readings, readings_for, readings_of
from clausette.hours.queries.limits import Limit, limits_of
from clausette.hours.queries.lines import LineBehind, LineFilters, LinesBehind, lines_behind
from clausette.hours.queries.members import HoursByFirm, hours_by_firm
from clausette.hours.queries.named import statements_named
from clausette.hours.queries.openings import (
    Opening,
    opening_commitment,
    opening_hours_of_year,
    opening_sums,
    openings_of,
    taken_over_until,
)
from clausette.hours.queries.outside import OutsideHours, outside_rules, outside_shown
from clausette.hours.queries.people import Person, Worker, persons_of, workers
from clausette.hours.queries.progress import (
    Total,
    progress_by_buyer,
    progress_by_contract,
    progress_by_firm,
    progress_of,
    total_of,
)
from clausette.hours.queries.reading import OWED, Progress, progress_of_known
from clausette.hours.queries.reporting import (
    Reporter,
    ReportingLine,
    ReportingSheet,
    reporting_sheet,
    reporting_visible_to,
)
from clausette.hours.queries.reserves import ReservedLine, reserves_ending
from clausette.hours.queries.signing import last_signer
from clausette.hours.queries.splitting import SplitPart, SplitSheet, split_sheet
from clausette.hours.queries.statements import (
    Answered,
    SheetLine,
    StatementFilters,
    StatementLine,
    StatementPage,
    StatementSheet,
    forgotten,
    line_sheet,
    list_statements,
    statement_sheet,
    waiting_statements,
)
from clausette.hours.queries.targets import targets_progress, targets_reached
from clausette.hours.queries.told import Told, told_of_own
from clausette.hours.queries.validity import Counted, hours_until_of
from clausette.hours.queries.visible import (
    collective_visible_to,
    contract_part,
    contract_parts,
    justifications_visible_to,
    lines_visible_to,
    opening_years_visible_to,
    openings_visible_to,
    statements_visible_to,
    worked_months_visible_to,
)
from clausette.hours.queries.waiting import DeskFilters, DeskLine, DeskPage, validation_desk
from clausette.hours.queries.written import Written, written_of
from clausette.hours.queries.year_table import YearRow, year_table
from clausette.hours.queries.years import YearHours, YearScope, hours_of_year, retained_on

__all__ = [
    "COLLECTIVE",
    "KEPT",
    "OPENING",
    "OWED",
    "ActSheet",
    "Answered",
    "Candidate",
    "Cell",
    "CollectiveLine",
    "ConfirmationSheet",
    "Counted",
    "DeskFilters",
    "DeskLine",
    "DeskPage",
    "Disagreement",
    "Grid",
    "GridLine",
    "GridStatement",
    "HoursByFirm",
    "Limit",
    "LineBehind",
    "LineFilters",
    "LineFinding",
    "LinesBehind",
    "Makeup",
    "MonthPoint",
    "Opening",
    "OutsideHours",
    "Person",
    "Progress",
    "Reading",
    "Reporter",
    "ReportingLine",
    "ReportingSheet",
    "ReservedLine",
    "SheetLine",
    "SplitPart",
    "SplitSheet",
    "StatementFilters",
    "StatementLine",
    "StatementPage",
    "StatementSheet",
    "ToConfirm",
    "ToDeclare",
    "Told",
    "Total",
    "Worker",
    "Written",
    "YearHours",
    "YearRow",
    "YearScope",
    "act_sheet",
    "answers_kept",
    "collective_line",
    "collective_visible_to",
    "confirmation_days",
    "confirmations_of",
    "confirmations_waiting",
    "contract_part",
    "contract_parts",
    "disagreement",
    "disagreements",
    "findings_of",
    "findings_of_candidates",
    "firm_month",
    "followed",
    "forgotten",
    "grid",
    "hours_by_firm",
    "hours_of_months",
    "hours_of_year",
    "hours_until_of",
    "justifications_visible_to",
    "kept_readings",
    "last_signer",
    "limits_of",
    "line_sheet",
    "lines_behind",
    "lines_visible_to",
    "list_statements",
    "made_up_of",
    "may_credit",
    "months_curve",
    "months_to_declare",
    "opening_commitment",
    "opening_hours_of_year",
    "opening_sums",
    "opening_years_visible_to",
    "openings_of",
    "openings_visible_to",
    "outside_rules",
    "outside_shown",
    "own_months",
    "own_progress",
    "persons_of",
    "place_of",
    "progress_by_buyer",
    "progress_by_contract",
    "progress_by_firm",
    "progress_of",
    "progress_of_known",
    "readings_for",
    "readings_of",
    "reporting_sheet",
    "reporting_visible_to",
    "reserves_ending",
    "retained_on",
    "split_sheet",
    "statement_sheet",
    "statements_named",
    "statements_visible_to",
    "taken_over_until",
    "targets_progress",
    "targets_reached",
    "told_of_own",
    "total_of",
    "validation_desk",
    "waiting_statements",
    "worked_months_visible_to",
    "workers",
    "written_of",
    "year_table",
]
