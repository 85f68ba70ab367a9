"""How much a file may weigh and which types are taken, by purpose (trade practice; ARCHITECTURE « Uploads »)."""

from dataclasses import dataclass

from clausette.files.enums import Purpose
from clausette.files.rules.kinds import FileKind
from clausette.kernel.french import HARD, format_number

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limit:
    """What a purpose takes: bytes at most, types, and their names for the page."""

    most_bytes: int
    kinds: tuple[FileKind, ...]
    names: tuple[str, ...]

    @property
    def size(self) -> str:
        """« 10 Mo »."""
        return f"{format_number(self.most_bytes // MEGABYTE)}{HARD}Mo"

    @property
    def accept(self) -> str:
        """Value of the attribute `accept` of a file field."""
        return ",".join(f".{extension}" for kind in self.kinds for extension in kind.extensions)


LIMITS = {
    Purpose.EVIDENCE: Limit(
        10 * MEGABYTE,
        (FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.XLSX, FileKind.ODS, FileKind.CSV),
        ("PDF", "JPEG", "PNG", "XLSX", "ODS", "CSV"),
    ),
    Purpose.WORKBOOK: Limit(
        20 * MEGABYTE, (FileKind.XLSX, FileKind.ODS, FileKind.CSV), ("XLSX", "ODS", "CSV")
    ),
    Purpose.TEMPLATE: Limit(5 * MEGABYTE, (FileKind.DOCX,), ("DOCX",)),
    Purpose.TENDER: Limit(10 * MEGABYTE, (FileKind.DOCX, FileKind.CSV), ("DOCX", "TXT")),
    Purpose.OFFICIAL: Limit(
        100 * MEGABYTE, (FileKind.JSON, FileKind.XML, FileKind.CSV), ("JSON", "XML", "CSV")
    ),
}


def too_large_sentence(purpose: Purpose, size: int | None = None) -> str:
    """Say that a file is too large: `size` in bytes when it is known."""
    limit = LIMITS[purpose].size
    if size is None:
        return f"Ce fichier est trop lourd : {limit} au plus."
    weight = format_number(-(-size // MEGABYTE))
    return f"Ce fichier pèse {weight}{HARD}Mo : {limit} au plus."
