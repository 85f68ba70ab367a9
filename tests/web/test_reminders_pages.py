"""The pages of the reminders: who to chase, what was sent, the ladder and the texts of a structure."""

from typing import Any

import pytest

from clausette.agenda.models import Letter
from tests.agenda.test_reminders import contact, morning
from tests.hats import as_owner
from tests.hours.builders import World, world
from tests.web.browsing import html, signed_in
from tests.web.test_account_own import jobs
from tests.web.test_advice_pages import plain
from tests.world import demonstration

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    demonstration()
    w = world()
    contact(w, w.contract, w.firm.organisation_id, "zoe@bati.example")
    return w


def post(w: World, path: str, **said: Any) -> Any:
    return signed_in(w.pilot).post(f"/o/{w.pilot.slug}/relances/{path}", said)


def test_a_late_firm_is_written_to_called_and_put_off(w: World) -> None:
    firm = w.uids["firm"]
    page = plain(html(w.pilot, "relances/"))
    for words in ("À relancer aujourd'hui", "Bâti Ouche", "juillet 2026, août 2026, septembre 2026 et 1 autre",
                  "Zoé Martin", "03 20 00 00 01", "Relancer maintenant"):  # fmt: skip
        assert words in page
    assert "À relancer aujourd'hui" in plain(html(w.pilot, "?bloc=suite"))
    assert post(w, f"{firm}/maintenant/").status_code == 302
    assert [name for name, _ in jobs()] == ["agenda.send_letters_of"]
    assert "Un courriel est déjà parti aujourd'hui" in plain(html(w.pilot, "relances/"))
    post(w, f"{firm}/maintenant/")
    with as_owner():
        assert Letter.objects.count() == 1
    assert post(w, f"{firm}/appel/", note="Rappelle jeudi").status_code == 302
    assert "Appelée le 16 novembre 2026" in plain(html(w.pilot, "relances/"))
    refused = post(w, f"{firm}/report/", until="2026-11-16", reason="Congés")
    assert refused.status_code == 400
    assert "Choisissez un jour à venir" in refused.content.decode()
    assert "Congés" in refused.content.decode()
    assert post(w, f"{firm}/report/", until="2026-11-23", reason="Congés").status_code == 302
    assert "Reportées" in plain(html(w.pilot, "relances/"))
    assert "À relancer aujourd'hui" not in plain(html(w.pilot, "?bloc=suite"))


def test_what_was_sent_is_kept_and_a_return_is_noted(w: World) -> None:
    morning()
    with as_owner():
        uid = Letter.objects.get().uid
    assert "zoe@bati.example" in html(w.pilot, "relances/envois/")
    assert "Aucune adresse en erreur" in html(w.pilot, "relances/envois/?etat=erreur")
    assert "Ce courriel est revenu" in html(w.pilot, f"relances/envois/{uid}/")
    assert post(w, f"envois/{uid}/erreur/", reason=" ").status_code == 400
    assert post(w, f"envois/{uid}/erreur/", reason="Adresse inconnue").status_code == 302
    assert "Adresse inconnue" in html(w.pilot, f"relances/envois/{uid}/")
    assert "Adresse en erreur" in html(w.pilot, "relances/")
    assert post(w, f"envois/{uid}/remettre/").status_code == 302
    assert "Adresse en erreur" not in html(w.pilot, "relances/")


def test_the_marche_shows_its_reminders_to_all_who_read_it(w: World) -> None:
    morning()
    where = f"marches/{w.contract.uid}/relances/"
    assert "zoe@bati.example" in html(w.pilot, where)
    for reader in (w.buyer, w.firm):
        page = html(reader, where)
        assert "z…@bati.example" in page
        assert "zoe@bati" not in page
        assert where in html(reader, f"marches/{w.contract.uid}/")
    html(w.stranger, where, 404)
    assert "zoe@bati.example" in html(w.pilot, f"marches/{w.contract.uid}/?bloc=echanges")


def test_the_ladder_and_the_texts_are_those_of_the_structure(w: World) -> None:
    days = {"opening": 0, "before": 3, "after": 3, "facilitator": 10, "buyer": 30}
    said = {f"{step}_days": str(count) for step, count in days.items()} | {"after_on": "on", "facilitator_on": "on"}
    wrong = post(w, "calendrier/", **said | {"facilitator_days": "3"})
    assert wrong.status_code == 400
    assert "Cette étape vient après" in plain(wrong.content.decode())
    assert post(w, "calendrier/", **said | {"after_days": "5"}).status_code == 302
    page = plain(html(w.pilot, "relances/calendrier/"))
    assert "Relance après l'échéance : 16 novembre 2026" in page, "the 10th, five days, a Sunday"
    assert "Ouverture du mois : " not in page.split("Ce que cela donne")[1]
    bad = post(w, "textes/after/", subject="Un mot", body="{marches} pour {participant}")
    assert bad.status_code == 400
    assert "parle d'une personne" in plain(bad.content.decode())
    seen = post(w, "textes/after/", subject="Un mot", body="Il manque :\n{marches}", acte="apercu")
    assert "École de l'Exemple : octobre 2026" in plain(seen.content.decode())
    assert "Texte de Clausette" in html(w.pilot, "relances/textes/after/"), "a preview keeps nothing"
    assert post(w, "textes/after/", subject="Un mot", body="Il manque :\n{marches}").status_code == 302
    assert "Texte de votre structure" in html(w.pilot, "relances/textes/after/")
    assert post(w, "textes/after/le-notre/").status_code == 302
    assert "Texte de Clausette" in html(w.pilot, "relances/textes/after/")
    html(w.pilot, "relances/textes/inconnu/", 404)


def test_doors(w: World) -> None:
    for path in ("relances/", "relances/envois/", "relances/calendrier/", "relances/textes/after/"):
        html(w.firm, path, 403)
    stranger = signed_in(w.stranger)
    for path in ("appel", "report"):
        assert stranger.get(f"/o/{w.stranger.slug}/relances/{w.uids['firm']}/{path}/").status_code == 404
    assert "Aucun relevé ne manque" in html(w.stranger, "relances/")
