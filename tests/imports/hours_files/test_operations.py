"""A file of hours from its reading to its statements, and back."""

from decimal import Decimal
from typing import Any

import pytest

from clausette.hours.models import HoursLine, Statement
from clausette.imports.errors import AlreadyImported
from clausette.imports.models import HoursFile, HoursFileLine
from clausette.imports.operations.hours_files import apply_hours_file, take_in_hours_file
from clausette.kernel.actor import Actor
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import World, world
from tests.imports.hours_files.books import book, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> World:
    return world()


def take(who: Actor, data: bytes, **options: Any) -> Any:
    with acting(who) as actor:
        return take_in_hours_file(actor=actor, name="paie.xlsx", data=data, on=TODAY, **options)


def apply(who: Actor, uid: Any, *, submit: bool = True) -> Any:
    with acting(who) as actor:
        return apply_hours_file(actor=actor, batch_uid=uid, submit=submit, at=noon(TODAY), on=TODAY)


def fates(uid: Any) -> list[tuple[int, str]]:
    with as_owner():
        rows = HoursFileLine.objects.filter(batch__uid=uid).order_by("position")
        return list(rows.values_list("line", "fate"))


def test_a_file_fills_statements_and_says_what_it_left(small: World) -> None:
    data = book(
        row("Diallo", "Salif", 120.5), row("Inconnu", "Jean", 100), row("Diallo", "Salif", 35, client="Autre SARL"),
        ("Total", "", "", "", "", 255.5),
    )
    uid = take(small.etti, data)
    assert fates(uid) == [(2, "new"), (3, "unmatched"), (4, "unmatched")]
    with as_owner():
        batch = HoursFile.objects.get()
        assert batch.totals[0]["after"] == "120.5" or Decimal(batch.totals[0]["after"]) == Decimal("120.5")
        assert not Statement.objects.exists()
        assert batch.notes[0][1] == 5
    done = apply(small.etti, uid)
    assert (done.written, done.refused, done.statements) == (1, 0, 1)
    with as_owner():
        line = HoursLine.objects.select_related("statement").get()
        assert (line.hours, line.state, line.statement.source) == (Decimal("120.50"), "declared", "file")
        assert HoursFile.objects.get().hashes == [HoursFileLine.objects.get(line=2).digest]
    with pytest.raises(AlreadyImported, match=r"déjà importé : le .* par Ugo"):
        take(small.etti, data)
