"""What the texts say of a study: the article of the day, the last calculation of each lot, the motive chosen."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausette.advice.enums import Method, TextKind
from clausette.advice.models import Study
from clausette.advice.operations import StudiedLot, advise_device, create_study, keep_calibration
from clausette.advice.queries import bought_study, study_sheet, study_texts
from clausette.advice.rules import Ask, Completed
from clausette.advice.texts.context import TextFacts, context_of
from clausette.advice.texts.filling import fill
from clausette.advice.texts.plain import plain_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid
from clausette.procurement.enums import LegalDeviceKind
from tests.hats import TODAY, acting, as_owner
from tests.world import Two, two_structures

pytestmark = pytest.mark.django_db
PIVOT, BEFORE = date(2026, 8, 21), date(2026, 8, 20)
KNOWN: dict[str, Any] = {
    "buyer_kind": "local", "nature": "services", "amount_ht": Decimal(216_000), "engaged_on": PIVOT,
}  # fmt: skip
LOTS = (StudiedLot("1", "Nettoyage"), StudiedLot("2", "Vitrerie"))


@pytest.fixture
def two() -> Two:
    return two_structures()


def said(who: Actor, **known: Any) -> TextFacts:
    """Open a study, write what is known of it, return what the texts say."""
    with acting(who) as actor:
        uid = create_study(actor=actor, buyer_name="Ville de Nordre", title="Entretien", asked_on=TODAY)
    with as_owner():
        Study.objects.filter(uid=uid).update(**known)
    with acting(who) as actor:
        return study_texts(actor=actor, study=bought_study(actor=actor, uid=uid), on=TODAY)


@pytest.mark.parametrize(
    ("on", "amount", "article"),
    [
        (BEFORE, 216_000, "article L2112-2 du code de la commande publique"),
        (PIVOT, 216_000, "article L2112-2-1 du code de la commande publique"),
        (PIVOT, 215_999, "article L2112-2 du code de la commande publique"),
        (PIVOT, None, "articles L2112-2 ou L2112-2-1 du code de la commande publique, selon le seuil européen"),
        (date(2016, 5, 1), 216_000, "article 38 de l'ordonnance (Ordonnance 2015-899 et décret 2016-360)"),
    ],
)
def test_the_article_is_the_one_in_force_the_day_the_consultation_is_engaged(
    two: Two, on: date, amount: int | None, article: str
) -> None:
    facts = said(two.first, **{**KNOWN, "engaged_on": on, "amount_ht": amount and Decimal(amount)})
    assert facts.execution_article == article
    text = plain_of(fill(TextKind.RULES, context_of(facts)))
    assert f"({article})" in text
    assert f"droit en vigueur au {on.day}" in fill(TextKind.RULES, context_of(facts)).footer.replace("\u00a0", " ")


def test_without_a_date_no_article_is_written(two: Two) -> None:
    facts = said(two.first)
    assert (facts.execution_article, facts.device_article, facts.law_on) == ("", "", None)
    assert "article de la condition d'exécution" in fill(TextKind.RULES, context_of(facts)).missing


def test_the_rules_of_the_follow_up_come_from_the_dated_practice(two: Two) -> None:
    text = plain_of(fill(TextKind.ANNEX, context_of(said(two.first, **KNOWN))))
    assert "comptent pendant 24 mois à partir de sa première heure" in text
    assert "Bénéficiaire du RSA" in text
    assert "2 fois le SMIC horaire" in plain_of(fill(TextKind.CLAUSES, context_of(said(two.first, **KNOWN))))


def test_the_last_calculation_of_each_lot_is_written_and_one_lot_may_be_told_alone(two: Two) -> None:
    with acting(two.first) as actor:
        uid = create_study(actor=actor, buyer_name="Ville", title="Entretien", asked_on=TODAY, lots=LOTS)
        lots = study_sheet(actor=actor, uid=uid).lots
        for amount in (500_000, 1_000_000):
            ask = Ask(
                Method.LOT, amount=Decimal(amount), labour_share=Decimal("0.5"), insertion_rate=Decimal("0.05"),
                hourly_cost=Decimal(30),
            )  # fmt: skip
            keep_calibration(actor=actor, study_uid=uid, completed=Completed(ask), on=TODAY, lot_uid=lots[0].uid)
        study = bought_study(actor=actor, uid=uid)
        both = study_texts(actor=actor, study=study, on=TODAY)
        alone = study_texts(actor=actor, study=study, on=TODAY, lot=lots[1].uid)
        with pytest.raises(Absent):
            study_texts(actor=actor, study=study, on=TODAY, lot=uid)
    assert [(one.number, one.volume) for one in both.lots] == [("1", "833\u00a0h"), ("2", "")]
    assert [one.number for one in alone.lots] == ["2"]
    assert study.hours == Decimal(833)


def test_an_order_contract_says_its_rule_and_not_a_total(two: Two) -> None:
    with acting(two.first) as actor:
        uid = create_study(actor=actor, buyer_name="Ville", title="Voirie", asked_on=TODAY)
        ask = Ask(
            Method.PER_100K, labour_share=Decimal("0.5"), insertion_rate=Decimal("0.05"), hourly_cost=Decimal(35)
        )
        keep_calibration(actor=actor, study_uid=uid, completed=Completed(ask), on=TODAY)
        facts = study_texts(actor=actor, study=bought_study(actor=actor, uid=uid), on=TODAY)
    assert facts.lots[0].volume.replace("\u00a0", " ") == "71,4 h par 100 000 € HT commandés"


def test_the_motive_chosen_is_written_where_the_condition_is_due(two: Two) -> None:
    due = said(two.first, **KNOWN, waiver="no_link")
    assert "au 2° de l'article L2112-2-1 du code de la commande publique" in due.waiver
    assert said(two.first, **KNOWN, waiver="short_works").waiver == "", "reserved for works"
    assert said(two.first, **{**KNOWN, "engaged_on": BEFORE}, waiver="no_link").waiver == ""


def test_a_levier_is_kept_with_its_reasons(two: Two) -> None:
    with acting(two.first) as actor:
        uid = create_study(actor=actor, buyer_name="Ville", title="Voirie", asked_on=TODAY)
        with pytest.raises(Invalid):
            advise_device(actor=actor, study_uid=uid, device=LegalDeviceKind.BOTH, reasons="  ")
        advise_device(actor=actor, study_uid=uid, device=LegalDeviceKind.BOTH, reasons=" Pourquoi. ")
        study = bought_study(actor=actor, uid=uid)
    assert (study.device, study.device_reasons) == (LegalDeviceKind.BOTH, "Pourquoi.")
    with acting(two.second) as actor, pytest.raises(Absent):
        advise_device(actor=actor, study_uid=uid, device=LegalDeviceKind.BOTH, reasons="x")
