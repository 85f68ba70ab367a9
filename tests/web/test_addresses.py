"""Addresses of pages, resolved once by process, are those of the router."""

from uuid import uuid4

import pytest
from django.urls import reverse

from clausette.kernel.actor import Actor
from clausette.web.addresses import address_of

ACTOR = Actor(1, "Anne", 2, "MDE", "mde-lens", frozenset({"facilitator"}), is_admin=False)


@pytest.mark.parametrize("name", ["contracts:show", "contracts:commitment", "people:show", "hours:grid"])
def test_an_address_is_that_of_the_router_for_every_uid_and_organisation(name: str) -> None:
    for slug in ("mde-lens", "plie"):
        actor = Actor(1, "Anne", 2, "MDE", slug, frozenset(), is_admin=False)
        uid = uuid4()
        assert address_of(actor, name, uid=uid) == reverse(name, kwargs={"slug": slug, "uid": uid})


def test_what_is_empty_leaves_the_query_and_the_rest_is_escaped() -> None:
    bare = reverse("contracts:list", kwargs={"slug": "mde-lens"})
    assert address_of(ACTOR, "contracts:list") == bare
    assert address_of(ACTOR, "contracts:list", query={"q": "", "etat": None}) == bare
    assert address_of(ACTOR, "contracts:list", query={"q": "gros œuvre & co"}) == f"{bare}?q=gros+%C5%93uvre+%26+co"


def test_a_page_that_does_not_exist_has_no_address() -> None:
    assert address_of(ACTOR, "contracts:nowhere", uid=uuid4()) == ""
    assert address_of(ACTOR, "contracts:show") == ""
    assert address_of(ACTOR, "contracts:show", uid="not-a-uid", query={"q": "x"}) == ""
