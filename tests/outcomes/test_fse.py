"""FSE+ operations and entries: second entry, versions of a signed questionnaire, sealed answers, exits due."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from clausette.hours.operations import merge_participants
from clausette.kernel.errors import Absent, Invalid
from clausette.outcomes import operations
from clausette.outcomes.enums import Employment, LeavingReason, Sensitive, Situation, Support, YesNo
from clausette.outcomes.queries import (
    EntryLine,
    entries_of_operation,
    entry_line,
    fse_exits_due,
    funded_operation,
    questionnaires_visible_to,
)
from clausette.outcomes.rules import EntrySaid, ExitSaid, SensitiveSaid
from tests.hats import TODAY, acting, as_owner, noon
from tests.placements.builders import People, people, person

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 2)
JUNE = date(2026, 6, 30)
SAID = EntrySaid(address="7 impasse zébrée", employment=Employment.UNEMPLOYED, months=9)
PRIVATE = SensitiveSaid(disability=Sensitive.YES)


@pytest.fixture
def cast() -> People:
    return people()


def funded(cast: People, code: str = "202600123", **details: Any) -> UUID:
    with acting(cast.pilot) as actor:
        values = operations.OperationValues("Parcours 2026", code, date(2026, 1, 1), **details)
        return operations.create_operation(actor=actor, values=values)


def entered(cast: People, uid: UUID, operation: UUID, on: date = MARCH, support: Support = Support.LASTING) -> UUID:
    with acting(cast.pilot) as actor:
        return operations.enter(
            actor=actor, participant_uid=uid, operation_uid=operation, entered_on=on, support=support, on=TODAY
        )


def signed(cast: People, entry: UUID, said: EntrySaid = SAID, reason: str = "") -> int:
    with acting(cast.pilot) as actor:
        return operations.fill_entry(
            actor=actor, entry_uid=entry, said=said, sensitive=PRIVATE,
            signature=operations.Signature(MARCH, MARCH), reason=reason, on=TODAY,
        )  # fmt: skip


def line(cast: People, entry: UUID) -> EntryLine:
    with acting(cast.pilot) as actor:
        return entry_line(actor=actor, uid=entry, on=TODAY)


def left(cast: People, entry: UUID, on: date = JUNE, said: ExitSaid | None = None) -> None:
    with acting(cast.pilot) as actor:
        operations.leave(actor=actor, entry_uid=entry, left_on=on, said=said, on=TODAY)


def test_answers_open_after_two_records_of_one_person_are_reunited(cast: People) -> None:
    gone, kept = person(cast.pilot), person(cast.pilot, "Alinne", "Moreau", birth_date=date(1994, 5, 1))
    entry = entered(cast, gone, funded(cast))
    signed(cast, entry)
    left(cast, entry, said=ExitSaid(situation=Situation.LASTING_JOB))
    before = line(cast, entry)
    with acting(cast.pilot) as actor:
        merge_participants(actor=actor, kept_uid=kept, gone_uid=gone, at=noon(TODAY), on=TODAY)
    after = line(cast, entry)
    assert (after.participant_uid, after.said, after.sensitive, after.at_exit) == (
        kept, before.said, before.sensitive, before.at_exit,
    )  # fmt: skip


def test_coming_back_makes_a_second_entry_and_keeps_the_first(cast: People) -> None:
    uid, operation = person(cast.pilot), funded(cast)
    first = entered(cast, uid, operation)
    signed(cast, first)
    with pytest.raises(Invalid, match="notez d'abord sa sortie"):
        entered(cast, uid, operation, JUNE)
    left(cast, first)
    with pytest.raises(Invalid, match="après la sortie"):
        entered(cast, uid, operation, JUNE)
    second = entered(cast, uid, operation, JUNE + timedelta(days=1))
    with acting(cast.pilot) as actor:
        found = entries_of_operation(
            actor=actor, operation_id=funded_operation(actor=actor, uid=operation).id, on=TODAY
        )
    assert [(one.uid, one.rank) for one in found] == [(first, 1), (second, 2)]
    assert (found[0].said, found[1].said) == (SAID, None)


def test_a_day_or_a_meeting_is_no_entry(cast: People) -> None:
    uid, operation = person(cast.pilot), funded(cast)
    for support in (Support.ONE_DAY, Support.GROUP):
        with pytest.raises(Invalid, match="n'est pas une participation") as refused:
            entered(cast, uid, operation, support=support)
        assert list(refused.value.errors) == ["support"]
    entry = entered(cast, uid, operation)
    with pytest.raises(Invalid, match="retirez l'entrée"):
        left(cast, entry, MARCH)


def test_an_operation_of_engineering_has_no_entry(cast: People) -> None:
    operation = funded(cast, assists_people=False, last_paid_on=date(2026, 5, 4))
    with pytest.raises(Invalid, match="assistance aux personnes"):
        entered(cast, person(cast.pilot), operation)
    with acting(cast.pilot) as actor:
        assert funded_operation(actor=actor, uid=operation).kept_until == date(2031, 12, 31)


def test_a_draft_changes_and_a_signed_questionnaire_gets_a_new_version(cast: People) -> None:
    entry = entered(cast, person(cast.pilot), funded(cast))
    draft = operations.Signature()
    with acting(cast.pilot) as actor:
        for said in (EntrySaid(), SAID):
            assert operations.fill_entry(
                actor=actor, entry_uid=entry, said=said, sensitive=PRIVATE, signature=draft, on=TODAY
            ) == 1
        with pytest.raises(Invalid) as without:
            operations.fill_entry(
                actor=actor, entry_uid=entry, said=SAID, sensitive=PRIVATE,
                signature=operations.Signature(MARCH, None), on=TODAY,
            )  # fmt: skip
    assert list(without.value.errors) == ["notice_on"]
    assert signed(cast, entry) == 1
    with pytest.raises(Invalid, match="dites pourquoi"):
        signed(cast, entry, EntrySaid(months=3))
    assert signed(cast, entry, EntrySaid(months=3), "Erreur de durée") == 2
    assert (line(cast, entry).version, line(cast, entry).said) == (2, EntrySaid(months=3))
    with acting(cast.pilot) as actor:
        assert questionnaires_visible_to(actor).count() == 2


def test_answers_are_sealed_and_read_by_the_structure_alone(cast: People) -> None:
    entry = entered(cast, person(cast.pilot), funded(cast))
    signed(cast, entry)
    assert (line(cast, entry).said, line(cast, entry).sensitive) == (SAID, PRIVATE)
    with as_owner(), connection.cursor() as cursor:
        tables = ("outcomes_entryquestionnaire", "outcomes_sensitiveanswers")
        cursor.execute(" UNION ".join(f"SELECT sealed FROM {table}" for table in tables))
        kept = [bytes(row[0]) for row in cursor.fetchall()]
        cursor.execute("SELECT before::text || after::text FROM journal_event")
        told = " ".join(str(row[0]) for row in cursor.fetchall())
    assert len(kept) == 2
    assert not any("zébrée".encode() in one or b"unemployed" in one or b"yes" in one for one in kept)
    assert "zébrée" not in told
    with acting(cast.stranger) as other, pytest.raises(Absent):
        entry_line(actor=other, uid=entry, on=TODAY)


def test_the_exit_questionnaire_is_due_within_four_weeks(cast: People) -> None:
    entry = entered(cast, person(cast.pilot), funded(cast))
    left(cast, entry, date(2026, 10, 19))
    with acting(cast.pilot) as actor:
        due = fse_exits_due(actor=actor, on=TODAY)
    assert [(one.entry_uid, one.due_on) for one in due] == [(entry, TODAY)]
    assert line(cast, entry).exit_waits
    left(cast, entry, date(2026, 10, 19), ExitSaid(situation=Situation.LASTING_JOB))
    with acting(cast.pilot) as actor:  # half filled, it is asked still
        assert len(fse_exits_due(actor=actor, on=TODAY)) == 1
    left(cast, entry, date(2026, 10, 19), ExitSaid(LeavingReason.JOB, Situation.LASTING_JOB, YesNo.NO))
    with acting(cast.pilot) as actor:
        assert fse_exits_due(actor=actor, on=TODAY) == ()
    assert not line(cast, entry).exit_waits


def test_new_dates_of_an_operation_keep_its_entries(cast: People) -> None:
    operation = funded(cast)
    entered(cast, person(cast.pilot), operation)
    for field, starts_on, ends_on in (
        ("starts_on", MARCH + timedelta(days=1), None), ("ends_on", date(2026, 1, 1), MARCH - timedelta(days=1)),
    ):  # fmt: skip
        values = operations.OperationValues("Parcours 2026", "202600123", starts_on, ends_on=ends_on)
        with acting(cast.pilot) as actor, pytest.raises(Invalid) as refused:
            operations.change_operation(actor=actor, uid=operation, values=values)
        assert refused.value.errors[field].startswith("1\u00a0entrée est hors de ces dates (le 2\u00a0mars 2026)")
    with acting(cast.pilot) as actor:
        values = operations.OperationValues("Parcours 2026", "202600123", MARCH, ends_on=MARCH)
        operations.change_operation(actor=actor, uid=operation, values=values)
