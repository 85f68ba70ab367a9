"""What goes with a check in words: what is awaited, the reasoned opinion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from clausette.kernel.errors import Invalid
from clausette.kernel.operation import created
from clausette.kernel.sealing import keyring
from clausette.kernel.text import collapse
from clausette.participants.enums import NoteKind
from clausette.participants.models import CheckNote, EligibilityCheck, Participant
from clausette.participants.words import NOTES, seal_words


@dataclass(frozen=True, slots=True)
class Opinion:
    """A reasoned opinion (« avis motivé »): who wrote it, for which body, what it says, its day."""

    author: str = ""
    body: str = ""
    text: str = ""
    given_on: date | None = None

    def check(self, on: date) -> None:
        """Raise Invalid, with every field that is not filled."""
        asked = {
            "opinion_author": (self.author, "Donnez le nom de l'auteur de l'avis."),
            "opinion_body": (self.body, "Donnez l'organisme de l'auteur."),
            "opinion_text": (self.text, "Écrivez ce que dit l'avis motivé."),
        }
        errors = {name: sentence for name, (said, sentence) in asked.items() if not said.strip()}
        if self.given_on is None:
            errors["opinion_on"] = "Donnez la date de l'avis."
        elif self.given_on > on:
            errors["opinion_on"] = "L'avis est daté d'après la décision."
        if errors:
            raise Invalid(errors)


def keep_opinion(check: EligibilityCheck, person: Participant, opinion: Opinion, on: date) -> None:
    """Keep a reasoned opinion with the decision that rests on it. Raises Invalid."""
    opinion.check(on)
    words = {"author": collapse(opinion.author), "body": collapse(opinion.body), "text": opinion.text.strip()}
    _keep(check, person, NoteKind.OPINION, opinion.given_on or on, words)


def keep_awaited(check: EligibilityCheck, person: Participant, text: str, on: date) -> None:
    """Keep what a check still waits for."""
    _keep(check, person, NoteKind.AWAITED, on, {"text": text.strip()})


def keep_told(check: EligibilityCheck, person: Participant, codes: Iterable[str], on: date) -> None:
    """Keep the situations told with the referral that opened a check, under the key of the person from now on."""
    if said := " ".join(codes):
        _keep(check, person, NoteKind.TOLD, on, {"text": said})


def _keep(check: EligibilityCheck, person: Participant, kind: NoteKind, on: date, words: dict[str, str]) -> None:
    row = uuid4()
    ring = keyring([person.uid], make=True)
    sealed = seal_words(ring, table=NOTES, person=person.uid, row=row, words=words)
    created(CheckNote(uid=row, check_made=check, participant=person, kind=kind, dated_on=on, sealed=sealed))
