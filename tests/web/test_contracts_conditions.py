"""Default rules of a structure, conditions of one engagement, papers of its versions."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clausette.commitments.enums import CommitmentKind, EttAdmission, Periodicity, WorkStudyCounting
from clausette.commitments.models import Commitment, CommitmentVersion, StructureDefaults
from clausette.commitments.operations import Terms, change_defaults, close_commitment
from clausette.files.models import StoredFile
from tests.commitments.builders import commitment
from tests.files.builders import TEXT
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, contract
from tests.web.contracts_world import MARK, Browser, made_uid, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]
RULES = "structure/regles-par-defaut/"
ASKED: dict[str, Any] = {
    "ett": "no", "periodicity": "quarterly", "due_day": "20", "penalty_multiplier": "1,5", "publics": ["RSA", "QPV"],
    "modalities": ["direct", "geiq"], "cdi_months": "12", "work_study": "company", "training_cap": "10",
    "validity_months": "",
}  # fmt: skip
DATES = {"starts_on": "2026-03-01", "ends_on": "2027-06-30"}


@pytest.fixture
def people() -> Cast:
    return opened()


def _create(people: Cast, market: UUID, **data: Any) -> UUID:
    sent = {"contractor": str(people.uid("firm")), "rows": "3", "kind": "fixed", "minimum_hours": "365", **DATES}
    answer = Browser(people.pilot).post(f"marches/{market}/engagements/nouveau/", **sent, **data)
    assert answer.status == 302, answer.text
    return made_uid(answer)


def _row(uid: UUID) -> Commitment:
    with as_owner():
        return Commitment.objects.get(uid=uid)


def test_the_rules_are_those_of_a_structure_facilitatrice(people: Cast) -> None:
    answers = [Browser(who).get(RULES).status for who in (people.pilot, people.stranger, people.firm, people.buyer)]
    assert answers == [200, 200, 403, 403]
    assert Browser(people.firm).post(RULES, **ASKED).status == 403


def test_rules_are_written_read_again_and_proposed(people: Cast) -> None:
    pilot, market = Browser(people.pilot), contract(people)
    first = pilot.get(RULES).text
    assert "Vide : 24 mois (usage daté)." in first
    assert pilot.post(RULES, **ASKED).location.endswith(RULES)
    with as_owner():
        held = StructureDefaults.objects.get()
    assert (held.ett, held.periodicity, held.due_day, held.penalty_multiplier) == (
        EttAdmission.NO, Periodicity.QUARTERLY, 20, Decimal("1.50"),
    )  # fmt: skip
    assert (held.publics, held.modalities) == (["RSA", "QPV"], ["direct", "geiq"])
    assert (held.cdi_months, held.work_study, held.training_cap, held.validity_months) == (
        12, WorkStudyCounting.COMPANY, Decimal("0.1"), None,
    )  # fmt: skip
    form = pilot.get(f"marches/{market}/engagements/nouveau/").text
    assert "12 mois (règle de la structure)" in form
    for shown in ('value="20"', 'value="1,5"', '<option value="quarterly" selected>'):
        assert shown in form
    assert form.count("checked") == 5  # two publics, two modalities, the kind


def test_rules_change_from_a_day_on_and_their_history_is_shown(people: Cast) -> None:
    pilot = Browser(people.pilot)
    assert "Aucune règle écrite" in pilot.get(RULES).text
    assert pilot.post(RULES, **ASKED).status == 302  # the first ones: from the start
    commitment(people, contract(people))
    page = pilot.get(RULES).text
    assert f'value="{TODAY}"' in page
    assert "1 engagement en cours suit ces contrôles et ces règles de comptage" in page
    refused = pilot.post(RULES, **(ASKED | {"starts_on": "2026-03-01", "cdi_months": "6"}))
    assert (refused.status, "dites pourquoi" in refused.text, 'value="2026-03-01"' in refused.text) == (400, True, True)
    said = {"starts_on": "2026-03-01", "cdi_months": "6", "reason": "Note du comité", "controls_off": ["W104"]}
    assert pilot.post(RULES, **(ASKED | said)).status == 302
    page = pilot.get(RULES).text
    off = "Contrôles éteints : Heures sans pièce justificative (W104)"
    for told in ("le début", "1er mars 2026", "un CDI : 6 mois", off, "Note du comité", "en vigueur", "passées"):
        assert told in page, told


def test_rules_typed_wrong_are_withdrawn(people: Cast) -> None:
    with acting(people.pilot) as actor:
        first = change_defaults(actor=actor, on=TODAY, due_day=5)
        second = change_defaults(actor=actor, on=TODAY, starts_on=TODAY, due_day=20)
    path = f"structure/regles-par-defaut/{second}/retirer/"
    answers = [Browser(who).get(path).status for who in (people.pilot, people.stranger, people.firm, people.buyer)]
    assert answers == [200, 404, 403, 403]
    pilot = Browser(people.pilot)
    assert pilot.post(path, reason="").status == 400
    assert pilot.post(path, reason="Erreur de saisie").location.endswith(RULES)
    assert "Erreur de saisie" in pilot.get(RULES).text
    answer = pilot.post(f"structure/regles-par-defaut/{first}/retirer/", reason="Erreur")
    assert (answer.status, "ne se retirent pas" in answer.text) == (400, True)


def test_an_engagement_recorded_without_a_word_takes_the_rules_of_its_structure(people: Cast) -> None:
    with acting(people.pilot) as actor:
        change_defaults(
            actor=actor, on=TODAY, ett=EttAdmission.NO, due_day=20, publics=["RSA"], modalities=["direct"],
            cdi_months=12,
        )
    row = _row(commitment(people, contract(people)))
    assert (row.ett, row.due_day, row.publics, row.modalities) == (EttAdmission.NO, 20, ["RSA"], ["direct"])
    assert row.cdi_months is None  # a counting rule stays the structure's: it follows its changes


def test_what_the_form_says_wins_over_the_rules(people: Cast) -> None:
    with acting(people.pilot) as actor:
        change_defaults(
            actor=actor, on=TODAY, ett=EttAdmission.NO, due_day=20, publics=["RSA"], penalty_multiplier=Decimal(3)
        )
    row = _row(_create(people, contract(people), due_day="5", ett="yes", modalities=["ett"]))
    assert (row.ett, row.due_day, row.publics, row.modalities) == (EttAdmission.YES, 5, [], ["ett"])
    assert row.penalty_multiplier == 3  # left empty


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("due_day", "31", "nombre entre 1 et 28"),
        ("penalty_multiplier", "1000", "Au plus 999,99"),
        ("training_cap", "120", "Au plus 100"),
        ("cdi_months", "0", "nombre entre 1 et 120"),
        ("publics", "LICORNE", "LICORNE"),
    ],
)
def test_bad_rules_are_told_at_their_field_and_nothing_is_written(
    people: Cast, name: str, value: str, told: str
) -> None:
    answer = Browser(people.pilot).post(RULES, **(ASKED | {name: value}))
    assert (answer.status, told in answer.text) == (400, True)
    with as_owner():
        assert not StructureDefaults.objects.exists()


def test_conditions_say_what_is_inherited_and_change(people: Cast) -> None:
    uid, pilot = commitment(people, contract(people)), Browser(people.pilot)
    with acting(people.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, due_day=20, validity_months=12)
    path = f"engagements/{uid}/conditions/"
    page = pilot.get(path).text
    assert "Vide : 12 mois (règle de la structure)." in page
    assert "Règle de la structure : le 20." in page
    assert pilot.post(path, **(ASKED | {"validity_months": "36"})).status == 302
    row = _row(uid)
    assert (row.periodicity, row.validity_months, row.publics) == (Periodicity.QUARTERLY, 36, ["RSA", "QPV"])
    told = pilot.get(f"engagements/{uid}/").text
    assert "Embauche directe, Mise à disposition par un GEIQ" in told
    assert "Bénéficiaire du RSA" in told


def test_who_changes_the_conditions(people: Cast) -> None:
    uid = commitment(people, contract(people))
    path = f"engagements/{uid}/conditions/"
    answers = [Browser(who).get(path).status for who in (people.pilot, people.stranger, people.firm, people.buyer)]
    assert answers == [200, 404, 403, 403]
    with acting(people.pilot) as actor:
        close_commitment(actor=actor, uid=uid, on=TODAY)
    assert Browser(people.pilot).post(path, **ASKED).status == 403


def _paper(name: str, data: bytes = TEXT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def test_papers_of_the_minimum_and_of_the_offer_stay_with_the_versions(people: Cast) -> None:
    uid = _create(
        people, contract(people), offer_hours="400", minimum_document=_paper("ccap.txt"),
        offer_document=_paper("offre.txt", TEXT + b"\n% offer"),
    )  # fmt: skip
    pilot = Browser(people.pilot)
    told = pilot.get(f"engagements/{uid}/versions/").text
    assert ("Pièce du minimum exigé" in told, "Pièce de l'offre" in told) == (True, True)
    sent = {"reason": "amendment", "effective_on": "2026-09-01", "ends_on": "2027-06-30", "rows": "3", "after": "1"}
    answer = pilot.post(
        f"engagements/{uid}/version/", **sent, minimum_hours="365", offer_hours="420",
        offer_document=_paper("offre2.txt", TEXT + b"\n% new"),
    )  # fmt: skip
    assert answer.status == 302, answer.text
    with as_owner():
        old, new = CommitmentVersion.objects.order_by("number")
    assert old.minimum_document_id == new.minimum_document_id
    assert new.offer_document_id not in (None, old.offer_document_id)


def test_a_paper_refused_is_told_at_its_field_and_nothing_is_kept(people: Cast) -> None:
    market = contract(people)
    sent = {"contractor": str(people.uid("firm")), "rows": "3", "kind": "fixed", "minimum_hours": "365", **DATES}
    answer = Browser(people.pilot).post(
        f"marches/{market}/engagements/nouveau/", **sent, document=_paper("acte.txt"),
        offer_document=_paper("offre.pdf", b"MZ not a paper"),
    )  # fmt: skip
    assert answer.status == 400
    assert 'id="id_offer_document_error"' in answer.text or "offer_document" in answer.text
    assert 'value="365"' in answer.text
    with as_owner():
        assert (Commitment.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_more_lines_keep_what_was_ticked(people: Cast) -> None:
    market = contract(people)
    answer = Browser(people.pilot).post(
        f"marches/{market}/engagements/nouveau/", more="1", rows="3", kind="fixed", publics=["RSA", "QPV"]
    )
    assert (answer.status, answer.text.count("checked")) == (200, 3)
    with as_owner():
        assert not Commitment.objects.filter(kind=CommitmentKind.FIXED).exists()


def test_terms_of_the_builder_are_written_with_the_usage_when_no_rule_is_said(people: Cast) -> None:
    row = _row(commitment(people, contract(people), terms=Terms(minimum_hours=Decimal(10)), kind=CommitmentKind.FIXED))
    assert (row.ett, row.due_day, row.publics) == (EttAdmission.ON_APPROVAL, 10, [])
