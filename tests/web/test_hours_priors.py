"""« Formation avant l'embauche » on its pages: typed with its certificate, told on the statement, taken away."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clausette.hours.models import HoursLine, PriorTraining
from clausette.hours.operations import submit_statement
from tests.files.builders import TEXT
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import World, worker, world
from tests.web.test_hours_grid import as_
from tests.world import demonstration

pytestmark = pytest.mark.django_db
PLACE = "/formation-avant-embauche/"


@pytest.fixture
def w() -> World:
    demonstration()
    small = world()
    placed = worker(small.pilot, small.commitment, "Karim", "Adli", host=small.firm, start=date(2026, 10, 5))
    small.uids["karim"] = placed.uid
    return small


def typed(w: World, **values: Any) -> dict[str, Any]:
    given = {
        "person": f"{w.uids['karim']}.{w.commitment.uid}", "declarant": str(w.uids["firm"]), "month": "2026-09",
        "hours": "133", "kind": "poei", "provider": "AFPA du Lys", "starts_on": "2026-08-31", "ends_on": "2026-09-25",
        "attested": "140", "evidence": SimpleUploadedFile("attestation.txt", TEXT, "text/plain"),
    }  # fmt: skip
    return given | values


def send(client: Client, w: World, who: Any, **values: Any) -> tuple[int, str]:
    address = f"/o/{who.slug}/marches/{w.contract.uid}{PLACE}"
    answer = as_(client, who).post(address, typed(w, **values), follow=True)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("role", ["pilot", "firm"])
def test_declared_told_and_taken_away(client: Client, w: World, role: str) -> None:
    who = getattr(w, role)
    status, html = send(client, w, who)
    assert status == 200
    nature = "· formation avant l&#x27;embauche"
    told = ("Adli Karim", "AFPA du Lys", nature, "140\u00a0h attestées", "/pieces/", "E023")
    assert [text for text in told if text not in html] == []
    assert "l&#x27;engagement ne dit pas" in html
    with as_owner():
        line = HoursLine.objects.get()
    remove = f"/o/{who.slug}/lignes/{line.uid}/formation-avant-embauche/retirer/"
    assert f'action="{remove}"' in html
    assert "La formation est retirée du relevé." in client.post(remove, follow=True).content.decode()
    with as_owner():
        assert not PriorTraining.objects.exists()


def test_another_month_of_the_same_training_asks_no_certificate(client: Client, w: World) -> None:
    send(client, w, w.pilot)
    with as_owner():
        uid = PriorTraining.objects.get().uid
    form = as_(client, w.pilot).get(f"/o/{w.pilot.slug}/marches/{w.contract.uid}{PLACE}?mois=2026-08").content.decode()
    assert "7\u00a0h à déclarer" in form
    left = dict.fromkeys(("kind", "provider", "starts_on", "ends_on", "attested", "evidence"), "")
    status, html = send(client, w, w.pilot, month="2026-08", hours="7,5", training=str(uid), **left)
    told = "L&#x27;attestation laisse 7\u00a0h à déclarer."
    assert (status, told in html, 'value="7,5"' in html) == (400, True, True)
    status, html = send(client, w, w.pilot, month="2026-08", hours="7", training="", **left)
    # six fields of a new training, each at the head and at its field
    assert (status, html.count("cette formation n&#x27;est pas encore déclarée")) == (400, 12)
    assert send(client, w, w.pilot, month="2026-08", hours="7", training=str(uid), **left)[0] == 200
    with as_owner():
        assert sorted(line.hours for line in HoursLine.objects.all()) == [7, 133]


def test_a_new_training_says_all_and_what_was_typed_is_kept(client: Client, w: World) -> None:
    status, html = send(client, w, w.pilot, provider="", evidence="", ends_on="2026-10-05")
    assert (status, 'aria-invalid="true"' in html, 'value="133"' in html) == (400, True, True)
    status, html = send(client, w, w.pilot, ends_on="2026-10-05")
    told = "Le contrat de travail commence le 5\u00a0octobre 2026"
    assert (status, told in html, "AFPA du Lys" in html) == (400, True, True)
    with as_owner():
        assert not PriorTraining.objects.exists()


def test_who_may(client: Client, w: World) -> None:
    assert send(client, w, w.etti, declarant=str(w.uids["etti"]))[0] == 400  # Karim is not theirs
    assert send(client, w, w.buyer)[0] == 403
    assert send(client, w, w.stranger)[0] == 404
    send(client, w, w.firm)
    with as_owner():
        line = HoursLine.objects.get()
    for who, status in ((w.buyer, 403), (w.stranger, 404), (w.etti, 404)):
        address = f"/o/{who.slug}/lignes/{line.uid}/formation-avant-embauche/retirer/"
        assert as_(client, who).post(address).status_code == status
    with acting(w.firm) as firm:
        submit_statement(actor=firm, uid=line.statement.uid, version=None, at=noon(TODAY), on=TODAY)
    own = f"/o/{w.firm.slug}/lignes/{line.uid}/formation-avant-embauche/retirer/"
    assert as_(client, w.firm).post(own).status_code == 403


def test_the_month_of_the_firm_and_the_grid_show_it_locked(client: Client, w: World) -> None:
    send(client, w, w.firm)
    month = as_(client, w.firm).get(f"/o/{w.firm.slug}/marches/{w.contract.uid}/mois/2026-09/").content.decode()
    assert ("formation avant l&#x27;embauche" in month, "133" in month, PLACE in month) == (True, True, True)
    grid = as_(client, w.pilot).get(f"/o/{w.pilot.slug}/marches/{w.contract.uid}/grille/?jusqu-a=2026-09")
    html = grid.content.decode()
    assert ("formation avant l&#x27;embauche" in html, f"{PLACE}?mois=2026-09" in html) == (True, True)
