"""FSE+: ages on the day of entry, long unemployment, completeness, delays, results."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.outcomes.enums import (
    Employment,
    Isced,
    LeavingReason,
    Nationality,
    Sensitive,
    Situation,
    Support,
    YesNo,
)
from clausette.outcomes.rules import (
    EntrySaid,
    ExitSaid,
    Participation,
    SensitiveSaid,
    Thresholds,
    count_indicators,
    exit_due_on,
    missing_at_entry,
    missing_at_exit,
    outputs_of,
    outside,
    refusal_to_enter,
    results_of,
    retention_end,
    told_outside,
    too_short,
)
from clausette.reference.facts.fse import INDICATORS

LIMITS = Thresholds(18, 30, 55, 25, 6, 12)
ENTERED = date(2026, 11, 16)
FULL = EntrySaid(
    "Dijon", "1 rue des Lys", "21000", "Dijon", "0601020304", "", Employment.UNEMPLOYED, 8, YesNo.NO, Isced.LOW
)
REFUSED = SensitiveSaid(
    Nationality.REFUSED, Sensitive.REFUSED, Sensitive.REFUSED, Sensitive.REFUSED, Sensitive.REFUSED
)
AGES = {"EECO06", "EECO07", "EECO08"}


def born(years: int, days_after: int = 0) -> date:
    """The birth of somebody whose birthday of `years` is `days_after` the day of entry."""
    return ENTERED.replace(year=ENTERED.year - years) + timedelta(days=days_after)


@pytest.mark.parametrize(
    ("birth", "codes"),
    [
        (born(18, 1), {"EECO06"}),
        (born(18), {"EECO07"}),
        (born(30, 1), {"EECO07"}),
        (born(30), set()),
        (born(55, 1), set()),
        (born(55), {"EECO08"}),
    ],
)
def test_ages_are_those_of_the_day_of_entry(birth: date, codes: set[str]) -> None:
    assert outputs_of(Participation(1, birth, ENTERED), LIMITS) & AGES == codes


@pytest.mark.parametrize(
    ("birth", "months", "counted"),
    [
        (born(25, 1), 6, False), (born(25, 1), 7, True), (born(25), 7, False), (born(25), 12, False),
        (born(25), 13, True), (born(40), None, False),
    ],
)  # fmt: skip
def test_long_unemployment_begins_earlier_before_25(birth: date, months: int | None, counted: bool) -> None:
    one = Participation(1, birth, ENTERED, replace(FULL, months=months))
    assert ("EECO03" in outputs_of(one, LIMITS)) == counted
    employed = replace(one, said=replace(one.said, employment=Employment.EMPLOYED))
    assert "EECO03" not in outputs_of(employed, LIMITS)


def test_what_is_refused_counts_nowhere_and_is_not_missing() -> None:
    one = Participation(1, born(40), ENTERED, FULL, REFUSED)
    assert outputs_of(one, LIMITS) == {"EECO01", "EECO02", "EECO09"}
    assert missing_at_entry(FULL, REFUSED, signed=True) == ()
    yes = SensitiveSaid(Nationality.THIRD, Sensitive.YES, Sensitive.YES, Sensitive.YES, Sensitive.NO)
    told = outputs_of(replace(one, sensitive=yes), LIMITS)
    assert {"EECO12", "EECO13", "EECO14", "EECO16"} <= told


def test_completeness_names_each_field() -> None:
    without = replace(FULL, phone="", birth_commune="")
    assert missing_at_entry(without, None, signed=False) == (
        "birth_commune", "contact", "nationality", "disability", "foreign_origin", "homeless", "minimum_income",
        "signed",
    )  # fmt: skip
    assert missing_at_entry(replace(without, email="a@b.example"), REFUSED, signed=True) == ("birth_commune",)
    employed = replace(FULL, employment=Employment.EMPLOYED, months=None)
    assert missing_at_entry(employed, REFUSED, signed=True) == ()
    assert missing_at_exit(None) == ("reason", "situation", "qualification")
    assert missing_at_exit(ExitSaid(LeavingReason.JOB, Situation.SHORT_JOB, YesNo.NO)) == ()


@pytest.mark.parametrize(
    ("employment", "in_training", "situation", "code"),
    [
        (Employment.INACTIVE, YesNo.NO, Situation.SEEKING, "EECR01"),
        (Employment.UNEMPLOYED, YesNo.NO, Situation.TRAINING, "EECR02"),
        (Employment.UNEMPLOYED, YesNo.YES, Situation.BUSINESS, "EECR04"),
    ],
)
def test_results_compare_the_exit_with_the_entry(
    employment: Employment, in_training: YesNo, situation: Situation, code: str
) -> None:
    said = replace(FULL, employment=employment, in_training=in_training)
    one = Participation(1, born(40), ENTERED, said, REFUSED, ExitSaid(situation=situation, qualification=YesNo.YES))
    assert results_of(one) == {"EECR03", code}
    already = replace(said, employment=Employment.EMPLOYED, in_training=YesNo.YES)
    assert results_of(replace(one, said=already)) == {"EECR03"}


def test_who_comes_back_is_one_participant_by_their_first_entry_and_last_exit() -> None:
    left = ExitSaid(situation=Situation.TRAINING, qualification=YesNo.NO)
    first = Participation(1, born(40), ENTERED, FULL, REFUSED, left)
    again = replace(
        first, entered_on=ENTERED + timedelta(days=60), said=replace(FULL, employment=Employment.INACTIVE),
        at_exit=ExitSaid(situation=Situation.SHORT_JOB, qualification=YesNo.YES),
    )  # fmt: skip
    counts = count_indicators([again, first], LIMITS)
    assert (counts["EECO01"], counts["EECO02"], counts.get("EECO04", 0)) == (1, 1, 0)
    assert (counts.get("EECR02", 0), counts["EECR03"], counts["EECR04"]) == (0, 1, 1)


def test_an_entry_outside_the_dates_is_told_with_the_count() -> None:
    days = [date(2026, 5, 4), date(2026, 1, 1), date(2026, 2, 2)]
    assert outside(days, date(2026, 1, 1), None) == []
    assert outside(days, date(2026, 1, 1), date(2026, 5, 4)) == []
    left = outside(days, date(2026, 2, 2), date(2026, 5, 3))
    assert left == [date(2026, 1, 1), date(2026, 5, 4)]
    told = told_outside(left)
    assert told.startswith("2\u00a0entrées sont hors de ces dates (du 1er\u00a0janvier 2026 au 4\u00a0mai 2026)")
    assert told_outside(left[:1]).startswith("1\u00a0entrée est hors de ces dates (le 1er\u00a0janvier 2026)")


def test_a_participation_lasts_more_than_a_day() -> None:
    assert refusal_to_enter(Support.LASTING) == ""
    assert "n'est pas une participation" in refusal_to_enter(Support.ONE_DAY)
    assert "n'est pas une participation" in refusal_to_enter(Support.GROUP)
    assert too_short(ENTERED, ENTERED)
    assert not too_short(ENTERED, ENTERED + timedelta(days=1))


def test_delays_end_on_their_day() -> None:
    assert exit_due_on(date(2026, 10, 19), 28) == date(2026, 11, 16)
    assert retention_end(date(2024, 1, 2), 60) == date(2029, 12, 31)
    assert retention_end(date(2024, 12, 31), 60) == date(2029, 12, 31)


def test_each_indicator_is_computed_or_says_why_not() -> None:
    said = SensitiveSaid(Nationality.THIRD, Sensitive.YES, Sensitive.YES, Sensitive.YES, Sensitive.YES)
    every: set[str] = set()
    for employment in Employment:
        for level, age in ((Isced.LOW, 16), (Isced.MIDDLE, 20), (Isced.HIGH, 60)):
            for situation in Situation:
                answers = replace(FULL, employment=employment, level=level, months=14)
                left = ExitSaid(situation=situation, qualification=YesNo.YES)
                one = Participation(1, born(age), ENTERED, answers, said, left)
                every |= outputs_of(one, LIMITS) | results_of(one)
    assert every == {row.code for row in INDICATORS if not row.not_computed}


@given(
    st.lists(
        st.builds(
            Participation, st.integers(1, 8), st.dates(date(1950, 1, 1), date(2012, 1, 1)), st.just(ENTERED),
            st.builds(EntrySaid, employment=st.sampled_from([None, *Employment]), months=st.integers(0, 90),
                      level=st.sampled_from([None, *Isced])),
        ),
        max_size=20,
    )
)  # fmt: skip
def test_parts_never_exceed_the_whole(entries: list[Participation]) -> None:
    counts = count_indicators(entries, LIMITS)
    whole = counts.get("EECO01", 0)
    assert whole == len({one.person for one in entries})
    assert sum(counts.get(code, 0) for code in ("EECO02", "EECO04", "EECO05")) <= whole
    assert sum(counts.get(code, 0) for code in ("EECO06", "EECO07", "EECO08")) <= whole
    assert counts.get("EECO03", 0) <= counts.get("EECO02", 0)
