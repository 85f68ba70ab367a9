"""What the imports refuse."""

from uuid import UUID

from clausette.kernel.errors import Conflict, Refusal


class AlreadyImported(Refusal):
    """The same file, byte for byte, was already taken in; `batch_uid` is that import."""

    def __init__(self, message: str, batch_uid: UUID) -> None:
        super().__init__(message, "file")
        self.batch_uid = batch_uid


class Stale(Conflict):
    """Since the file was compared, contracts changed: the comparison must be made again and seen."""
