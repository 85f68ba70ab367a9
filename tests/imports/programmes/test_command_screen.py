"""`manage screen FILE`: one line of JSON for each purchase; faults have their line and column."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clausette.advice.models import Programme, Study
from tests.hats import as_owner
from tests.imports.programmes.samples import CLEANING, PAINTING, amount, cpv, lot, notice, programme

pytestmark = pytest.mark.django_db


def screened(path: Path, data: bytes, *options: str) -> list[dict[str, Any]]:
    path.write_bytes(data)
    out, err = StringIO(), StringIO()
    try:
        call_command("screen", str(path), "--json", "--on", "2026-11-27", *options, stdout=out, stderr=err)
    except SystemExit as ended:
        assert ended.code == 1  # noqa: PT017 - a file refused whole
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_is_answered_and_nothing_is_written(tmp_path: Path) -> None:
    wrong = ("3", "Parc", "Services", "beaucoup", "77310000", "", "", "")
    painting, fault, cleaning = screened(tmp_path / "p.xlsx", programme(PAINTING, wrong, CLEANING))
    assert (painting["ok"], painting["line"], painting["trade"], painting["device"]) == (
        True, 2, "painting", "execution",
    )  # fmt: skip
    assert painting["obligation"]["verdict"] == "optional"
    assert painting["hours"] == {"0.05": 1235, "0.07": 1728, "0.1": 2469, "0.15": 3704}
    assert 0 <= painting["score"] <= 100
    assert painting["reasons"][0]["sentence"].startswith("Main-d'œuvre : 70\u00a0% du prix")
    assert fault == {
        "ok": False, "sheet": "Programme", "line": 3, "title": "Parc",
        "errors": [{"line": 3, "column": "D", "label": "Valeur estimée HT", "value": "beaucoup",
                    "sentence": "« beaucoup » n'est pas un nombre."}],
    }  # fmt: skip
    assert (cleaning["obligation"]["verdict"], cleaning["obligation"]["threshold"]) == ("mandatory", 216000)
    with as_owner():
        assert not Programme.objects.exists()
        assert not Study.objects.exists()


def test_lots_of_a_notice_are_tested_together(tmp_path: Path) -> None:
    two = lot(1, inside=amount("150000") + cpv("90910000")) + lot(2, inside=amount("150000") + cpv("90910000"))
    found = screened(tmp_path / "n.xml", notice(two))
    assert [one["obligation"]["verdict"] for one in found] == ["mandatory", "mandatory"]
    alone = screened(tmp_path / "n.xml", notice(lot(1, inside=amount("150000") + cpv("90910000"))))
    assert [one["obligation"]["verdict"] for one in alone] == ["optional"]


def test_a_file_that_cannot_be_read_is_one_refusal(tmp_path: Path) -> None:
    (found,) = screened(tmp_path / "p.xlsx", b"PK\x03\x04noise")
    assert (found["ok"], found["errors"][0]["line"]) == (False, None)
    assert "abîmé" in found["errors"][0]["sentence"]


def test_a_missing_file_or_a_wrong_day_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        call_command("screen", str(tmp_path / "none.xlsx"))
    with pytest.raises(CommandError, match="n'est pas une date"):
        call_command("screen", str(tmp_path / "none.xlsx"), "--on", "demain")


def test_a_workbook_without_an_object_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (found,) = screened(tmp_path / "p.csv", b"a;b\n1;2\n")
    assert found["errors"][0]["sentence"].startswith("Aucune colonne ne dit l'objet des achats")
