"""What the files room refuses."""

from clausette.kernel.errors import Refusal


class FileRefused(Refusal):
    """The file cannot be kept as it is; the sentence says why and what to do."""

    def __init__(self, message: str, field: str = "file") -> None:
        super().__init__(message, field)


class NirInFile(FileRefused):
    """The file holds a social security number: it cannot be kept unless these are taken off."""


class FileTooLarge(FileRefused):
    """The file weighs more than its purpose allows (413)."""


class BytesGone(Exception):
    """A row points to bytes that are not on disk, or not the same ones: an incident, never shown as a file."""
