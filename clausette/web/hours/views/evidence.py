"""The piece of a statement: given as a download, never shown by the site, and its reading written in the journal."""

from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from clausette.files.queries import read_file
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel.actor import Actor
from clausette.web.doors import page


@page("facilitator", "buyer", "contractor", "employer", deposit=True)
def download(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Give the file as it was handed in."""
    content = read_file(actor=actor, uid=uid)
    note_reading(request, ReadingKind.EVIDENCE, [uid])
    response = HttpResponse(content.data, content_type=content.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(content.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
