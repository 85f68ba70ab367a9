"""Award to one or several firms; sharing and revoking."""

from decimal import Decimal
from uuid import UUID

import pytest

from clausette.access.models import Organisation
from clausette.procurement.models import Award, ContractParty, Lot
from tests.hats import as_owner
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]
NEW_SIRET = "54205118000066"


@pytest.fixture
def people() -> Cast:
    return opened()


@pytest.fixture
def uid(people: Cast) -> UUID:
    return contract(people, lots=2, firm="")


def _lot(number: str) -> str:
    with as_owner():
        return str(Lot.objects.get(number=number).uid)


def test_the_first_free_lot_is_proposed(people: Cast, uid: UUID) -> None:
    page = Browser(people.pilot).get(f"marches/{uid}/attribution/")
    assert page.status == 200
    assert f'<option value="{_lot("1")}" selected>' in page.text


def test_a_lot_goes_to_a_group_with_a_new_firm(people: Cast, uid: UUID) -> None:
    answer = Browser(people.pilot).post(
        f"marches/{uid}/attribution/",
        rows="2", lot=_lot("2"), contractor="Bâti Ouche", amount_ht="400 000", notified_on="02/02/2026",
        member0="Toitures Morel", member0_share="30", member1="Sols du Lys", member1_siret=NEW_SIRET,
    )  # fmt: skip
    assert answer.status == 302
    with as_owner():
        assert Award.objects.get().amount_ht == 400_000
        places = ContractParty.objects.filter(lot__number="2").order_by("id")
        assert [(p.organisation.name, p.role, p.share) for p in places] == [
            ("Bâti Ouche", "contractor", Decimal("0.7")),
            ("Toitures Morel", "group_member", Decimal("0.3")),
            ("Sols du Lys", "group_member", None),
        ]
        assert Organisation.objects.get(siret=NEW_SIRET).capabilities == ["contractor"]


def test_two_more_lines_keep_what_is_typed(people: Cast, uid: UUID) -> None:
    page = Browser(people.pilot).post(
        f"marches/{uid}/attribution/", rows="2", more="1", contractor="Bâti Ouche", member0="Toitures Morel"
    )
    assert page.status == 200
    assert 'name="member3"' in page.text
    assert 'value="Toitures Morel"' in page.text
    with as_owner():
        assert Award.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"contractor": ""}, "Ce champ est obligatoire."),
        ({"contractor": "Inconnue"}, "Aucun organisme connu ne porte ce nom"),
        ({"contractor": "44306184100048"}, "Ce SIRET n'existe pas : vérifiez ses chiffres."),
        ({"contractor": "Bâti Ouche", "amount_ht": "0"}, "Écrivez un nombre supérieur à 0."),
        ({"contractor": "Bâti Ouche", "member0": "Bâti Ouche"}, "Le titulaire est aussi dans la liste"),
        ({"contractor": "Bâti Ouche", "member0": "Toitures Morel", "member0_share": "100"}, "il ne reste rien"),
        ({"contractor": "Bâti Ouche", "member0_share": "20"}, "Écrivez à qui va cette part."),
        ({"contractor": "Bâti Ouche", "notified_on": "2025-01-01"}, "La notification précède la consultation."),
        ({"contractor": "Bâti Ouche", "notified_on": "32/01/2026"}, "Cette date n'existe pas dans le calendrier."),
    ],
)
def test_bad_input_is_said(people: Cast, uid: UUID, data: dict[str, str], sentence: str) -> None:
    answer = Browser(people.pilot).post(f"marches/{uid}/attribution/", rows="2", lot=_lot("1"), **data)
    assert answer.status == 400
    assert sentence in answer.text
    with as_owner():
        assert Award.objects.count() == 0


def test_the_same_firm_twice(people: Cast, uid: UUID) -> None:
    browser, lot = Browser(people.pilot), _lot("1")
    answers = [
        browser.post(f"marches/{uid}/attribution/", rows="2", lot=lot, contractor="Bâti Ouche") for _ in range(2)
    ]
    assert [answer.status for answer in answers] == [302, 400]
    assert "Cette entreprise est déjà titulaire du lot 1." in answers[1].text


def test_sharing_opens_and_revoking_closes(people: Cast, uid: UUID) -> None:
    browser, other, structure = Browser(people.pilot), Browser(people.stranger), people.uid("stranger")
    assert "Maison de l'emploi d'Ouche" in browser.get(f"marches/{uid}/partage/").text
    assert browser.post(f"marches/{uid}/partage/", structure=str(structure), on="2026-11-16").status == 302
    assert other.get(f"marches/{uid}/").status == 200
    page = browser.get(f"marches/{uid}/partage/{structure}/retirer/")
    assert "Retirer le partage avec Maison de l'emploi d'Ouche" in page.text
    assert other.get(f"marches/{uid}/").status == 200
    assert browser.post(f"marches/{uid}/partage/{structure}/retirer/").status == 302
    assert other.get(f"marches/{uid}/").status == 404
    assert browser.post(f"marches/{uid}/partage/{structure}/retirer/").status == 404


def test_sharing_asks_a_structure_and_a_day(people: Cast, uid: UUID) -> None:
    answer = Browser(people.pilot).post(f"marches/{uid}/partage/", structure="", on="hier")
    assert answer.status == 400
    assert "« hier » n'est pas une date" in answer.text


def test_a_stranger_revokes_nothing(people: Cast, uid: UUID) -> None:
    path = f"marches/{uid}/partage/{people.uid('stranger')}/retirer/"
    assert Browser(people.stranger).post(path).status == 404
    assert Browser(people.buyer).post(path).status == 403
