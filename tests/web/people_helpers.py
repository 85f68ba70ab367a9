"""Signing the cast in, and the addresses of the people area."""

from uuid import UUID

from django.test import Client

from clausette.access.models import Demonstration
from clausette.kernel.actor import Actor
from tests.hats import as_owner, sign_in
from tests.world import demonstration


def signed_in(actor: Actor) -> Client:
    """A browser of this member, in a demonstration (no second factor)."""
    with as_owner():
        declared = Demonstration.objects.exists()
    if not declared:
        demonstration()
    client = Client()
    sign_in(client, actor.account_id)
    return client


def address(actor: Actor, *parts: str | UUID) -> str:
    """« /o/plie-du-lys/participants/… »."""
    return "/".join(["/o", actor.slug, *[str(part) for part in parts], ""])


def text(html: bytes) -> str:
    """The page, unbreakable spaces made plain."""
    return (
        html.decode()
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
        .replace("&#x27;", "'")
        .replace("&nbsp;", " ")
    )
