"""What reading says of a cell or of a line: codes of the 2xx, with sheet, line and column."""

from dataclasses import dataclass, field

from clausette.imports.hours_book.sheets import HOURS
from clausette.imports.takeover.findings import BY_CODE, letter


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing said. `line`: number in the sheet, from 1. `column`: its letter, `label`: its heading."""

    sheet: str
    line: int
    code: str
    sentence: str
    column: str = ""
    label: str = ""
    value: str = ""

    @property
    def fix(self) -> str:
        """What to do."""
        return BY_CODE[self.code].fix

    @property
    def elsewhere(self) -> bool:
        """True when it is not about a line of the sheet of the hours controlled."""
        return self.sheet != HOURS.name

    @property
    def text(self) -> str:
        """All in one line, the code last: « Colonne C : … . Corrigez la case. (E201) »."""
        where = f"Colonne {self.column} : " if self.column else ""
        return f"{where}{self.sentence} {self.fix} ({self.code})"


@dataclass(slots=True)
class Remarks:
    """What is said while a workbook is read, in order."""

    said: list[Remark] = field(default_factory=list)

    def add(self, sheet: str, line: int, code: str, sentence: str, *, place: int | None = None,
            label: str = "", value: str = "") -> None:  # fmt: skip
        """Say one thing. `place`: of the column, from 0."""
        self.said.append(Remark(sheet, line, code, sentence, "" if place is None else letter(place), label, value))
