"""The same facts in three formats: what each says is read back and compared, cell by cell."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from clausette.reports.followup.coherence import contradictions
from clausette.reports.followup.facts import FollowUpFacts
from clausette.reports.followup.papers import follow_up_paper
from clausette.reports.frozen import frozen_hash, frozen_json, thawed
from clausette.reports.paper import Ledger, Paper, Typed, Value
from clausette.reports.rendering.pdf import pdf_of
from clausette.reports.rendering.word import word_of
from clausette.reports.rendering.workbook import workbook_of
from tests.reports.followups import summary, update, yearly

ALL = (summary(), update(), yearly())


def flat(text: str) -> str:
    """Lines and kinds of spaces do not count when a text is looked for."""
    return re.sub(r"[\s\u200b]+", " ", text)


def read_pdf(paper: Paper) -> str:
    return flat("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(paper))).pages))


def tables_of(paper: Paper) -> Iterator[tuple[Ledger, list[list[str]]]]:
    """Each table with all its lines, heading and total included, as they are written."""
    for ledger in paper.ledgers:
        rows, total = ledger.written()
        yield ledger, [[head.label for head in ledger.heads], *rows, *([total] if total else [])]


@pytest.mark.parametrize("facts", ALL, ids=lambda facts: facts.kind)
def test_sample_figures_add_up(facts: FollowUpFacts) -> None:
    assert contradictions(facts) == ()


@pytest.mark.parametrize("facts", ALL, ids=lambda facts: facts.kind)
def test_facts_come_back_whole(facts: FollowUpFacts) -> None:
    import json

    assert thawed(FollowUpFacts, json.loads(frozen_json(facts))) == facts


def test_any_changed_fact_changes_the_hash() -> None:
    base = summary()
    changed = (
        base,
        replace(base, participants=10),
        replace(base, audience="own"),
        replace(base, lines=base.lines[:1]),
    )
    assert len({frozen_hash(one) for one in changed}) == 4


@pytest.mark.parametrize("facts", ALL, ids=lambda facts: facts.kind)
def test_the_pdf_says_every_line_of_every_table(facts: FollowUpFacts) -> None:
    paper = follow_up_paper(facts)
    text = read_pdf(paper)
    for ledger, lines in tables_of(paper):
        assert flat(ledger.title) in text
        for line in lines[1:]:
            said = flat(" ".join(cell for cell in line if cell))
            assert said in text, (ledger.title, line)
    assert text.count(paper.hash) >= 2
    for part in (
        paper.statement,
        paper.number,
        paper.subtitle,
        paper.notice,
        *(box.value for box in paper.boxes),
    ):
        assert flat(part) in text


@pytest.mark.parametrize("facts", ALL, ids=lambda facts: facts.kind)
def test_the_text_says_the_same_tables(facts: FollowUpFacts) -> None:
    paper = follow_up_paper(facts)
    document = Document(io.BytesIO(word_of(paper)))
    read = [[[flat(cell.text) for cell in row.cells] for row in table.rows] for table in document.tables]
    wanted = [[[flat(cell) for cell in line] for line in lines] for _, lines in tables_of(paper)]
    assert read[1 if paper.identity else 0 :] == wanted
    said = flat(" ".join(paragraph.text for paragraph in document.paragraphs))
    assert flat(paper.statement) in said
    assert paper.hash in said


@pytest.mark.parametrize("facts", ALL, ids=lambda facts: facts.kind)
def test_the_workbook_holds_the_same_values_as_numbers(facts: FollowUpFacts) -> None:
    paper = follow_up_paper(facts)
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_of(paper)))
    ledgers = [*paper.ledgers, *([paper.lines] if paper.lines else [])]
    assert len(book.sheet_names) == len(ledgers) + 1
    for name, ledger in zip(book.sheet_names[1:], ledgers, strict=True):
        read = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
        lines = [*ledger.rows, *([ledger.total] if ledger.total else [])]
        for line, cells in zip(lines, read[1:], strict=False):
            for value, cell in zip(line, cells, strict=True):
                assert _same(value, cell), (name, value, cell)
        assert len(read) >= len(lines) + 1


def _same(value: Value, cell: object) -> bool:
    if isinstance(value, Typed):
        value = value.value
    if value is None or value == "":
        return cell == ""
    if isinstance(value, date):
        return (cell.date() if isinstance(cell, datetime) else cell) == value
    if isinstance(value, Decimal | int):
        return isinstance(cell, float | int) and Decimal(str(cell)) == Decimal(value)
    return str(cell) == value


def test_the_lines_of_the_workbook_make_the_totals() -> None:
    paper = follow_up_paper(summary())
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_of(paper)))
    rows = book.get_sheet_by_name("Lignes d’heures").to_python()[1:]
    done = sum(Decimal(str(row[-1])) for row in rows if row[-2] == "Validées")
    assert done == summary().totals.in_period == Decimal("700.5")


def test_nothing_in_the_workbook_is_a_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_of(follow_up_paper(summary())))) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name]
    assert len(sheets) > 5
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)


@pytest.mark.parametrize("hostile", ["=1+1", '#panic("x")', "*gras* $x$", "👩 北京\x00", "Z" * 300])
def test_hostile_names_are_only_text(hostile: str) -> None:
    base = summary()
    rows = (replace(base.engagements[0], firm=hostile), *base.engagements[1:])
    paper = follow_up_paper(replace(base, engagements=rows, subject=replace(base.subject, name=hostile)))
    assert pdf_of(paper).startswith(b"%PDF-")
    assert word_of(paper)[:2] == workbook_of(paper)[:2] == b"PK"


def test_it_is_tagged_french_and_titled() -> None:
    reader = PdfReader(io.BytesIO(pdf_of(follow_up_paper(summary()))))
    assert "/StructTreeRoot" in reader.root_object
    assert str(reader.root_object["/Lang"]).startswith("fr")
    assert reader.metadata is not None
    assert reader.metadata.title == "Bilan des heures d’insertion N° BIL-2026-0001"


def test_the_same_facts_give_the_same_pdf() -> None:
    paper = follow_up_paper(summary())
    assert pdf_of(paper) == pdf_of(follow_up_paper(summary()))


def test_the_point_holds_on_one_page_whatever_the_number_of_engagements() -> None:
    base = update()
    many = tuple(replace(base.engagements[0], firm=f"Entreprise numéro {n}") for n in range(40))
    for facts in (base, replace(base, engagements=many)):
        assert len(PdfReader(io.BytesIO(pdf_of(follow_up_paper(facts)))).pages) == 1


def test_masked_is_said_and_the_own_copy_says_it_is_not() -> None:
    text = read_pdf(follow_up_paper(summary()))
    assert "femme masqué masqué" in text
    assert "Répartition masquée : moins de 5 personnes" in text
    assert "sont masquées sous 5 personnes" in text
    assert "À ne pas communiquer" in read_pdf(follow_up_paper(replace(summary(), audience="own")))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"months": summary().months[1:]}, "La somme des mois"),
        ({"modalities": summary().modalities[1:]}, "La somme des modalités"),
        ({"lines": summary().lines[1:]}, "La somme des lignes"),
        ({"engagements": summary().engagements[1:]}, "La somme des engagements"),
        ({"participants": 12}, "autant de personnes"),
        ({"totals": replace(summary().totals, capped=Decimal("0.9"))}, "Le taux plafonné"),
    ],
)
def test_figures_that_contradict_are_said(changes: dict[str, Any], sentence: str) -> None:
    assert any(sentence in said for said in contradictions(replace(summary(), **changes)))
