"""Any table of hours: no exception, no line lost in silence, nothing counted that is not written."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clausette.hours.models import HoursLine
from clausette.imports.hours_files.comparing import Held, compare, settle_zeros
from clausette.imports.hours_files.lines import extract
from clausette.imports.hours_files.matching import match
from clausette.imports.hours_files.plans import propose
from clausette.imports.models import HoursFile
from clausette.imports.operations.hours_files import apply_hours_file, take_in_hours_file
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, Refusal
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import world
from tests.imports.hours_files.books import book, row
from tests.imports.hours_files.kept import kept
from tests.imports.hours_files.test_rules import book as pages
from tests.imports.hours_files.test_rules import post
from tests.imports.takeover.hostile import READ, REFUSED

HEADS = (
    ("Nom", "Prénom", "Né(e) le", "Client", "Mois", "Heures"),
    ("Nom et prénom", "N° du marché", "Début", "Fin", "Heures", "Rubrique", "Heures de formation"),
    ("Salarié", "oct-26", "nov-26", "Client"),
)
CELLS = st.one_of(
    st.sampled_from([
        "", "Diallo", "Salif", "Diallo Salif", "10/2026", "octobre", "31/02/2026", "120,5", "7h30", "-7", "0", "1e9",
        "NaN", "Infinity", "999999999999", "220.01", "Total", "Nom", "Congés payés", "Panier", "2026-14", "=1+1",
        "04/05/1990", "12:75", "ÿ", "\u00a0", "a" * 400, "#REF!", "1 85 05 78 006 084 36",
    ]),
    st.text(max_size=12),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(str),
    st.decimals(-500, 500, places=3).map(str),
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """A heading of ours among lines of anything."""
    head = draw(st.sampled_from(HEADS))
    line = st.lists(CELLS, min_size=1, max_size=len(head) + 1).map(tuple)
    return [*draw(st.lists(line, max_size=2)), head, *draw(st.lists(line, max_size=6))]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=tables())
def test_any_table_is_read_line_by_line_and_none_is_lost(rows: list[tuple[str, ...]]) -> None:
    found = pages(*rows)
    plans = propose(found, {})
    read = extract(found, plans)
    match(read.records, [post()], {})
    nothing = Held((post(),))
    compare(read.records, nothing, on=TODAY)
    worth = Counter({(one.line, one.column, one.nature): one.hours for one in read.records})
    settle_zeros(read, nothing)
    told = {one.line for one in read.records} | {line for _, line, _ in read.left}
    for plan in plans:
        heads = tuple(one.heading for one in plan.columns)
        for number, cells in enumerate(rows, 1):
            filled = tuple(cell.strip()[:200] for cell in cells if cell.strip())
            if plan.taken and number > plan.heading_line and filled and filled != heads:
                assert number in told, (number, cells)
    assert all(worth[one.line, one.column, one.nature] == one.hours for one in read.records)


HOURS = ("cent", "1e9", -7, 220.01, 10**12, 99931000150001, "NaN", "12:75", "=1+1", "7 heures", "\u0663", "-")
MONTHS = ("31/02/2026", "jamais", "10/1926", "10/2126", 46_000_000, "", "2026")
BAD: tuple[tuple[Any, ...], ...] = (
    *(row("Diallo", "Salif", hours, month="09/2026") for hours in HOURS),
    *(row("Diallo", "Salif", 100, month=month) for month in MONTHS),
    row("Diallo", "Salif", 100, client="Autre SARL"), row("", "", 100), row("Personne", "Inconnue", 100),
    row("Dia\x0bllo\ufffe", "Sa\u202elif", 100), row("a" * 400, "b" * 9000, 100, client="c" * 30_000),
    row("'; DROP TABLE hours_hoursline; --", "<script>", 100), ("Diallo", "Salif", "04/05/2990", "Bâti Ouche", "", 9),
)  # fmt: skip


@pytest.mark.django_db
def test_bad_lines_are_told_each_by_its_number_and_the_good_one_is_written() -> None:
    small = world()
    good = row("Diallo", "Salif", 120.5)
    with acting(small.etti) as actor:
        uid = take_in_hours_file(actor=actor, name="paie.xlsx", data=book(*BAD, good, *BAD), on=TODAY)
    lines = kept(batch__uid=uid)
    with as_owner():
        noted = {note[1] for note in HoursFile.objects.get().notes}
    assert {one.line for one in lines} | noted >= set(range(2, 2 * len(BAD) + 3))
    for one in lines:
        assert one.fate in ("new", "unmatched", "refused", "ask", "twice", "added", "left"), one
        assert one.fate == "new" or one.findings, (one.line, one.fate)
    with acting(small.etti) as actor:
        done = apply_hours_file(actor=actor, batch_uid=uid, submit=True, at=noon(TODAY), on=TODAY)
    with as_owner():
        assert [Decimal(one) for one in HoursLine.objects.values_list("hours", flat=True)] == [Decimal("120.5")]
    assert done.written == 1


def send(who: Actor, name: str, data: bytes) -> bool:
    """Whether a file is read; else it was refused with a sentence."""
    with acting(who) as actor:
        try:
            take_in_hours_file(actor=actor, name=name, data=data, on=TODAY)
        except Refusal as refused:
            said = " ".join(refused.errors.values()) if isinstance(refused, Invalid) else refused.message
            if len(said) < 20:
                raise
            return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("cell", ["Dia\x00llo", "\xff\xfe\x00\xd8", "\x1a"])
def test_a_text_with_odd_bytes_is_refused_or_its_line_is_matched_with_nobody(cell: str) -> None:
    text = f"Nom;Prénom;Né(e) le;Client;Mois;H. trav.\r\n{cell};Salif;04/05/1990;Bâti Ouche;10/2026;120,50\r\n"
    read = send(world().etti, "paie.csv", text.encode())
    assert [one.fate for one in kept()] == ["unmatched"] * read


@pytest.mark.django_db
def test_hostile_workbooks_are_refused_with_a_sentence_or_write_nothing() -> None:
    who = world().etti
    read = [name for name, data in (REFUSED | READ).items() if send(who, name, data)]
    assert set(read) & set(REFUSED) == {"long.csv"}  # files of hours may be longer
    with as_owner():
        assert HoursFile.objects.count() == len(read)
        assert not HoursLine.objects.exists()
