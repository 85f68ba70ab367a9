"""Progress per firm and per buyer."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.commitments.builders import commitment
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]


@pytest.fixture
def people() -> Cast:
    return opened()


@pytest.fixture
def uid(people: Cast) -> UUID:
    contract_uid = contract(people)
    commitment(people, contract_uid)
    return contract_uid


def test_lists_say_what_is_due(people: Cast, uid: UUID) -> None:
    browser = Browser(people.pilot)
    firms, buyers = browser.get("entreprises/"), browser.get("maitres-d-ouvrage/")
    assert "Bâti Ouche" in firms.text
    assert "833 h" in firms.text
    assert "Métropole du Lys" in buyers.text
    assert "833 h" in buyers.text


def test_cards_say_engagements_and_contracts(people: Cast, uid: UUID) -> None:
    browser = Browser(people.pilot)
    for path in (f"entreprises/{people.uid('firm')}/", f"maitres-d-ouvrage/{people.uid('buyer')}/"):
        page = browser.get(path)
        assert page.status == 200
        for shown in ("Gymnase des Acacias", "833 h", "dues fermes au terme", "dues à ce jour"):
            assert shown in page.text


def test_a_firm_reads_its_own_card_and_not_the_engagements_of_others(people: Cast, uid: UUID) -> None:
    browser = Browser(people.firm)
    assert "833 h" in browser.get(f"entreprises/{people.uid('firm')}/").text
    assert browser.get("entreprises/").status == 403
    assert browser.get(f"entreprises/{people.uid('other_firm')}/").status == 404


def test_no_link_leads_to_a_page_refused_to_all_of_one_s_kind(people: Cast, uid: UUID) -> None:
    firm, pilot = Browser(people.firm), Browser(people.pilot)
    lists = [f"/o/{{}}/{path}/" for path in ("entreprises", "maitres-d-ouvrage")]
    for path in (f"entreprises/{people.uid('firm')}/", f"maitres-d-ouvrage/{people.uid('buyer')}/", "marches/"):
        assert not [one for one in lists if f'href="{one.format(people.firm.slug)}"' in firm.get(path).text], path
    assert all(f'href="{one.format(people.pilot.slug)}"' in pilot.get("marches/").text for one in lists)


def test_unknown_foreign_or_never_met_is_absent(people: Cast, uid: UUID) -> None:
    browser = Browser(people.stranger)
    for one in (people.uid("firm"), people.uid("buyer"), uuid4()):
        assert browser.get(f"entreprises/{one}/").status == 404
        assert browser.get(f"maitres-d-ouvrage/{one}/").status == 404
    assert "Bâti Ouche" not in browser.get("entreprises/").text


def test_other_methods_are_refused(people: Cast) -> None:
    browser = Browser(people.pilot)
    assert [browser.post(path).status for path in ("entreprises/", "maitres-d-ouvrage/")] == [405, 405]


def test_they_cost_the_same_for_one_and_three(people: Cast) -> None:
    browser, costs = Browser(people.pilot), []
    for name in ("A", "B", "C"):
        commitment(people, contract(people, name))
        with CaptureQueriesContext(connection) as queries:
            browser.get("entreprises/")
            browser.get(f"entreprises/{people.uid('firm')}/")
        costs.append(len(queries))
    assert costs[0] == costs[2]
