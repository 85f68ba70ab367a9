"""What the views of this area share."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from clausette.kernel.actor import Actor
from clausette.participants.queries import ParticipantKey, participant_key
from clausette.web.addresses import address_of
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.refusals import form_page as form_page

href = address_of


def crumbs(actor: Actor, person: ParticipantKey, *steps: Crumb) -> Breadcrumb:
    """Participants, the person, then the steps."""
    return Breadcrumb(
        (
            Crumb("Participants", href(actor, "people:list")),
            Crumb(person.name, href(actor, "people:show", uid=person.uid)),
            *steps,
        )
    )


def person_of(actor: Actor, uid: UUID) -> ParticipantKey:
    """Return a visible person. Raises Absent."""
    return participant_key(actor, uid)



def attached(data: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be kept; its name holds no name of a person."""
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
