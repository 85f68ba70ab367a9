"""Test of the social condition: pivot, thresholds, articles, reasons to waive it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.advice.enums import BuyerKind, Verdict
from clausette.advice.rules import Facts, ObligationTest, Purchase, obligation
from clausette.procurement.enums import ContractNature
from clausette.reference.facts.articles import ARTICLES
from clausette.reference.facts.thresholds import THRESHOLDS
from clausette.reference.facts.waivers import WAIVERS

PIVOT = date(2026, 8, 21)
CENT = Decimal("0.01")
N, B = ContractNature, BuyerKind
FACTS = Facts(THRESHOLDS, ARTICLES, WAIVERS)


def asked(
    value: str | Decimal = "216000",
    on: date = PIVOT,
    buyer: BuyerKind = B.LOCAL,
    nature: ContractNature = N.SERVICES,
    *,
    defence: bool = False,
    concession: bool = False,
) -> ObligationTest:
    return obligation(
        Purchase(buyer, nature, Decimal(value), on, defence=defence, concession=concession), FACTS
    )


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("buyer", "nature", "threshold"),
    [
        (B.STATE, N.SERVICES, 140_000),
        (B.STATE, N.SUPPLIES, 140_000),
        (B.LOCAL, N.SERVICES, 216_000),
        (B.UTILITY, N.SUPPLIES, 432_000),
        (B.STATE, N.WORKS, 5_404_000),
        (B.LOCAL, N.WORKS, 5_404_000),
        (B.UTILITY, N.WORKS, 5_404_000),
    ],
)
def test_equal_to_the_threshold_is_due_a_cent_below_is_not(
    buyer: BuyerKind, nature: ContractNature, threshold: int
) -> None:
    at = asked(Decimal(threshold), buyer=buyer, nature=nature)
    below = asked(Decimal(threshold) - CENT, buyer=buyer, nature=nature)
    assert (at.verdict, at.threshold) == (Verdict.MANDATORY, threshold)
    assert at.article == "article L2112-2-1 (Code de la commande publique)"
    assert (below.verdict, below.threshold) == (Verdict.OPTIONAL, threshold)
    assert below.article == "article L2112-2 (Code de la commande publique)"
    assert below.motives == ()


def test_the_day_before_the_pivot_nothing_is_due_but_the_threshold_is_told() -> None:
    before = asked("10000000", PIVOT - timedelta(days=1))
    assert (before.verdict, before.threshold, before.motives) == (Verdict.OPTIONAL, 216_000, ())
    assert before.article == "article L2112-2 (Code de la commande publique)"
    assert asked("10000000", PIVOT).verdict == Verdict.MANDATORY


def test_the_threshold_changes_on_the_first_of_january() -> None:
    assert asked("1", date(2025, 12, 31)).threshold == 221_000
    assert asked("1", date(2026, 1, 1)).threshold == 216_000
    assert asked("1", date(2027, 12, 31)).threshold == 216_000
    assert asked("1", date(2013, 12, 31), nature=N.WORKS).threshold == 5_000_000
    assert asked("1", date(2014, 1, 1), nature=N.WORKS).threshold == 5_186_000


def test_a_day_without_a_known_threshold_is_said() -> None:
    after = asked("10000000", date(2028, 1, 1))
    assert (after.verdict, after.threshold) == (Verdict.UNKNOWN, None)
    assert after.sentence == "Le seuil européen n'est pas connu à cette date."
    assert after.motives == ()


def test_article_of_the_day() -> None:
    assert asked(on=date(2012, 5, 1)).article == "article 14 (Code des marchés publics de 2006)"
    assert asked(on=date(2016, 4, 1)).article.startswith("article 38 de l'ordonnance")
    assert asked(on=date(2019, 4, 1)).article == "article L2112-2 (Code de la commande publique)"


def test_defence_is_never_due() -> None:
    for found in (asked("10000000", defence=True), asked("10000000", buyer=B.DEFENCE)):
        assert found.verdict == Verdict.OPTIONAL
        assert found.article == "article L2312-1-1 (Code de la commande publique)"
        assert found.threshold == 432_000
        assert found.motives == ()
    assert asked(on=PIVOT - timedelta(days=1), defence=True).article == ""
    apart = asked("10000000", defence=True, concession=True)
    assert (apart.verdict, apart.article, apart.threshold) == (Verdict.NOT_APPLICABLE, "", None)


def test_a_concession_has_the_threshold_of_works_and_its_own_article() -> None:
    at = asked("5404000", concession=True)
    assert (at.verdict, at.threshold) == (Verdict.MANDATORY, 5_404_000)
    assert at.article == "article L3114-2-1 (Code de la commande publique)"
    assert asked("5403999.99", concession=True).verdict == Verdict.OPTIONAL
    assert asked("5403999.99", concession=True).article == "article L3114-2 (Code de la commande publique)"


def test_a_private_buyer_is_outside() -> None:
    found = asked("10000000", buyer=B.PRIVATE)
    assert (found.verdict, found.article, found.threshold) == (Verdict.NOT_APPLICABLE, "", None)
    assert found.sentence == "Hors code de la commande publique : clause volontaire."


def test_four_reasons_for_a_contract_two_for_a_concession() -> None:
    services, works = asked(), asked("6000000", nature=N.WORKS)
    names = ["available_solution", "no_link", "competition", "short_works"]
    assert [one.code for one in services.motives] == [one.code for one in works.motives] == names
    assert [bool(one.refusal) for one in services.motives] == [False, False, False, True]
    assert not any(one.refusal for one in works.motives)
    assert [one.code for one in asked("6000000", concession=True).motives] == ["no_link", "competition"]


def test_each_reason_has_a_text_for_the_report() -> None:
    text = plain(asked("216000").motives[1].text)
    assert text.startswith("La valeur estimée du besoin est de 216 000 € HT. L'acheteur ne prévoit pas")
    assert "2° de l'article L2112-2-1 du code de la commande publique" in text
    assert "rapport de présentation" in text
    concession = plain(asked("6000000", concession=True).motives[1].text)
    assert concession.startswith("La valeur estimée du besoin est de 6 000 000 € HT. L'autorité concédante")
    assert "2° de l'article L3114-2-1" in concession
    assert "rapport de présentation" not in concession


VALUES = st.decimals(min_value=0, max_value=10**8, places=2)
DAYS = st.dates(date(2012, 1, 1), date(2027, 12, 31))


@given(
    value=VALUES, on=DAYS, buyer=st.sampled_from(BuyerKind), nature=st.sampled_from(ContractNature),
    defence=st.booleans(), concession=st.booleans(),
)  # fmt: skip
def test_due_means_after_the_pivot_at_the_threshold_and_nothing_else(
    value: Decimal, on: date, buyer: BuyerKind, nature: ContractNature, defence: bool, concession: bool
) -> None:
    found = asked(value, on, buyer, nature, defence=defence, concession=concession)
    subject = buyer not in (B.PRIVATE, B.DEFENCE) and not defence
    due = subject and on >= PIVOT and found.threshold is not None and value >= found.threshold
    assert (found.verdict == Verdict.MANDATORY) is due
    assert len(found.motives) == ((2 if concession else 4) if due else 0)
    assert found.sentence
    assert found.rule_version


@given(low=VALUES, more=VALUES, on=DAYS, concession=st.booleans())
def test_a_greater_value_is_never_less_due(low: Decimal, more: Decimal, on: date, concession: bool) -> None:
    if asked(low, on, concession=concession).verdict == Verdict.MANDATORY:
        assert asked(low + more, on, concession=concession).verdict == Verdict.MANDATORY
