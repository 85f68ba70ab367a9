"""May a person be erased: each reason told with its day, none on the morrow."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.privacy.rules.erasure import ErasureFacts, Hold, may_erase

TODAY = date(2026, 11, 16)


def test_nothing_keeps_somebody_without_work_nor_hold() -> None:
    assert may_erase(ErasureFacts(), TODAY) == ()


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            ErasureFacts(works_at="Bâti Ouche"),
            "Cette personne est au travail chez Bâti Ouche : terminez d'abord son contrat de travail.",
        ),
        (ErasureFacts(waiting_months=1), "1 mois d'heures attend d'être validé."),
        (ErasureFacts(waiting_months=3), "3 mois d'heures attendent d'être validés."),
        (
            ErasureFacts(holds=[Hold("Opération FSE+", date(2032, 12, 31))]),
            "Ses données sont conservées jusqu'au 31\xa0décembre 2032 : Opération FSE+.",
        ),
    ],
)
def test_each_reason_is_a_sentence(facts: ErasureFacts, told: str) -> None:
    assert may_erase(facts, TODAY) == (told,)


@given(st.integers(-400, 400))
def test_a_hold_ends_with_its_last_day(days: int) -> None:
    facts = ErasureFacts(holds=[Hold("Litige", TODAY)])
    assert bool(may_erase(facts, TODAY + timedelta(days=days))) == (days <= 0)


def test_all_the_reasons_are_told_the_first_hold_to_end_first() -> None:
    holds = [Hold("Litige", date(2030, 1, 1)), Hold("Contrôle", date(2028, 1, 1)), Hold("Litige", date(2020, 1, 1))]
    told = may_erase(ErasureFacts("X", 1, holds), TODAY)
    assert [line.split(" : ")[-1] for line in told[2:]] == ["Contrôle.", "Litige."]
    assert len(told) == 4
