"""Somebody named by a firm and matched by nobody: told to whom asks, forgotten with them, gone after half a year."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from clausette.hours.models import UnlistedPerson
from clausette.journal.models import Event
from clausette.kernel.months import add_months
from clausette.placements.enums import PlacementEnd
from clausette.placements.operations import end_placement
from clausette.privacy.enums import ErasureReason
from clausette.privacy.operations import erase_person
from clausette.privacy.queries.export import everything_held
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, made, worker, world
from tests.privacy.test_purge_files import told

pytestmark = pytest.mark.django_db
BORN = date(1990, 5, 4)


def named(w: Any, last: str, first: str, born: date | None, **more: Any) -> Any:
    return made(
        "hours.UnlistedPerson", statement_id=w.statement, contract_id=w.contract.pk, month=OCT,
        declarant_id=w.firm.organisation_id, hours=Decimal(35), last_name=last, first_name=first, birth_date=born,
        sort_key=f"{last} {first}".lower(), **more,
    )  # fmt: skip


@pytest.fixture
def w() -> Any:
    small: Any = world()
    small.statement = made(
        "hours.Statement", contract_id=small.contract.pk, declarant_id=small.firm.organisation_id, month=OCT,
        source="portal",
    ).pk  # fmt: skip
    return small


def left() -> list[tuple[str, date | None]]:
    with as_owner():
        return list(UnlistedPerson.objects.order_by("id").values_list("last_name", "birth_date"))


def test_told_to_the_person_and_forgotten_with_them(w: Any) -> None:
    place = worker(w.pilot, w.commitment, "Awa", "Traore", host=w.firm, start=date(2026, 7, 1))
    named(w, "Traore", "Awa", BORN)
    named(w, "Awa", "Traore", None)
    named(w, "Traore", "Awa", date(1971, 1, 1))
    named(w, "Traoreau", "Awa", None)
    with as_owner():
        person = apps.get_model("participants.Participant").objects.get(pk=place.participant_id).uid
    with acting(w.pilot) as pilot:
        sections = everything_held(actor=pilot, uid=person, on=TODAY).sections
        rows = next(one for one in sections if one.title.startswith("Heures déclarées à ce nom")).rows
        assert sorted(row[2] for row in rows) == ["Awa", "Traore"]
        end_placement(actor=pilot, uid=place.uid, ended_on=TODAY, reason=PlacementEnd.OTHER, on=TODAY)
    with acting(w.pilot) as admin:
        erase_person(actor=admin, participant_uid=person, reason=ErasureReason.REQUEST, on=TODAY + timedelta(days=1))
    assert left() == [("Traore", date(1971, 1, 1)), ("Traoreau", None)]


def test_gone_half_a_year_after_it_was_named_refused_or_not(w: Any) -> None:
    named(w, "Traore", "Awa", None)
    refused = named(
        w, "Diop", "Ousmane", None, state="refused", reason="Jamais venu", settled_at=noon(TODAY),
        settled_by_id=w.pilot.account_id,
    )  # fmt: skip
    with as_owner():
        UnlistedPerson.objects.update(created_at=noon(TODAY))
        Event.objects.filter(subject_uid=refused.uid).update(reason="x")
    last = add_months(TODAY, 6)
    assert (told(last)["unlisted"]["due"], told(last)["unlisted"]["announced"]) == (0, 2)
    assert told(last - timedelta(days=31))["unlisted"]["announced"] == 0
    after = last + timedelta(days=1)
    assert (told(after, "--dry-run")["unlisted"]["due"], len(left())) == (2, 2)
    assert (told(after)["unlisted"]["gone"], left()) == (2, [])
    with as_owner():
        batch = apps.get_model("privacy.PurgeBatch").objects.get()
    assert (batch.category, batch.gone, batch.owner_org_id) == ("unlisted", 2, w.pilot.organisation_id)
