"""The page of a contract, its changes, its state."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.procurement.models import Contract, Lot
from clausette.procurement.operations import share_contract
from tests.commitments.builders import commitment
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]
ACTS = ("modifier/", "lots/", "etat/", "attribution/", "partage/", "engagements/nouveau/")


@pytest.fixture
def people() -> Cast:
    return opened()


@pytest.fixture
def uid(people: Cast) -> UUID:
    return contract(people, lots=2, number="2025-118")


def test_it_says_what_was_bought_and_what_is_owed(people: Cast, uid: UUID) -> None:
    commitment(people, uid)
    page = Browser(people.pilot).get(f"marches/{uid}/")
    assert page.status == 200
    for shown in (
        "Gymnase des Acacias", "marché 2025-118", "article L2112-2 (Code de la commande publique)", "833 h",
        "Lot numéro 2", "Attribuer", "Bâti Ouche", "Structure référente", "Engagement d'insertion enregistré, par Ana",
    ):  # fmt: skip
        assert shown in page.text


def test_without_engagement_the_page_teaches(people: Cast, uid: UUID) -> None:
    assert "Un engagement dit combien d'heures une entreprise doit" in Browser(people.pilot).get(f"marches/{uid}/").text


def test_a_contract_without_titulaire_says_why_no_engagement(people: Cast) -> None:
    uid = contract(people, firm="")
    browser = Browser(people.pilot)
    assert "Attribuez d'abord le marché" in browser.get(f"marches/{uid}/").text
    assert browser.get(f"marches/{uid}/engagements/nouveau/").status == 403


@pytest.mark.parametrize("who", ["buyer", "firm"])
def test_parties_read_and_do_not_act(people: Cast, uid: UUID, who: str) -> None:
    browser = Browser(getattr(people, who))
    page = browser.get(f"marches/{uid}/")
    assert page.status == 200
    assert "Changer l'état" not in page.text
    assert [browser.get(f"marches/{uid}/{act}").status for act in ACTS] == [403] * len(ACTS)


def test_a_shared_structure_reads_and_is_told_who_may_act(people: Cast, uid: UUID) -> None:
    with acting(people.pilot) as actor:
        share_contract(actor=actor, contract_uid=uid, structure_uid=people.uid("stranger"), on=TODAY)
    browser = Browser(people.stranger)
    assert "Seule la structure référente modifie ce marché." in browser.get(f"marches/{uid}/").text
    refused = [browser.get(f"marches/{uid}/{act}") for act in ACTS]
    assert [answer.status for answer in refused] == [403] * len(ACTS)
    assert "Seule la structure référente modifie ce marché." in refused[0].text


def test_foreign_is_absent(people: Cast, uid: UUID) -> None:
    browser = Browser(people.stranger)
    for act in ("", *ACTS):
        answers = [browser.get(f"marches/{one}/{act}") for one in (uid, uuid4())]
        assert [answer.status for answer in answers] == [404, 404]
    assert browser.get("marches/42/").status == 404


def test_other_methods_are_refused(people: Cast, uid: UUID) -> None:
    browser = Browser(people.pilot)
    assert browser.post(f"marches/{uid}/").status == 405


def test_it_costs_the_same_with_more_engagements(people: Cast) -> None:
    browser, costs = Browser(people.pilot), []
    uid = contract(people, lots=3)
    browser.get(f"marches/{uid}/")  # what a process keeps (parameters of the day, public facts) is read once
    for n in range(3):
        commitment(people, uid, starts_on=date(2026, 3, 1 + n))
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"marches/{uid}/")
        costs.append(len(queries))
    assert costs[0] == costs[2]


def test_change_shows_what_is_known_then_saves(people: Cast, uid: UUID) -> None:
    browser = Browser(people.pilot)
    page = browser.get(f"marches/{uid}/modifier/")
    assert 'value="2025-118"' in page.text
    assert 'value="2026-03-01"' in page.text
    answer = browser.post(f"marches/{uid}/modifier/", common_name="Gymnase des Lilas", amount_ht="1 200 000,50")
    assert answer.status == 302
    with as_owner():
        row = Contract.objects.get(uid=uid)
        assert (row.common_name, str(row.amount_ht), row.official_id) == ("Gymnase des Lilas", "1200000.50", "")
    assert "nom d'usage : Gymnase des Acacias → Gymnase des Lilas" in browser.get(f"marches/{uid}/").text


def test_change_refused_keeps_what_was_typed(people: Cast, uid: UUID) -> None:
    answer = Browser(people.pilot).post(
        f"marches/{uid}/modifier/", common_name="Lilas", starts_on="2026-05-01", ends_on="2026-04-01"
    )
    assert answer.status == 400
    assert "La fin d'exécution précède le début." in answer.text
    assert 'value="Lilas"' in answer.text


def test_lots_are_pasted_later(people: Cast, uid: UUID) -> None:
    browser = Browser(people.pilot)
    assert browser.post(f"marches/{uid}/lots/", lots="3;Peinture;90000\n4;Sols").status == 302
    refused = browser.post(f"marches/{uid}/lots/", lots="4;Sols")
    assert refused.status == 400
    assert "Le lot 4 existe déjà dans ce marché." in refused.text
    with as_owner():
        assert Lot.objects.count() == 4


def test_state_changes_with_day_and_reason(people: Cast, uid: UUID) -> None:
    browser = Browser(people.pilot)
    page = browser.get(f"marches/{uid}/etat/")
    assert "Suspendu" in page.text
    assert "Publié" not in page.text
    bad = [
        browser.post(f"marches/{uid}/etat/", to="suspended", on="2026-11-16"),
        browser.post(f"marches/{uid}/etat/", to="suspended", on="2026-12-01", reason="x"),
        browser.post(f"marches/{uid}/etat/", to="published", on="2026-11-16", reason="x"),
    ]
    assert [answer.status for answer in bad] == [400] * 3
    assert "Donnez le motif : le marché devient « Suspendu »." in bad[0].text
    assert "Cette date est à venir" in bad[1].text
    done = browser.post(f"marches/{uid}/etat/", to="suspended", on="2026-11-03", reason="Chantier inondé")
    assert done.status == 302
    page = browser.get(f"marches/{uid}/")
    assert "État : Suspendu, par Ana" in page.text
    assert "3 novembre 2026 : Chantier inondé" in page.text
