"""The types of files the house knows, their names and how each is told on screen."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Kind:
    """Label for a sentence (« un PDF »), content type, extensions (the first one is added when there is none)."""

    label: str
    content_type: str
    extensions: tuple[str, ...]


class FileKind(Enum):
    """A type found in the content, never believed from the name."""

    PDF = Kind("un PDF", "application/pdf", ("pdf",))
    JPEG = Kind("une image JPEG", "image/jpeg", ("jpg", "jpeg", "jpe"))
    PNG = Kind("une image PNG", "image/png", ("png",))
    XLSX = Kind(
        "un classeur Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)
    )
    ODS = Kind("un classeur LibreOffice", "application/vnd.oasis.opendocument.spreadsheet", ("ods",))
    DOCX = Kind(
        "un document Word (DOCX)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)
    )
    JSON = Kind("un fichier JSON", "application/json", ("json",))
    XML = Kind("un fichier XML", "application/xml", ("xml",))
    CSV = Kind("un texte", "text/csv", ("csv", "tsv", "txt"))

    @property
    def label(self) -> str:
        """Words for a sentence, with the article."""
        return self.value.label

    @property
    def content_type(self) -> str:
        """What the row and the download say."""
        return self.value.content_type

    @property
    def extensions(self) -> tuple[str, ...]:
        """Endings a file of this type may carry, in lower case, without the dot."""
        return self.value.extensions

    @property
    def extension(self) -> str:
        """The usual ending."""
        return self.value.extensions[0]


# Met in place of what was asked; each with what to do about it.
KNOWN_BUT_REFUSED: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "un ancien document Office (.xls, .doc) : enregistrez-le en .xlsx ou en PDF",
    ),
    (b"{\\rtf", "un document RTF : enregistrez-le en PDF"),
    (b"MZ", "un programme"),
    (b"\x7fELF", "un programme"),
    (b"#!", "un programme"),
    (b"\x1f\x8b", "une archive GZIP : envoyez le fichier qu'elle contient"),
    (b"7z\xbc\xaf\x27\x1c", "une archive 7-Zip : envoyez le fichier qu'elle contient"),
    (b"Rar!", "une archive RAR : envoyez le fichier qu'elle contient"),
    (b"GIF8", "une image GIF : envoyez un JPEG ou un PNG"),
    (b"BM", "une image BMP : envoyez un JPEG ou un PNG"),
    (b"II*\x00", "une image TIFF : envoyez un JPEG ou un PNG"),
    (b"MM\x00*", "une image TIFF : envoyez un JPEG ou un PNG"),
    (b"RIFF", "un fichier son ou vidéo"),
)
