"""Counting rules changed under hours already validated: told, kept with a reason, or brought to zero; never silent."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from django.apps import apps

from clausette.commitments.operations import EngagementOptions, Options, change_defaults
from clausette.commitments.queries import conditions_of
from clausette.hours.errors import OutsideRules
from clausette.hours.operations import (
    Decided,
    change_default_rules,
    change_rules,
    correct_outside,
    withdraw_default_rules,
)
from clausette.hours.queries import outside_rules, outside_shown, progress_of
from clausette.journal.models import Event
from clausette.kernel.errors import Invalid, WrongState
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import World, commitment, contract, made, world
from tests.hours.test_queries_counting import _line as line_of

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
KEEP = Decided(keep=True, reason="Accord du maître d'ouvrage du 2 novembre")


@pytest.fixture
def small() -> World:
    """October: 100 h of a CDI signed on 1 July, validated."""
    found = world()
    line_of(found)
    with as_owner():
        apps.get_model("hours.HoursLine").objects.update(state="validated")
        apps.get_model("hours.Statement").objects.update(
            state="validated", submitted_at=AT, submitted_by_id=found.pilot.account_id, validated_at=AT,
            validated_by_id=found.pilot.account_id,
        )  # fmt: skip
    return found


def _change(small: World, decided: Decided | None, **options: Any) -> list[Any]:
    with acting(small.pilot) as actor:
        return change_rules(
            actor=actor, uid=small.commitment.uid, on=TODAY, decided=decided,
            options=cast("EngagementOptions", options),
        )


def _months(small: World) -> int | None:
    with acting(small.pilot) as actor:
        return conditions_of(actor=actor, uid=small.commitment.uid, on=TODAY).own.counting.cdi_months


def _validated(small: World) -> Decimal:
    with acting(small.pilot) as actor:
        return progress_of(actor=actor, as_of=TODAY)[small.commitment.pk].validated


def test_nothing_changes_before_a_decision(small: World) -> None:
    with pytest.raises(OutsideRules) as refused:
        _change(small, None, cdi_months=3)
    assert "100\u00a0h déjà validées ne sont pas dans ces règles" in refused.value.message
    (one,) = refused.value.found
    assert (one.code, one.hours) == ("E007", Decimal(100))
    with pytest.raises(Invalid):
        _change(small, Decided(keep=True, reason="ok"), cdi_months=3)
    assert _months(small) is None


def test_kept_with_a_reason_that_the_history_tells(small: World) -> None:
    assert len(_change(small, KEEP, cdi_months=3)) == 1
    assert (_months(small), _validated(small)) == (3, Decimal(100))
    with as_owner():
        told = Event.objects.get(verb="hours.outside.decided")
    assert told.contract_id == small.contract.pk
    assert "100\u00a0h validées hors des nouvelles règles restent comptées : Accord du maître" in told.reason
    assert _change(small, None, cdi_months=3, due_day=12) == []  # decided once, not asked again


def test_brought_to_zero_by_lines_that_cite_them(small: World) -> None:
    _change(small, Decided(keep=False, reason="La règle du marché valait depuis le début"), cdi_months=3)
    with acting(small.pilot) as actor:
        (shown,) = outside_shown(actor=actor, found=outside_rules(actor=actor, on=TODAY))
        assert (shown.person, shown.month, shown.may_be_corrected) == ("Un Jo", date(2026, 10, 1), True)
        reason = "Avenant 2 : CDI comptés trois mois"
        assert correct_outside(actor=actor, commitment_uid=small.commitment.uid, reason=reason, at=AT, on=TODAY) == 1
        assert outside_rules(actor=actor, on=TODAY) == []
        with pytest.raises(WrongState):
            correct_outside(actor=actor, commitment_uid=small.commitment.uid, reason=reason, at=AT, on=TODAY)
    assert _validated(small) == 0
    with as_owner():
        new = apps.get_model("hours.HoursLine").objects.get(corrects__isnull=False)
    assert (new.hours, new.reason) == (Decimal(-100), reason)


def test_rules_that_count_more_ask_nothing(small: World) -> None:
    assert _change(small, None, cdi_months=12, validity_months=36) == []


def test_a_rule_of_the_structure_tells_only_engagements_that_follow_it(small: World) -> None:
    other = commitment(contract(small.pilot, small.buyer, "Collège Pasteur"), small.firm)
    made(
        "placements.Allocation", placement_id=_placement(), employer_id=small.firm.organisation_id,
        host_company_id=small.firm.organisation_id, contract_id=other.contract_id, commitment_id=other.pk,
        starts_on=date(2026, 7, 1), ends_on=None,
    )  # fmt: skip
    with acting(small.pilot) as actor:
        with pytest.raises(OutsideRules):
            change_default_rules(actor=actor, on=TODAY, decided=None, options=Options(cdi_months=2))
        found = change_default_rules(actor=actor, on=TODAY, decided=KEEP, options=Options(cdi_months=2))
        assert [(one.commitment, one.hours) for one in found] == [(small.commitment.pk, Decimal(100))]
    _change(small, None, cdi_months=24)
    with acting(small.pilot) as actor:
        found = change_default_rules(actor=actor, on=TODAY, decided=None, options=Options(cdi_months=1), reason="Note")
        assert found == []


def test_new_rules_of_the_structure_ask_nothing_of_the_hours_of_months_before(small: World) -> None:
    with acting(small.pilot) as actor:
        first = change_default_rules(
            actor=actor, on=TODAY, decided=None, options=Options(cdi_months=2), starts_on=date(2026, 11, 1)
        )
        assert (first, outside_rules(actor=actor, on=TODAY)) == ([], [])
        with pytest.raises(OutsideRules):
            change_default_rules(
                actor=actor, on=TODAY, decided=None, options=Options(cdi_months=2), starts_on=date(2026, 10, 1),
                reason="Note du comité",
            )  # fmt: skip


def test_default_rules_on_which_validated_hours_rest_are_not_withdrawn(small: World) -> None:
    with acting(small.pilot) as actor:
        change_default_rules(actor=actor, on=TODAY, decided=KEEP, options=Options(cdi_months=2))
        uid = change_defaults(actor=actor, on=TODAY, starts_on=date(2026, 10, 1), reason="Note", cdi_months=12)
        assert outside_rules(actor=actor, on=TODAY) == []
        with pytest.raises(Invalid, match="déjà validées ne seraient plus admises") as refusal:
            withdraw_default_rules(actor=actor, uid=uid, on=TODAY, reason="Erreur")
        assert set(refusal.value.errors) == {"reason"}


def _placement() -> int:
    with as_owner():
        return int(apps.get_model("hours.HoursLine").objects.get().placement_id)
