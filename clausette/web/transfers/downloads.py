"""Give a file back: always as an attachment, never shown by the browser as a page of ours."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from clausette.files.queries import FileContent


def attachment(content: FileContent) -> HttpResponse:
    """Return the answer that downloads this file under its name (RFC 6266, accents included)."""
    response = HttpResponse(content.data, content_type=content.content_type)
    response["Content-Disposition"] = content_disposition_header(True, content.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
