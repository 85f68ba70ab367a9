"""What the files room refuses."""

from datetime import date

from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_date


class FileRefused(Refusal):
    """The file cannot be kept as it is; the sentence says why and what to do."""

    def __init__(self, message: str, field: str = "file") -> None:
        super().__init__(message, field)


class NirInFile(FileRefused):
    """The file holds a social security number: it cannot be kept unless these are taken off."""


class NumberInPiece(NirInFile):
    """The piece holds a number of a person, and no masked copy could be made: it is not kept.

    `label`: « un numéro de sécurité sociale ». The page says which gesture keeps the rest of the sending.
    """

    def __init__(self, label: str, where: str = "") -> None:
        super().__init__(
            f"Cette pièce contient {label}{where} et n'a pas pu être masquée : elle n'est pas conservée. Videz les "
            "cases ou cachez les chiffres, puis envoyez-la de nouveau."
        )
        self.label = label


class ScannerDown(FileRefused):
    """The antivirus does not answer: nothing is taken without it; the page says how the rest goes on."""

    def __init__(self) -> None:
        super().__init__(
            "L'antivirus ne répond pas : ce fichier n'a pas pu être vérifié, il n'est pas pris. Gardez-le, et "
            "joignez-le un peu plus tard."
        )


class StillWaiting(FileRefused):
    """The piece is in quarantine until the antivirus has looked at it: nobody opens it."""

    def __init__(self) -> None:
        super().__init__("Cette pièce attend l'analyse de l'antivirus : personne ne peut l'ouvrir d'ici là.")


class FileTooLarge(FileRefused):
    """The file weighs more than its purpose allows (413)."""


class BytesExpired(FileRefused):
    """The bytes were taken away at the end of their duration; the row and the hash stay."""

    def __init__(self, on: date) -> None:
        super().__init__(f"Le contenu de ce fichier est effacé depuis le {format_date(on)} : sa durée est finie.")


class BytesGone(Exception):
    """A row points to bytes that are not on disk, or not the same ones: an incident, never shown as a file."""
