"""Taking a file in: every record kept with its fate, nothing written to the contracts."""

import json
from typing import Any
from uuid import UUID

import pytest

from clausette.files.errors import FileRefused
from clausette.files.models import StoredFile
from clausette.imports.enums import BatchState, RowChoice, RowFate
from clausette.imports.errors import AlreadyImported
from clausette.imports.models import ImportBatch, ImportRow
from clausette.imports.operations import take_in_decp
from clausette.journal.models import Event
from clausette.kernel.errors import NotAllowed
from clausette.procurement.models import Contract
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import BUYER, SAMPLES, record, take
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def rows(batch: UUID) -> list[ImportRow]:
    with as_owner():
        return list(ImportRow.objects.filter(batch__uid=batch).order_by("position"))


def fates(batch: UUID) -> list[tuple[str, str]]:
    return [(row.fate, row.choice) for row in rows(batch)]


def test_every_record_is_kept_and_no_contract_is_written(people: Cast) -> None:
    with acting(people.pilot) as actor:
        data = (SAMPLES / "decp_mixed.json").read_bytes()
        batch = take_in_decp(actor=actor, name="decp mixte.json", data=data, on=TODAY)
    assert fates(batch) == [
        (RowFate.ADDED, RowChoice.CREATE),
        (RowFate.REFUSED, RowChoice.SKIP),
        (RowFate.REFUSED, RowChoice.SKIP),
        (RowFate.REFUSED, RowChoice.SKIP),
    ]
    with as_owner():
        assert not Contract.objects.exists()
        kept = ImportBatch.objects.select_related("file").get(uid=batch)
        assert (kept.state, kept.file.name, kept.owner_org_id) == (
            BatchState.READ, "decp mixte.json", people.pilot.organisation_id,
        )  # fmt: skip
        verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"files.file.stored", "imports.batch.taken"} <= verbs


def test_numbers_are_kept_exact(people: Cast) -> None:
    (row,) = rows(take(people.pilot, record(montant=0.1)))
    assert row.raw["montant"] == "0.1"
    (row,) = rows(take(people.pilot, record(montant=575000.10)))
    assert row.raw["montant"] == "575000.1"


def test_each_problem_has_its_field_value_and_sentence(people: Cast) -> None:
    (row,) = rows(take(people.pilot, record(montant="NC", dateNotification="2026-02-30")))
    told = {one["path"]: (one["value"], one["effect"]) for one in row.problems}
    assert told["montant"] == ("NC", "remark")
    assert told["dateNotification"] == ("2026-02-30", "record")
    assert row.fate == RowFate.REFUSED


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("decp.json", b'{"marches": {"marche": [}', "ligne 1, colonne"),
        ("decp.json", b"%PDF-1.7", "un PDF"),
        ("decp.xml", b"<?xml version='1.0'?><marches/>", "aucun marché"),
        ("decp.xml", b"<!DOCTYPE marches><marches/>", "DOCTYPE"),
        ("decp.csv", b"nom;prenom;ville\na;b;c\n", "pas celui des données essentielles"),
        ("decp.json", b'{"marches": {"marche": []}}', "aucun marché"),
        ("decp.json", b"", "vide"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(
    people: Cast, name: str, data: bytes, sentence: str
) -> None:
    with acting(people.pilot) as actor, pytest.raises(FileRefused) as refused:
        take_in_decp(actor=actor, name=name, data=data, on=TODAY)
    assert (refused.value.field, sentence in refused.value.message) == ("file", True)
    with as_owner():
        assert not ImportBatch.objects.exists()
        assert not StoredFile.objects.exists()


def test_only_a_facilitator_imports(people: Cast) -> None:
    with pytest.raises(NotAllowed, match="Seule une structure facilitatrice importe des données"):
        take(people.buyer, record())


def test_the_same_file_again_says_when_and_by_whom(people: Cast) -> None:
    first = take(people.pilot, record())
    with pytest.raises(AlreadyImported, match=r"déjà importé : le .* par Ana") as refused:
        take(people.pilot, record(), name="autre nom.json")
    assert refused.value.batch_uid == first
    take(people.stranger, record())  # another structure may


def test_a_typed_contract_with_the_same_number_is_known(people: Cast) -> None:
    uid = contract(people, number="2026-01")
    (row,) = rows(take(people.pilot, record()))
    assert (row.fate, row.choice) == (RowFate.CHANGED, RowChoice.ATTACH)
    with as_owner():
        assert row.attach_to is not None
        assert row.attach_to.uid == uid
    kinds = {one["field"]: one["kind"] for one in row.changes}
    assert set(kinds.values()) == {"fill"}
    assert {"title", "cpv", "amount_ht", "notified_on", "duration_months", "place_code"} == set(kinds)


def test_a_look_alike_is_a_question(people: Cast) -> None:
    contract(people, number="")
    with as_owner():
        Contract.objects.update(amount_ht=1_000_000)
    (row,) = rows(take(people.pilot, record()))
    assert (row.fate, row.choice) == (RowFate.AMBIGUOUS, RowChoice.UNDECIDED)
    (candidate,) = row.candidates
    assert candidate["name"] == "Gymnase des Acacias"
    assert "même titulaire" in candidate["reasons"]


@pytest.mark.parametrize(
    "values", [{"number": "2026/01"}, {"number": "2026-01", "acheteur": {"id": "73282932000082"}}]
)
def test_a_number_written_otherwise_is_a_question(people: Cast, values: dict[str, Any]) -> None:
    contract(people, number="2026-01", firm="")
    number = values.pop("number")
    (row,) = rows(take(people.pilot, record(number, **values)))
    assert row.fate == RowFate.AMBIGUOUS


def test_a_contract_of_another_structure_is_not_seen(people: Cast) -> None:
    contract(people, number="2026-01")
    (row,) = rows(take(people.stranger, record()))
    assert row.fate == RowFate.ADDED


def test_the_notices_of_the_file_are_kept(people: Cast) -> None:
    data = json.dumps({"marches": {"marche": [record()]}, "autre": 1}).encode("utf-16")
    with acting(people.pilot) as actor:
        batch = take_in_decp(actor=actor, name="decp.json", data=data, on=TODAY)
    with as_owner():
        notices = ImportBatch.objects.get(uid=batch).notices
    assert any("UTF-16" in one for one in notices)
    assert any("« autre »" in one for one in notices)


def test_the_buyer_of_the_tests_is_the_one_of_the_file() -> None:
    assert record()["acheteur"]["id"] == BUYER
