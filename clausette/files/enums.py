"""Closed lists of the files room."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why a file is handed in: it sets which types are taken and how much it may weigh."""

    EVIDENCE = "evidence"
    """Proof of hours, document of a commitment."""
    WORKBOOK = "workbook"
    """Spreadsheet read by an import."""
    OFFICIAL = "official"
    """File of public data."""
