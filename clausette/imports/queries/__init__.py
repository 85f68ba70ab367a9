"""What may be read of the imports: batches, their rows, and the contracts a file is compared with."""

from clausette.imports.queries.batches import (
    BatchLine,
    BatchSheet,
    batch_sheet,
    batches_visible_to,
    list_batches,
    references_visible_to,
    rows_visible_to,
)
from clausette.imports.queries.changes import (
    ChangedContract,
    ChangeSeen,
    changes_of,
    changes_visible_to,
    waiting_changes,
)
from clausette.imports.queries.held import HeldHere, held_contracts
from clausette.imports.queries.interest import interest_of
from clausette.imports.queries.matching import (
    Proposed,
    RecordLine,
    Unfollowed,
    count_unfollowed,
    left_visible_to,
    proposed_matches,
    record_line,
    unfollowed,
)
from clausette.imports.queries.rows import (
    AttachableLine,
    CandidateLine,
    ChangeLine,
    ProblemLine,
    RowLine,
    attachable,
    list_rows,
)
from clausette.imports.queries.targets import shares_of_buyer

__all__ = [
    "AttachableLine",
    "BatchLine",
    "BatchSheet",
    "CandidateLine",
    "ChangeLine",
    "ChangeSeen",
    "ChangedContract",
    "HeldHere",
    "ProblemLine",
    "Proposed",
    "RecordLine",
    "RowLine",
    "Unfollowed",
    "attachable",
    "batch_sheet",
    "batches_visible_to",
    "changes_of",
    "changes_visible_to",
    "count_unfollowed",
    "held_contracts",
    "interest_of",
    "left_visible_to",
    "list_batches",
    "list_rows",
    "proposed_matches",
    "record_line",
    "references_visible_to",
    "rows_visible_to",
    "shares_of_buyer",
    "unfollowed",
    "waiting_changes",
]
