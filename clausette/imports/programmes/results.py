"""What reading a programme gives: its lines with what is said of each cell, the plans of its sheets, notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from clausette.advice.enums import ProgrammeSource
from clausette.imports.takeover.mapping import ColumnPlan
from clausette.imports.takeover.reading import Workbook
from clausette.procurement.enums import ContractNature

OTHER_SHEET = 100_000
"""Added to the number of a line for each sheet before its own: a line of a programme has one number."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a cell: `column` its letter (« C ») or its place in a record, `label` its heading, `value` what
    is written there. `stops`: the line cannot be kept without the cell being corrected or left empty."""

    sentence: str
    column: str = ""
    label: str = ""
    value: str = ""
    stops: bool = True

    @property
    def text(self) -> str:
        """« Colonne C, « Montant » : … »."""
        where = f"Colonne {self.column}" if len(self.column) < 4 and self.column else self.column
        return f"{where} : {self.sentence}" if where else self.sentence


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What one sheet of a programme is. `taken`: its lines are read. `heading_line`: of its headings, 0 for none."""

    sheet: str
    taken: bool
    heading_line: int
    columns: tuple[ColumnPlan, ...]

    def places(self) -> dict[str, int]:
        """Where each field is."""
        return {column.field: column.place for column in self.columns if column.field}


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One purchase as it was read. `number`: of the line in its sheet, or of the record; `row`: its number in the whole
    programme. `values` by field: amounts in euros without tax, months, days; what is unreadable is absent, and told."""

    sheet: str
    number: int
    row: int
    values: Mapping[str, Any]
    remarks: tuple[Remark, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether a cell must be corrected, or left empty by a person."""
        return any(one.stops for one in self.remarks)

    @property
    def title(self) -> str:
        """The object of the purchase with its lot, « » when it is not written."""
        title, lot = str(self.values.get("title", "")), str(self.values.get("lot", ""))
        word = lot if lot.casefold().startswith("lot") else f"lot {lot}"
        return f"{title}, {word}"[:200] if title and lot else title

    @property
    def amount(self) -> Decimal | None:
        """The value estimated, in euros without tax."""
        found: Decimal | None = self.values.get("amount")
        return found

    @property
    def nature(self) -> ContractNature | None:
        """The nature, when it is written."""
        return ContractNature(self.values["nature"]) if "nature" in self.values else None

    @property
    def engaged_on(self) -> date | None:
        """The day the consultation is engaged."""
        found: date | None = self.values.get("engaged_on")
        return found


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """A file read. `left`: lines that bring nothing (totals, titles), with why. `refusal`: why nothing was read."""

    source: ProgrammeSource = ProgrammeSource.WORKBOOK
    plans: tuple[SheetPlan, ...] = ()
    lines: tuple[ReadLine, ...] = ()
    left: tuple[tuple[str, int, str], ...] = ()
    notices: tuple[str, ...] = ()
    refusal: str = ""
    workbook: Workbook = field(default_factory=Workbook)
