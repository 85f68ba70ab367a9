"""Every page with its punctuation glued to the word before it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from clausette.kernel.french import glue


class Glued:
    """Middleware: the text of the pages, of their fragments and of errors; files and workbooks as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what is HTML, glued."""
        response = self.get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = glue(response.content.decode()).encode()
        return response
