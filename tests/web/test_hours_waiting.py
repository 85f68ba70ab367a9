"""The validation desk: rank, filters, one gesture for all, two people on one statement."""

import re
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client

from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations import submit_statement
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import NOV, OCT, SEPT, World, world
from tests.web.test_hours_grid import as_
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.hours_urls")]
VALIDATED = {"version": "2", "motif-W104": "Vues au bureau."}


@pytest.fixture
def w() -> World:
    demonstration()
    return world()


def handed(w: World, month: object = OCT, lemaire: str | None = "121.5", diallo: str | None = None) -> UUID:
    entries = [w.entry(who, hours) for who, hours in ((w.lemaire, lemaire), (w.diallo, diallo)) if hours]
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, month, *entries, is_nil=not entries)  # type: ignore[arg-type]  # a date
        return submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=noon(TODAY), on=TODAY).uid


def desk(client: Client, w: World, query: str = "") -> str:
    return client.get(f"/o/{w.pilot.slug}/heures/a-valider/{query}").content.decode()


def months(html: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a href="[^"]+">([^<]+)</a>', html)


def url(w: World, uid: UUID, act: str = "") -> str:
    return f"/o/{w.pilot.slug}/heures/{uid}/{act}"


def test_what_stops_is_first_and_says_why(client: Client, w: World) -> None:
    handed(w, SEPT, None), handed(w, OCT, "100"), handed(w, NOV, "232")
    as_(client, w.pilot)
    html = desk(client, w)
    assert months(html) == ["novembre 2026", "octobre 2026", "septembre 2026"]
    assert "un point arrête la validation" in html
    assert "Valider 1\u00a0relevé sans remarque" in html
    assert months(desk(client, w, "?besoin=justifier")) == ["octobre 2026"]
    assert months(desk(client, w, "?mois=09/2026")) == ["septembre 2026"]
    nothing = desk(client, w, f"?declarant={w.uids['etti']}")
    assert "Rien de tel n&#x27;attend" in nothing
    for bad in ("?besoin=x", "?mois=13/2026", "?marche=xyz", "?page=zéro", "?declarant=1"):
        assert client.get(f"/o/{w.pilot.slug}/heures/a-valider/{bad}").status_code == 200


def test_one_gesture_says_who_is_left_and_sending_it_again_is_no_fault(client: Client, w: World) -> None:
    clean, asks = handed(w, SEPT, None), handed(w, OCT, "100")
    as_(client, w.pilot)
    address, form = f"/o/{w.pilot.slug}/heures/valider/?mois=09/2026", {"releves": f"{clean},{asks}"}
    answer = client.post(address, form, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain == [(f"/o/{w.pilot.slug}/heures/a-valider/?mois=09%2F2026", 302)]
    assert "1\u00a0relevé validé." in html
    assert "1\u00a0relevé n&#x27;a pas été validé. Octobre 2026, Bâti Ouche : " in html
    assert "1\u00a0relevé était déjà validé." in client.post(address, form, follow=True).content.decode()


def test_a_line_is_validated_from_the_desk_and_one_comes_back_to_it(client: Client, w: World) -> None:
    uid = handed(w, SEPT, None)
    form = {"version": "2", "retour": "a-valider", "filtres": "besoin=rien"}
    answer = as_(client, w.pilot).post(url(w, uid, "valider/"), form)
    assert answer.headers["Location"] == f"/o/{w.pilot.slug}/heures/a-valider/?besoin=rien"
    assert "Aucun relevé n&#x27;attend" in desk(client, w)


def test_the_month_before_stands_beside(client: Client, w: World) -> None:
    handed(w, SEPT, "100", "80")
    uid = handed(w, OCT, "121.5")
    html = as_(client, w.pilot).get(url(w, uid)).content.decode()
    assert "+21,5\u00a0h" in html
    assert "présente le mois d'avant, sans heures ce mois-ci" in html
    assert "−58,5\u00a0h" in html


@pytest.mark.parametrize(
    ("act", "extra", "kept"),
    [
        ("valider/", VALIDATED, 'value="Vues au bureau."'),
        ("renvoyer/", {"reason": "Signature absente"}, "Signature absente"),
    ],
)  # fmt: skip
def test_the_second_sees_both_versions_and_keeps_what_was_typed(
    client: Client, w: World, act: str, extra: dict[str, str], kept: str
) -> None:
    uid = handed(w, OCT, "121.5", "80")
    html = as_(client, w.pilot).get(url(w, uid)).content.decode()
    seen = re.findall(r'name="vu" value="([^"]+)"', html)[0].replace("&quot;", '"')
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, w.entry(w.lemaire, "130"), w.entry(w.diallo, None), version=2)
    answer = client.post(url(w, uid, act), {**extra, "version": "2", "vu": seen})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert kept in html
    both = html[html.index("Les deux versions"):]
    assert [text in both for text in ("121,5\u00a0h", "130\u00a0h", "80\u00a0h", "Ligne retirée")] == [True] * 4


def test_returned_meanwhile_is_a_conflict_whose_words_are_kept(client: Client, w: World) -> None:
    uid = handed(w, OCT, "121.5")
    as_(client, w.pilot).post(url(w, uid, "renvoyer/"), {"version": "2", "reason": "Signature absente"})
    answer = client.post(url(w, uid, "valider/"), VALIDATED)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Ce relevé est maintenant « Renvoyé »." in html
    assert "Justification : Vues au bureau." in html


def test_a_correction_sent_twice_is_said_and_a_stale_one_is_a_conflict(client: Client, w: World) -> None:
    uid = handed(w, OCT, "121.5")
    as_(client, w.pilot).post(url(w, uid, "valider/"), VALIDATED)
    with as_owner():
        line = HoursLine.objects.get()
    address = f"/o/{w.pilot.slug}/lignes/{line.uid}/corriger/"
    form = {"hours": "112,5", "reason": "Erreur de frappe", "vu": "121,5"}
    assert client.post(address, form).status_code == 302
    assert "Cette correction était déjà enregistrée." in client.post(address, form, follow=True).content.decode()
    stale = client.post(address, form | {"hours": "90", "reason": "Feuille corrigée"})
    html = stale.content.decode()
    assert stale.status_code == 409
    assert "121,5\u00a0h à l&#x27;écran, elle vaut maintenant 112,5\u00a0h" in html
    assert ("Feuille corrigée" in html, 'value="90"' in html, 'name="vu" value="112,5"' in html) == (True, True, True)
    with as_owner():
        assert sum(HoursLine.objects.values_list("hours", flat=True)) == Decimal("112.50")
        assert Statement.objects.get().state == "validated"


@pytest.mark.parametrize("who", ["firm", "buyer"])
def test_the_desk_is_for_those_who_validate(client: Client, w: World, who: str) -> None:
    actor = getattr(w, who)
    assert as_(client, actor).get(f"/o/{actor.slug}/heures/a-valider/").status_code == 403
