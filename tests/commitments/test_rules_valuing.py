"""Valuation rules of an engagement: which one a month follows, what it takes, what does not hold."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.rules import Valued, check_valued, in_force, switched
from clausette.kernel.errors import Invalid
from clausette.kernel.months import first_day

BEFORE, CARRIED = ValuedMatter.BEFORE_HIRING, ValuedMatter.CARRY_OVER
CDI, STUDY, CAP = ValuedMatter.CDI, ValuedMatter.WORK_STUDY, ValuedMatter.TRAINING_CAP
RULE = Valued(BEFORE, date(2026, 3, 15), True, source="CCAP, art. 5.3")
START, END = date(2026, 1, 1), date(2027, 12, 31)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def test_the_month_in_which_a_rule_starts_follows_it_whole() -> None:
    later = replace(RULE, starts_on=date(2026, 9, 1), admitted=False)
    other = replace(RULE, matter=CARRIED, starts_on=date(2026, 1, 1))
    rules = [later, other, RULE]
    assert in_force(rules, BEFORE, date(2026, 2, 1)) is None
    assert in_force(rules, BEFORE, date(2026, 3, 1)) is RULE
    assert in_force(rules, BEFORE, date(2026, 8, 1)) is RULE
    assert in_force(rules, BEFORE, date(2026, 9, 1)) is later


@given(st.lists(DAYS, unique=True, max_size=6), DAYS)
def test_the_rule_in_force_is_the_latest_already_started(starts: list[date], month: date) -> None:
    found = in_force([replace(RULE, starts_on=day) for day in starts], BEFORE, month)
    begun = [day for day in starts if first_day(day) <= first_day(month)]
    assert (found.starts_on if found else None) == max(begun, default=None)


@pytest.mark.parametrize(
    ("said", "due", "most"),
    [
        ({}, "1000", None),
        ({"hours_most": Decimal(70)}, None, "70"),
        ({"share_most": Decimal("0.1")}, "833", "83.30"),
        ({"share_most": Decimal("0.1")}, None, None),
        ({"share_most": Decimal("0.1"), "hours_most": Decimal(70)}, "833", "70"),
        ({"share_most": Decimal("0.1"), "hours_most": Decimal(90)}, "833", "83.30"),
        ({"share_most": Decimal("0.3333")}, "100.01", "33.33"),
    ],
)  # fmt: skip
def test_the_lesser_ceiling_holds(said: dict[str, Decimal], due: str | None, most: str | None) -> None:
    found = replace(RULE, **said).most(Decimal(due) if due else None)  # type: ignore[arg-type]  # decimals
    assert found == (Decimal(most) if most else None)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"source": "  "}, "source"),
        ({"starts_on": START - timedelta(days=1)}, "starts_on"),
        ({"starts_on": END + timedelta(days=1)}, "starts_on"),
        ({"person_most": Decimal(0)}, "person_most"),
        ({"hours_most": Decimal(-1)}, "hours_most"),
        ({"share_most": Decimal("1.0001")}, "share_most"),
        ({"share_most": Decimal(0)}, "share_most"),
        ({"days_most": 366}, "days_most"),
        ({"days_most": -1}, "days_most"),
        ({"admitted": False, "days_most": 3}, "admitted"),
        ({"admitted": False, "hours_most": Decimal(3)}, "admitted"),
        ({"matter": CARRIED, "hours_most": Decimal(3), "days_most": 3}, "person_most"),
        ({"matter": CARRIED}, "hours_most"),
        ({"months": 12}, "months"),
        ({"matter": CDI, "months": 0}, "months"),
        ({"matter": CDI, "months": 121}, "months"),
        ({"matter": CDI, "admitted": False}, "admitted"),
        ({"matter": CDI, "share_most": Decimal("0.1")}, "share_most"),
        ({"matter": STUDY, "hours_most": Decimal(10)}, "hours_most"),
        ({"matter": CAP, "hours_most": Decimal(10)}, "hours_most"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_at_its_field(said: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_valued(replace(RULE, **said), starts_on=START, ends_on=END)  # type: ignore[arg-type]  # several types
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize(
    "said",
    [
        {}, {"starts_on": START}, {"starts_on": END}, {"days_most": 0}, {"days_most": 365}, {"share_most": Decimal(1)},
        {"admitted": False}, {"matter": CARRIED, "admitted": False}, {"matter": CARRIED, "hours_most": Decimal(1)},
        {"matter": CDI}, {"matter": CDI, "months": 1}, {"matter": CDI, "months": 120}, {"matter": STUDY},
        {"matter": STUDY, "admitted": False}, {"matter": CAP, "share_most": Decimal("0.1")},
        {"matter": CAP, "admitted": False}, {"matter": ValuedMatter.SIAE, "hours_most": Decimal(50)},
    ],
)  # fmt: skip
def test_what_holds_passes_at_its_edges(said: dict[str, object]) -> None:
    check_valued(replace(RULE, **said), starts_on=START, ends_on=END)  # type: ignore[arg-type]  # several types


def test_a_rule_is_told_in_words() -> None:
    said = replace(RULE, person_most=Decimal(100), share_most=Decimal("0.2"), days_most=30)
    words = said.words.replace("\u00a0", " ").replace("\u202f", " ")
    assert words == "admis, 100 h par personne, 20 % des heures dues au plus, embauche dans les 30 jours"
    assert replace(RULE, admitted=False).words == "non admis"


@pytest.mark.parametrize(
    ("matter", "said", "words"),
    [
        (CDI, {"months": 12}, "12 mois"), (CDI, {}, "sans limite de mois"), (STUDY, {}, "comptées"),
        (STUDY, {"admitted": False}, "non comptées : les heures en entreprise seulement"),
        (CAP, {"share_most": Decimal("0.1")}, "admis, 10 % des heures dues au plus"),
    ],
)  # fmt: skip
def test_a_counting_rule_is_told_in_words(matter: ValuedMatter, said: dict[str, object], words: str) -> None:
    found = replace(RULE, matter=matter, **said).words  # type: ignore[arg-type]  # several types
    assert found.replace("\u00a0", " ").replace("\u202f", " ") == words


def test_a_control_follows_the_last_word_of_the_engagement() -> None:
    off = Valued(ValuedMatter.CONTROL, date(2026, 3, 15), False, source="CCAP", control="W104")
    on = replace(off, starts_on=date(2026, 6, 1), admitted=True)
    other = replace(off, starts_on=date(2026, 6, 2), control="W111")
    rules = [other, on, off, RULE]
    assert switched(rules, date(2026, 2, 1)) == {}
    assert switched(rules, date(2026, 3, 1)) == {"W104": False}
    assert switched(rules, date(2026, 6, 1)) == {"W104": True, "W111": False}
    assert [one.words for one in (off, on)] == ["éteint", "parle"]


@pytest.mark.parametrize(
    ("said", "field"),
    [({"control": ""}, "control"), ({"control": "X1"}, "control"), ({"hours_most": Decimal(5)}, "hours_most")],
)
def test_a_control_without_its_code_or_with_a_ceiling_does_not_hold(said: dict[str, object], field: str) -> None:
    on = Valued(ValuedMatter.CONTROL, START, True, source="CCAP", control="W104")
    check_valued(on, starts_on=START, ends_on=END)
    with pytest.raises(Invalid) as refusal:
        check_valued(replace(on, **said), starts_on=START, ends_on=END)  # type: ignore[arg-type]  # said above
    assert set(refusal.value.errors) == {field}
    with pytest.raises(Invalid):
        check_valued(replace(RULE, control="W104"), starts_on=START, ends_on=END)
