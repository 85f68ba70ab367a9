"""The cast of the contracts pages: browsers signed in, addresses, a month of hours handed in and validated."""

from uuid import UUID

from django.test import Client

from clausette.kernel.actor import Actor
from tests.hats import as_owner, sign_in
from tests.procurement.builders import Cast, cast
from tests.world import demonstration

MARK = "tests.web.contracts_urls"


class Browser:
    """A person of the cast with a browser; paths are relative to their organisation."""

    def __init__(self, who: Actor) -> None:
        self.who, self.client = who, Client()
        with as_owner():
            sign_in(self.client, who.account_id)

    def address(self, path: str) -> str:
        """The whole address of a path."""
        return f"/o/{self.who.slug}/{path}"

    def get(self, path: str, **headers: str) -> "Answer":
        """Read a page."""
        return Answer(self.client.get(self.address(path), headers=headers))

    def post(self, path: str, **data: object) -> "Answer":
        """Send a form."""
        return Answer(self.client.post(self.address(path), data))


class Answer:
    """What came back: status, text with plain spaces, headers."""

    def __init__(self, response: object) -> None:
        self.status: int = response.status_code  # type: ignore[attr-defined]  # the test client's own response
        self.headers = response.headers  # type: ignore[attr-defined]  # the same
        text: str = response.content.decode()  # type: ignore[attr-defined]  # the same
        self.text = text.replace("\u202f", " ").replace("\u00a0", " ").replace("&#x27;", "'").replace("&nbsp;", " ")

    @property
    def location(self) -> str:
        """Where it redirects."""
        return str(self.headers.get("Location", ""))


def opened() -> Cast:
    """The cast, in a demonstration (no second factor)."""
    demonstration()
    return cast()


def made_uid(answer: Answer) -> UUID:
    """The uid of the thing at the end of a redirection."""
    return UUID(answer.location.rstrip("/").rpartition("/")[2])
