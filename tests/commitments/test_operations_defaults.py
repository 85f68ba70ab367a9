"""Default rules of a structure, from a day on: followed, replaced the same day, withdrawn, never changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from clausette.commitments.enums import EttAdmission
from clausette.commitments.models import StructureDefaults
from clausette.commitments.operations import change_defaults, withdraw_defaults
from clausette.commitments.queries import default_conditions, default_lines, followers
from clausette.journal.models import Event
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from tests.commitments.builders import commitment
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(1)


@pytest.fixture
def people() -> Cast:
    return cast()


def _due(people: Cast, on: date) -> int | None:
    with acting(people.pilot) as actor:
        found = default_conditions(actor=actor, owner_org_id=actor.organisation_id, on=on)
    return found.due_day if found else None


def test_each_day_has_the_rules_of_its_time(people: Cast) -> None:
    assert _due(people, TODAY) is None
    with acting(people.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, due_day=5, ett=EttAdmission.NO)
        change_defaults(actor=actor, on=TODAY, starts_on=TOMORROW, due_day=20)
        change_defaults(actor=actor, on=TODAY, starts_on=date(2026, 3, 1), due_day=12, reason="Convention")
    days = (date(2020, 1, 1), date(2026, 2, 28), date(2026, 3, 1), TODAY, TOMORROW)
    assert [_due(people, day) for day in days] == [5, 5, 12, 12, 20]
    with acting(people.pilot) as actor:
        lines = default_lines(actor=actor)
    assert [(line.starts_on, line.said.ett) for line in lines] == [
        (TOMORROW, EttAdmission.NO), (date(2026, 3, 1), EttAdmission.NO), (None, EttAdmission.NO),
    ]  # fmt: skip
    market = contract(people)
    with as_owner():
        row = apps.get_model("commitments.Commitment").objects.get(uid=commitment(people, market))
    assert row.due_day == 12  # created today


def test_rules_said_again_the_same_day_take_the_place_of_the_first(people: Cast) -> None:
    with acting(people.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, starts_on=TODAY, due_day=5)
        change_defaults(actor=actor, on=TODAY, starts_on=TODAY, due_day=6)
        lines = default_lines(actor=actor)
        with pytest.raises(Invalid, match="rien n'est changé"):
            change_defaults(actor=actor, on=TODAY, starts_on=TODAY, due_day=6)
    assert [(line.said.due_day, line.withdrawn_on) for line in lines] == [(6, None), (5, TODAY)]
    with as_owner():
        told = Event.objects.filter(verb="commitments.defaults.changed", after__has_key="withdrawn_reason")
        assert {event.after["due_day"] for event in told if "due_day" in event.after} == {5, 6}
    assert _due(people, TODAY) == 6


def test_the_past_is_changed_with_a_reason_only(people: Cast) -> None:
    with acting(people.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, due_day=5)
        for past in (None, TODAY - timedelta(1)):
            with pytest.raises(Invalid, match="dites pourquoi"):
                change_defaults(actor=actor, on=TODAY, starts_on=past, due_day=6)
        change_defaults(actor=actor, on=TODAY, due_day=6, reason="Convention signée")
    assert _due(people, date(2001, 1, 1)) == 6


def test_rules_typed_wrong_are_withdrawn_those_before_hold_again(people: Cast) -> None:
    with acting(people.pilot) as actor:
        first = change_defaults(actor=actor, on=TODAY, due_day=5)
        second = change_defaults(actor=actor, on=TODAY, starts_on=TODAY, due_day=6)
        with pytest.raises(Invalid, match="motif"):
            withdraw_defaults(actor=actor, uid=second, on=TODAY, reason=" ")
        withdraw_defaults(actor=actor, uid=second, on=TODAY, reason="Erreur")
        with pytest.raises(WrongState, match="déjà retirées"):
            withdraw_defaults(actor=actor, uid=second, on=TODAY, reason="Erreur")
        with pytest.raises(WrongState, match="depuis le début"):
            withdraw_defaults(actor=actor, uid=first, on=TODAY, reason="Erreur")
    assert _due(people, TODAY) == 5
    with acting(people.stranger) as actor, pytest.raises(Absent):
        withdraw_defaults(actor=actor, uid=first, on=TODAY, reason="Erreur")
    with acting(people.buyer) as actor, pytest.raises(NotAllowed):
        withdraw_defaults(actor=actor, uid=first, on=TODAY, reason="Erreur")


def test_the_database_keeps_them_as_they_were_and_once_a_day(people: Cast) -> None:
    with acting(people.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, due_day=5)
    with as_owner():
        row = StructureDefaults.objects.get()
        with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
            StructureDefaults.objects.update(due_day=9)
        with pytest.raises(IntegrityError, match="commitments_defaults_once"), transaction.atomic():
            StructureDefaults.objects.create(owner_org_id=row.owner_org_id, due_day=9)


def test_a_change_says_how_many_engagements_it_bears_on(people: Cast) -> None:
    commitment(people, contract(people))
    says = {
        "cdi_months": 12, "work_study": "all", "training_cap": Decimal(0), "validity_months": 24,
    }  # fmt: skip
    other = commitment(people, contract(people))
    with as_owner():
        apps.get_model("commitments.Commitment").objects.filter(uid=other).update(**says)
    with acting(people.pilot) as actor:
        found = followers(actor=actor)
    assert (found.running, found.own) == (2, 1)
    with acting(people.stranger) as actor:
        assert followers(actor=actor).running == 0
