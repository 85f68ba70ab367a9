"""How long a « dépôt sans compte » lasts."""

from datetime import date, timedelta

from clausette.procurement.rules.deposits import LONGEST, refused_end, usual_end

ON = date(2026, 11, 16)


def test_three_months_after_the_end_of_the_contract_and_one_year_at_most() -> None:
    assert usual_end(ON, date(2026, 12, 15)) == date(2027, 3, 31)
    assert usual_end(ON, date(2030, 1, 1)) == date(2027, 10, 31)
    assert usual_end(ON, None) == date(2027, 10, 31)
    assert usual_end(ON, date(2026, 6, 30)) == date(2027, 10, 31), "over for long: the facilitator knows why"
    assert usual_end(ON, date(2026, 8, 31)) == date(2026, 11, 30)


def test_from_tomorrow_on_and_two_years_at_most() -> None:
    said = [bool(refused_end(ON + timedelta(days=days), on=ON)) for days in (-1, 0, 1, LONGEST.days, LONGEST.days + 1)]
    assert said == [True, True, False, False, True]
