"""Erasing a person: found nowhere in the base, hours kept, ledger replayed after a restore."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from clausette.access.enums import MemberRole
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.kernel.sealing import KeyDestroyed, keystore
from clausette.participants.models import EligibilityReason, Participant
from clausette.participants.operations import create_participant
from clausette.participants.queries import list_participants
from clausette.placements.enums import PlacementEnd
from clausette.placements.operations import end_placement
from clausette.privacy.enums import ErasureReason, HoldReason
from clausette.privacy.models import Erasure
from clausette.privacy.operations import erase_person, set_hold
from clausette.privacy.replaying import replay_erasures
from clausette.privacy.sweeping import sweep_keys
from tests.hats import TODAY, acting, as_owner
from tests.isolation import world as dense
from tests.placements.builders import BORN, decide, people, person, put_to_work, site
from tests.world import member, two_structures

pytestmark = pytest.mark.django_db
MARK = re.compile(r"zq\d{4}z")
LATER = TODAY + timedelta(days=1)
Commit = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


def erase(who: Actor, uid: UUID, on: date = TODAY, **more: str) -> UUID:
    with acting(who) as actor:
        return erase_person(actor=actor, participant_uid=uid, reason=ErasureReason.REQUEST, on=on, **more)


def whole_base() -> dict[str, str]:
    """Every row of every table as its owner reads it, by table."""
    found = {}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            found[table] = "\n".join(row[0] for row in cursor.fetchall())
    return found


def rows_about(uid: UUID) -> dict[type[Model], set[int]]:
    """Every row that leads to a person by foreign keys: numbers by model."""
    reached: dict[type[Model], set[int]] = {Participant: {Participant.objects.get(uid=uid).pk}}
    waiting: list[type[Model]] = [Participant]
    while waiting:
        parent = waiting.pop()
        for model in apps.get_models():
            keys = [one.name for one in model._meta.concrete_fields if one.related_model is parent]
            for key in keys if model is not parent else []:
                rows = model._default_manager.filter(**{f"{key}__in": reached[parent]})
                found = set(rows.values_list("pk", flat=True))
                if found - reached.setdefault(model, set()):
                    reached[model] |= found
                    waiting.append(model)
    return reached


def marks_of(uid: UUID) -> set[str]:
    """The marks in the personal fields of all these rows."""
    found: set[str] = set()
    for model, numbers in rows_about(uid).items():
        personal = sorted(getattr(getattr(model, "Privacy", None), "personal", ()))
        for row in model._default_manager.filter(pk__in=numbers).values_list(*personal) if personal else ():
            found |= set(MARK.findall(str(row)))
    return found


def test_a_mark_in_each_field_of_a_person_is_found_nowhere_once_they_are_erased() -> None:
    world = dense.build()
    who = world.rows["participant A1"]
    with as_owner():
        for label, field in (("placements.Placement", "participant_id"), ("privacy.RetentionHold", "participant_id")):
            about = apps.get_model(label).objects.filter(**{field: who.pk})
            about.update(**({"ended_on": date(2026, 3, 31), "end_reason": "resignation"} if "Pl" in label else
                            {"lifted_on": TODAY, "lifted_by_id": world.members["A"].account_id}))  # fmt: skip
        lines = apps.get_model("hours.HoursLine").objects.filter(placement__participant_id=who.pk)
        lines.update(state="validated", reserved_until=None, reserve_reason="")
        apps.get_model("privacy.Erasure").objects.filter(participant_id=who.pk).delete()
        over = {"starts_on": date(2014, 1, 1), "ends_on": date(2015, 1, 1), "last_paid_on": date(2015, 6, 1)}
        apps.get_model("outcomes.FundedOperation").objects.update(**over)  # its retention ended with 2020
        marks = marks_of(who.uid)
        hours = sum(lines.values_list("hours", flat=True))
    assert len(marks) > 10
    erase(world.members["A"], who.uid)
    assert {(table, mark) for table, said in whole_base().items() for mark in marks if mark in said} == set()
    with as_owner():
        assert sum(lines.values_list("hours", flat=True)) == hours


def test_an_erased_person_leaves_lists_and_keeps_sex_and_year_of_birth(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    two = two_structures()
    uid = person(two.first)
    decide(two.first, uid)
    with django_capture_on_commit_callbacks(execute=True):
        erase(two.first, uid, typed_name="aline  MOREAU")
    with acting(two.first) as actor:
        assert list_participants(actor=actor, on=TODAY).total == 0
        row = Participant.objects.get(uid=uid)
        assert (row.last_name, row.birth_date, row.erased_on) == ("Personne", date(1990, 1, 1), TODAY)
        assert set(EligibilityReason.objects.values_list("sealed", flat=True)) == {None}
        assert Erasure.objects.get().reason == "request"
        create_participant(actor=actor, first_name="Aline", last_name="Moreau", birth_date=BORN, on=TODAY)
    assert uid in {one.person for one in keystore().erasures()}
    with pytest.raises(KeyDestroyed):
        keystore().make([uid])
    with pytest.raises(Absent):
        erase(two.first, uid)


def test_who_may_not_and_what_is_typed_wrong() -> None:
    two = two_structures()
    uid = person(two.first)
    with as_owner():
        place = Actor(0, "", two.first.organisation_id, "", two.first.slug, two.first.capabilities, False)
    colleague = member(place, "bob@lys.example", role=MemberRole.MEMBER)
    with pytest.raises(NotAllowed, match="administrateur"):
        erase(colleague, uid)
    with pytest.raises(Absent):
        erase(two.second, uid)
    with pytest.raises(Invalid, match="Aline Moreau"):
        erase(two.first, uid, typed_name="Aline")


def test_somebody_at_work_or_held_waits_and_nothing_is_touched() -> None:
    cast = people()
    uid = person(cast.pilot)
    placed = put_to_work(cast, uid, site(cast))
    with pytest.raises(WrongState, match="au travail"):
        erase(cast.pilot, uid)
    with acting(cast.pilot) as actor:
        end_placement(actor=actor, uid=placed, ended_on=TODAY, reason=PlacementEnd.RESIGNATION, on=TODAY)
        set_hold(actor=actor, participant_uid=uid, reason=HoldReason.FSE, until=date(2032, 12, 31), on=TODAY)
    with pytest.raises(WrongState, match="31\xa0décembre 2032 : Opération FSE"):
        erase(cast.pilot, uid, on=LATER)
    with acting(cast.pilot):
        assert Participant.objects.get(uid=uid).erased_on is None
    assert uid not in {one.person for one in keystore().erasures()}


def test_what_was_noted_of_a_workbook_goes_for_them_alone() -> None:
    two = two_structures()
    uid = person(two.first)
    person(two.first, "Bea")
    with as_owner():
        file = apps.get_model("files.StoredFile").objects.create(
            owner_org_id=two.first.organisation_id, name="suivi.xlsx", content_type="x", size=1, sha256="0" * 64,
            deposited_by_id=two.first.account_id,
        )  # fmt: skip
        batch = apps.get_model("imports.TakeoverBatch").objects.create(
            owner_org_id=two.first.organisation_id, file=file, sha256="0" * 64, brought_by_id=two.first.account_id,
            notes=[["Suivi", 3, ["x", "MOREAU Aline est en double"]]], answers={"moreau aline": str(uid)},
        )  # fmt: skip
        line = apps.get_model("imports.TakeoverLine")
        for position, first in enumerate(("Aline", "Bea"), 1):
            line.objects.create(
                batch=batch, owner_org_id=two.first.organisation_id, position=position, kind="participant", sheet="S",
                line=position, key=f"moreau {first.lower()}", values={"nom": "Moreau", "prénom": first}, fate="new",
            )  # fmt: skip
    erase(two.first, uid)
    with as_owner():
        batch.refresh_from_db()
        kept = list(line.objects.order_by("position").values_list("key", "values"))
    assert (batch.notes, batch.answers) == ([], {})
    assert kept == [("", {}), ("moreau bea", {"nom": "Moreau", "prénom": "Bea"})]


def test_a_restored_base_is_erased_again_by_its_ledger() -> None:
    two = two_structures()
    uid = person(two.first)
    decide(two.first, uid, eligible=False, categories=(), reason="Aline a déménagé")
    with as_owner():
        before = Participant.objects.filter(uid=uid).values("first_name", "last_name", "birth_date", "sort_key").get()
    erase(two.first, uid)
    with as_owner():  # the base of before comes back
        Erasure.objects.all().delete()
        Participant.objects.filter(uid=uid).update(erased_on=None, **before)
        done = replay_erasures()
        assert done.erased_again == 1
        row = Participant.objects.get(uid=uid)
        assert (row.last_name, row.erased_on, Erasure.objects.get().participant_id) == ("Personne", TODAY, row.pk)
        assert replay_erasures().erased_again == 0
    assert "Aline" not in "\n".join(whole_base().values())


def test_the_command_says_and_does_line_by_line() -> None:
    two = two_structures()
    uid = person(two.first)

    def told(*words: str) -> list[dict[str, object]]:
        out = StringIO()
        call_command("rights-erase", *words, "--json", stdout=out)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    with as_owner():
        dry, bad, unknown = told(str(uid), "Aline", str(UUID(int=7)), "--dry-run")
        assert (dry["ok"], dry["dry_run"], bad["ok"], unknown["ok"]) == (True, True, False, False)
        assert Participant.objects.get(uid=uid).erased_on is None
        (done,) = told(str(uid), "--reason", "consent")
        assert (done["ok"], done["id"]) == (True, str(uid))
        assert Erasure.objects.get().reason == "consent"


def test_keys_without_a_person_go_and_those_of_another_base_stay() -> None:
    two = two_structures()
    uid, ghost = person(two.first), UUID(int=12345)
    decide(two.first, uid)
    keystore().make([ghost])
    with as_owner():
        assert sweep_keys(days=0) >= 1
        assert ghost not in keystore().held()
        assert uid in keystore().held()
        assert sweep_keys(days=1) == 0
