"""What may be read of a takeover: workbooks, lines, totals, what is held beside."""

from clausette.imports.queries.takeover.batches import (
    LeftLine,
    TakeoverLineOfList,
    TakeoverSheet,
    list_takeovers,
    takeover_sheet,
)
from clausette.imports.queries.takeover.files import GivenFile, returned_file, template_file
from clausette.imports.queries.takeover.lines import ReadLine, codes_said, list_lines, said_of_lines
from clausette.imports.queries.takeover.reconciling import Reconciled, Reconciliation, reconciliation_of
from clausette.imports.queries.takeover.totals import ContractTotal, Totals, totals_of
from clausette.imports.queries.takeover.undoing import Blocker, blockers_of

__all__ = [
    "Blocker",
    "ContractTotal",
    "GivenFile",
    "LeftLine",
    "ReadLine",
    "Reconciled",
    "Reconciliation",
    "TakeoverLineOfList",
    "TakeoverSheet",
    "Totals",
    "blockers_of",
    "codes_said",
    "list_lines",
    "list_takeovers",
    "reconciliation_of",
    "returned_file",
    "said_of_lines",
    "takeover_sheet",
    "template_file",
    "totals_of",
]
