"""The command on true files: what it prints, its exit code, the file given back."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import call_command

from clausette.imports.hours_book.sheets import PLANS, Plan
from clausette.imports.takeover.reading import read_workbook
from tests.imports.hours_book.stories import Rows, Story, table, written

NIR = 185057800608491


def file_of(sheets: dict[str, Rows]) -> bytes:
    data, plans = BytesIO(), {plan.name: plan for plan in PLANS}
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(table(plans.get(name, Plan(name, ())), rows)):
                sheet.write_row(number, 0, row)
    return data.getvalue()


def check(capsys: pytest.CaptureFixture[str], *words: Any) -> list[dict[str, Any]]:
    call_command("check-hours", *map(str, words), "--json")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_file_is_controlled_and_given_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    sheets = written({"a": Story(lines=[{}, {"Mois": "2026-09", "Heures": 230}, {"Mois": "2026-08", "Heures": NIR}])})
    sheets["Notes & co"] = [{"Note": "<ok> & =1+1", "Nombre": 1.5}]
    given, back = tmp_path / "heures.xlsx", tmp_path / "retour.xlsx"
    given.write_bytes(file_of(sheets))
    said = check(capsys, given, "--returned", back)
    assert [(one["line"], one["code"]) for one in said[1:-1]] == [(3, "E001"), (3, "W101"), (3, "W110"), (4, "E203")]
    assert (said[0]["sheet"], said[0]["code"]) == ("Notes & co", "W215")
    summary = said[-1]
    assert (summary["lines"], summary["hours"]) == (3, "330.00")
    assert summary["findings"] == {"E001": 1, "E203": 1, "W101": 1, "W110": 1, "W215": 1}
    assert list(summary["steps"]) == ["read", "cells", "facts", "control", "returned"]

    book = read_workbook(back.read_bytes(), kind="xlsx")
    assert [sheet.name for sheet in book.sheets] == list(sheets)
    hours = book.sheet("Heures")
    assert hours is not None
    head, good, above, masked = hours.lines
    assert head.cells[-1] == "À corriger"
    assert (good.cell(4), good.cell(8), good.cell(12)) == ("100", "2026-11-05", "")
    assert above.cell(12).startswith("230\u00a0h en septembre 2026 pour cette personne")
    assert above.cell(12).count("\n") == 2
    assert (masked.cell(4), "E203" in masked.cell(12)) == ("", True)
    notes = book.sheet("Notes & co")
    assert notes is not None
    assert notes.lines[1].cells[:2] == ("<ok> & =1+1", "1.5")

    again = check(capsys, back)
    assert [one["code"] for one in again[1:-1]] == ["E001", "W101", "W110", "E202"], "the column told is read past"


def test_a_file_that_cannot_be_read_says_why_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("bonjour")
    for path, why in ((note, "n'est pas un classeur"), (tmp_path / "absent.xlsx", "ne peut pas être lu")):
        with pytest.raises(SystemExit) as ended:
            call_command("check-hours", str(path), "--json")
        (said,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
        assert (ended.value.code, said["ok"]) == (2, False)
        assert why in said["sentence"]
