"""Recording a contract in one page: buyer by name, by SIRET, or new; lots pasted; bad input said at its place."""

from decimal import Decimal

import pytest

from clausette.access.models import Organisation
from clausette.procurement.models import Contract, Lot, WorksOperation
from tests.hats import as_owner
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Answer, Browser, made_uid, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]
NEW_SIRET = "54205118000066"
LOTS = """N°	Lot	Montant
1	Gros œuvre	1 000 000,00
2	Couverture	400000
3	Peinture
4	Sols
5	Plomberie	90000	45330000"""


@pytest.fixture
def people() -> Cast:
    return opened()


def _create(people: Cast, **data: str) -> Answer:
    return Browser(people.pilot).post("marches/nouveau/", **{"common_name": "École Pasteur", **data})


def _none_made() -> None:
    with as_owner():
        assert Contract.objects.count() == 0
        assert not Organisation.objects.filter(siret=NEW_SIRET).exists()


def test_the_form_asks_two_things(people: Cast) -> None:
    page = Browser(people.pilot).get("marches/nouveau/")
    assert page.status == 200
    assert page.text.count(" required") == 2


def test_five_lots_in_one_page(people: Cast) -> None:
    answer = _create(people, buyer="Métropole du Lys", lots=LOTS)
    assert answer.status == 302
    with as_owner():
        row = Contract.objects.get(uid=made_uid(answer))
        assert (row.common_name, row.state, row.device) == ("École Pasteur", "running", "execution")
        lots = list(Lot.objects.filter(contract=row).order_by("id").values_list("number", "title", "amount_ht", "cpv"))
        assert lots[0] == ("1", "Gros œuvre", Decimal(1_000_000), "")
        assert lots[4] == ("5", "Plomberie", Decimal(90_000), "45330000")


@pytest.mark.parametrize("typed", ["metropole  du LYS", "73282932000074", "732 829 320 00074", "A (73282932000074)"])
def test_a_known_buyer_is_found(people: Cast, typed: str) -> None:
    answer = _create(people, buyer=typed)
    assert answer.status == 302
    with as_owner():
        assert Contract.objects.get().buyer_id == people.buyer.organisation_id


def test_a_new_buyer_is_registered_with_its_contract(people: Cast) -> None:
    assert _create(people, buyer="Hôpital du Lys", buyer_siret="542 051 180 00066").status == 302
    with as_owner():
        row = Organisation.objects.get(siret=NEW_SIRET)
        assert (row.name, row.capabilities) == ("Hôpital du Lys", ["buyer"])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"buyer": ""}, "Ce champ est obligatoire."),
        ({"buyer": "Hôpital du Lys"}, "Aucun organisme connu ne porte ce nom : donnez son SIRET pour l'enregistrer."),
        ({"buyer": NEW_SIRET}, "Aucun organisme connu n'a ce SIRET : écrivez son nom pour l'enregistrer."),
        ({"buyer": "73282932000075"}, "Ce SIRET n'existe pas : vérifiez ses chiffres."),
        ({"buyer": "Hôpital", "buyer_siret": "123"}, "Un SIRET a 14 chiffres ; celui-ci en a 3."),
        ({"buyer": "Métropole", "amount_ht": "0"}, "Écrivez un nombre supérieur à 0."),
        ({"buyer": "Métropole", "amount_ht": "beaucoup"}, "« beaucoup » n'est pas un nombre."),
        ({"buyer": "Métropole", "starts_on": "2026-03-02", "ends_on": "2026-03-01"},
         "La fin d'exécution précède le début."),
        ({"buyer": "Métropole", "consultation_on": "2026-03-02", "notified_on": "2026-03-01"},
         "La notification précède la consultation."),
        ({"buyer": "Métropole", "duration_months": "0"}, "Écrivez un nombre entre 1 et 600."),
        ({"buyer": "Métropole", "cpv": "12"}, "Un code CPV a 8 chiffres, par exemple 45210000."),
        ({"buyer": "Métropole", "lots": "1;Gros œuvre;zéro"}, "Ligne 1, montant : « zéro » n'est pas un nombre."),
        ({"buyer": "Métropole", "lots": "1;a\n1;b"}, "Ligne 2, numéro : le lot 1 est déjà dans la liste."),
        ({"buyer": "Métropole", "lots": "12345678901;a"}, "Ligne 1, numéro : le numéro dépasse 10 caractères."),
        ({"buyer": "Métropole", "title": "M. 255081416802538"}, "sécurité sociale"),
        ({"buyer": "Métropole", "title": "dossier 2550814168025"}, "sécurité sociale"),
        ({"buyer": "Métropole", "kind": "nonsense"}, "Sélectionnez un choix valide"),
    ],
)  # fmt: skip
def test_bad_input_is_said_and_kept(people: Cast, data: dict[str, str], sentence: str) -> None:
    answer = _create(people, **data)
    assert answer.status == 400
    assert sentence in answer.text
    assert 'value="École Pasteur"' in answer.text
    _none_made()


def test_an_ambiguous_name_is_chosen_in_a_list(people: Cast) -> None:
    answer = _create(people, buyer="Métropole")
    assert answer.status == 400
    assert "Choisissez ci-dessous" in answer.text
    uid = str(people.uid("buyer"))
    assert f'value="{uid}"' in answer.text
    assert _create(people, buyer="Métropole", buyer_pick=uid).status == 302


def test_a_new_buyer_is_not_left_behind_by_a_refused_contract(people: Cast) -> None:
    contract(people, "Halle", number="2025-118")
    answer = _create(
        people, buyer="Hôpital du Lys", buyer_siret=NEW_SIRET, new_operation="Tanneurs", lots="1;a", official_id="9"
    )
    assert answer.status == 302
    again = _create(people, buyer="Hôpital", buyer_siret=NEW_SIRET, official_id="9", new_operation="Autre opération")
    assert again.status == 400
    assert "Ce marché existe déjà sous le nom « École Pasteur » (numéro 9)." in again.text
    with as_owner():
        assert list(WorksOperation.objects.values_list("name", flat=True)) == ["Tanneurs"]


def test_only_facilitators_have_this_page(people: Cast) -> None:
    for who in (people.buyer, people.firm):
        answer = Browser(who).get("marches/nouveau/")
        assert answer.status == 403
        assert "réservée aux structures" in answer.text
    assert Browser(people.pilot).client.put(Browser(people.pilot).address("marches/nouveau/")).status_code == 405
