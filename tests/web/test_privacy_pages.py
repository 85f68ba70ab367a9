"""Data protection on screen: what is held, a hold, the notice, what goes, the register, the papers."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from clausette.access.enums import MemberRole
from clausette.journal.models import Reading
from tests.hats import TODAY, as_owner, on_day, sign_in
from tests.placements.builders import decide, person
from tests.world import demonstration, member, two_structures

pytestmark = pytest.mark.django_db


def opened(client: Client, member_role: MemberRole = MemberRole.ADMIN) -> tuple[str, str]:
    """A person of a structure, and the client signed in there; the address of the structure and of the person."""
    demonstration()
    two = two_structures()
    uid = person(two.first, "Zoé", "Lhoest")
    decide(two.first, uid)
    who = two.first if member_role == MemberRole.ADMIN else member(two.first, "lea@lys.example", member_role)
    sign_in(client, who.account_id)
    place = f"/o/{two.first.slug}"
    return place, f"{place}/participants/{uid}"


def test_what_is_held_is_given_as_files_and_the_reading_is_noted(client: Client) -> None:
    _, there = opened(client)
    page = client.get(f"{there}/donnees/").content.decode()
    assert "Tout ce que votre structure détient" in page
    assert "pas encore été remise" in page
    told = json.loads(client.get(f"{there}/donnees/json/").content)
    assert told["sections"][0]["rows"][0]["last_name"] == "Lhoest"
    document = client.get(f"{there}/donnees/pdf/")
    assert document.content.startswith(b"%PDF")
    assert "Lhoest" not in document["Content-Disposition"]
    with as_owner():
        kinds = set(Reading.objects.values_list("kind", flat=True))
    assert kinds >= {"export", "identity", "reasons"}


def test_a_hold_is_set_shown_and_lifted(client: Client) -> None:
    place, there = opened(client)
    refused = client.post(f"{there}/conservation/", {"reason": "fse", "until": TODAY.isoformat()})
    assert refused.status_code == 400
    assert "Cette date est passée" in refused.content.decode()
    client.post(f"{there}/conservation/", {"reason": "fse", "until": "2031-12-31"})
    page = client.get(f"{there}/donnees/").content.decode()
    assert "Opération FSE+" in page
    assert "2031" in page
    address = page.split('/conservations/')[1].split("/")[0]
    client.post(f"{place}/conservations/{address}/lever/")
    assert "levée le" in client.get(f"{there}/donnees/").content.decode()


def test_the_notice_is_printed_and_its_handing_noted(client: Client) -> None:
    _, there = opened(client)
    assert client.get(f"{there}/notice/pdf/").content.startswith(b"%PDF")
    assert client.get(f"{there}/notice/docx/").content.startswith(b"PK")
    client.post(f"{there}/notice/", {"given_on": TODAY.isoformat(), "means": "hand"})
    assert "Remise en main propre le" in client.get(f"{there}/").content.decode()


def test_the_administrator_reads_what_goes_and_a_member_does_not(client: Client) -> None:
    place, _ = opened(client)
    assert "Lhoest" not in client.get(f"{place}/donnees-personnelles/").content.decode()
    with on_day(TODAY + timedelta(days=800)):
        sign_in(client, client.session["_auth_user_id"])
        assert "Lhoest" in client.get(f"{place}/donnees-personnelles/").content.decode()
    register = client.get(f"{place}/donnees-personnelles/registre/").content.decode()
    assert "Prouver que la personne est éligible" in register


def test_a_member_is_told_why_not(client: Client) -> None:
    place, _ = opened(client, MemberRole.MEMBER)
    for page in ("", "registre/", "pieces/"):
        answer = client.get(f"{place}/donnees-personnelles/{page}")
        assert answer.status_code == 403
        assert "Seul un administrateur de votre structure" in answer.content.decode()


def test_papers_to_keep_are_chosen(client: Client) -> None:
    place, _ = opened(client)
    page = client.get(f"{place}/donnees-personnelles/pieces/").content.decode()
    assert "rqth" not in page
    client.post(f"{place}/donnees-personnelles/pieces/", {"fse": ["caf", "identity"]})
    page = client.get(f"{place}/donnees-personnelles/pieces/").content.decode()
    assert page.count("checked") == 2
