"""« Objectifs »: the share of a buyer's contracts with a social consideration, from what was imported and followed."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings

from clausette.procurement.models import Contract
from tests.hats import as_owner
from tests.imports.decp_builders import record, take
from tests.procurement.builders import Cast, contract
from tests.web.imports_helpers import browser, scene, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)


@pytest.fixture
def people() -> Cast:
    return scene()


def test_a_buyer_stands_beside_the_target_of_the_pnad_or_its_own(people: Cast) -> None:
    without = {"considerationsSociales": {"considerationSociale": ["Pas de considération sociale"]}}
    second = record("2", dateNotification="2026-04-01", **without)
    take(people.pilot, record("1", dateNotification="2026-03-02"), second)
    client, here = browser(people.pilot), f"/o/{people.pilot.slug}/conseil/objectifs/{people.uid('buyer')}/"
    shown = text(client.get(here)).replace("\u00a0", " ")
    assert "50 % en nombre, objectif atteint sur 2 marchés connus" in shown
    assert "30 %" in shown
    typed = text(client.get(f"{here}?objectif=60")).replace("\u00a0", " ")
    assert "sous l&#x27;objectif" in typed
    assert "30 %" in text(client.get(f"{here}?objectif=beaucoup")).replace("\u00a0", " ")
    chart = client.get(f"{here}graphique/")
    assert chart["Content-Type"] == "image/svg+xml"
    assert client.get(f"{here}graphique/", headers={"If-None-Match": chart["ETag"]}).status_code == 304
    book = client.get(f"{here}classeur/")
    assert book.content.startswith(b"PK")
    assert text(client.get(f"/o/{people.pilot.slug}/conseil/objectifs/"))


def test_another_structure_sees_none_of_these_files(people: Cast) -> None:
    take(people.pilot, record("1"))
    client, here = browser(people.stranger), f"/o/{people.stranger.slug}/conseil/objectifs/{people.uid('buyer')}/"
    assert "Aucun marché notifié connu" in text(client.get(here))
    assert client.get(f"{here}classeur/").status_code == 404
    assert browser(people.buyer).get(here.replace(people.stranger.slug, people.buyer.slug)).status_code == 403


def test_our_own_contracts_alone_are_not_told_as_the_share_of_the_buyer(people: Cast) -> None:
    contract(people)
    with as_owner():
        Contract.objects.update(notified_on=date(2026, 2, 2))
    page = f"/o/{people.pilot.slug}/conseil/objectifs/{people.uid('buyer')}/"
    shown = text(browser(people.pilot).get(page)).replace("\u00a0", " ")
    assert "100 %, mais tous connus de vous seul : importez ses données publiées" in shown
    assert "objectif atteint" not in shown
