"""The text of a piece of a tender sent as a file: read, never kept."""

from io import BytesIO

from docx import Document

from clausette.files.enums import Purpose
from clausette.files.errors import FileRefused
from clausette.files.rules import FileKind, check_file

_BROKEN = "Ce document ne peut pas être lu : collez son texte."


def text_of_piece(name: str, data: bytes) -> str:
    """Return the text of a DOCX or of a plain text, one line for each paragraph and cell. Raises FileRefused."""
    kind = check_file(name=name, data=data, purpose=Purpose.TENDER).kind
    if kind is not FileKind.DOCX:
        return data.decode("utf-8-sig", errors="replace")
    try:
        document = Document(BytesIO(data))
    except (KeyError, ValueError, OSError, SyntaxError, AttributeError) as error:
        raise FileRefused(_BROKEN) from error
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(lines)
