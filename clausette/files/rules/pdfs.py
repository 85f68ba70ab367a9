"""The text of a PDF, to look for what may not be kept. A scan has none: what is only an image is not read here."""

import logging
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_PAGES = 40
"""A pay slip has one or two; beyond, the rest is not read."""
MOST_CHARACTERS = 400_000

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells each oddity of each file


def text_of_pdf(data: bytes) -> str:
    """Return the text of the first pages, "" when there is none or when it cannot be read (locked, odd, a scan)."""
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return ""
        found: list[str] = []
        for page in reader.pages[:MOST_PAGES]:
            found.append(page.extract_text())
            if sum(map(len, found)) > MOST_CHARACTERS:
                break
        return "\n".join(found)
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError,
            ArithmeticError, NotImplementedError, AssertionError):  # fmt: skip
        return ""
