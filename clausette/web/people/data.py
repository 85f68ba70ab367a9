"""What the page of a person says of their data: whether they were told, and the way to all that is held."""

from dataclasses import dataclass

from clausette.kernel.actor import Actor
from clausette.participants.queries import ParticipantSheet
from clausette.privacy.queries.holds import notices_of
from clausette.web.components.buttons import LinkButton
from clausette.web.people.common import href
from clausette.web.privacy.words import notice_told


@dataclass(frozen=True, slots=True)
class Data:
    """A sentence and a button."""

    told: str
    button: LinkButton


def data_of(actor: Actor, sheet: ParticipantSheet) -> Data:
    """Return what is said to the structure that follows the person (one query)."""
    given = notices_of(actor=actor, participant_id=sheet.id)
    told = notice_told(given[0]) if given else "La notice d'information n'a pas encore été remise"
    return Data(f"{told}.", LinkButton("Données et droits", href(actor, "privacy:held", uid=sheet.uid), "quiet"))
