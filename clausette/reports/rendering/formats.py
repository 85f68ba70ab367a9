"""The same paper in each format."""

from collections.abc import Callable, Mapping

from clausette.reports.enums import FileFormat
from clausette.reports.paper import Paper
from clausette.reports.rendering.pdf import pdf_of
from clausette.reports.rendering.word import word_of
from clausette.reports.rendering.workbook import workbook_of

RENDER: Mapping[FileFormat, Callable[[Paper], bytes]] = {
    FileFormat.PDF: pdf_of,
    FileFormat.XLSX: workbook_of,
    FileFormat.DOCX: word_of,
}
TYPES: Mapping[FileFormat, str] = {
    FileFormat.PDF: "application/pdf",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
