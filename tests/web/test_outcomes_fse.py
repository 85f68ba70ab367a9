"""FSE+ pages: an operation, an entry, its questionnaires, what is missing, the workbook."""

from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from clausette.journal.models import Reading
from clausette.outcomes import operations
from clausette.outcomes.enums import Support
from clausette.outcomes.models import FundedEntry
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import People, people, person
from tests.web.people_helpers import address, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.outcomes_urls")]
ANSWERS = {
    "birth_commune": "Dijon", "address": "7 impasse des Lys", "postcode": "21000", "commune": "Dijon",
    "phone": "06 01 02 03 04", "employment": "unemployed", "months": "13", "in_training": "no", "level": "0-2",
    "nationality": "refused", "disability": "refused", "foreign_origin": "no", "homeless": "yes",
    "minimum_income": "yes",
}  # fmt: skip


@pytest.fixture
def cast() -> People:
    return people()


def funded(cast: People) -> UUID:
    with acting(cast.pilot) as actor:
        values = operations.OperationValues("Parcours 2026", "202600123", date(2026, 1, 1))
        return operations.create_operation(actor=actor, values=values)


def entry(cast: People, operation: UUID) -> UUID:
    uid = person(cast.pilot)
    with acting(cast.pilot) as actor:
        return operations.enter(
            actor=actor, participant_uid=uid, operation_uid=operation, entered_on=date(2026, 3, 2),
            support=Support.LASTING, on=TODAY,
        )  # fmt: skip


def test_an_operation_is_recorded_and_its_number_is_taken_once(cast: People) -> None:
    client, where = signed_in(cast.pilot), address(cast.pilot, "operations-fse/nouvelle")
    typed = {"name": "Parcours 2026", "code": "202600123", "starts_on": "01/01/2026", "assists_people": "on"}
    assert "L'opération est enregistrée." in text(client.post(where, typed, follow=True).content)
    again = client.post(where, typed)
    assert again.status_code == 400
    assert "Une opération porte déjà ce numéro." in text(again.content)


def test_a_meeting_is_refused_at_its_field(cast: People) -> None:
    operation, uid = funded(cast), person(cast.pilot)
    where = address(cast.pilot, "participants", uid, "entree-fse")
    typed = {"operation": str(operation), "entered_on": "02/03/2026", "support": "group"}
    answer = signed_in(cast.pilot).post(where, typed)
    assert answer.status_code == 400
    assert "Une information collective n'est pas une participation" in text(answer.content)


def test_a_questionnaire_is_signed_after_its_notice(cast: People) -> None:
    uid, client = entry(cast, funded(cast)), signed_in(cast.pilot)
    where = address(cast.pilot, "entrees-fse", uid, "questionnaire")
    refused = client.post(where, {**ANSWERS, "signed_on": "02/03/2026"})
    assert refused.status_code == 400
    assert "Dites quand l'information a été remise à la personne" in text(refused.content)
    assert "7 impasse des Lys" in text(refused.content)
    typed = {**ANSWERS, "notice_on": "02/03/2026", "signed_on": "02/03/2026"}
    shown = text(client.post(where, typed, follow=True).content)
    assert "Ne souhaite pas répondre" in shown
    assert "Signé le 2 mars 2026, version 1." in shown
    again = client.post(where, typed)
    assert "Ce questionnaire est signé : dites pourquoi vous le corrigez." in text(again.content)
    with as_owner():
        assert Reading.objects.filter(kind="reasons").exists()


def test_the_operation_says_what_is_missing_and_counts(cast: People) -> None:
    operation = funded(cast)
    uid, client = entry(cast, operation), signed_in(cast.pilot)
    client.post(address(cast.pilot, "entrees-fse", uid, "questionnaire"), ANSWERS)
    client.post(address(cast.pilot, "entrees-fse", uid, "sortie"), {"left_on": "30/06/2026"})
    shown = text(client.get(address(cast.pilot, "operations-fse", operation)).content)
    assert "il manque 1 réponse" in shown
    assert "en retard, à remplir jusqu'au 28 juillet 2026" in shown
    assert "demande le degré d'urbanisation (DEGURBA)" in shown
    assert "Questionnaires de sortie complets : 0 sur 1 sortie." in shown


def test_the_workbook_has_entries_exits_and_indicators_and_is_noted(cast: People) -> None:
    operation = funded(cast)
    uid, client = entry(cast, operation), signed_in(cast.pilot)
    client.post(address(cast.pilot, "entrees-fse", uid, "questionnaire"), ANSWERS)
    leaving = {"left_on": "30/06/2026", "reason": "job", "situation": "short_job", "qualification": "no"}
    client.post(address(cast.pilot, "entrees-fse", uid, "sortie"), leaving)
    answer = client.get(address(cast.pilot, "operations-fse", operation, "classeur"))
    book = CalamineWorkbook.from_object(BytesIO(answer.content))
    assert book.sheet_names == ["Entrées", "Sorties", "Indicateurs"]
    first = dict(zip(*book.get_sheet_by_name("Entrées").to_python()[:2], strict=True))
    assert (first["Adresse"], first["Handicap"]) == ("7 impasse des Lys", "Ne souhaite pas répondre")
    assert first["Il manque"] == "Signature"
    values = {row[0]: row[2] for row in book.get_sheet_by_name("Indicateurs").to_python()[1:]}
    assert (values["EECO01"], values["EECO03"], values["EECO16"], values["EECR04"]) == (1, 1, 1, 1)
    assert values["EECO17"] == ""
    with as_owner():
        person_uid = FundedEntry.objects.get().participant.uid
        kept = Reading.objects.filter(subject_uid=person_uid)
        assert sorted(kept.values_list("kind", flat=True)) == ["export", "reasons"]


def test_nobody_else_opens_an_entry(cast: People) -> None:
    uid = entry(cast, funded(cast))
    assert signed_in(cast.stranger).get(address(cast.stranger, "entrees-fse", uid)).status_code == 404
    assert signed_in(cast.firm).get(address(cast.firm, "entrees-fse", uid)).status_code == 403
