"""Counting rules really bear on hours: the engagement's own, else its structure's, else the dated parameter."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.commitments.enums import ValuedMatter, WorkStudyCounting
from clausette.commitments.operations import change_conditions, change_defaults, say_valued
from clausette.commitments.queries import rules_of
from clausette.commitments.rules import Valued
from clausette.hours.queries import findings_of, limits_of
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, commitment, contract, made, worker, world

pytestmark = pytest.mark.django_db


def _limits(small: World, line: Any) -> list[tuple[int, date | None]]:
    with as_owner():
        person = line.placement.participant_id
    with acting(small.pilot) as actor:
        found = limits_of(actor=actor, participant_ids=[person], on=TODAY)[person]
    return [(one.months, one.counted.until if one.counted else None) for one in found]


@pytest.fixture
def small() -> World:
    return world()


def _line(small: World, *, kind: str = "work", contract: str = "cdi", start: date = date(2026, 7, 1),
          hours: str = "100", name: str = "Un") -> Any:  # fmt: skip
    placed = worker(small.pilot, small.commitment, "Jo", name, host=small.firm, start=start, end=None)
    with as_owner():
        apps.get_model("placements.Placement").objects.filter(pk=placed.pk).update(work_contract=contract)
        held = apps.get_model("hours.Statement").objects.filter(contract_id=small.contract.pk, month=OCT).first()
    statement = held or made(
        "hours.Statement", contract_id=small.contract.pk, declarant_id=small.firm.organisation_id, month=OCT,
        source="grid",
    )  # fmt: skip
    worked = made(
        "hours.WorkedMonth", placement_id=placed.pk, employer_id=placed.employer_id, owner_org_id=placed.owner_org_id,
        month=OCT, hours=Decimal(hours),
    )  # fmt: skip
    made(
        "hours.HoursLine", statement_id=statement.pk, contract_id=small.contract.pk, commitment_id=small.commitment.pk,
        worked_month_id=worked.pk, placement_id=placed.pk, declarant_id=small.firm.organisation_id, month=OCT,
        hours=Decimal(hours), kind=kind, state="draft", worked_contract_id=small.contract.pk,
        reporting_org_id=small.pilot.organisation_id,
    )  # fmt: skip
    return statement


def _codes(small: World, statement: Any) -> list[str]:
    with acting(small.pilot) as actor:
        found = findings_of(actor=actor, statement_ids=[statement.pk], on=TODAY).get(statement.pk, ())
    return [one.code for one in found if one.code in ("E004", "E007", "E008", "W105")]


def test_a_cdi_beyond_the_months_of_the_structure_then_of_the_engagement(small: World) -> None:
    statement = _line(small, start=date(2026, 7, 1))
    assert _codes(small, statement) == []
    with acting(small.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, cdi_months=3)
    assert _codes(small, statement) == ["E007"]  # counted until 30 September
    with acting(small.pilot) as actor:
        change_conditions(actor=actor, uid=small.commitment.uid, cdi_months=4)
    assert _codes(small, statement) == []  # until 31 October


def test_a_cdd_has_no_months_of_a_cdi(small: World) -> None:
    with acting(small.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, cdi_months=1)
    assert _codes(small, _line(small, contract="cdd")) == []


def test_a_person_is_counted_the_months_of_the_engagement(small: World) -> None:
    statement = _line(small, contract="cdd")
    with as_owner():
        early = apps.get_model("hours.HoursLine").objects.get()
    made(
        "hours.Statement", contract_id=small.contract.pk, declarant_id=small.firm.organisation_id,
        month=date(2026, 7, 1), source="grid",
    )  # fmt: skip
    with as_owner():
        first = apps.get_model("hours.Statement").objects.get(month=date(2026, 7, 1))
    july = made(
        "hours.WorkedMonth", placement_id=early.placement_id, employer_id=small.firm.organisation_id,
        owner_org_id=small.pilot.organisation_id, month=date(2026, 7, 1), hours=Decimal(10),
    )  # fmt: skip
    made(
        "hours.HoursLine", statement_id=first.pk, contract_id=small.contract.pk, commitment_id=small.commitment.pk,
        worked_month_id=july.pk, placement_id=early.placement_id, declarant_id=small.firm.organisation_id,
        month=date(2026, 7, 1), hours=Decimal(10), state="validated", worked_contract_id=small.contract.pk,
        reporting_org_id=small.pilot.organisation_id,
    )  # fmt: skip
    assert _codes(small, statement) == []
    with acting(small.pilot) as actor:
        change_conditions(actor=actor, uid=small.commitment.uid, validity_months=3)
    assert _codes(small, statement) == ["E004"]
    assert _limits(small, early) == [(3, date(2026, 9, 30))]  # the page of the person says the same
    with acting(small.pilot) as actor:
        change_conditions(actor=actor, uid=small.commitment.uid, validity_months=4)
    assert _codes(small, statement) == []
    assert _limits(small, early) == [(4, date(2026, 10, 31))]


def test_a_person_of_two_engagements_has_the_limit_of_each(small: World) -> None:
    _line(small)
    with as_owner():
        line = apps.get_model("hours.HoursLine").objects.get()
    other = commitment(contract(small.pilot, small.buyer, "Collège Pasteur"), small.firm)
    made(
        "placements.Allocation", placement_id=line.placement_id, employer_id=small.firm.organisation_id,
        host_company_id=small.firm.organisation_id, contract_id=other.contract_id, commitment_id=other.pk,
        starts_on=date(2026, 9, 1), ends_on=None,
    )  # fmt: skip
    with as_owner():
        apps.get_model("hours.HoursLine").objects.update(state="declared")
    assert _limits(small, line) == [(24, date(2028, 9, 30))]
    with acting(small.pilot) as actor:
        change_conditions(actor=actor, uid=other.uid, validity_months=12)
    assert _limits(small, line) == [(24, date(2028, 9, 30)), (12, date(2027, 9, 30))]


@pytest.mark.parametrize(
    ("kind", "contract", "codes"),
    [("training", "apprenticeship", ["E008"]), ("work", "apprenticeship", []), ("training", "cdd", [])],
)
def test_alternance_counted_in_the_company_only(
    small: World, kind: str, contract: str, codes: list[str]
) -> None:
    statement = _line(small, kind=kind, contract=contract)
    assert _codes(small, statement) == []
    with acting(small.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, work_study=WorkStudyCounting.COMPANY)
    assert _codes(small, statement) == codes
    with acting(small.pilot) as actor:
        change_conditions(actor=actor, uid=small.commitment.uid, work_study=WorkStudyCounting.ALL)
    assert _codes(small, statement) == []


def test_training_beyond_its_share_of_the_hours_due(small: World) -> None:
    statement = _line(small, kind="training", contract="cdd", hours="83.30")
    with acting(small.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, training_cap=Decimal("0.1"))  # of 833 h: 83,30 h
    assert _codes(small, statement) == []
    _line(small, kind="training", contract="cdd", hours="0.5", name="Deux")
    assert _codes(small, statement) == ["W105"]


def _say(small: World, matter: ValuedMatter, starts_on: date, *, admitted: bool = True, **values: Any) -> None:
    with acting(small.pilot) as actor:
        rule = Valued(matter, starts_on, admitted, source="Avenant 2", **values)
        say_valued(actor=actor, uid=small.commitment.uid, rule=rule)


@pytest.mark.parametrize(("starts_on", "codes"), [(OCT, []), (date(2026, 11, 1), ["E007"])])
def test_a_dated_rule_takes_the_place_of_the_conditions_from_its_month_on(
    small: World, starts_on: date, codes: list[str]
) -> None:
    statement = _line(small, start=date(2026, 7, 1))
    with acting(small.pilot) as actor:
        change_conditions(actor=actor, uid=small.commitment.uid, cdi_months=3)
    assert _codes(small, statement) == ["E007"]  # counted until 30 September
    _say(small, ValuedMatter.CDI, starts_on, months=4)
    assert _codes(small, statement) == codes
    _say(small, ValuedMatter.CDI, date(2026, 7, 1))  # before it: as long as the engagement
    assert _codes(small, statement) == []


@pytest.mark.parametrize(("starts_on", "codes"), [(OCT, ["E008"]), (date(2026, 11, 1), [])])
def test_alternance_follows_the_rule_of_the_month(small: World, starts_on: date, codes: list[str]) -> None:
    statement = _line(small, kind="training", contract="apprenticeship")
    _say(small, ValuedMatter.WORK_STUDY, starts_on, admitted=False)
    assert _codes(small, statement) == codes


def test_the_cap_of_training_is_that_of_the_month(small: World) -> None:
    statement = _line(small, kind="training", contract="cdd", hours="83.31")
    with acting(small.pilot) as actor:
        change_conditions(actor=actor, uid=small.commitment.uid, training_cap=Decimal("0.5"))
    assert _codes(small, statement) == []
    _say(small, ValuedMatter.TRAINING_CAP, date(2026, 11, 1), share_most=Decimal("0.05"))
    assert _codes(small, statement) == []
    _say(small, ValuedMatter.TRAINING_CAP, OCT, share_most=Decimal("0.1"))
    assert _codes(small, statement) == ["W105"]
    _say(small, ValuedMatter.TRAINING_CAP, date(2026, 10, 2))  # the same month, said later: without a cap
    assert _codes(small, statement) == []


def test_rules_of_many_engagements_with_one_query(small: World) -> None:
    with acting(small.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, training_cap=Decimal("0.125"), cdi_months=6)
        rules_of(actor=actor, commitment_ids=[], on=TODAY)
        with CaptureQueriesContext(connection) as asked:
            found = rules_of(actor=actor, commitment_ids=[small.commitment.pk], on=TODAY)[small.commitment.pk]
    assert len(asked) == 1
    told = found.at(TODAY)
    assert (told.cdi_months, told.counting.training_cap, told.counting.validity_months) == (6, Decimal("0.125"), 24)
    with acting(small.stranger) as actor:
        assert rules_of(actor=actor, commitment_ids=[small.commitment.pk], on=TODAY) == {}


def _from(small: World, starts_on: date | None, **values: Any) -> None:
    with acting(small.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, starts_on=starts_on, reason="Note du comité", **values)


@pytest.mark.parametrize(("starts_on", "codes"), [(date(2026, 10, 31), []), (date(2026, 11, 1), ["E007"])])
def test_hours_of_a_month_follow_the_rules_that_the_structure_had_then(
    small: World, starts_on: date, codes: list[str]
) -> None:
    statement = _line(small, start=date(2026, 7, 1))
    _from(small, None, cdi_months=3)  # counted until 30 September
    _from(small, starts_on, cdi_months=6)
    assert _codes(small, statement) == codes


def test_a_person_is_counted_the_months_that_the_structure_said_then(small: World) -> None:
    statement = _line(small, contract="cdd")
    with as_owner():
        line = apps.get_model("hours.HoursLine").objects.get()
        apps.get_model("hours.HoursLine").objects.update(state="declared")
    _from(small, None, validity_months=12)
    _from(small, date(2026, 11, 1), validity_months=36)
    with acting(small.pilot) as actor:
        rule = rules_of(actor=actor, commitment_ids=[small.commitment.pk], on=TODAY)[small.commitment.pk]
    assert (rule.validity_at(OCT), rule.validity_at(date(2026, 11, 1)), rule.validities) == (12, 36, {12, 36})
    assert _limits(small, line) == [(36, date(2029, 9, 30))]  # those of today
    assert _codes(small, statement) == []


def test_alternance_and_training_follow_the_rules_that_the_structure_had_then(small: World) -> None:
    study = _line(small, kind="training", contract="apprenticeship", hours="83.31")
    _from(small, date(2026, 11, 1), work_study=WorkStudyCounting.COMPANY, training_cap=Decimal("0.1"))
    assert _codes(small, study) == []
    _from(small, OCT, work_study=WorkStudyCounting.COMPANY, training_cap=Decimal("0.1"))
    assert _codes(small, study) == ["E008", "W105"]


def test_firms_are_told_by_the_same_rules(small: World) -> None:
    statement = _line(small, start=date(2026, 7, 1))
    with acting(small.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, cdi_months=3)
    with acting(small.firm) as actor:
        found = findings_of(actor=actor, statement_ids=[statement.pk], on=TODAY)[statement.pk]
    assert "E007" in [one.code for one in found]


def test_an_extension_and_a_suspension_put_off_the_hours_of_the_person(small: World) -> None:
    statement = _line(small)
    with as_owner():
        line = apps.get_model("hours.HoursLine").objects.get(statement_id=statement.pk)
        line.state = "validated"
        line.save(update_fields=["state"])
        person = apps.get_model("placements.Placement").objects.get(pk=line.placement_id).participant_id
    before = _limits(small, line)
    moved = {
        "participant_id": person, "owner_org_id": small.pilot.organisation_id, "decided_on": TODAY,
        "decided_by_id": small.pilot.account_id,
    }  # fmt: skip
    made("participants.LimitMove", kind="extension", starts_on=date(2026, 11, 2), months=6, **moved)
    made(
        "participants.LimitMove", kind="suspension", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 10), **moved
    )
    away = moved | {"withdrawn_at": noon(TODAY)}
    made("participants.LimitMove", kind="extension", starts_on=date(2026, 11, 2), months=12, **away)
    assert before == [(24, date(2028, 9, 30))]
    assert _limits(small, line) == [(24, date(2029, 4, 10))]  # 31 March 2029, and ten days
