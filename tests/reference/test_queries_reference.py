"""Reading the dated facts from the tables: the value of a day, its source, the articles, the publics."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from clausette.reference.enums import Zone
from clausette.reference.errors import NoValueAtDate
from clausette.reference.facts.articles import ARTICLES
from clausette.reference.facts.publics import PUBLICS
from clausette.reference.permissions import can_change_reference
from clausette.reference.queries import (
    categories,
    legal_articles,
    months_of,
    parameter,
    parameter_row,
    parameters_on,
    smic_series,
)
from tests.world import two_structures

pytestmark = pytest.mark.django_db


def test_the_smic_of_a_day_is_the_one_in_force() -> None:
    series = smic_series()
    last = series[-1]
    assert last.valid_to is None
    assert parameter(code="smic_hourly", on=last.valid_from) == last.value
    assert parameter(code="smic_hourly", on=last.valid_from - timedelta(days=1)) == series[-2].value
    assert series[-2].valid_to == last.valid_from - timedelta(days=1)
    assert parameter_row(code="smic_hourly", on=last.valid_from, zone=Zone.MAYOTTE).value < last.value


def test_a_parameter_says_its_unit_and_its_source() -> None:
    row = parameter_row(code="hire_before_months", on=date(2026, 11, 16))
    assert (row.value, row.unit) == (Decimal(3), "mois")
    assert row.source


def test_an_unknown_parameter_or_day_is_refused_in_french() -> None:
    for code, on in (("nothing", date(2026, 1, 1)), ("month_hours", date(1990, 1, 1))):
        with pytest.raises(NoValueAtDate, match=f"Le paramètre « {code} » n'est pas connu à cette date"):
            parameter(code=code, on=on)


def test_all_parameters_of_a_day_come_at_once() -> None:
    values = parameters_on(date(2026, 11, 16))
    assert values["month_hours"] == Decimal("151.67")
    assert months_of(values, "hours_validity_months") == 24
    with pytest.raises(NoValueAtDate):
        months_of({}, "hours_validity_months")


def test_articles_and_publics_are_those_of_the_facts() -> None:
    def key(row: object) -> tuple[str, ...]:
        names = ("device", "family", "threshold", "starts_on", "ends_on", "articles")
        return tuple(str(getattr(row, name)) for name in names)

    assert sorted(key(row) for row in legal_articles()) == sorted(key(row) for row in ARTICLES)
    assert categories() == PUBLICS
    assert [row.code for row in categories(codes=["RSA"])] == ["RSA"]
    assert [row.code for row in categories() if not row.stored] == ["PPSMJ"]


def test_nobody_changes_the_reference_on_screen() -> None:
    decision = can_change_reference(two_structures().first)
    assert not decision
    assert decision.reason.startswith("Les données de référence changent")
