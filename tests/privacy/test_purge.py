"""The purge: what is due goes, what is held stays with its end, twice is once, a count changes nothing."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from clausette.access.enums import MemberRole
from clausette.journal.models import Event, Reading
from clausette.kernel.months import add_months
from clausette.kernel.sealing import keystore
from clausette.participants.enums import EvidenceMeans
from clausette.participants.models import (
    CheckNote,
    EligibilityCheck,
    EligibilityReason,
    Participant,
    Referral,
    ReferralSituation,
)
from clausette.participants.operations import propose_referral, refuse_referral, withdraw_referral
from clausette.participants.operations.referrals import Told
from clausette.privacy.enums import HoldReason
from clausette.privacy.models import PurgeBatch, RetentionHold
from clausette.privacy.operations import set_hold
from clausette.privacy.queries.retention import leaving
from tests.hats import TODAY, acting, as_owner, noon
from tests.isolation import world as dense
from tests.participants.referral_builders import candidate, desk, propose
from tests.placements.builders import decide, people, person
from tests.procurement.builders import organisation_uid
from tests.world import body, member

pytestmark = pytest.mark.django_db
SITUATIONS = (Told("RSA", EvidenceMeans.SEEN),)
ENDED = add_months(TODAY, 24) + timedelta(days=1)


def told(*arguments: str) -> dict[str, dict[str, Any]]:
    out = StringIO()
    with as_owner():
        call_command("purge", "--json", *arguments, stdout=out, skip_checks=True)
    return {one["category"]: one for one in map(json.loads, out.getvalue().splitlines())}


def two_candidates() -> tuple[UUID, UUID]:
    """One that a hold keeps, one that nothing keeps."""
    cast = people()
    held, free = person(cast.pilot, "Zoé", "Lhoest"), person(cast.pilot, "Ali", "Benali")
    decide(cast.pilot, free)
    with acting(cast.pilot) as actor:
        set_hold(actor=actor, participant_uid=held, reason=HoldReason.FSE, until=date(2031, 12, 31), on=TODAY)
    with as_owner():
        Participant.objects.update(created_at=noon(TODAY))
    return held, free


def test_a_count_changes_nothing_and_tells_what_is_held() -> None:
    two_candidates()
    found = told("--dry-run", "--as-of", ENDED.isoformat())
    assert found["candidate"]["due"] == found["reason"]["due"] == 1
    assert found["candidate"]["held"] == [{"until": "2031-12-31", "count": 1}]
    assert {one["gone"] for one in found.values()} == {0}
    assert found == told("--dry-run", "--as-of", ENDED.isoformat())


def test_what_is_due_goes_once_and_the_journal_knows_it() -> None:
    held, free = two_candidates()
    found = told("--future", "--as-of", ENDED.isoformat())
    assert (found["candidate"]["gone"], found["reason"]["gone"]) == (1, 1)
    with as_owner():
        assert Participant.objects.get(uid=free).last_name != "Benali"
        assert Participant.objects.get(uid=held).last_name == "Lhoest"
        assert set(EligibilityReason.objects.values_list("sealed", flat=True)) == {None}
        assert {(row.category, row.gone) for row in PurgeBatch.objects.all()} == {("candidate", 1), ("reason", 1)}
        assert Event.objects.filter(verb="privacy.batch.purged").count() == 2
        assert not Event.objects.filter(after__icontains="Benali").exists()
    again = told("--future", "--as-of", ENDED.isoformat())
    assert {(one["due"], one["gone"]) for one in again.values()} == {(0, 0)}


def test_the_journal_of_readings_is_a_year_long() -> None:
    with as_owner():
        for days in (365, 366, 367):
            line = Reading.objects.create(account_id=1, organisation_id=1, kind="identity", subject_uid=UUID(int=days))
            Reading.objects.filter(pk=line.pk).update(at=noon(TODAY - timedelta(days=days)))
    assert told("--dry-run", "--as-of", TODAY.isoformat())["access_journal"]["due"] == 2
    told("--as-of", TODAY.isoformat())
    with as_owner():
        assert Reading.objects.count() == 1


def test_a_day_to_come_is_asked_for_twice() -> None:
    with pytest.raises(CommandError, match="--future"):
        told("--as-of", ENDED.isoformat())


def test_a_referral_that_led_to_nobody_goes_with_its_key(django_capture_on_commit_callbacks: Any) -> None:
    cast = desk()
    refused, kept = (propose(cast, last_name=name, situations=SITUATIONS) for name in ("Un", "Deux"))
    with acting(cast.structure) as actor:
        refuse_referral(actor=actor, uid=refused, reason="Hors secteur.", on=TODAY - timedelta(days=1))
    with acting(cast.prescriber) as actor:
        whom, where = candidate(last_name="Trois"), organisation_uid(cast.structure)
        gone = propose_referral(actor=actor, structure_uid=where, candidate=whom, on=TODAY)
        withdraw_referral(actor=actor, uid=gone, consent_withdrawn=True, on=TODAY)
    half, before = add_months(TODAY, 6), TODAY - timedelta(days=9)
    with as_owner():
        Referral.objects.filter(uid=refused).update(asked_on=before, sent_on=before)
    with acting(cast.structure) as actor:
        assert {line.name for line in leaving(actor=actor, on=half)} == {"Un Samia", "Deux Samia", "Identité effacée"}
    with django_capture_on_commit_callbacks(execute=True):
        assert told("--future", "--as-of", half.isoformat())["referral"]["gone"] == 2
    with as_owner():
        assert set(Referral.objects.values_list("uid", "last_name")) == {
            (refused, "Personne"), (gone, "Personne"), (kept, "Deux"),
        }  # fmt: skip
        assert list(ReferralSituation.objects.values_list("referral__uid", flat=True)) == [kept]
    assert keystore().keys([refused, gone]) == {refused: None, gone: None}
    assert keystore().keys([kept])[kept] is not None
    assert told("--future", "--as-of", half.isoformat())["referral"]["gone"] == 0


def test_what_was_said_beside_a_decision_goes_with_its_reasons_and_a_withdrawn_check_is_not_kept() -> None:
    world = dense.build()
    person = world.rows["participant A1"]
    with as_owner():
        EligibilityCheck.objects.filter(participant_id=person.pk).update(
            state="withdrawn", decided_on=None, decided_by=None, hire_before=None, pass_ends_on=None,
            asked_on=TODAY - timedelta(days=400),
        )  # fmt: skip
        work = {"ended_on": date(2026, 3, 31), "end_reason": "resignation"}
        apps.get_model("placements.Placement").objects.filter(participant_id=person.pk).update(**work)
        apps.get_model("privacy.Erasure").objects.all().delete()
        Participant.objects.update(erased_on=None)
        apps.get_model("privacy.RetentionHold").objects.update(lifted_on=TODAY, lifted_by=world.members["A"].account_id)
        apps.get_model("outcomes.FundedOperation").objects.update(last_paid_on=date(2026, 1, 6))
        apps.get_model("outcomes.FundedEntry").objects.filter(participant_id=person.pk).update(
            withdrawn_at=noon(TODAY), withdrawn_reason="erreur"
        )
        notes, reasons = CheckNote.objects.filter(participant_id=person.pk), EligibilityReason.objects
        assert notes.exclude(sealed=None).exists()
    assert told("--as-of", TODAY.isoformat(), "--structure", world.members["A"].slug)["reason"]["gone"] >= 1
    with as_owner():
        assert not notes.exclude(sealed=None).exists()
        assert not reasons.filter(participant_id=person.pk).exclude(sealed=None).exists()


def test_a_record_reunited_with_another_leaves_with_it() -> None:
    held, free = two_candidates()
    with as_owner():
        kept, gone = Participant.objects.get(uid=free), Participant.objects.get(uid=held)
        RetentionHold.objects.all().delete()
        Participant.objects.filter(pk=gone.pk).update(merged_into=kept)
    assert told("--dry-run", "--as-of", ENDED.isoformat())["candidate"]["due"] == 1
    assert told("--future", "--as-of", ENDED.isoformat())["candidate"]["gone"] == 1
    with as_owner():
        assert set(Participant.objects.values_list("last_name", flat=True)) == {"Personne"}


def test_the_trouble_of_one_structure_never_stops_the_others() -> None:
    two_candidates()
    with as_owner():
        first = member(body("AAA sans administrateur", "facilitator"), "seul@aaa.example", role=MemberRole.MEMBER)
        Participant.objects.create(
            owner_org_id=first.organisation_id, first_name="Bea", last_name="Roy", birth_date=date(1990, 1, 1)
        )
        Participant.objects.update(created_at=noon(TODAY))
    found = told("--future", "--as-of", ENDED.isoformat())
    assert (found["candidate"]["due"], found["candidate"]["gone"]) == (2, 1)
    assert "administrateur" in found["not_done"]["structures"][first.slug]
