"""Classes of exits, follow-up points, rates on the persons reached and on all."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clausette.outcomes.enums import ExitClass, ExitReason, FollowSituation, FollowUpPoint
from clausette.outcomes.rules import CLASSES, SeenExit, class_of, due_on, point_asked, point_to_come, rates

ON = date(2026, 11, 16)
OLD = date(2025, 1, 10)


def test_every_reason_has_one_family() -> None:
    assert set(CLASSES) == set(ExitReason)
    assert class_of(ExitReason.CDD_LONG) == ExitClass.DURABLE
    assert class_of(ExitReason.CDD_SHORT) == ExitClass.TRANSITION
    assert class_of(ExitReason.WORK_STUDY) == ExitClass.POSITIVE
    assert {one for one in ExitReason if class_of(one) == ExitClass.NEUTRAL} == {
        ExitReason.DEATH, ExitReason.LONG_ABSENCE,
    }  # fmt: skip


def test_points_fall_on_the_same_day_of_the_month_or_on_its_last() -> None:
    days = [due_on(date(2026, 8, 31), point) for point in FollowUpPoint]
    assert days == [date(2026, 8, 31), date(2026, 11, 30), date(2027, 2, 28), date(2027, 8, 31)]


def test_rates_are_told_on_the_persons_reached_and_on_all() -> None:
    six = FollowUpPoint.SIX
    exits = [
        SeenExit(OLD, ExitReason.CDI, {six: FollowSituation.EMPLOYED}),
        SeenExit(OLD, ExitReason.TRAINING, {six: FollowSituation.TRAINING}),
        SeenExit(OLD, ExitReason.SEEKING, {six: FollowSituation.NOT_REACHED}),
        SeenExit(OLD, ExitReason.UNKNOWN, {}),
        SeenExit(OLD, ExitReason.DEATH, {}),
    ]
    found = rates(exits, ON)
    assert (found.counted, found.dynamic, found.by_class[ExitClass.NEUTRAL]) == (4, 2, 1)
    assert (found.of_all, found.of_known) == (Decimal("0.5000"), Decimal("0.6667"))
    point = found.points[2]
    assert (point.due, point.reached, point.employed, point.well) == (4, 2, 1, 2)
    assert (point.of_reached, point.of_all) == (Decimal("1.0000"), Decimal("0.5000"))


def test_a_point_whose_day_has_not_come_is_not_asked() -> None:
    exits = [SeenExit(date(2026, 8, 16), ExitReason.CDI, {})]
    assert [point.due for point in rates(exits, ON).points] == [1, 1, 0, 0]
    assert [point.due for point in rates(exits, date(2026, 11, 15)).points] == [1, 0, 0, 0]


def test_one_point_is_asked_the_last_one_come_and_none_after_it_is_answered() -> None:
    left, six = date(2026, 4, 1), FollowUpPoint.SIX
    assert point_asked(left, ExitReason.CDI, (), ON) == six
    assert point_asked(left, ExitReason.CDI, {six}, ON) is None
    assert point_asked(left, ExitReason.CDI, {FollowUpPoint.AT_ONCE, FollowUpPoint.THREE}, ON) == six
    assert point_to_come(left, ExitReason.CDI, ON) == FollowUpPoint.TWELVE
    assert point_to_come(OLD, ExitReason.CDI, ON) is None


def test_nobody_asks_what_a_dead_person_is() -> None:
    for reason in (ExitReason.DEATH, ExitReason.LONG_ABSENCE):
        assert point_asked(OLD, reason, (), ON) is None
        assert point_to_come(ON, reason, ON) is None


def test_nobody_makes_no_rate() -> None:
    found = rates([], ON)
    assert (found.of_all, found.of_known, found.points[0].of_reached) == (None, None, None)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(ExitReason),
            st.dictionaries(st.sampled_from(FollowUpPoint), st.sampled_from(FollowSituation)),
        )
    )
)
def test_neutral_exits_never_change_a_rate(
    told: list[tuple[ExitReason, dict[FollowUpPoint, FollowSituation]]],
) -> None:
    exits = [SeenExit(OLD, reason, answers) for reason, answers in told]
    kept = [one for one in exits if class_of(one.reason) != ExitClass.NEUTRAL]
    every, without = rates(exits, ON), rates(kept, ON)
    assert (every.of_all, every.of_known, every.points) == (without.of_all, without.of_known, without.points)
    for point in every.points:
        assert point.employed <= point.well <= point.reached <= point.due == len(kept)
