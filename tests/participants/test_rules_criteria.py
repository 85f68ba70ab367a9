"""From situations to publics: every boundary to the day, and what holds whatever the facts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.months import add_months
from clausette.participants.rules import LEVELS, Answer, Delays, Paper, Situation, check_eligibility
from clausette.reference.facts.publics import PUBLICS

ON = date(2026, 11, 27)
DELAYS = Delays()
CODES = sorted(row.code for row in PUBLICS)


def answer(**facts: object) -> Answer:
    """The answer for a situation on the day of the tests."""
    return check_eligibility(Situation(**({"on": ON} | facts)), PUBLICS, DELAYS)  # type: ignore[arg-type]  # tests say any


def seen(code: str, on: date = ON) -> dict[str, Paper]:
    """A paper of that day."""
    return {code: Paper(on)}


@pytest.mark.parametrize(
    ("registered_on", "code"),
    [(date(2025, 11, 28), None), (date(2025, 11, 27), "DELD"), (date(2024, 11, 28), "DELD"),
     (date(2024, 11, 27), "DETLD")],
)  # fmt: skip
def test_registration_counts_to_the_day(registered_on: date, code: str | None) -> None:
    found = answer(registered_on=registered_on, papers=seen(code) if code else {})
    assert found.verdict == ("eligible" if code else "not_eligible")
    assert (found.retained.row.code if found.retained else None) == code


def test_registered_on_a_leap_day() -> None:
    on = date(2025, 2, 28)  # the anniversary of 29 February is clamped to the 28th
    found = check_eligibility(Situation(on, registered_on=date(2024, 2, 29), papers=seen("DELD", on)), PUBLICS, DELAYS)
    assert found.verdict == "eligible"


@pytest.mark.parametrize(("months", "verdict"), [("5.9", "eligible"), ("6", "not_eligible")])
def test_six_months_of_work_exclude_the_long_duration(months: str, verdict: str) -> None:
    found = answer(registered_on=date(2025, 6, 1), months_worked=Decimal(months), papers=seen("DELD"))
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("born_on", "verdict"), [(date(2000, 11, 28), "eligible"), (date(2000, 11, 27), "not_eligible")]
)
def test_the_twenty_sixth_birthday(born_on: date, verdict: str) -> None:
    facts = {"born_on": born_on, "left_school_on": date(2020, 1, 1), "level": "01", "papers": seen("JEUNE_SQ")}
    assert answer(**facts, ticked=frozenset({"JEUNE_SQ"})).verdict == verdict


@pytest.mark.parametrize(
    ("left", "verdict"), [(date(2026, 5, 27), "eligible"), (date(2026, 5, 28), "not_eligible")]
)
def test_six_months_out_of_school(left: date, verdict: str) -> None:
    found = answer(born_on=date(2006, 1, 1), left_school_on=left, level="70", papers=seen("JEUNE_SQ"))
    assert found.verdict == verdict
    if verdict == "not_eligible":
        assert "28\xa0novembre 2026" in found.refusals[0]


def test_a_diploma_takes_the_other_public() -> None:
    facts = {"born_on": date(2004, 1, 1), "left_school_on": date(2025, 1, 1), "inactive_since": date(2026, 1, 1)}
    found = answer(**facts, level="51", papers=seen("JEUNE_DIPL"))
    assert [one.row.code for one in found.criteria] == ["JEUNE_DIPL"]
    assert found.verdict == "eligible"


@pytest.mark.parametrize(
    ("born_on", "code"), [(date(1976, 11, 27), "SENIOR"), (date(1976, 11, 28), None)]
)
def test_fifty_years(born_on: date, code: str | None) -> None:
    found = answer(born_on=born_on, registered_on=date(2026, 9, 1), papers=seen("SENIOR"))
    assert (found.retained.row.code if found.retained else None) == code


@pytest.mark.parametrize(
    ("paper", "missing"),
    [(date(2026, 8, 27), ""), (date(2026, 8, 26), "plus de 3 mois"), (date(2026, 11, 28), "d'après ce jour"),
     (None, "datée du 27\xa0août 2026 au plus tôt")],
)  # fmt: skip
def test_a_paper_of_three_months_to_the_day(paper: date | None, missing: str) -> None:
    found = answer(ticked=frozenset({"RSA"}), papers={"RSA": Paper(paper)})
    assert found.verdict == ("incomplete" if missing else "eligible")
    assert missing in " ".join(found.criteria[0].missing)
    assert found.criteria[0].oldest_paper == date(2026, 8, 27)


def test_a_valid_pass_is_enough_and_comes_first() -> None:
    found = answer(ticked=frozenset({"RSA"}), pass_ends_on=date(2026, 12, 31), papers={"SIAE": Paper()})
    assert found.retained is not None
    assert (found.retained.row.code, found.verdict, found.until) == ("SIAE", "eligible", date(2026, 12, 31))
    later = answer(pass_ends_on=date(2028, 1, 1))
    assert later.until == date(2027, 2, 27)  # three months for a hiring
    ended = answer(pass_ends_on=date(2026, 11, 26))
    assert (ended.verdict, "PASS IAE a pris fin" in ended.refusals[0]) == ("not_eligible", True)


def test_a_priority_zone_counts_beside_another_criterion_only() -> None:
    alone = answer(ticked=frozenset({"QPV"}), papers=seen("QPV"))
    assert (alone.verdict, "autre critère" in alone.refusals[0]) == ("not_eligible", True)
    both = answer(ticked=frozenset({"QPV", "RSA"}), papers=seen("RSA"))
    assert both.verdict == "eligible"
    assert [one.row.code for one in both.criteria] == ["RSA", "QPV"]


def test_options_of_the_structure_and_publics_of_the_engagement() -> None:
    ticked, papers = frozenset({"PARENT_ISOLE"}), seen("PARENT_ISOLE")
    assert "n'admet pas" in answer(ticked=ticked, papers=papers).refusals[0]
    assert answer(ticked=ticked, papers=papers, options=ticked).verdict == "eligible"
    elsewhere = answer(ticked=frozenset({"RSA"}), papers=seen("RSA"), admitted=frozenset({"QPV"}))
    assert "l'engagement n'admet pas" in elsewhere.refusals[0]


def test_somebody_already_employed_is_nobody_s_new_hiring() -> None:
    found = answer(ticked=frozenset({"RSA"}), papers=seen("RSA"), already_employed=True)
    assert (found.verdict, found.until) == ("not_eligible", None)
    assert "déjà salariée" in found.refusals[0]


def test_justice_is_never_written() -> None:
    found = answer(ticked=frozenset({"PPSMJ"}))
    assert found.verdict == "not_eligible"
    assert "organisme habilité" in found.refusals[0]


days = st.dates(date(1950, 1, 1), date(2027, 6, 1))
papers = st.builds(Paper, on=st.none() | days, title_ends_on=st.none() | days)
situations = st.builds(
    Situation,
    on=st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    ticked=st.frozensets(st.sampled_from(CODES), max_size=4),
    born_on=st.none() | days,
    registered_on=st.none() | days,
    months_worked=st.none() | st.integers(0, 12).map(Decimal),
    left_school_on=st.none() | days,
    inactive_since=st.none() | days,
    level=st.sampled_from(["", *LEVELS]),
    pass_ends_on=st.none() | days,
    already_employed=st.booleans(),
    options=st.frozensets(st.sampled_from(CODES), max_size=3),
    admitted=st.none() | st.frozensets(st.sampled_from(CODES), max_size=3),
    papers=st.dictionaries(st.sampled_from(CODES), papers),
)  # fmt: skip


@given(situations)
def test_whatever_the_facts(facts: Situation) -> None:
    found = check_eligibility(facts, PUBLICS, DELAYS)
    assert (found.verdict == "eligible") == (found.until is not None)
    if found.until is not None:
        assert facts.on <= found.until <= add_months(facts.on, DELAYS.hire_months)
    if found.retained is not None:
        assert not facts.already_employed
        assert not found.retained.refusal
        assert found.retained.holds == (found.verdict == "eligible")
        assert facts.admitted is None or found.retained.row.code in facts.admitted
    assert all(bool(one.refusal) + bool(one.missing) < 2 for one in found.criteria)
    assert {one.row.code for one in found.criteria} >= facts.ticked
    assert not any(one.holds for one in found.criteria if one.row.code == "PPSMJ")


@given(situations, st.integers(1, 400))
def test_a_paper_that_is_fresh_was_fresh_before(facts: Situation, back: int) -> None:
    """Only the age of papers is judged: on an earlier day that still follows them, none is too old."""
    later = check_eligibility(facts, PUBLICS, DELAYS)
    earlier = check_eligibility(
        Situation(facts.on - timedelta(days=back), ticked=facts.ticked, papers=facts.papers), PUBLICS, DELAYS
    )
    fresh = {one.row.code for one in later.criteria if not any("plus de" in said for said in one.missing)}
    stale = {one.row.code for one in earlier.criteria if any("plus de" in said for said in one.missing)}
    assert not stale & fresh & {one.row.code for one in later.criteria if not one.refusal}
