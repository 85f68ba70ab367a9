"""The pages of the sign-in library write outside operations: allowed under /compte/ only, for one request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from clausette.access.sessions import SessionStore
from clausette.kernel.operation import isolated, writing

ACCOUNT_PAGES = "/compte/"


class LoginWrites:
    """Open a transaction and the right to write for what is posted to the account pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.session, SessionStore):
            request.session.agent = request.headers.get("User-Agent", "")[:120]
        if request.method != "POST" or not request.path.startswith(ACCOUNT_PAGES):
            return self.get_response(request)
        with isolated(), writing("access.login"):
            return self.get_response(request)
