"""Pages of balances taken over and of hours without names."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clausette.hours.models import CollectiveHours, OpeningBalance
from tests.files.builders import TEXT
from tests.hats import acting, as_owner
from tests.hours.builders import World, world
from tests.hours.test_operations_reserves import decisions, handed, line
from tests.web.test_hours_grid import as_
from tests.world import demonstration

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def piece() -> SimpleUploadedFile:
    return SimpleUploadedFile("reprise.txt", TEXT, "text/plain")


def opening_url(w: World) -> str:
    return f"/o/{w.pilot.slug}/engagements/{w.commitment.uid}/heures-reprises/"


def typed(**values: Any) -> dict[str, Any]:
    return {"as_of": "31/08/2026", "hours": "420", "year_2026": "400,5", "evidence": piece()} | values


def test_a_balance_is_typed_shown_and_withdrawn(client: Client, w: World) -> None:
    as_(client, w.pilot)
    page = client.get(opening_url(w)).content.decode()
    assert "Aucune reprise" in page
    assert client.post(opening_url(w), typed()).status_code == 302
    page = client.get(opening_url(w)).content.decode()
    assert "2026 : 400,5\u00a0h" in page
    assert "Enregistrer la reprise" not in page  # one at a time
    engagement = client.get(f"/o/{w.pilot.slug}/engagements/{w.commitment.uid}/").content.decode()
    assert "reprise au 31\u00a0août 2026" in engagement
    with as_owner():
        uid = OpeningBalance.objects.get().uid
    away = f"/o/{w.pilot.slug}/reprises/{uid}/retirer/"
    assert client.post(away, {"reason": ""}).status_code == 400
    assert client.post(away, {"reason": "Mauvais engagement"}).status_code == 302
    page = client.get(opening_url(w)).content.decode()
    assert "Mauvais engagement" in page
    assert "Enregistrer la reprise" in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"hours": "0"}, "supérieur à 0"),
        ({"as_of": "32/08/2026"}, "date"),
        ({"as_of": "01/06/2026"}, "commence le"),
        ({"year_2026": "421"}, "421\u00a0h pour 420\u00a0h"),
        ({"evidence": ""}, "Document"),
        ({"evidence": SimpleUploadedFile("x.exe", b"MZ\x00", "application/pdf")}, "fichier"),
    ],
)
def test_bad_input_is_said_and_nothing_is_kept(
    client: Client, w: World, values: dict[str, Any], sentence: str
) -> None:
    answer = as_(client, w.pilot).post(opening_url(w), typed(**values))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    with as_owner():
        assert not OpeningBalance.objects.exists()


def test_hours_without_names_are_typed_into_the_statement(client: Client, w: World) -> None:
    as_(client, w.pilot)
    address = f"/o/{w.pilot.slug}/marches/{w.contract.uid}/heures-non-nominatives/"
    assert "Nombre de personnes" in client.get(f"{address}?mois=2026-10").content.decode()
    sent = {
        "commitment": str(w.commitment.uid), "declarant": str(w.uids["firm"]), "month": "2026-10", "hours": "240",
        "people": "3", "kind": "work", "evidence": piece(),
    }  # fmt: skip
    assert client.post(address, {**sent, "people": "0", "evidence": piece()}).status_code == 400
    answer = client.post(address, {**sent, "evidence": piece()})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Heures non nominatives" in page
    assert "Transmettre le relevé" in page
    assert client.post(f"{answer['Location']}transmettre/", {"version": "2"}).status_code == 302
    page = client.get(answer["Location"]).content.decode()
    with as_owner():
        held = CollectiveHours.objects.get()
    assert f'action="/o/{w.pilot.slug}/heures-non-nominatives/{held.uid}/retirer/"' in page
    assert f'name="refus-{held.uid}"' in page
    assert (held.hours, held.people, held.state, held.month) == (Decimal(240), 3, "declared", date(2026, 10, 1))


def test_hours_are_kept_under_reserve_then_settled(client: Client, w: World) -> None:
    decisions(w, state="in_review", decided_on=None, decided_by=None, hire_before=None)
    with acting(w.pilot) as pilot:
        uid = handed(pilot, w)
    held, address = line(w), f"/o/{w.pilot.slug}/heures/{uid}/"
    as_(client, w.pilot)
    assert "Retenir quand même ces heures" in client.get(address).content.decode()
    sent = {"version": "2", "motif-W104": "Feuilles vues", f"reserve-{held.uid}": "Attestation attendue"}
    answer = client.post(f"{address}valider/", {**sent, f"limite-{held.uid}": ""})
    assert answer.status_code == 400
    assert "Donnez la date limite de la réserve." in answer.content.decode()
    assert 'value="Attestation attendue"' in answer.content.decode()
    assert client.post(f"{address}valider/", {**sent, f"limite-{held.uid}": "2026-12-15"}).status_code == 302
    page = client.get(address).content.decode()
    assert "sous réserve jusqu'au 15\u00a0décembre 2026 : Attestation attendue" in page
    settle = f"/o/{w.pilot.slug}/lignes/{held.uid}/reserve/"
    assert client.post(settle, {"outcome": "kept", "reason": "Reçue"}).status_code == 400  # no decision yet
    assert client.post(settle, {"outcome": "refused", "reason": "Jamais reçue"}).status_code == 302
    assert line(w).state == "refused"


def test_hours_without_names_are_not_retained_or_corrected(client: Client, w: World) -> None:
    as_(client, w.pilot)
    address = f"/o/{w.pilot.slug}/marches/{w.contract.uid}/heures-non-nominatives/"
    sent = {"commitment": str(w.commitment.uid), "people": "3", "kind": "work"}
    for declarant, month in (("firm", "2026-10"), ("etti", "2026-09")):
        more = {"declarant": str(w.uids[declarant]), "month": month, "hours": "240", "evidence": piece()}
        statement = client.post(address, {**sent, **more})["Location"]
        assert client.post(f"{statement}transmettre/", {"version": "2"}).status_code == 302
        with as_owner():
            held = CollectiveHours.objects.get(month=f"{month}-01")
        refused = {} if declarant == "firm" else {f"refus-{held.uid}": "Attestation sans signature"}
        assert client.post(f"{statement}valider/", {"version": "3", **refused}).status_code == 302
        page = client.get(statement).content.decode()
        assert ("Attestation sans signature" in page) == (declarant == "etti")
        correct = f"/o/{w.pilot.slug}/heures-non-nominatives/{held.uid}/corriger/"
        assert (correct in page) == (declarant == "firm")
        bad = client.post(correct, {"hours": "zq", "reason": "Attestation relue"})
        assert (bad.status_code, 'value="zq"' in bad.content.decode()) == (400, True)
        status = client.post(correct, {"hours": "200", "reason": "Attestation relue"}).status_code
        assert status == (302 if declarant == "firm" else 400)
    with as_owner():
        rows = CollectiveHours.objects.order_by("id").values_list("hours", "state")
        assert list(rows) == [(Decimal(240), "validated"), (Decimal(-40), "validated"), (Decimal(240), "refused")]
