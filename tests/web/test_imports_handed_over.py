"""The page of a large import: asked, left, found again « en cours », then what is left to complete."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from clausette.imports import tasks
from clausette.imports.enums import BatchState
from clausette.imports.models import ImportBatch
from clausette.kernel import progress
from clausette.web.imports.views import acts
from tests.hats import as_owner
from tests.imports.decp_builders import record, siret
from tests.procurement.builders import Cast
from tests.web.imports_helpers import address, browser, scene, sent, text
from tests.web.test_account_own import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.imports_urls")]


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)
    monkeypatch.setattr(acts, "IN_REQUEST", 1)


@pytest.fixture
def people() -> Cast:
    return scene()


def work() -> None:
    for name, values in jobs():
        if name == "imports.apply_batch":
            with as_owner():
                tasks.apply_handed_over(**values)  # type: ignore[arg-type]  # read back from JSON


def test_it_is_left_and_found_again(people: Cast) -> None:
    uid = sent(people.pilot, record("2026-01", acheteur={"id": siret(7)}), record("2026-02"))
    client, place = browser(people.pilot), address(people.pilot, f"{uid}/")
    assert "quelques minutes" in text(client.get(f"{place}appliquer/"))
    answer: Any = client.post(f"{place}appliquer/")
    assert answer.headers["Location"] == place
    shown = text(client.get(place)).replace("\u00a0", " ")
    assert "2 marchés attendent" in shown
    assert "Relancer" in shown
    assert "Garder cette décision" not in shown
    assert client.post(f"{place}abandonner/").status_code == 403
    assert "deux fois" in text(client.get(f"{place}appliquer/"))
    assert client.post(f"{place}appliquer/").status_code == 302
    work()
    with as_owner():
        assert ImportBatch.objects.get(uid=uid).state == BatchState.APPLIED
    done = text(client.get(place)).replace("\u00a0", " ")
    assert "1 organisme à compléter" in done
    assert f"/o/{people.pilot.slug}/organismes/?voir=a-completer" in done
    assert client.post(f"{place}appliquer/").status_code == 403


def test_the_count_is_shown_while_it_is_under_way_then_the_page_is_asked_again(people: Cast) -> None:
    uid = sent(people.pilot, record("2026-01"), record("2026-02"))
    client, place = browser(people.pilot), address(people.pilot, f"{uid}/")
    client.post(f"{place}appliquer/")
    progress.say(uid, 1, 2)
    polled: Any = client.get(place, headers={"HX-Request": "true", "HX-Target": "en-cours"})
    assert 'id="en-cours"' in text(polled)
    assert "1 sur 2 marchés" in text(polled).replace("\u00a0", " ")
    assert "HX-Refresh" not in polled.headers
    assert "1 sur 2 marchés" in text(client.get(place)).replace("\u00a0", " ")
    work()
    over: Any = client.get(place, headers={"HX-Request": "true", "HX-Target": "en-cours"})
    assert over.headers["HX-Refresh"] == "true"
    assert "en-cours" not in text(over)


def test_a_small_import_is_written_at_once(people: Cast) -> None:
    uid = sent(people.pilot, record())
    browser(people.pilot).post(address(people.pilot, f"{uid}/appliquer/"))
    assert jobs() == []
    with as_owner():
        assert ImportBatch.objects.get(uid=uid).state == BatchState.APPLIED
