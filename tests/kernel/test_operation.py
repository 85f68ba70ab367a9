"""Operations: one transaction, one event with before and after, no silence, no stray write."""

from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clausette.access.enums import BodyKind
from clausette.access.models import Organisation
from clausette.access.operations import change_organisation, new_organisation, register_organisation
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, NotAllowed, Refusal
from clausette.kernel.operation import (
    Silent,
    StrayWrite,
    because,
    change,
    created,
    isolated,
    lock,
    operation,
    together,
    verbs,
    writing,
)  # fmt: skip
from tests.hats import acting, as_owner
from tests.world import body, member, two_structures

pytestmark = pytest.mark.django_db


@operation("tests.thing.ignored")
def do_nothing(*, actor: Actor) -> None:
    """Touches no row."""


@operation("tests.thing.renamed")
def rename(*, actor: Actor, uid: UUID, name: str, fail: bool = False) -> UUID:
    """Rename a body; may fail after the write."""
    row = change(lock(Organisation.objects.all(), uid=uid), name=name)
    because("faute de frappe")
    if fail:
        raise Refusal("non")
    return row.uid


@operation("tests.thing.nested")
def rename_twice(*, actor: Actor, uid: UUID) -> UUID:
    """An operation that calls another, which fails."""
    row = lock(Organisation.objects.all(), uid=uid)
    with pytest.raises(Refusal):
        rename(actor=actor, uid=uid, name="perdu", fail=True)
    return change(row, commune_name="Lens").uid


def events() -> list[Event]:
    with as_owner():
        return list(Event.objects.exclude(verb__contains="installed").order_by("written_at", "id"))


def own_uid(actor: Actor) -> UUID:
    return Organisation.objects.get(pk=actor.organisation_id).uid


def test_a_write_outside_an_operation_is_refused() -> None:
    with pytest.raises(StrayWrite):
        Organisation.objects.update(name="x")
    with pytest.raises(StrayWrite):
        created(Organisation(name="x", slug="x", sort_key="x"))


def test_an_operation_that_touches_nothing_is_refused() -> None:
    with acting(two_structures().first) as actor, pytest.raises(Silent):
        do_nothing(actor=actor)


def test_the_event_holds_only_what_changed_with_before_after_and_reason() -> None:
    with acting(two_structures().first) as actor:
        uid = own_uid(actor)
        assert rename(actor=actor, uid=uid, name="PLIE de la Lys") == uid
    [event] = events()
    assert (event.verb, event.before, event.after, event.reason) == (
        "tests.thing.renamed", {"name": "PLIE du Lys"}, {"name": "PLIE de la Lys"}, "faute de frappe",
    )  # fmt: skip
    assert (event.account_id, event.organisation_id, event.account_name) == (
        actor.account_id, actor.organisation_id, actor.account_name,
    )  # fmt: skip
    assert (event.subject_type, event.subject_uid, event.subject_label) == (
        "access.organisation", uid, "PLIE de la Lys",
    )  # fmt: skip


def test_a_refusal_undoes_the_write_and_leaves_no_event() -> None:
    with acting(two_structures().first) as actor:
        uid = own_uid(actor)
        with pytest.raises(Refusal), isolated():
            rename(actor=actor, uid=uid, name="perdu", fail=True)
        assert Organisation.objects.get(uid=uid).name == "PLIE du Lys"
    assert events() == []


def test_a_nested_operation_that_fails_is_undone_alone() -> None:
    with acting(two_structures().first) as actor:
        uid = rename_twice(actor=actor, uid=own_uid(actor))
        row = Organisation.objects.get(uid=uid)
        assert (row.name, row.commune_name) == ("PLIE du Lys", "Lens")
    assert [event.verb for event in events()] == ["tests.thing.nested"]


def test_a_broken_constraint_comes_out_with_its_french_sentence() -> None:
    siret = "73282932000074"
    with acting(two_structures().first) as actor:
        uid = register_organisation(actor=actor, name="Ville de Lens", siret=siret, capabilities=["buyer"])
        assert register_organisation(actor=actor, name="Mairie de Lens", siret=siret) == uid
        row = new_organisation(name="Double", siret=siret, registered_by=actor.organisation_id)
        with pytest.raises(Refusal, match="Un organisme porte déjà ce SIRET"):
            _write_again(actor=actor, organisation=row)
        assert register_organisation(actor=actor, name="Autre", capabilities=["contractor"]) != uid


