"""« Commandes et factures », the buyer's side, contacts, operations, portfolios, on screen."""

from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.procurement.models import AmountEntry, ContractParty, OperationParty, PartyContact
from tests.files.builders import TEXT
from tests.hats import as_owner
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, made_uid, opened
from tests.world import member

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]


@pytest.fixture
def people() -> Cast:
    return opened()


@pytest.fixture
def uid(people: Cast) -> UUID:
    return contract(people)


def test_who_reads_who_types(people: Cast, uid: UUID) -> None:
    path = f"marches/{uid}/montants/"
    shown = {who: Browser(getattr(people, who)).get(path) for who in ("pilot", "buyer", "firm")}
    assert [page.status for page in shown.values()] == [200] * 3
    assert ["Ajouter une commande ou une facture" in page.text for page in shown.values()] == [True, True, False]
    assert "Aucune commande ni facture" in shown["firm"].text
    assert Browser(people.firm).post(path, kind="invoiced").status == 403
    assert [Browser(people.stranger).get(path).status, Browser(people.stranger).post(path).status] == [
        404,
        404,
    ]
    assert Browser(people.pilot).get(f"marches/{uuid4()}/montants/").status == 404


def test_the_buyer_pastes_his_invoices(people: Cast, uid: UUID) -> None:
    browser, path = Browser(people.buyer), f"marches/{uid}/montants/"
    firm = str(people.uid("firm"))
    lines = "Date\tNuméro\tMontant\n03/09/2026\tF-101\t12 500,50\n05/10/2026\tAV-7\t-500\n"
    paper = SimpleUploadedFile("factures.txt", TEXT, "text/plain")
    assert browser.post(path, kind="invoiced", firm=firm, lines=lines, document=paper).status == 302
    page = browser.get(path).text
    for shown in ("F-101", "12 000,50 €", "AV-7", "Meg"):
        assert shown in page
    assert "F-101" in Browser(people.firm).get(path).text
    with as_owner():
        assert AmountEntry.objects.exclude(document=None).count() == 2


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("hier\tF-1\t10", "Ligne 1, date"),
        ("03/09/2026\tF-1\tdix", "Ligne 1, montant"),
        ("03/09/2027\tF-1\t10", "est à venir"),
        ("03/02/2026\tF-1\t10", "précède le marché, qui commence le 1er mars 2026"),
        ("03/09/2026\tF-1\t10\tInconnue", "titulaire du marché"),
        ("03/09/2026\tF-1\t10\n03/09/2026\tF-1\t10", "Ligne 2 : F-1 est déjà enregistrée"),
    ],
)
def test_bad_lines_are_named_and_kept(people: Cast, uid: UUID, lines: str, said: str) -> None:
    path = f"marches/{uid}/montants/"
    answer = Browser(people.pilot).post(path, kind="invoiced", firm=str(people.uid("firm")), lines=lines)
    assert answer.status == 400
    assert said in answer.text
    assert "F-1" in answer.text
    with as_owner():
        assert AmountEntry.objects.count() == 0


