"""Reading, matching, comparing files of hours: pure functions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

import pytest

from clausette.hours.enums import HoursKind, StatementState
from clausette.imports.hours_files.comparing import Held, HeldLine, HeldMarket, HeldStatement, compare
from clausette.imports.hours_files.fingerprint import fingerprint
from clausette.imports.hours_files.lines import Extracted, extract, read_number
from clausette.imports.hours_files.matching import Choice, Post, match
from clausette.imports.hours_files.natures import nature_of
from clausette.imports.hours_files.plans import (
    DAILY,
    is_sure,
    plans_from,
    plans_to,
    propose,
    refusals,
    remembered,
)
from clausette.imports.hours_files.records import Confidence, Fate, HoursRecord
from clausette.imports.takeover.keys import number_key
from clausette.imports.takeover.reading import Line, Sheet, Workbook

OCT, NOV = date(2026, 10, 1), date(2026, 11, 1)
ON = date(2026, 11, 16)
SPACE = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")


def uid(name: str) -> UUID:
    return uuid5(SPACE, name)


def book(*rows: tuple[str, ...], name: str = "Heures") -> Workbook:
    return Workbook((Sheet(name, tuple(Line(number, cells) for number, cells in enumerate(rows, 1))),))


def read(*rows: tuple[str, ...], name: str = "Heures", former: dict[str, str] | None = None) -> Extracted:
    found = book(*rows, name=name)
    plans = propose(found, former or {})
    assert refusals(plans) == {}
    return extract(found, plans)


def post(last: str = "Diallo", first: str = "Salif", number: int = 1, **values: Any) -> Post:
    one = Post(
        number, uid(f"w{number}"), uid(f"{last}{first}"), 7, uid("c7"), 5, uid("k5"), first, last, date(1990, 5, 4),
        "Gymnase des Acacias", frozenset({number_key("2026-14")}), ("Gymnase des Acacias", "Lot 3 gros œuvre"),
        "Bâti Ouche", "12345678900011", date(2026, 7, 1), date(2027, 6, 30),
    )  # fmt: skip
    return replace(one, **values)


def record(hours: str = "120", month: date = OCT, **values: Any) -> HoursRecord:
    said: dict[str, Any] = {"last_name": "DIALLO", "first_name": "Salif", **values}
    return HoursRecord("Heures", 2, said, month, Decimal(hours))


def matched(one: HoursRecord, *posts: Post, choices: Any = None) -> HoursRecord:
    match([one], posts, choices or {})
    return one


@pytest.mark.parametrize(
    ("text", "hours", "rounded"),
    [("151.66666667", "151.67", True), ("7h30", "7.50", False), ("-7", "-7.00", False), ("120,5", "120.50", False)],
)
def test_hours_are_read_as_payroll_writes_them(text: str, hours: str, rounded: bool) -> None:
    assert read_number(text) == (Decimal(hours), rounded)


@pytest.mark.parametrize(
    ("word", "kind", "uncounted", "money"),
    [
        ("Heures normales", HoursKind.WORK, "", False), ("HS 25 %", HoursKind.WORK, "", False), ("", "work", "", False),
        ("Formation", HoursKind.TRAINING, "", False), ("Congés payés", None, "congés", False),
        ("Absence maladie", None, "absence", False), ("Intempéries", None, "intempéries", False),
        ("Prime de panier", None, "", True), ("IFM", None, "", True), ("Bidule", HoursKind.WORK, "", False),
    ],
)  # fmt: skip
def test_the_nature_of_a_rubric(word: str, kind: str | None, uncounted: str, money: bool) -> None:
    found = nature_of(word)
    assert (found.kind, found.uncounted, found.money) == (kind, uncounted, money)
    assert found.supposed == (word == "Bidule")


def test_a_long_file_is_read_whatever_its_headings() -> None:
    found = read(
        ("Relevé de l'agence de Lille",),
        ("Matricule", "Nom Prénom", "Client", "N° mission", "Période", "Libellé rubrique", "Qté"),
        ("0012", "DIALLO Salif", "Bâti Ouche", "M-77", "10/2026", "Heures normales", "100"),
        ("0012", "DIALLO Salif", "Bâti Ouche", "M-77", "10/2026", "Prime de panier", "18"),
        ("", "Total", "", "", "", "", "100"),
    )
    one = found.records[0]
    assert len(found.records) == 1
    assert (one.name, one.month, one.hours) == ("DIALLO Salif", OCT, Decimal(100))
    assert (one.text("staff_number"), one.text("host_name"), one.text("reference")) == ("0012", "Bâti Ouche", "M-77")
    assert [(line, note.code) for _, line, note in found.left] == [(4, "I231"), (5, "W210")]


def test_a_wide_file_gives_one_record_a_month() -> None:
    found = read(
        ("Nom", "Prénom", "Chantier", "oct. 2026", "nov. 2026", "Total heures"),
        ("Diallo", "Salif", "Acacias", "100", "", "100"), ("Roy", "Ali", "Acacias", "20", "30,5", "50,5"),
    )  # fmt: skip
    assert [(one.name, one.month, one.hours, one.column) for one in found.records] == [
        ("Diallo Salif", OCT, Decimal(100), "D"), ("Roy Ali", OCT, Decimal(20), "D"),
        ("Roy Ali", NOV, Decimal("30.50"), "E"),
    ]  # fmt: skip


def test_a_file_with_one_column_a_day_is_refused_with_a_sentence() -> None:
    days = tuple(str(day) for day in range(1, 32))
    plans = propose(book(("Nom", "Prénom", *days), ("Diallo", "Salif", *["7"] * 31)), {})
    assert refusals(plans) == {"Heures": DAILY}


def test_the_month_of_the_whole_sheet_is_read_above_or_in_its_name() -> None:
    rows = (("Nom", "Prénom", "Heures"), ("Diallo", "Salif", "100"))
    assert read(("Période : octobre 2026",), *rows).records[0].month == OCT
    assert read(*rows, name="Octobre 2026").records[0].month == OCT
    assert "le mois" in refusals(propose(book(*rows), {}))["Heures"]


def test_what_was_said_of_headings_is_taken_first() -> None:
    rows = (("Nom", "Prénom", "Truc", "Mois"), ("Diallo", "Salif", "100", "10/2026"))
    guessed = propose(book(*rows), {})
    assert not is_sure(guessed)
    former = {"nom": "last_name", "prenom": "first_name", "truc": "hours", "mois": "month"}
    plans = propose(book(*rows), former)
    assert is_sure(plans)
    assert plans_from(plans_to(plans)) == plans
    assert remembered(plans, {}) == former


def test_the_fingerprint_is_that_of_what_the_lines_say() -> None:
    one = book(("Nom", "Heures", "Né le"), ("Diallo ", "7,5", "04/05/1990"))
    other = book(("nom", "heures", "né le"), ("DIALLO", "7.50", "1990-05-04"), ("", "", ""), name="Feuille 1")
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(book(("Nom", "Heures", "Né le"), ("Diallo", "7,6", "04/05/1990")))


@pytest.mark.parametrize(
    ("values", "sure"),
    [
        ({}, Confidence.EXACT),
        ({"birth_date": date(1990, 5, 4), "host_name": "BATI OUCHE"}, Confidence.EXACT),
        ({"last_name": "Salif", "first_name": "Diallo"}, Confidence.EXACT),
        ({"birth_date": date(1991, 5, 4)}, Confidence.LIKELY),
        ({"last_name": "Dialo"}, Confidence.LIKELY),
        ({"site": "Chantier Acacias"}, Confidence.LIKELY),
        ({"reference": "M-77"}, Confidence.LIKELY),
        ({"reference": "2026-14"}, Confidence.EXACT),
        ({"host_siret": "12345678900011"}, Confidence.EXACT),
        ({"host_siret": "99999999900011"}, Confidence.NONE),
        ({"host_name": "Autre SARL"}, Confidence.NONE),
        ({"last_name": "Inconnu"}, Confidence.NONE),
    ],
)
def test_how_sure_a_match_is(values: dict[str, Any], sure: Confidence) -> None:
    one = matched(record(**values), post())
    assert one.confidence is sure
    assert (one.post == 0) == (sure is Confidence.EXACT)
    expected = {Confidence.EXACT: Fate.NEW, Confidence.LIKELY: Fate.ASK, Confidence.NONE: Fate.UNMATCHED}
    assert one.fate is expected[sure]


def test_two_posts_of_a_person_are_asked_and_the_answer_holds_for_the_work_contract_of_the_month() -> None:
    other = post(number=2, commitment_id=8, commitment_uid=uid("c8"), contract_name="École Pasteur", sites=("École",))
    assert matched(record(), post(), other).confidence is Confidence.SEVERAL
    choices = {(record().person_key, record().place_key): Choice(uid("w1"), uid("c7"))}
    after = post(number=3, starts_on=date(2026, 11, 1))
    first = post(ends_on=date(2026, 10, 31))
    assert matched(record(), first, other, after, choices=choices).post == 0
    assert matched(record(month=NOV), first, other, after, choices=choices).post == 2
    left = {(record().person_key, record().place_key): Choice(None, None)}
    assert matched(record(), post(), choices=left).fate is Fate.LEFT


def test_a_month_out_of_the_work_contract_says_its_dates() -> None:
    one = matched(record(), post(starts_on=date(2026, 11, 3)))
    assert (one.fate, one.findings[0].code) == (Fate.REFUSED, "E212")
    assert "3\u00a0novembre 2026" in one.findings[0].sentence


def beside(*records: HoursRecord, line: str = "", state: StatementState | None = None, piloted: bool = False) -> None:
    place = (1, 7, OCT, HoursKind.WORK)
    held = Held(
        (post(),), {place: HeldLine(3, uid("l"), Decimal(line))} if line else {},
        {(5, OCT): HeldStatement(4, uid("s"), state, 1)} if state else {}, {5: HeldMarket(piloted)},
    )  # fmt: skip
    match(records, held.posts, {})
    compare(records, held, on=ON)


@pytest.mark.parametrize(
    ("line", "state", "piloted", "fate"),
    [
        ("", None, False, Fate.NEW),
        ("120", StatementState.VALIDATED, False, Fate.SAME),
        ("110", StatementState.DRAFT, False, Fate.CHANGED),
        ("110", StatementState.SUBMITTED, False, Fate.REFUSED),
        ("110", StatementState.SUBMITTED, True, Fate.CHANGED),
        ("110", StatementState.VALIDATED, False, Fate.REFUSED),
        ("110", StatementState.VALIDATED, True, Fate.CORRECTION),
    ],
)
def test_the_fate_beside_what_is_held(line: str, state: Any, piloted: bool, fate: Fate) -> None:
    one = record()
    beside(one, line=line, state=state, piloted=piloted)
    assert one.fate is fate
    if line == "110":
        assert "(+\u00a010\u00a0h)" in " ".join(finding.sentence for finding in one.findings)


def test_lines_of_several_natures_are_added_and_two_alike_are_not() -> None:
    usual, extra = record("100", nature="Heures normales"), record("8", nature="HS 25 %")
    beside(usual, extra)
    assert (usual.worth, usual.fate, extra.fate) == (Decimal(108), Fate.NEW, Fate.ADDED)
    one, twin = record("100"), record("100")
    beside(one, twin)
    assert (one.fate, twin.fate, one.worth) == (Fate.NEW, Fate.NEW, Decimal(100))


def test_a_month_to_come_is_refused() -> None:
    one = record(month=date(2026, 12, 1))
    beside(one)
    assert (one.fate, one.findings[0].code) == (Fate.REFUSED, "E214")
