"""Acts in the life of a contract: award ended, avenant, sub-contractor, engagement settled, document of a version."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clausette.commitments.models import Commitment, CommitmentVersion
from clausette.procurement.models import Award, ContractModification, ContractParty
from clausette.procurement.operations import share_contract
from clausette.web.contracts.views import history
from tests.commitments.builders import commitment
from tests.files.builders import TEXT
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]
NEW_SIRET = "54205118000066"


@pytest.fixture
def people() -> Cast:
    return opened()


@pytest.fixture
def uid(people: Cast) -> UUID:
    return contract(people, lots=1)


@pytest.fixture
def owed(people: Cast, uid: UUID) -> UUID:
    return commitment(people, uid)


def _award() -> UUID:
    with as_owner():
        return Award.objects.get().uid


def _paths(uid: UUID, award: UUID, owed: UUID) -> list[str]:
    return [
        f"attributions/{award}/terminer/", f"marches/{uid}/avenants/nouveau/", f"marches/{uid}/sous-traitants/nouveau/",
        f"engagements/{owed}/solde/",
    ]  # fmt: skip


def test_strangers_firms_buyers_and_other_methods(people: Cast, uid: UUID, owed: UUID) -> None:
    paths = _paths(uid, _award(), owed)
    for path in paths:
        assert [Browser(people.pilot).get(path).status, Browser(people.stranger).get(path).status] == [
            200,
            404,
        ]
        assert [Browser(people.stranger).post(path).status, Browser(people.buyer).post(path).status] == [
            404,
            403,
        ]
        assert Browser(people.firm).get(path).status == 403
        assert Browser(people.pilot).client.put(Browser(people.pilot).address(path)).status_code == 405
    assert [Browser(people.pilot).get(path).status for path in _paths(uuid4(), uuid4(), uuid4())] == [404] * 4


def test_a_structure_associee_adds_subcontractors_and_nothing_else(
    people: Cast, uid: UUID, owed: UUID
) -> None:
    with acting(people.pilot) as actor:
        share_contract(actor=actor, contract_uid=uid, structure_uid=people.uid("stranger"), on=TODAY)
    browser = Browser(people.stranger)
    assert [browser.get(path).status for path in _paths(uid, _award(), owed)] == [403, 403, 200, 403]
    assert "Seule la structure référente modifie ce marché." in browser.get(f"engagements/{owed}/solde/").text
    path, head = f"marches/{uid}/sous-traitants/nouveau/", str(people.uid("firm"))
    answer = browser.post(path, subcontractor="Toitures Morel", head=head, valid_from="2026-11-02")
    assert answer.status == 302


def test_an_award_ends_with_its_day_and_reason(people: Cast, uid: UUID) -> None:
    browser, path = Browser(people.pilot), f"attributions/{_award()}/terminer/"
    bad = [
        browser.post(path, ended_on="2026-11-10", reason=""),
        browser.post(path, ended_on="2026-12-24", reason="Liquidation"),
        browser.post(path, ended_on="hier", reason="Liquidation"),
    ]
    assert [answer.status for answer in bad] == [400] * 3
    assert "Cette date est à venir" in bad[1].text
    assert 'value="hier"' in bad[2].text
    assert browser.post(path, ended_on="2026-11-10", reason="Liquidation judiciaire").status == 302
    page = browser.get(f"marches/{uid}/").text
    assert "Terminée le 10/11/2026" in page
    assert "Liquidation judiciaire" in page
    assert "Attribution terminée, par Ana" in page
    assert browser.get(path).status == 400  # done already


def test_an_avenant_is_kept_beside_the_contract(people: Cast, uid: UUID) -> None:
    browser, path = Browser(people.pilot), f"marches/{uid}/avenants/nouveau/"
    assert 'name="number" value="1"' in browser.get(path).text
    sent = {"number": "1", "notified_on": "2026-10-05", "amount_ht": "1 250 000", "duration_months": "18"}
    assert browser.post(path, **sent).status == 302
    with as_owner():
        row = ContractModification.objects.get()
        assert (row.number, str(row.amount_ht), row.duration_months) == (1, "1250000.00", 18)
    again = browser.post(path, **sent)
    assert again.status == 400
    assert "L'avenant 1 est déjà enregistré." in again.text
    assert browser.post(path, number="x", notified_on="2027-01-01").status == 400
    assert 'name="number" value="2"' in browser.get(path).text


def test_subcontractors_have_a_rank(people: Cast, uid: UUID) -> None:
    browser, path = Browser(people.pilot), f"marches/{uid}/sous-traitants/nouveau/"
    first = {"subcontractor": "Toitures Morel", "head": str(people.uid("firm")), "valid_from": "2026-11-02"}
    assert browser.post(path, **first).status == 302
    second = {"subcontractor": "Sols du Lys", "subcontractor_siret": NEW_SIRET, "valid_from": "2026-11-02"}
    assert browser.post(path, **second, head=str(people.uid("other_firm"))).status == 302
    page = browser.get(f"marches/{uid}/").text
    assert "rang 1, pour Bâti Ouche" in page
    assert "rang 2, pour Toitures Morel" in page
    with as_owner():
        assert ContractParty.objects.filter(role="subcontractor").count() == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"subcontractor": ""}, "Ce champ est obligatoire."),
        ({"subcontractor": "Bâti Ouche"}, "Une entreprise ne peut pas être son propre sous-traitant."),
        ({"head": str(UUID(int=7))}, "Sélectionnez un choix valide."),
        ({"valid_from": "32/11/2026"}, "Cette date n'existe pas dans le calendrier."),
    ],
)
def test_a_subcontractor_refused(people: Cast, uid: UUID, data: dict[str, str], sentence: str) -> None:
    sent = {
        "subcontractor": "Toitures Morel",
        "head": str(people.uid("firm")),
        "valid_from": "2026-11-02",
        **data,
    }
    answer = Browser(people.pilot).post(f"marches/{uid}/sous-traitants/nouveau/", **sent)
    assert answer.status == 400
    assert sentence in answer.text


def test_an_engagement_is_settled_once(people: Cast, owed: UUID) -> None:
    browser, path = Browser(people.pilot), f"engagements/{owed}/solde/"
    assert browser.post(path, on="2026-12-24").status == 400
    assert "Un engagement ne se solde pas avant son début." in browser.post(path, on="2026-01-05").text
    assert browser.post(path, on="2026-11-10", reason="Heures faites").status == 302
    page = browser.get(f"engagements/{owed}/").text
    assert "Soldé le" in page
    assert "Cet engagement est déjà soldé." in page
    assert "Cet engagement est déjà soldé." in browser.get(path).text
    with as_owner():
        assert str(Commitment.objects.get().closed_on) == "2026-11-10"


def test_a_version_keeps_its_document(
    people: Cast, owed: UUID, settings: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings.STATE = tmp_path  # type: ignore[attr-defined]  # the settings of the test
    browser, path = Browser(people.pilot), f"engagements/{owed}/version/"
    assert 'enctype="multipart/form-data"' in browser.get(path).text
    sent = {"reason": "amendment", "effective_on": "2026-11-16", "ends_on": "2027-06-30", "rows": "3",
            "amount_ht": "1 200 000", "labour_share": "50", "rate": "5", "hourly_cost": "30"}  # fmt: skip
    lie = browser.post(path, **sent, document=SimpleUploadedFile("avenant.pdf", b"bonjour"))
    assert lie.status == 400
    with as_owner():
        assert CommitmentVersion.objects.count() == 1
    assert browser.post(path, **sent, document=SimpleUploadedFile("avenant.txt", TEXT)).status == 302
    with as_owner():
        document = CommitmentVersion.objects.get(number=2).document
        assert document is not None
        assert document.name == "avenant.txt"
    assert "document joint" in browser.get(f"engagements/{owed}/").text


def test_the_history_is_short_and_can_be_whole(
    people: Cast, uid: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "SHORT", 1)
    browser = Browser(people.pilot)
    short, whole = (browser.get(f"marches/{uid}/{query}").text for query in ("", "?fil=tout"))
    assert "fil=tout#fil" in short
    assert "fil=tout#fil" not in whole
    assert "Marché attribué, par Ana" in whole
    assert "Bâti Ouche" in whole
