"""Organisations registered by a structure: the list, completing a card, who may not and why."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clausette.access.enums import MemberRole
from clausette.access.models import Organisation
from clausette.access.operations import register_organisation
from clausette.access.rules import is_nameless
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from tests.hats import acting, as_owner, sign_in
from tests.world import Two, body, demonstration, member, two_structures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.directory_urls")]

NAMELESS = "SIRET 732 829 320 00074"
GOOD = {"name": "Bâti Ouche", "body_kind": "company", "commune_name": "Dijon"}


@pytest.fixture
def two() -> Two:
    demonstration()
    return two_structures()


@pytest.fixture
def browser(client: Client, two: Two) -> Client:
    sign_in(client, two.first.account_id)
    return client


def register(who: Actor, name: str = NAMELESS, siret: str = "73282932000074") -> UUID:
    with acting(who) as actor:
        return register_organisation(actor=actor, name=name, siret=siret, capabilities={"contractor"})


def listed(who: Actor, query: str = "") -> str:
    return f"/o/{who.slug}/organismes/{query}"


def card(who: Actor, uid: UUID) -> str:
    return f"/o/{who.slug}/organismes/{uid}/modifier/"


@pytest.mark.parametrize("name", [NAMELESS, "SIRET 732 829 320 00074", "TVA DE123456789", "HORS-UE 12"])
def test_a_number_is_not_a_name(name: str) -> None:
    assert is_nameless(name)


@pytest.mark.parametrize("name", ["Bâti Ouche", "SIRET et fils", "UE", "TVA Conseil 21"])
def test_a_name_is_a_name(name: str) -> None:
    assert not is_nameless(name)


def test_the_list_shows_what_the_structure_registered(browser: Client, two: Two) -> None:
    register(two.first)
    register(two.first, "Toits du Lys", "")
    register(two.second, "Ailleurs SA", "")
    text = browser.get(listed(two.first)).content.decode()
    assert "Toits du Lys" in text
    assert "à compléter" in text
    assert "Ailleurs SA" not in text
    some = browser.get(listed(two.first, "?voir=a-completer")).content.decode()
    assert "SIRET 732" in some.replace("\u00a0", " ")
    assert "Toits du Lys" not in some
    assert "Toits du Lys" in browser.get(listed(two.first, "?mots=toits")).content.decode()


def test_the_fragment_is_the_same_as_in_the_page(browser: Client, two: Two) -> None:
    register(two.first)
    part = browser.get(listed(two.first), headers={"HX-Request": "true"}).content.decode().strip()
    assert part.startswith("<div")
    assert part in browser.get(listed(two.first)).content.decode()


def test_the_list_costs_the_same_with_more(browser: Client, two: Two) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(listed(two.first))
        return len(queries)

    register(two.first)
    first = cost()
    register(two.first, "Deux", "")
    register(two.first, "Trois", "")
    assert cost() == first


def test_an_empty_list_teaches(browser: Client, two: Two) -> None:
    assert "Aucun organisme enregistré" in browser.get(listed(two.first)).content.decode()
    assert "Aucune fiche à compléter" in browser.get(listed(two.first, "?voir=a-completer")).content.decode()


def test_a_card_is_completed_and_the_journal_says_so(browser: Client, two: Two) -> None:
    uid = register(two.first)
    shown = browser.get(card(two.first, uid))
    assert shown.status_code == 200
    assert f'value="{NAMELESS}"' not in shown.content.decode().replace("\u00a0", " ")
    answer = browser.post(card(two.first, uid), GOOD)
    assert answer.headers["Location"].endswith("/organismes/?voir=a-completer")
    with as_owner():
        row = Organisation.objects.get(uid=uid)
        event = Event.objects.get(verb="access.organisation.changed")
    assert (row.name, row.commune_name, row.siret) == ("Bâti Ouche", "Dijon", "73282932000074")
    assert row.sort_key == "bati ouche dijon"
    assert event.after["name"] == "Bâti Ouche"
    assert event.account_id == two.first.account_id


@pytest.mark.parametrize(
    "bad", [{"name": ""}, {"name": NAMELESS}, {"name": "x" * 201}, {"body_kind": "inconnu"}]
)
def test_what_is_wrong_is_said_and_kept(browser: Client, two: Two, bad: dict[str, str]) -> None:
    uid = register(two.first)
    answer = browser.post(card(two.first, uid), GOOD | bad)
    assert answer.status_code == 400
    assert 'value="Dijon"' in answer.content.decode()
    assert "c-errors" in answer.content.decode()


def test_who_may_not_reads_why(browser: Client, two: Two) -> None:
    foreign = register(two.second, "Ailleurs SA", "")
    for answer in (browser.get(card(two.first, foreign)), browser.post(card(two.first, foreign), GOOD)):
        assert answer.status_code == 403
        assert "une autre structure" in answer.content.decode()
    seated = member(body("GEIQ du Lys", "employer"), "paul@geiq.example")
    with as_owner():
        Organisation.objects.filter(pk=seated.organisation_id).update(
            registered_by_id=two.first.organisation_id
        )
        uid = Organisation.objects.get(pk=seated.organisation_id).uid
    assert "a maintenant ses membres" in browser.post(card(two.first, uid), GOOD).content.decode()
    assert "tenue par ses membres" in browser.get(listed(two.first)).content.decode()
    with as_owner():
        assert Organisation.objects.get(uid=uid).name == "GEIQ du Lys"


def test_absent_foreign_house_and_method(browser: Client, two: Two) -> None:
    assert browser.get(card(two.first, uuid4())).status_code == 404
    assert browser.post(card(two.first, uuid4()), GOOD).status_code == 404
    assert browser.get(listed(two.second)).status_code == 404
    assert browser.post(listed(two.first)).status_code == 405
    assert browser.put(card(two.first, register(two.first))).status_code == 405
    assert browser.get(f"/o/{two.first.slug}/organismes/abc/modifier/").status_code == 404


def test_a_firm_keeps_its_own_card(client: Client, two: Two) -> None:
    chief = member(body("Bâti Ouche", "contractor"), "chef@bati.example")
    mate = member(chief, "zoe@bati.example", MemberRole.MEMBER)
    with as_owner():
        uid = Organisation.objects.get(pk=chief.organisation_id).uid
    sign_in(client, chief.account_id)
    assert client.get(listed(chief)).status_code == 403
    assert card(chief, uid) in client.get(f"/o/{chief.slug}/structure/").content.decode()
    answer = client.post(card(chief, uid), GOOD | {"name": "Bâti Ouche et filles"})
    assert answer.headers["Location"] == f"/o/{chief.slug}/structure/"
    with as_owner():
        assert Organisation.objects.get(uid=uid).name == "Bâti Ouche et filles"
    sign_in(client, mate.account_id)
    assert "Seul un administrateur" in client.get(card(chief, uid)).content.decode()
    assert client.post(card(chief, uid), GOOD).status_code == 403


def test_a_body_where_nobody_sits_is_invited_from_the_list(browser: Client, two: Two) -> None:
    uid, nameless = register(two.first, "Toits du Lys", ""), register(two.first)
    text = browser.get(listed(two.first)).content.decode()
    address = f"/o/{two.first.slug}/structure/organismes/{uid}/inviter/"
    assert f'href="{address}"' in text
    assert f"/organismes/{nameless}/inviter/" not in text
    assert browser.get(address).status_code == 200
    with as_owner():
        where = Organisation.objects.get(uid=uid)
    member(Actor(0, "", where.pk, where.name, where.slug, frozenset(), False), "tom@toits.example")
    assert address not in browser.get(listed(two.first)).content.decode()
