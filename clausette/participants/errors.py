"""What the participants room refuses."""

from uuid import UUID

from clausette.kernel.errors import Invalid, Refusal


class CategoryNotStored(Refusal):
    """This category may not be written for a person: an authorised prescriber's opinion is written
    instead."""


class AlreadyKnown(Refusal):
    """The same name and birth date are already registered in the structure; `uid` is that person."""

    def __init__(self, message: str, uid: UUID) -> None:
        super().__init__(message, "last_name")
        self.uid = uid


class DecisionIncomplete(Invalid):
    """A favourable decision lacks a fact or a fresh paper; one sentence per field."""
