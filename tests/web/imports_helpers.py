"""What the tests of the import pages share: a signed-in facilitator, files sent."""

from typing import Any, cast
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from clausette.kernel.actor import Actor
from tests.hats import sign_in
from tests.imports.decp_builders import official_file
from tests.procurement import builders
from tests.procurement.builders import Cast
from tests.world import demonstration


def scene() -> Cast:
    """The cast, in a demonstration: no second factor."""
    demonstration()
    return builders.cast()


def browser(who: Actor) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    sign_in(client, who.account_id)
    return client


def address(who: Actor, path: str = "") -> str:
    """An address of the area for the person's organisation."""
    return f"/o/{who.slug}/imports/{path}"


def send(who: Actor, *records: object, name: str = "decp.json", data: bytes | None = None) -> HttpResponse:
    """Send a file by the page."""
    content = official_file(*records) if data is None else data
    answer = browser(who).post(
        address(who, "nouveau/"), {"file": SimpleUploadedFile(name, content, "application/json")}
    )
    return cast(HttpResponse, answer)


def sent(who: Actor, *records: object, name: str = "decp.json") -> UUID:
    """Send a good file; return the batch."""
    answer = send(who, *records, name=name)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return UUID(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def text(answer: Any) -> str:
    """The page as a text."""
    return str(answer.content.decode())
