"""The page of an engagement, its curve, its creation, its versions."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.models import Commitment, CommitmentPart, CommitmentVersion
from clausette.commitments.operations import Terms
from tests.commitments.builders import commitment
from tests.hats import as_owner
from tests.hours.builders import world
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Answer, Browser, made_uid, opened
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]
COMPUTED = {"kind": "computed", "amount_ht": "1 000 000", "labour_share": "50", "rate": "5", "hourly_cost": "30"}
DATES = {"starts_on": "2026-03-01", "ends_on": "2027-06-30"}


@pytest.fixture
def people() -> Cast:
    return opened()


@pytest.fixture
def uid(people: Cast) -> UUID:
    return commitment(people, contract(people))


def _create(people: Cast, contract_uid: UUID, **data: str) -> Answer:
    sent = {"contractor": str(people.uid("firm")), "rows": "3", **DATES, **data}
    return Browser(people.pilot).post(f"marches/{contract_uid}/engagements/nouveau/", **sent)


def test_the_page_says_arithmetic_figures_and_versions(people: Cast, uid: UUID) -> None:
    page = Browser(people.pilot).get(f"engagements/{uid}/")
    assert page.status == 200
    for shown in (
        "1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 → 833 h", "≈ 1 personne pendant 5,5 mois", "dues à ce jour",
        "dues fermes au terme", "dues possibles", "Condition d'exécution (article L2112-2)",
        "Version initiale (en vigueur)", "parties=fermes", "parties=possibles", "courbe.svg",
    ):  # fmt: skip
        assert shown in page.text


@pytest.mark.parametrize("who", ["pilot", "buyer", "firm"])
def test_those_concerned_read_it(people: Cast, uid: UUID, who: str) -> None:
    assert Browser(getattr(people, who)).get(f"engagements/{uid}/").status == 200


def test_foreign_is_absent(people: Cast, uid: UUID) -> None:
    for who in (people.stranger, people.other_firm, people.other_buyer):
        browser = Browser(who)
        for path in ("", "courbe.svg"):
            assert [browser.get(f"engagements/{one}/{path}").status for one in (uid, uuid4())] == [404, 404]
    assert Browser(people.stranger).get(f"engagements/{uid}/version/").status == 404
    assert Browser(people.pilot).get("engagements/7/").status == 404
    assert Browser(people.pilot).post(f"engagements/{uid}/").status == 405


def test_each_figure_opens_on_its_parts(people: Cast) -> None:
    uid = commitment(people, contract(people), kind=CommitmentKind.FOLLOWED, terms=Terms())
    page = Browser(people.pilot).get(f"engagements/{uid}/")
    assert "Suivi sans objectif chiffré" in page.text
    assert "dues fermes au terme" not in page.text


def test_an_act_that_needs_another_engagement_says_why_it_cannot_be_done(people: Cast) -> None:
    here, elsewhere = contract(people), contract(people, "Stade")
    first = commitment(people, here)
    alone = Browser(people.pilot).get(f"engagements/{first}/").text
    told = ("autre engagement qui puisse", "rien à globaliser", "autre titulaire", "pas de cotraitant")
    assert [why in alone for why in told] == [True] * 4
    for path in ("mouvement", "globalisation", "transfert", "groupement"):
        assert f"/{first}/{path}/" not in alone
    commitment(people, elsewhere)
    now = Browser(people.pilot).get(f"engagements/{first}/").text
    assert [why in now for why in told] == [True, False, True, True]


def test_the_page_has_a_budget(people: Cast, uid: UUID) -> None:
    browser = Browser(people.pilot)
    with CaptureQueriesContext(connection) as queries:
        browser.get(f"engagements/{uid}/")
    assert len([q for q in queries if 'FROM "' in q["sql"]]) <= 16  # two of them: which acts are possible


def test_the_curve_is_drawn_once(people: Cast, uid: UUID) -> None:
    browser = Browser(people.pilot)
    first = browser.get(f"engagements/{uid}/courbe.svg")
    assert (first.status, first.headers["Content-Type"]) == (200, "image/svg+xml")
    assert first.text.startswith("<svg")
    again = browser.get(f"engagements/{uid}/courbe.svg", **{"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    other = browser.get(f"engagements/{uid}/courbe.svg?largeur=330")
    assert other.headers["ETag"] != first.headers["ETag"]


def test_hours_and_people_are_named_to_those_who_may_know() -> None:
    demonstration()
    w = world()
    page = Browser(w.pilot).get(f"engagements/{w.commitment.uid}/")
    assert "Lemaire" in page.text
    assert "Inconnu" in page.text
    assert "3 mois sans relevé" in page.text or "4 mois sans relevé" in page.text
    assert "Lemaire" not in Browser(w.buyer).get(f"engagements/{w.commitment.uid}/").text


@pytest.mark.parametrize(
    ("data", "hours"),
    [
        (COMPUTED, 833),
        ({**COMPUTED, "rounding": "up"}, 834),
        ({"kind": "fixed", "minimum_hours": "300", "offer_hours": "360"}, 360),
        ({**COMPUTED, "offer_hours": "900"}, 900),
    ],
)
def test_an_engagement_is_recorded(people: Cast, data: dict[str, str], hours: int) -> None:
    answer = _create(people, contract(people), **data)
    assert answer.status == 302
    with as_owner():
        assert CommitmentPart.objects.get().hours == hours
    assert f"{hours} h" in Browser(people.pilot).get(f"engagements/{made_uid(answer)}/").text


def test_a_followed_engagement_needs_no_hours(people: Cast) -> None:
    answer = _create(people, contract(people), kind="followed", amount_ht="1000")
    assert answer.status == 302
    with as_owner():
        assert CommitmentVersion.objects.get().amount_ht is None
        assert CommitmentPart.objects.count() == 0


def test_a_schedule_is_typed_line_by_line(people: Cast) -> None:
    parts = {
        "part0_label": "Ferme", "part0_status": "firm", "part0_starts_on": "2026-03-01", "part0_ends_on": "2026-12-31",
        "part0_hours": "260", "part1_label": "Option", "part1_status": "conditional", "part1_starts_on": "2027-01-01",
        "part1_ends_on": "2027-06-30", "part1_hours": "100",
    }  # fmt: skip
    answer = _create(people, contract(people), kind="fixed", minimum_hours="360", **parts)
    assert answer.status == 302
    page = Browser(people.pilot).get(f"engagements/{made_uid(answer)}/?parties=possibles")
    assert "Parties possibles." in page.text
    assert "Option" in page.text
    assert "Ferme</" not in page.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "computed"}, "Donnez le montant HT."),
        ({**COMPUTED, "rate": "0"}, "Écrivez un nombre supérieur à 0."),
        ({**COMPUTED, "rate": "500"}, "Au plus 100 %."),
        ({**COMPUTED, "amount_ht": "0"}, "Écrivez un nombre supérieur à 0."),
        ({"kind": "fixed"}, "Donnez les heures dues : minimum exigé ou engagement de l'offre."),
        ({"kind": "fixed", "minimum_hours": "7 h 75"}, "Les minutes vont de 00 à 59."),
        ({**COMPUTED, "ends_on": "2026-01-01"}, "Le terme précède le début."),
        ({**COMPUTED, "part0_label": "Ferme"}, "À remplir, ou videz la ligne."),
        ({**COMPUTED, "due_day": "31"}, "Écrivez un nombre entre 1 et 28."),
        ({**COMPUTED, "contractor": str(uuid4())}, "Sélectionnez un choix valide"),
        ({"kind": "per_amount"}, "Donnez le montant qui fait une heure."),
        ({"kind": "share_of_hours"}, "Donnez la part des heures."),
        ({"kind": "voluntary"}, "Des heures volontaires se comptent sur un lot sans clause"),
        ({"kind": "marchandage"}, "Sélectionnez un choix valide"),
    ],
)
def test_bad_input_is_said_and_nothing_is_written(people: Cast, data: dict[str, str], sentence: str) -> None:
    answer = _create(people, contract(people), **data)
    assert answer.status == 400
    assert sentence in answer.text
    with as_owner():
        assert Commitment.objects.count() == 0


def test_two_more_parts_keep_what_is_typed(people: Cast) -> None:
    page = _create(people, contract(people), more="1", part0_label="Ferme", kind="fixed")
    assert page.status == 200
    assert 'name="part4_label"' in page.text
    assert 'value="Ferme"' in page.text


def _version(people: Cast, uid: UUID, **data: str) -> Answer:
    sent = {
        "reason": "reduction", "effective_on": "2026-10-01", "ends_on": "2027-06-30", "after": "1", "rows": "3",
        "comment": "Avenant 2", "minimum_hours": "500", **data,
    }  # fmt: skip
    return Browser(people.pilot).post(f"engagements/{uid}/version/", **sent)


@pytest.fixture
def fixed(people: Cast) -> UUID:
    return commitment(people, contract(people), kind=CommitmentKind.FIXED, terms=Terms(minimum_hours=Decimal(833)))


def test_a_version_counts_from_its_day(people: Cast, fixed: UUID) -> None:
    browser = Browser(people.pilot)
    assert 'value="833"' in browser.get(f"engagements/{fixed}/version/").text
    assert _version(people, fixed).status == 302
    now, before = browser.get(f"engagements/{fixed}/"), browser.get(f"engagements/{fixed}/?au=30/09/2026")
    assert "2 · Réduction (en vigueur)" in now.text
    assert "Avenant 2" in now.text
    assert "1 · Version initiale (en vigueur)" in before.text
    assert "Chiffres arrêtés au jour choisi" in before.text


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        ({"effective_on": ""}, 400, "Ce champ est obligatoire."),
        ({"effective_on": "2026-01-01"}, 400, "Cette version s'applique avant la précédente."),
        ({"ends_on": "2026-01-01"}, 400, "Le terme de l'engagement précède son début."),
        ({"minimum_hours": "0"}, 400, "Écrivez un nombre supérieur à 0."),
        ({"after": "0"}, 409, "Une autre version vient d'être enregistrée."),
    ],
)
def test_a_version_that_does_not_hold(
    people: Cast, fixed: UUID, data: dict[str, str], status: int, sentence: str
) -> None:
    answer = _version(people, fixed, **data)
    assert answer.status == status
    assert sentence in answer.text
    assert "Avenant 2" in answer.text
    with as_owner():
        assert CommitmentVersion.objects.count() == 1


def test_only_the_structure_referente_versions(people: Cast, fixed: UUID) -> None:
    answers = [Browser(who).get(f"engagements/{fixed}/version/") for who in (people.buyer, people.firm)]
    assert [answer.status for answer in answers] == [403, 403]