def test_operations_done_together_are_checked_once_at_the_end_and_undone_together() -> None:
    with acting(two_structures().first) as actor:
        uid = own_uid(actor)
        with CaptureQueriesContext(connection) as seen, together():
            rename(actor=actor, uid=uid, name="un")
            rename(actor=actor, uid=uid, name="deux")
        checks = [one["sql"] for one in seen.captured_queries if one["sql"].startswith("SET CONSTRAINTS")]
        assert (len(checks), len(events())) == (1, 2)
        with pytest.raises(Refusal):
            _renamed_then_refused(actor, uid)
        assert Organisation.objects.get(uid=uid).name == "deux"
        assert len(events()) == 2


def _renamed_then_refused(actor: Actor, uid: UUID) -> None:
    with together():
        rename(actor=actor, uid=uid, name="trois")
        rename(actor=actor, uid=uid, name="quatre", fail=True)


@operation("tests.thing.doubled")
def _write_again(*, actor: Actor, organisation: Organisation) -> None:
    created(organisation)


def test_a_body_known_by_its_siret_gets_the_capability_it_lacked() -> None:
    cast = two_structures()
    siret = "73282932000074"
    with acting(cast.first) as actor:
        uid = register_organisation(actor=actor, name="Bâti Ouche", siret=siret, capabilities=["buyer"])
    with acting(cast.second) as actor:
        wanted = ["contractor", "facilitator"]
        assert register_organisation(actor=actor, name="Bâti", siret=siret, capabilities=wanted) == uid
        assert Organisation.objects.get(uid=uid).capabilities == ["buyer", "contractor"]
    assert [event.verb for event in events()] == [
        "access.organisation.registered", "access.organisation.recognised",
    ]  # fmt: skip


def test_a_row_that_one_may_read_but_not_change_is_refused_with_a_reason() -> None:
    cast = two_structures()
    with acting(cast.first) as actor:
        other = Organisation.objects.get(pk=cast.second.organisation_id)
        with pytest.raises(NotAllowed, match="pas le modifier"), isolated():
            rename(actor=actor, uid=other.uid, name="pris")
        with pytest.raises(NotAllowed, match="une autre structure"), isolated():
            change_organisation(actor=actor, uid=other.uid, name="pris", body_kind=BodyKind.OTHER)
        with pytest.raises(Absent), isolated():
            change_organisation(actor=actor, uid=UUID(int=1), name="x", body_kind=BodyKind.OTHER)


def test_nobody_signs_an_event_for_another() -> None:
    cast = two_structures()
    with acting(cast.first) as actor:
        thief = Actor(
            cast.second.account_id, "Bob", actor.organisation_id, "", "", frozenset(), is_admin=True
        )
        with pytest.raises(Exception, match="row-level security"), isolated():
            rename(actor=thief, uid=own_uid(actor), name="signé d'un autre")


def test_the_web_role_can_neither_change_nor_remove_an_event() -> None:
    with acting(two_structures().first) as actor:
        rename(actor=actor, uid=own_uid(actor), name="a")
        for attempt in (lambda: Event.objects.update(reason="x"), lambda: Event.objects.all().delete()):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic(), writing("test"):
                attempt()


def test_events_of_others_are_not_seen() -> None:
    cast = two_structures()
    with acting(cast.first) as actor:
        rename(actor=actor, uid=own_uid(actor), name="a")
        assert Event.objects.filter(verb="tests.thing.renamed").count() == 1
    with acting(cast.second):
        assert Event.objects.filter(verb="tests.thing.renamed").count() == 0


def test_personal_fields_are_masked_in_the_event() -> None:
    from clausette.access.operations import invite
    from clausette.kernel import clock

    with acting(member(body("Bâti", "contractor"), "chef@bati.example")) as actor:
        invite(actor=actor, email="secret@bati.example", full_name="Zoé Secret", at=clock.now())
    text = str([(event.before, event.after, event.subject_label) for event in events()])
    assert "secret" not in text.lower()
    assert "•" in text


def test_verbs_are_listed_once() -> None:
    assert "tests.thing.renamed" in verbs()
    with pytest.raises(ImproperlyConfigured):
        operation("tests.thing.renamed")(lambda *, actor: None)
    with pytest.raises(ImproperlyConfigured):
        operation("too_short")(lambda *, actor: None)


def test_an_integrity_error_outside_an_operation_keeps_its_name() -> None:
    from clausette.kernel.integrity import sentence_of, violated_constraint

    with as_owner(), pytest.raises(IntegrityError) as caught, transaction.atomic():
        Organisation.objects.create(name="x", slug="x", sort_key="x", siret="12")
    assert violated_constraint(caught.value) == "organisation_siret_digits"
    assert sentence_of(caught.value) == "Un SIRET compte 14 chiffres."
