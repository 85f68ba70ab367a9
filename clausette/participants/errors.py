"""What the participants room refuses."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.kernel.errors import Invalid, Refusal
from clausette.kernel.french import format_date


class CategoryNotStored(Refusal):
    """This category may not be written for a person: an authorised prescriber's opinion is written
    instead."""


class AlreadyKnown(Refusal):
    """The same name and birth date are already registered in the structure; `uid` is that person."""

    def __init__(self, message: str, uid: UUID) -> None:
        super().__init__(message, "last_name")
        self.uid = uid


@dataclass(frozen=True, slots=True)
class Twin:
    """A person held who is likely to be the one being entered. `told`: why, in French."""

    uid: UUID
    name: str
    birth_date: date
    score: int
    told: str


class LikelyTwins(Refusal):
    """Persons of the structure look like the one being entered: somebody must say whether they are the same."""

    def __init__(self, twins: tuple[Twin, ...]) -> None:
        super().__init__("Est-ce la même personne ? Ouvrez la fiche, ou dites que c'est une autre personne.")
        self.twins = twins


class DecisionIncomplete(Invalid):
    """A favourable decision lacks a fact or a fresh paper; one sentence per field."""


class Collides(Refusal):
    """Reuniting two records would make two work contracts with one employer overlap."""


# What is held by plain SQL (triggers): constraint → sentence.
SENTENCES = {
    "participants_merged_no_chain": "Cette fiche est déjà réunie à une autre : réunissez avec la fiche gardée.",
}


class PieceGone(Refusal):
    """The content of a piece was destroyed: it was seen, removed, or led nowhere. Its row stays."""

    def __init__(self, on: date) -> None:
        super().__init__(f"Le contenu de cette pièce est détruit depuis le {format_date(on)} : il ne s'ouvre plus.")
