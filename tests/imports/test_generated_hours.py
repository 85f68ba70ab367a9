"""Every fault planted is found on its lines, and nothing else: the controls against stories written from their page."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from clausette.imports.generated.plan import Generated, TooManyFaults, generate
from clausette.imports.generated.story import FAULTS
from clausette.imports.generated.writing import write_book, write_key
from clausette.imports.hours_book.checking import Outside, check_book
from clausette.imports.hours_book.telling import tell
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.facts.publics import PUBLICS

ON = date(2026, 6, 30)
LABELS = {row.code: row.label for row in PUBLICS if row.stored}
LINE_CODES = {f"E{number:03}" for number in range(1, 28)} | {f"W{number}" for number in range(101, 119)}


def values(on: date) -> Mapping[str, Decimal]:
    return {row.code: row.value for row in PARAMETERS if row.starts_on <= on}


def made(lines: int, faults: int, seed: int) -> Generated:
    return generate(lines, faults, seed, ON, values(ON), sorted(LABELS))


def test_all_that_is_planted_is_found_and_nothing_else(tmp_path: Path) -> None:
    book = made(2_000, 400, seed=7)
    path, kept = tmp_path / "heures.xlsx", tmp_path / "cle.json"
    write_book(book, path)
    write_key(book, kept)
    key = json.loads(kept.read_text(encoding="utf-8"))
    assert (key["on"], key["lines"], len(key["faults"])) == ("2026-06-30", 2_000, 400)
    assert {one["code"] for one in key["faults"]} == LINE_CODES == set(FAULTS)
    assert sum(book.near_misses.values()) >= 400

    checked = check_book(path.read_bytes(), Outside(date(2027, 1, 1), values, LABELS))
    assert not checked.refusal
    said = [json.loads(line) for line in tell(checked)]
    found = {(one["code"], one["line"], one.get("sheet", "")) for one in said if one["severity"] != "I"}
    planted = {(one["code"], line, "") for one in key["faults"] for line in one["lines"]}
    assert (sorted(planted - found), sorted(found - planted)) == ([], [])


def test_a_seed_says_it_all_and_lines_must_hold_the_faults() -> None:
    first, again, other = (made(600, 60, seed) for seed in (3, 3, 4))
    assert first.key() == again.key() != other.key()
    assert first.world.persons == again.world.persons
    with pytest.raises(TooManyFaults):
        made(50, 60, 1)


def test_the_two_commands_understand_one_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    path, kept = tmp_path / "heures.xlsx", tmp_path / "cle.json"
    words = ("--seed=9", f"--out={path}", f"--key={kept}", "--on=2026-05-15")
    call_command("generate-hours", "--lines=300", "--faults=45", *words)
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("300 lignes, 45 fautes de 45 codes, ")
    call_command("check-hours", str(path), "--json")
    *said, summary = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    key = json.loads(kept.read_text(encoding="utf-8"))
    assert (summary["lines"], key["on"]) == (300, "2026-05-15")
    assert {(one["code"], one["line"]) for one in said if one["severity"] != "I"} == {
        (one["code"], line) for one in key["faults"] for line in one["lines"]
    }
    with pytest.raises(CommandError, match="45 fautes ne tiennent pas dans 30 lignes"):
        call_command("generate-hours", "--lines=30", "--faults=45", *words)
    with pytest.raises(CommandError, match="n'est pas connu au 01/01/2001"):
        call_command("generate-hours", "--lines=300", "--faults=45", *words, "--on=2001-01-01")
