"""`manage import-decp`: counts, problems, application, the same file twice."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from clausette.access import rights
from clausette.procurement.models import Contract
from tests.hats import acting, as_owner
from tests.imports.decp_builders import official_file, record
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast; rights are opened as the tests do, the rest is the command's own."""
    module = __import__("clausette.imports.management.commands.import-decp", fromlist=["Command"])

    @contextmanager
    def opened(account_id: int, organisation_id: int, *, read_only: bool = False) -> Iterator[Any]:
        with acting((account_id, organisation_id)) as actor:
            yield actor

    seats = module.facilitator_seats

    def found(**asked: str) -> Any:
        with as_owner():
            return seats(**asked)

    monkeypatch.setattr(module, "named_rights", opened)
    monkeypatch.setattr(module, "facilitator_seats", found)
    return cast()


def run(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> dict[str, Any]:
    call_command("import-decp", str(path), "--json", "--structure", "plie-du-lys", *options)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def written(tmp_path: Path, *records: Any) -> Path:
    path = tmp_path / "decp.json"
    path.write_bytes(official_file(*records))
    return path


def test_without_apply_nothing_is_written(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(capsys, written(tmp_path, record(), record("2", dateNotification="NC")))
    assert (told["ok"], told["state"], told["records"]) == (True, "read", 2)
    assert told["fates"] == {"added": 1, "refused": 1}
    problem = next(one for one in told["problems"] if one["path"] == "dateNotification")
    assert (problem["position"], problem["id"], problem["value"], problem["effect"]) == (
        2,
        "2",
        "NC",
        "record",
    )
    with as_owner():
        assert not Contract.objects.exists()


def test_apply_twice_makes_nothing_twice(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, record(), record("2"))
    first = run(capsys, path, "--apply")
    assert first["applied"] == {"created": 2, "attached": 0, "refused": 0, "undecided": 0}
    assert (first["state"], len(first["contracts"])) == ("applied", 2)
    again = run(capsys, path, "--apply", "--account", "ana@lys.example")
    assert (again["applied"], "déjà importé" in again["already"]) == (None, True)
    with as_owner():
        assert Contract.objects.count() == 2


def test_a_typed_contract_is_a_question_for_the_page(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contract(people, number="2026/01")
    told = run(capsys, written(tmp_path, record()), "--apply")
    assert (told["undecided"], told["applied"]["undecided"], told["state"]) == (1, 1, "read")


def test_what_cannot_be_done_is_said(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "decp.json"
    path.write_bytes(b"{")
    with pytest.raises(CommandError, match="Le JSON ne peut pas être lu"):
        call_command("import-decp", str(path), "--json", "--structure", "plie-du-lys")
    assert json.loads(capsys.readouterr().out)["ok"] is False
    with pytest.raises(CommandError, match="Précisez --structure"):
        call_command("import-decp", str(path))
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("import-decp", str(path), "--structure", "rien")
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        call_command("import-decp", str(tmp_path / "rien.json"), "--structure", "plie-du-lys")


def test_the_web_role_does_not_list_who_may_act(people: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_function_privilege('clausette_app', 'sec.facilitator_seats(text, text)', 'EXECUTE')"
        )
        assert cursor.fetchone() == (False,)
    assert rights.NO_RIGHTS == "28000"


def test_a_national_extract_keeps_what_concerns_the_structure_and_says_so(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contract(people)  # of the buyer of the records, so that they are ours
    away = record("9", acheteur={"id": "55208131766522"}, lieuExecution={"code": "99", "typeCode": "Code région"})
    told = run(capsys, written(tmp_path, record("1"), *[away] * 3), "--sort")
    assert told["records"] == 1
    assert "4\u00a0enregistrements lus" in told["notices"][0]
    assert "Les autres sont comptés sans être conservés." in told["notices"][0]
    with pytest.raises(CommandError, match="Rien n'est importé"):
        run(capsys, written(tmp_path, away), "--sort")
