"""The story before any database: invented numbers that pass their keys, people who cannot be written to."""

from datetime import date

import pytest

from clausette.imports.decp import read_decp
from clausette.kernel.siret import is_siret
from config.world.cast import BODIES, BODY, PEOPLE, STRUCTURES
from config.world.decp import RECORDS, official_file
from config.world.mde_contracts import NEIGHBOUR
from config.world.plan import Calendar
from config.world.plie_contracts import DONE_AND_RUNNING, WITH_A_WORRY
from config.world.working import HEADCOUNT

DAY = date(2026, 11, 16)
PLANS = (*DONE_AND_RUNNING, *WITH_A_WORRY, *NEIGHBOUR)


def test_every_body_has_a_siret_of_its_own_that_passes_the_key() -> None:
    sirets = [body.siret for body in BODIES]
    assert all(is_siret(one) for one in sirets)
    assert len(set(sirets)) == len(BODIES) == 17


def test_no_mail_can_leave() -> None:
    assert all(person.email.endswith(".example") for person in PEOPLE)
    assert {person.body for person in PEOPLE} <= BODY.keys()


def test_the_world_has_the_size_it_says() -> None:
    new = [one for one in RECORDS if one.number not in {plan.number for plan in PLANS}]
    assert len(PLANS) + len(new) == 25
    persons = {stint.person or id(stint) for plan in PLANS for owed in plan.owed for stint in owed.stints}
    assert len(persons) < HEADCOUNT == 60


def test_two_structures_share_a_contract_and_one_share_was_taken_back() -> None:
    shared = [plan.key for plan in PLANS if plan.shared is not None]
    assert shared == ["gymnase", "college"]
    assert [plan.key for plan in PLANS if plan.revoked is not None] == ["college"]
    assert {plan.owner for plan in PLANS} == set(STRUCTURES)


@pytest.mark.parametrize("day", [DAY, date(2026, 12, 31), date(2027, 3, 1)])
def test_the_official_file_is_read_without_a_remark_whatever_the_day(day: date) -> None:
    read = read_decp(official_file(day), on=day)
    assert read.refusal is None
    assert [(one.problems, one.fields is None) for one in read.records] == [((), False)] * len(RECORDS)


def test_the_calendar_counts_months_from_the_last_one() -> None:
    calendar = Calendar(DAY)
    assert (calendar.first(-1), calendar.last(-1)) == (date(2026, 10, 1), date(2026, 10, 31))
    assert calendar.after(-16, 14) == date(2026, 8, 31)
    assert calendar.past(date(2027, 1, 1)) == DAY