def test_one_order_is_typed_in_its_fields(people: Cast, uid: UUID) -> None:
    browser, path = Browser(people.buyer), f"marches/{uid}/montants/"
    one = {"kind": "ordered", "firm": str(people.uid("firm")), "on": "2026-09-03", "reference": "BC-1"}
    assert browser.post(path, **one, amount="12 500,50").status == 302
    assert browser.post(path, **one | {"reference": "BC-2"}, amount="10", lines="04/09/2026;BC-3;20").status == 302
    page = browser.get(path).text
    for shown in ("BC-1", "12 530,50 €", "BC-2", "BC-3"):
        assert shown in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("on", "", "Donnez la date."),
        ("on", "hier", "date"),
        ("on", "2027-09-03", "Le 3 septembre 2027 est à venir."),
        ("on", "2026-02-03", "Le 3 février 2026 précède le marché, qui commence le 1er mars 2026."),
        ("reference", "", "Donnez le numéro."),
        ("reference", "BC-0", "BC-0 est déjà enregistrée pour Bâti Ouche."),
        ("amount", "", "Donnez le montant HT."),
        ("amount", "dix", "nombre"),
        ("amount", "-10", "Une commande est supérieure à zéro."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_kept(
    people: Cast, uid: UUID, field: str, typed: str, said: str
) -> None:
    browser, path = Browser(people.buyer), f"marches/{uid}/montants/"
    one = {"kind": "ordered", "firm": str(people.uid("firm")), "on": "2026-09-03", "reference": "BC-0", "amount": "10"}
    assert browser.post(path, **one).status == 302
    answer = browser.post(path, **one | {"reference": "BC-9"} | {field: typed})
    assert answer.status == 400
    assert said in answer.text.split(f'id="id_{field}_error"')[1].split("</p>")[0]
    assert f'value="{typed}"' in answer.text or not typed
    with as_owner():
        assert AmountEntry.objects.count() == 1


def test_nothing_typed_says_what_to_give(people: Cast, uid: UUID) -> None:
    answer = Browser(people.buyer).post(f"marches/{uid}/montants/", kind="ordered", firm=str(people.uid("firm")))
    assert (answer.status, "Donnez la date, le numéro et le montant" in answer.text) == (400, True)


def test_a_line_is_withdrawn_with_its_reason(people: Cast, uid: UUID) -> None:
    buyer, path = Browser(people.buyer), f"marches/{uid}/montants/"
    buyer.post(path, kind="ordered", firm=str(people.uid("firm")), lines="03/09/2026;BC-1;10")
    with as_owner():
        line = AmountEntry.objects.get().uid
    assert Browser(people.firm).get(f"montants/{line}/retirer/").status == 403
    assert Browser(people.stranger).get(f"montants/{line}/retirer/").status == 404
    assert buyer.post(f"montants/{line}/retirer/", reason="").status == 400
    assert buyer.post(f"montants/{line}/retirer/", reason="En double").status == 302
    assert "Retirée : En double" in buyer.get(path).text


def test_the_page_costs_the_same_with_one_line_and_with_many(people: Cast, uid: UUID) -> None:
    browser, path, costs = Browser(people.pilot), f"marches/{uid}/montants/", []
    for number in (1, 3):
        lines = "\n".join(f"03/09/2026;F-{number}-{n};10" for n in range(number))
        browser.post(path, kind="invoiced", firm=str(people.uid("firm")), lines=lines)
        with CaptureQueriesContext(connection) as queries:
            browser.get(path)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_groupement_de_commandes_and_the_end_of_a_role(people: Cast, uid: UUID) -> None:
    browser, path = Browser(people.pilot), f"marches/{uid}/intervenants/nouveau/"
    sent = {"organisation": "Habitat Ouche", "role": "buyer", "share": "40", "valid_from": "2026-01-01"}
    assert browser.post(path, **sent | {"share": "140"}).status == 400
    assert browser.post(path, **sent).status == 302
    assert "part 40 %" in browser.get(f"marches/{uid}/").text
    assert Browser(people.other_buyer).get(f"marches/{uid}/").status == 200
    with as_owner():
        party = ContractParty.objects.get(organisation_id=people.other_buyer.organisation_id).uid
    assert 'value="40"' in browser.get(f"intervenants/{party}/part/").text
    assert browser.post(f"intervenants/{party}/part/", share="101").status == 400
    assert browser.post(f"intervenants/{party}/part/", share="35").status == 302
    assert "part 35 %" in browser.get(f"marches/{uid}/").text
    assert browser.post(f"intervenants/{party}/terminer/", valid_to="2025-01-01").status == 400
    assert (
        browser.post(f"intervenants/{party}/terminer/", valid_to="2026-11-01", reason="Retrait").status == 302
    )
    assert Browser(people.other_buyer).get(f"marches/{uid}/").status == 404
    assert browser.get(f"intervenants/{party}/terminer/").status == 403  # ended already
    assert Browser(people.buyer).get(path).status == 403


def test_contacts_are_added_changed_closed(people: Cast, uid: UUID) -> None:
    browser, path = Browser(people.pilot), f"marches/{uid}/contacts/nouveau/"
    buyer = str(people.uid("buyer"))
    assert browser.post(path, organisation=buyer, name="Dominique Roy").status == 400
    assert browser.post(path, organisation=buyer, name="Dominique Roy", phone="03 20 00 00 00").status == 302
    assert "Dominique Roy" in browser.get(f"marches/{uid}/").text
    assert "Dominique Roy" not in Browser(people.buyer).get(f"marches/{uid}/").text
    with as_owner():
        contact = PartyContact.objects.get().uid
    assert "Dominique Roy" in browser.get(f"contacts/{contact}/modifier/").text
    assert (
        browser.post(f"contacts/{contact}/modifier/", name="Dominique Leroy", email="d@m.example").status
        == 302
    )
    assert "Dominique Leroy" in browser.get(f"contacts/{contact}/fermer/").text
    assert browser.post(f"contacts/{contact}/fermer/").status == 302
    assert "d@m.example" not in browser.get(f"marches/{uid}/").text
    assert Browser(people.stranger).get(f"contacts/{contact}/modifier/").status == 404


def test_an_operation_has_its_page(people: Cast, uid: UUID) -> None:
    browser = Browser(people.pilot)
    assert "Aucune opération" in browser.get("operations/").text
    bad = browser.post("operations/nouvelle/", name="Renouvellement", qpv_codes="QN1")
    assert bad.status == 400
    assert "QN1 n'est pas un code de quartier" in bad.text
    made = browser.post("operations/nouvelle/", name="Renouvellement", is_anru="on", qpv_codes="QN00101M")
    project = made_uid(made)
    changed = browser.post(
        f"marches/{uid}/modifier/", common_name="Gymnase", operation=str(project), amount_ht="5 000"
    )
    assert changed.status == 302
    path = f"operations/{project}/organismes/nouveau/"
    assert browser.post(path, organisation="Habitat Ouche", role="funder").status == 302
    page = browser.get(f"operations/{project}/").text
    for shown in ("QN00101M", "programme ANRU", "Habitat Ouche", "Financeur", "5 000 €"):
        assert shown in page
    assert [Browser(who).get(f"operations/{project}/").status for who in
            (people.buyer, people.firm, people.other_buyer, people.stranger)] == [200, 200, 404, 404]  # fmt: skip
    assert "Ajouter un organisme" not in Browser(people.buyer).get(f"operations/{project}/").text
    with as_owner():
        body = OperationParty.objects.get().uid
    assert "Habitat Ouche" in browser.get(f"operations/organismes/{body}/retirer/").text
    assert browser.post(f"operations/organismes/{body}/retirer/").status == 302
    assert browser.post(f"operations/{project}/modifier/", name="", qpv_codes="").status == 400
    assert browser.post(f"operations/{project}/modifier/", name="Acacias", qpv_codes="").status == 302
    assert Browser(people.buyer).get(f"operations/{project}/modifier/").status == 403


def test_a_portfolio_is_handed_over_and_each_finds_his_own(people: Cast, uid: UUID) -> None:
    colleague = member(people.pilot, "lea@lys.example")
    with as_owner():
        seat = apps.get_model("access.Membership").objects.get(account_id=colleague.account_id).uid
    browser = Browser(people.pilot)
    assert "sans référent" in browser.get("marches/portefeuille/").text
    assert browser.post("marches/portefeuille/", to=str(seat)).status == 400
    assert (
        browser.post("marches/portefeuille/", to=str(seat), contracts=str(uid), reason="Départ").status == 302
    )
    assert "Gymnase des Acacias" not in browser.get("marches/?miens=on").text
    assert "checked" in browser.get(f"marches/portefeuille/?de={seat}").text  # all those of this colleague
    assert "Gymnase des Acacias" in Browser(colleague).get("marches/?miens=on").text
    assert Browser(people.buyer).get("marches/portefeuille/").status == 403
