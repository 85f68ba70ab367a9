"""Any bytes, any table: a refusal or findings, never an exception, no hour lost in silence."""

import importlib.util
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clausette.imports.takeover.compare import Held, compare
from clausette.imports.takeover.extract import extract
from clausette.imports.takeover.mapping import propose
from clausette.imports.takeover.masking import mask
from clausette.imports.takeover.reading import Line, Sheet, Workbook
from clausette.imports.takeover.reading.results import grid_from
from clausette.imports.takeover.reading.run import CHILD
from clausette.imports.takeover.records import Fate, RecordKind
from tests.hats import TODAY
from tests.imports.takeover.books import HOURS_HEAD, PUBLICS

LIMITS = {"lines": 500, "columns": 300, "sheets": 60}


def child(path: Path = CHILD) -> ModuleType:
    spec = importlib.util.spec_from_file_location("takeover_child", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


READER = child()


@given(data=st.binary(max_size=400))
def test_any_bytes_are_lines_or_a_refusal(data: bytes) -> None:
    try:
        told = READER.separated(data, LIMITS)
    except (READER.Refused, READER.csv.Error):
        return
    [sheet] = told["sheets"]
    found = grid_from(told["texts"], sheet["lines"], sheet["columns"])
    assert all(any(cells) for cells in found.rows())
    assert all(len(column) == len(found.lines) for column in found.columns)


WORDS = st.one_of(
    st.sampled_from(
        ["", "Nom", "Prénom", "Heures", "Mois", "N° du marché", "Total", "Début", "03/2026", "12,5", "7h30"]
    ),
    st.text(max_size=12),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(str),
    st.integers(-5, 99999).map(str),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.lists(WORDS, min_size=1, max_size=7), min_size=1, max_size=8))
def test_any_table_is_judged(rows: list[list[str]]) -> None:
    lines = tuple(Line(number, tuple(cells)) for number, cells in enumerate(rows, 1) if any(cells))
    found = mask(Workbook((Sheet("F", lines),)))
    read = extract(found.workbook, propose(found.workbook), publics=PUBLICS, masked=found.places)
    records = compare(read.records, Held(), on=TODAY).records
    assert all(record.fate in Fate for record in records)
    assert all(record.findings for record in records if record.fate is Fate.REFUSED)


HOURS = st.sampled_from(["12,5", "7h30", "0", "", "x", "1 200", "80", "220", "221"])


@settings(max_examples=60, deadline=None)
@given(values=st.lists(HOURS, min_size=1, max_size=12))
def test_each_cell_of_hours_is_counted_read_or_told(values: list[str]) -> None:
    lines = [
        Line(1, HOURS_HEAD),
        *(Line(n, ("A", "B", "M", "03/2026", text)) for n, text in enumerate(values, 2)),
    ]
    workbook = Workbook((Sheet("Heures", tuple(lines)),))
    read = extract(workbook, propose(workbook), publics=PUBLICS)
    hours = [record for record in read.records if record.kind is RecordKind.HOURS]
    assert len(hours) == sum(text != "0" for text in values)
    assert read.hours == sum((record.number("hours") or Decimal(0) for record in hours), Decimal(0))
    assert read.unreadable == sum(text in ("", "x") for text in values)
    assert all(record.findings for record in hours if record.number("hours") is None)
