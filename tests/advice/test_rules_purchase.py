"""What a study still asks for before the test answers, and the reasons that may leave the condition out."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.advice.enums import BuyerKind, StudyState
from clausette.advice.queries import obligation_of
from clausette.advice.rules import (
    KnownPurchase,
    ObligationTest,
    check_changeable,
    check_waiver,
    missing_to_test,
    purchase_of,
)
from clausette.kernel.errors import Invalid, WrongState
from clausette.procurement.enums import ContractNature

WORKS = KnownPurchase(BuyerKind.LOCAL, ContractNature.WORKS, Decimal(9_000_000), date(2026, 11, 2))


def answer(known: KnownPurchase) -> ObligationTest:
    purchase = purchase_of(known)
    assert purchase is not None
    return obligation_of(purchase)


def test_what_is_missing_is_named_in_the_order_of_the_form() -> None:
    assert missing_to_test(KnownPurchase()) == (
        "qui achète", "la nature", "la valeur estimée HT", "le jour où la consultation est engagée",
    )  # fmt: skip
    assert missing_to_test(WORKS) == ()
    assert purchase_of(KnownPurchase(BuyerKind.STATE, ContractNature.WORKS, Decimal(1))) is None


def test_a_reason_is_one_of_the_closed_list_for_this_purchase() -> None:
    works = answer(WORKS)
    code = next(motive.code for motive in works.motives if not motive.refusal)
    check_waiver(works, code)
    check_waiver(works, "")
    check_waiver(None, "")
    with pytest.raises(Invalid, match="Choisissez un motif dans la liste"):
        check_waiver(works, "invented")
    small = answer(KnownPurchase(BuyerKind.LOCAL, ContractNature.WORKS, Decimal(10_000), date(2026, 11, 2)))
    with pytest.raises(Invalid, match="n'est pas obligatoire"):
        check_waiver(small, code)
    with pytest.raises(Invalid, match="n'est pas obligatoire"):
        check_waiver(None, code)


def test_the_reason_of_short_works_serves_for_works_only() -> None:
    services = answer(KnownPurchase(BuyerKind.LOCAL, ContractNature.SERVICES, Decimal(9_000_000), date(2026, 11, 2)))
    check_waiver(answer(WORKS), "short_works")
    with pytest.raises(Invalid, match="réservé aux marchés de travaux"):
        check_waiver(services, "short_works")


def test_an_awarded_purchase_is_changed_on_its_contract() -> None:
    check_changeable(StudyState.PUBLISHED)
    with pytest.raises(WrongState, match="la fiche du marché"):
        check_changeable(StudyState.AWARDED)
