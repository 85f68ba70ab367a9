"""Training actions, interviews, exits and their follow-up: what is written, what is refused."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from clausette.journal.models import Event
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from clausette.outcomes import operations
from clausette.outcomes.enums import (
    ExitReason,
    FollowSituation,
    FollowUpPoint,
    InterviewKind,
    Obtained,
    TrainingKind,
)
from clausette.outcomes.errors import AlreadyOut
from clausette.outcomes.queries import (
    exit_line,
    exits_of_period,
    exits_to_confirm,
    follow_ups_due,
    training_line,
)
from clausette.participants.models import Participant
from tests.hats import TODAY, acting, as_owner, noon
from tests.placements.builders import People, decide, people, person, put_to_work, site

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 4)
JUNE = date(2026, 6, 30)


@pytest.fixture
def cast() -> People:
    return people()


def worked(cast: People) -> UUID:
    """A person whose only work contract ended on 30 June."""
    uid = person(cast.pilot)
    decide(cast.pilot, uid, on=date(2026, 4, 20))
    put_to_work(cast, uid, site(cast), starts_on=MAY, ends_on=JUNE)
    return uid


def out(cast: People, uid: UUID, on: date = JUNE, reason: ExitReason = ExitReason.CDI) -> UUID:
    with acting(cast.pilot) as actor:
        return operations.confirm_exit(actor=actor, participant_uid=uid, exited_on=on, reason=reason, on=TODAY)


def training(cast: People, uid: UUID, **details: object) -> UUID:
    said: dict[str, Any] = {
        "kind": TrainingKind.SAFETY, "provider": "AFPA", "starts_on": MAY, "qualification": "CACES R482",
    } | details  # fmt: skip
    values = operations.TrainingValues(**said)
    with acting(cast.pilot) as actor:
        return operations.add_training(actor=actor, participant_uid=uid, values=values)


def test_a_training_action_is_added_corrected_ended_and_withdrawn(cast: People) -> None:
    uid = training(cast, person(cast.pilot), hours_planned=Decimal(35))
    with acting(cast.pilot) as actor:
        values = operations.TrainingValues(TrainingKind.SAFETY, "GRETA", MAY, JUNE, Decimal(70), "CACES R482")
        operations.change_training(actor=actor, uid=uid, values=values)
        operations.end_training(
            actor=actor, uid=uid, ended_on=JUNE, hours_done=Decimal(63), obtained=Obtained.YES, on=TODAY
        )
        line = training_line(actor=actor, uid=uid)
        assert (line.provider, line.hours_planned, line.hours_done, line.obtained) == (
            "GRETA", Decimal(70), Decimal(63), Obtained.YES,
        )  # fmt: skip
        operations.withdraw_training(actor=actor, uid=uid, reason="Saisie deux fois", at=noon(TODAY))
        with pytest.raises(Absent):
            training_line(actor=actor, uid=uid)
    with as_owner():
        assert "GRETA" not in str(list(Event.objects.values_list("before", "after")))


def test_what_contradicts_itself_is_refused_at_its_field(cast: People) -> None:
    uid = person(cast.pilot)
    with pytest.raises(Invalid) as early:
        training(cast, uid, ends_on=MAY - timedelta(days=1))
    assert early.value.errors == {"ends_on": "La fin prévue est avant le début."}
    known = training(cast, uid, qualification="")
    with acting(cast.pilot) as actor, pytest.raises(Invalid) as aimed:
        operations.end_training(
            actor=actor, uid=known, ended_on=JUNE, hours_done=None, obtained=Obtained.YES, on=TODAY
        )
    assert list(aimed.value.errors) == ["obtained"]
    with acting(cast.pilot) as actor, pytest.raises(Refusal) as later:
        operations.note_interview(
            actor=actor, participant_uid=uid, kind=InterviewKind.CALL, day=TODAY + timedelta(days=1), note="",
            on=TODAY,
        )  # fmt: skip
    assert later.value.field == "on"


def test_nobody_else_follows_the_path_of_a_person(cast: People) -> None:
    uid = worked(cast)
    known = training(cast, uid)
    with acting(cast.firm) as firm, pytest.raises(NotAllowed):
        operations.confirm_exit(
            actor=firm, participant_uid=uid, exited_on=JUNE, reason=ExitReason.CDI, on=TODAY
        )
    with acting(cast.firm) as firm, pytest.raises(Absent):
        training_line(actor=firm, uid=known)


def test_an_exit_waits_for_the_end_of_the_work(cast: People) -> None:
    uid = worked(cast)
    with pytest.raises(Invalid, match="Un contrat de travail court jusqu'au 30\u00a0juin 2026"):
        out(cast, uid, JUNE - timedelta(days=1))
    with pytest.raises(Refusal, match="à venir"):
        out(cast, uid, TODAY + timedelta(days=1))
    out(cast, uid)
    with pytest.raises(AlreadyOut):
        out(cast, uid, JUNE + timedelta(days=3))


def test_a_new_work_contract_opens_a_new_path(cast: People) -> None:
    uid = worked(cast)
    out(cast, uid)
    decide(cast.pilot, uid)
    put_to_work(cast, uid, site(cast, "École Pasteur"), starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    second = out(cast, uid, date(2026, 9, 30), ExitReason.SEEKING)
    with acting(cast.pilot) as actor:
        found = exits_of_period(actor=actor, first=date(2026, 1, 1), last=TODAY, on=TODAY)
        assert found.rows[0].uid == second
        assert len(found.rows) == 2


def test_a_person_is_proposed_on_the_ninetieth_day_then_followed(cast: People) -> None:
    uid = worked(cast)
    with acting(cast.pilot) as actor:
        assert exits_to_confirm(actor=actor, on=JUNE + timedelta(days=89)) == ()
        proposed = exits_to_confirm(actor=actor, on=JUNE + timedelta(days=90))
        assert [(one.participant_uid, one.last_worked_on) for one in proposed] == [(uid, JUNE)]
    known = out(cast, uid)
    with acting(cast.pilot) as actor:
        assert exits_to_confirm(actor=actor, on=TODAY) == ()
        assert [one.point for one in follow_ups_due(actor=actor, on=TODAY)] == [FollowUpPoint.THREE]
        operations.answer_point(
            actor=actor, exit_uid=known, point=FollowUpPoint.THREE, situation=FollowSituation.NOT_REACHED, on=TODAY
        )
        operations.answer_point(
            actor=actor, exit_uid=known, point=FollowUpPoint.THREE, situation=FollowSituation.EMPLOYED, on=TODAY
        )
        assert exit_line(actor=actor, uid=known).answers == {FollowUpPoint.THREE: FollowSituation.EMPLOYED}
        assert follow_ups_due(actor=actor, on=TODAY) == ()
        with pytest.raises(Invalid, match="30\u00a0décembre 2026"):
            operations.answer_point(
                actor=actor, exit_uid=known, point=FollowUpPoint.SIX, situation=FollowSituation.EMPLOYED, on=TODAY
            )


def test_neither_the_dead_nor_the_erased_are_asked_anything(cast: People) -> None:
    dead = out(cast, worked(cast), reason=ExitReason.DEATH)
    erased = person(cast.pilot, "Ada", "Voisin")
    decide(cast.pilot, erased, on=date(2026, 4, 20))
    put_to_work(cast, erased, site(cast, "École Pasteur"), starts_on=MAY, ends_on=JUNE)
    with acting(cast.pilot) as actor:
        assert follow_ups_due(actor=actor, on=TODAY) == ()
        assert [one.participant_uid for one in exits_to_confirm(actor=actor, on=TODAY)] == [erased]
        with pytest.raises(WrongState, match="Un retrait neutre"):
            operations.answer_point(
                actor=actor, exit_uid=dead, point=FollowUpPoint.THREE, situation=FollowSituation.INACTIVE, on=TODAY
            )
    with as_owner():
        Participant.objects.filter(uid=erased).update(erased_on=TODAY)
    with acting(cast.pilot) as actor:
        assert exits_to_confirm(actor=actor, on=TODAY) == ()


def test_a_follow_up_says_the_whole_name(cast: People) -> None:
    uid = person(cast.pilot, "Marie Claire", "de la Tour")
    decide(cast.pilot, uid, on=date(2026, 4, 20))
    put_to_work(cast, uid, site(cast), starts_on=MAY, ends_on=JUNE)
    out(cast, uid)
    with acting(cast.pilot) as actor:
        assert [one.name for one in follow_ups_due(actor=actor, on=TODAY)] == ["Marie Claire de la Tour"]
    with as_owner():
        Participant.objects.filter(uid=uid).update(erased_on=TODAY)
    with acting(cast.pilot) as actor:
        assert follow_ups_due(actor=actor, on=TODAY) == ()
