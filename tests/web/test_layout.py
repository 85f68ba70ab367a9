"""Navigation, errors, public pages."""

import re

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from clausette.kernel.actor import Actor
from clausette.web.components.gallery import gallery
from clausette.web.layout import errors
from clausette.web.layout.errors import SENTENCES, error_page
from clausette.web.layout.navigation import ENTRIES, navigation, optional_reverse

PUBLIC = ("source", "attributions", "legal", "privacy", "accessibility")


def actor(*capabilities: str) -> Actor:
    return Actor(1, "Nadia Berger", 1, "PLIE du Pays d'Ouche", "plie-ouche", frozenset(capabilities), False)


def labels(*capabilities: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The menu, with every area built."""
    monkeypatch.setattr("clausette.web.layout.navigation.optional_reverse", lambda name, slug="": f"/{name}")
    return [link.label for link in navigation(actor(*capabilities), "hours:statements")]


def test_menus_by_capability(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = [entry.label for entry in ENTRIES if "facilitator" in entry.capabilities]
    assert labels("facilitator", monkeypatch=monkeypatch) == seen
    assert labels("buyer", monkeypatch=monkeypatch) == ["Ma journée", "Marchés", "Bilans et attestations", "Structure"]
    firm = ["Ma journée", "Marchés", "Personnes", "Heures", "Bilans et attestations", "Structure"]
    assert labels("contractor", monkeypatch=monkeypatch) == firm
    employer = ["Ma journée", "Marchés", "Personnes", "Heures", "Structure"]
    assert labels("employer", monkeypatch=monkeypatch) == employer
    assert labels("prescriber", monkeypatch=monkeypatch) == ["Ma journée", "Mes candidats", "Participants", "Structure"]


def test_the_current_area_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clausette.web.layout.navigation.optional_reverse", lambda name, slug="": f"/{name}")
    links = navigation(actor("facilitator"), "hours:statements")
    assert [link.label for link in links if link.current] == ["Heures"]
    links = navigation(actor("facilitator"), "desk:board")
    assert [link.label for link in links if link.current] == ["Tableau de suivi"]


def test_an_area_not_built_is_skipped() -> None:
    assert optional_reverse("nowhere:page", "plie-ouche") == ""


def test_every_error_has_its_page_and_its_reference() -> None:
    for status in SENTENCES:
        request = RequestFactory().get("/")
        vars(request)["reference"] = "abc123"
        response = error_page(request, status)
        assert response.status_code == status
        body = response.content.decode()
        assert "<code>abc123</code>" in body
        assert f"<h1>{SENTENCES[status][0].replace(chr(39), '&#x27;')}</h1>" in body


def test_what_the_trade_refuses_is_not_called_damaged() -> None:
    body = error_page(RequestFactory().get("/"), 400, "Ce marché n'a pas d'autre titulaire.").content.decode()
    assert "<h1>Ce n&#x27;est pas possible</h1>" in body
    assert "recommencez" not in body


def test_a_reason_is_shown_escaped() -> None:
    body = error_page(RequestFactory().get("/"), 409, "Karim a enregistré <avant> vous.").content.decode()
    assert "Karim a enregistré &lt;avant&gt; vous." in body


def test_the_page_of_an_incident_survives_a_broken_template(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **kwargs: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(errors, "render_to_string", broken)
    request = RequestFactory().get("/")
    vars(request)["reference"] = "abc123"
    response = error_page(request, 500)
    assert response.status_code == 500
    assert "Référence : abc123" in response.content.decode()


def test_a_missing_address_has_our_page(client: Client) -> None:
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    body = response.content.decode()
    assert "Cette page n&#x27;existe pas" in body
    assert re.search(r"<code>[0-9a-f]{8,}</code>", body)


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.django_db
def test_public_pages_open_to_anyone(client: Client, name: str) -> None:
    response = client.get(reverse(f"public:{name}"))
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


def signed_in(request: HttpRequest) -> HttpRequest:
    vars(request).update(actor=actor("facilitator"), organisations=(), demonstration=True)
    return request


def test_no_page_carries_inline_style_or_script(client: Client) -> None:
    pages = [
        client.get("/composants/").content.decode(),
        gallery(signed_in(RequestFactory().get("/composants/"))).content.decode(),
    ]
    for body in pages:
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|<script(?![^>]*\ssrc=)", body)


def test_the_gallery_has_unique_ids(client: Client) -> None:
    found = re.findall(r'\sid="([^"]+)"', client.get("/composants/").content.decode())
    assert sorted(set(found)) == sorted(found)


def test_the_demonstration_and_the_person_are_shown() -> None:
    body = gallery(signed_in(RequestFactory().get("/composants/"))).content.decode()
    assert "Nadia Berger" in body
    assert "Les personnes, les entreprises et les marchés sont inventés." in body
