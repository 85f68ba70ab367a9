"""Pages of the life of a contract: state, relaunch, phases, transfer, orders of an accord-cadre."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clausette.commitments.models import Commitment
from clausette.procurement.enums import ContractKind, ContractState
from clausette.procurement.models import Award, Contract, ContractPhase
from clausette.procurement.operations import award, create_contract
from tests.commitments.builders import commitment
from tests.files.builders import TEXT
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, made_uid, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]


@pytest.fixture
def people() -> Cast:
    return opened()


@pytest.fixture
def uid(people: Cast) -> UUID:
    return contract(people, lots=2)


def _framework(people: Cast) -> UUID:
    with acting(people.pilot) as actor:
        uid = create_contract(
            actor=actor, common_name="Voirie", buyer_uid=people.uid("buyer"), kind=ContractKind.FRAMEWORK,
            amount_ht=Decimal(100_000), on=TODAY,
        )  # fmt: skip
        award(actor=actor, contract_uid=uid, contractor_uid=people.uid("firm"), on=TODAY)
        return uid


def _award() -> UUID:
    with as_owner():
        return Award.objects.get().uid


def test_strangers_firms_buyers_and_other_methods(people: Cast, uid: UUID) -> None:
    paths = [
        f"marches/{uid}/phases/nouvelle/",
        f"attributions/{_award()}/transferer/",
        f"marches/{uid}/etat/",
    ]
    for path in paths:
        assert Browser(people.pilot).get(path).status == 200
        assert [Browser(people.stranger).get(path).status, Browser(people.stranger).post(path).status] == [
            404,
            404,
        ]
        assert [Browser(who).post(path).status for who in (people.buyer, people.firm)] == [403, 403]
        assert Browser(people.pilot).client.put(Browser(people.pilot).address(path)).status_code == 405
    for path in (
        f"marches/{uuid4()}/relance/",
        f"phases/{uuid4()}/decision/",
        f"attributions/{uuid4()}/transferer/",
    ):
        assert Browser(people.pilot).get(path).status == 404


def test_a_termination_has_its_cause_its_paper_and_its_place_in_the_timeline(people: Cast, uid: UUID) -> None:
    browser, path = Browser(people.pilot), f"marches/{uid}/etat/"
    sent = {"to": "terminated", "on": "2026-11-10", "reason": "Abandon de chantier"}
    refused = browser.post(path, **sent)
    assert refused.status == 400
    assert "Choisissez la cause de la résiliation." in refused.text
    assert "Abandon de chantier" in refused.text  # what was typed is kept
    assert browser.post(path, **sent | {"on": "2026-12-24"}, motive="fault").status == 400  # to come
    paper = SimpleUploadedFile("decision.txt", TEXT, "text/plain")
    assert browser.post(path, **sent, motive="fault", document=paper).status == 302
    page = browser.get(f"marches/{uid}/").text
    assert "En cours → Résilié" in page
    assert "Faute du titulaire · Abandon de chantier · document joint" in page
    assert "En cours → Résilié" in Browser(people.buyer).get(f"marches/{uid}/").text
    assert "document joint" not in Browser(people.buyer).get(f"marches/{uid}/").text  # not his file


def test_a_fruitless_contract_offers_to_begin_again(people: Cast, uid: UUID) -> None:
    browser = Browser(people.pilot)
    assert browser.get(f"marches/{uid}/relance/").status == 400
    with as_owner():
        Contract.objects.filter(uid=uid).update(state=ContractState.FRUITLESS)
    assert "Relancer le marché" in browser.get(f"marches/{uid}/").text
    form = browser.get(f"marches/{uid}/relance/").text
    assert form.count("checked") == 2  # both lots
    assert browser.post(f"marches/{uid}/relance/", common_name="Gymnase, relance").status == 400  # no lot
    with as_owner():
        lot = form.partition('name="lots" value="')[2].partition('"')[0]
    made = browser.post(f"marches/{uid}/relance/", common_name="Gymnase, relance", lots=lot)
    assert made.status == 302
    assert "Relance de" in browser.get(f"marches/{made_uid(made)}/").text
    assert "Relancé par" in browser.get(f"marches/{uid}/").text


def test_a_tranche_is_planned_then_confirmed_and_the_engagement_is_next(people: Cast, uid: UUID) -> None:
    commitment(people, uid)
    browser = Browser(people.pilot)
    bad = browser.post(f"marches/{uid}/phases/nouvelle/", kind="optional_tranche", number="1", starts_on="2027-01-01",
                       ends_on="2026-12-31")  # fmt: skip
    assert bad.status == 400
    assert "La fin de la phase précède son début." in bad.text
    sent = {"kind": "optional_tranche", "number": "1", "label": "Logements", "starts_on": "2027-01-01"}
    assert browser.post(f"marches/{uid}/phases/nouvelle/", **sent, ends_on="2027-12-31").status == 302
    with as_owner():
        phase = ContractPhase.objects.get().uid
    page = browser.get(f"marches/{uid}/").text
    assert "Tranche optionnelle 1 · Logements" in page
    assert f"phases/{phase}/decision/" in page
    path = f"phases/{phase}/decision/"
    assert browser.post(path, confirmed="non", on="2026-11-10", reason="").status == 400
    assert browser.post(path, confirmed="oui", on="2027-01-10", reason="").status == 400  # to come
    paper = SimpleUploadedFile("affermissement.txt", TEXT, "text/plain")
    assert browser.post(path, confirmed="oui", on="2026-11-10", reason="", document=paper).status == 302
    page = browser.get(f"marches/{uid}/").text
    assert "le 10/11/2026 · document joint" in page
    assert "Adapter l'engagement" in page
    assert browser.get(path).status == 400  # decided already


def test_a_concession_has_its_years_in_one_click(people: Cast) -> None:
    with acting(people.pilot) as actor:
        uid = create_contract(
            actor=actor, common_name="Réseau", buyer_uid=people.uid("buyer"), kind="dsp", on=TODAY,
            starts_on=date(2026, 7, 1), ends_on=date(2028, 6, 30),
        )  # fmt: skip
    browser = Browser(people.pilot)
    assert "Créer une phase par année" in browser.get(f"marches/{uid}/").text
    assert browser.post(f"marches/{uid}/phases/annees/").status == 302
    page = browser.get(f"marches/{uid}/").text
    assert "Année de concession 2" in page
    assert "Créer une phase par année" not in page


def test_a_transfer_names_the_new_titulaire(people: Cast, uid: UUID) -> None:
    browser, path = Browser(people.pilot), f"attributions/{_award()}/transferer/"
    sent = {
        "contractor": "Toitures Morel",
        "on": "2026-11-10",
        "signed_on": "2026-11-02",
        "reason": "Liquidation",
    }
    assert browser.post(path, **sent | {"signed_on": "2027-11-02"}).status == 400
    assert browser.post(path, **sent | {"contractor": "Inconnue"}).status == 400
    assert browser.post(path, **sent).status == 302
    page = browser.get(f"marches/{uid}/").text
    assert "succède à Bâti Ouche, acte signé le 02/11/2026" in page
    assert "En cours → Transféré" in page
    assert Browser(people.other_firm).get(f"marches/{uid}/").status == 200
    assert browser.get(path).status == 400  # transferred already


def test_the_balance_moves_with_the_act_or_nothing_moves(people: Cast, uid: UUID) -> None:
    owed = commitment(people, uid)
    browser, path = Browser(people.pilot), f"attributions/{_award()}/transferer/"
    assert 'name="balance"' in browser.get(path).text
    sent = {"contractor": "Toitures Morel", "on": "2026-11-10", "signed_on": "2026-11-02", "reason": "Liquidation"}
    refused = browser.post(path, **sent, balance="on")
    assert refused.status == 400
    assert "Joignez l'acte signé : le solde se transfère avec lui." in refused.text
    with as_owner():
        assert Award.objects.count() == Commitment.objects.count() == 1
    paper = SimpleUploadedFile("acte.txt", TEXT, "text/plain")
    assert browser.post(path, **sent, balance="on", document=paper).status == 302
    with as_owner():
        taken = Commitment.objects.exclude(uid=owed).get()
        assert taken.contractor_id == people.other_firm.organisation_id
    page = browser.get(f"engagements/{taken.uid}/").text
    assert "833 h" in page  # nothing was validated before: all of it goes on


def test_orders_are_made_from_the_page_of_the_accord_cadre(people: Cast, uid: UUID) -> None:
    assert (
        Browser(people.pilot).get(f"marches/{uid}/commandes/nouvelle/").status == 400
    )  # not an accord-cadre
    framework, browser = _framework(people), Browser(people.pilot)
    path = f"marches/{framework}/commandes/nouvelle/"
    assert "Il reste 100 000 € HT à commander sur 100 000 € HT au plus." in browser.get(path).text
    sent = {
        "kind": "order",
        "common_name": "Rue des Lilas",
        "amount_ht": "60 000",
        "notified_on": "2026-11-03",
    }
    made = browser.post(path, **sent)
    assert made.status == 302
    order = browser.get(f"marches/{made_uid(made)}/").text
    assert "Accord-cadre" in order
    assert "Bâti Ouche" in order
    refused = browser.post(path, **sent | {"common_name": "Place", "amount_ht": "40 000,01"})
    assert refused.status == 400
    assert "40 000,01 € HT dépassent le maximum" in refused.text
    page = browser.get(f"marches/{framework}/").text
    assert "60 000 € (60 % du maximum)" in page
    assert "100 000 € au plus" in page
    assert Browser(people.buyer).post(path, **sent).status == 403
