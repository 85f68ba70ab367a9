"""Sub-targets: what is asked and done, small groups masked for the parties by the database."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from clausette.commitments.enums import SubTargetBase, SubTargetKind
from clausette.commitments.rules import TargetEntry
from clausette.hours.queries import targets_progress, targets_reached
from clausette.hours.rules.targets import Reached, target_progress
from clausette.kernel.actor import Actor
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import OCT, World, made, worker, world

ZERO = Decimal(0)
HOURS, PEOPLE = SubTargetBase.HOURS, SubTargetBase.PEOPLE


def _of(base: SubTargetBase, share: str, due: str | None, people: int, done: Reached | None) -> Any:
    return target_progress(
        SubTargetKind.WOMEN, base, Decimal(share), due=None if due is None else Decimal(due),
        whole=Reached(people, Decimal(400)), reached=done,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("share", "due", "done", "asked", "left"),
    [
        ("0.25", "800", "100", "200.00", "100.00"),
        ("0.25", "800", "200", "200.00", "0"),
        ("0.25", "800", "250", "200.00", "0"),
        ("0.3333", "100", "0", "33.33", "33.33"),
    ],
)
def test_a_share_of_the_hours_is_asked_of_those_due(share: str, due: str, done: str, asked: str, left: str) -> None:
    one = _of(HOURS, share, due, 6, Reached(3, Decimal(done)))
    assert (one.asked, one.left) == (Decimal(asked), Decimal(left))


def test_without_figure_nothing_is_asked_but_what_is_done_is_told() -> None:
    one = _of(HOURS, "0.5", None, 6, Reached(3, Decimal(100)))
    assert (one.asked, one.left, one.rate, one.part) == (None, None, None, Decimal("0.25"))


@pytest.mark.parametrize(("people", "asked"), [(4, 1), (5, 2), (8, 2), (9, 3)])
def test_a_share_of_the_people_asks_whole_persons(people: int, asked: int) -> None:
    assert _of(PEOPLE, "0.25", "800", people, Reached(1, Decimal(10))).asked == asked


def test_nobody_came_yet() -> None:
    one = target_progress(
        SubTargetKind.QPV, PEOPLE, Decimal("0.5"), due=Decimal(10), whole=Reached(0, ZERO), reached=None
    )
    assert (one.asked, one.done, one.rate, one.masked) == (None, ZERO, None, False)


def test_what_is_masked_has_neither_rate_nor_rest() -> None:
    one = _of(HOURS, "0.25", "800", 6, Reached(None, None))
    assert (one.masked, one.asked, one.done, one.left, one.rate) == (True, Decimal("200.00"), None, None, None)


def _person(small: World, name: str, *, sex: str = "m", born: date = date(1990, 5, 4), kind: str = "cdd",
            hours: str = "10", qpv: bool = False, age: int | None = None,
            owner: Actor | None = None) -> None:  # fmt: skip
    placed = worker(owner or small.pilot, small.commitment, "Jo", name, host=small.firm)
    with as_owner():
        apps.get_model("participants.Participant").objects.filter(pk=placed.participant_id).update(
            sex=sex, birth_date=born
        )
        apps.get_model("placements.Placement").objects.filter(pk=placed.pk).update(work_contract=kind)
        check = apps.get_model("participants.EligibilityCheck").objects.get(participant_id=placed.participant_id)
    if qpv or age is not None:
        made(
            "participants.DecisionFacts", check_made_id=check.pk, participant_id=placed.participant_id,
            in_district=qpv, age=age,
        )  # fmt: skip
    statement = _statement(small)
    month = made(
        "hours.WorkedMonth", placement_id=placed.pk, employer_id=placed.employer_id, owner_org_id=placed.owner_org_id,
        month=OCT, hours=Decimal(hours),
    )  # fmt: skip
    made(
        "hours.HoursLine", statement_id=statement.pk, contract_id=small.contract.pk, commitment_id=small.commitment.pk,
        worked_month_id=month.pk, placement_id=placed.pk, declarant_id=small.firm.organisation_id, month=OCT,
        hours=Decimal(hours), state="validated", worked_contract_id=small.contract.pk,
        reporting_org_id=small.pilot.organisation_id,
    )  # fmt: skip


def _statement(small: World) -> Any:
    model = apps.get_model("hours.Statement")
    with as_owner():
        held = model.objects.filter(contract_id=small.contract.pk, month=OCT).first()
    return held or made(
        "hours.Statement", contract_id=small.contract.pk, declarant_id=small.firm.organisation_id, month=OCT,
        source="grid",
    )  # fmt: skip


def _told(small: World, who: Actor, as_of: date = TODAY) -> dict[str, Reached]:
    with acting(who):
        return targets_reached(commitment_id=small.commitment.pk, as_of=as_of)


@pytest.mark.django_db
def test_the_structure_in_charge_reads_each_group() -> None:
    small = world()
    _person(small, "Un", sex="f", qpv=True, hours="7.5")
    _person(small, "Deux", born=date(2000, 7, 1), kind="apprenticeship")  # 26 on the first day of work
    _person(small, "Trois", born=date(2000, 7, 2), kind="cdi")  # 25 on that day
    told = _told(small, small.pilot)
    assert told == {
        "all": Reached(3, Decimal("27.50")), "women": Reached(1, Decimal("7.50")), "qpv": Reached(1, Decimal("7.50")),
        "under_26": Reached(1, Decimal(10)), "work_study": Reached(1, Decimal(10)), "cdi": Reached(1, Decimal(10)),
    }  # fmt: skip
    assert _told(small, small.pilot, date(2026, 9, 30)) == {}
    assert _told(small, small.stranger) == {}
    assert _told(small, small.etti) == {}


@pytest.mark.django_db
def test_the_age_is_that_frozen_with_the_decision_erased_or_not() -> None:
    small = world()
    _person(small, "Un", born=date(2000, 1, 1), age=25)  # erased: the day and the month of birth are gone
    _person(small, "Deux", born=date(2001, 1, 1), age=26)
    assert _told(small, small.pilot)["under_26"] == Reached(1, Decimal(10))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("women", "men", "told"), [(4, 8, False), (5, 5, True), (5, 4, False), (0, 6, True), (6, 0, True), (8, 5, True)]
)
def test_a_party_reads_no_group_under_five_nor_one_that_leaves_under_five(women: int, men: int, told: bool) -> None:
    small = world()
    for rank in range(women):
        _person(small, f"F{rank}", sex="f")
    for rank in range(men):
        _person(small, f"H{rank}")
    for who in (small.buyer, small.firm):
        found = _told(small, who)
        assert found["all"] == Reached(women + men, Decimal(10 * (women + men)))
        assert found["women"] == (Reached(women, Decimal(10 * women)) if told else Reached(None, None))
    assert _told(small, small.pilot)["women"] == Reached(women, Decimal(10 * women))


@pytest.mark.django_db
def test_the_pilot_is_a_party_like_another_for_people_of_another_structure() -> None:
    small = world()
    _person(small, "Un", sex="f")
    _person(small, "Deux", owner=small.stranger)
    assert _told(small, small.pilot)["women"] == Reached(None, None)


@pytest.mark.django_db
def test_progress_of_each_sub_target_with_one_query(django_assert_num_queries: Any) -> None:
    small = world()
    _person(small, "Un", sex="f", hours="40")
    targets = (
        TargetEntry(SubTargetKind.WOMEN, HOURS, Decimal("0.1")),
        TargetEntry(SubTargetKind.CDI, PEOPLE, Decimal("0.5")),
    )
    with acting(small.pilot), django_assert_num_queries(1):
        rows, whole = targets_progress(
            commitment_id=small.commitment.pk, targets=targets, due=Decimal(833), as_of=TODAY
        )
    assert whole == Reached(1, Decimal(40))
    assert [(one.asked, one.done, one.left) for one in rows] == [
        (Decimal("83.30"), Decimal(40), Decimal("43.30")), (1, 0, 1),
    ]  # fmt: skip
