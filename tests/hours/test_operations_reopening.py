"""A validated month is reopened by a second person, or a day later where there is none; its figures follow."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection

from clausette.access.enums import MemberRole
from clausette.hours import tasks
from clausette.hours.due import apply_due
from clausette.hours.enums import LineState, ReopeningState, StatementState
from clausette.hours.errors import AlreadyDone, NotReopened
from clausette.hours.models import HoursLine, Justification, Reopening, Statement
from clausette.hours.operations import (
    Reserve,
    accept_reopening,
    apply_reopening,
    ask_reopening,
    cancel_reopening,
    correct_line,
    decline_reopening,
    submit_statement,
    validate_clean,
    validate_statement,
)
from clausette.hours.queries import may_reopen, progress_of, reopenings_of, reopenings_waiting
from clausette.journal.models import Event
from clausette.journal.queries import events_told
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Conflict, Invalid, NotAllowed, WrongState
from clausette.kernel.operation import writing
from clausette.reports.recomputing.replay import Told, replay
from tests.hats import TODAY, acting, as_owner, noon, on_day
from tests.hours.builders import OCT, World, made, world
from tests.world import member

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
NEXT = TODAY + timedelta(days=1)
WHY = "Heures de formation oubliées"


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def colleague(w: World) -> Actor:
    return member(w.pilot, "lea@lys.example", MemberRole.MEMBER)


def validated(w: World, **values: Any) -> UUID:
    """October of two people, 121,5 h and 100 h, validated."""
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "121.5"), w.entry(w.diallo, "100"))
        uid = submit_statement(actor=pilot, uid=ref.uid, version=None, at=AT, on=TODAY).uid
        again(pilot, uid, **values)
    return uid


def again(actor: Actor, uid: UUID, text: str = "Feuilles vues.", **values: Any) -> None:
    validate_statement(
        actor=actor, uid=uid, version=None, justifications={"W104": text}, at=AT, on=TODAY, **values
    )


def ask(who: Actor, uid: UUID, reason: str = WHY, version: int | None = None, on: date = TODAY) -> Any:
    with acting(who) as actor:
        return ask_reopening(actor=actor, uid=uid, version=version, reason=reason, at=noon(on), on=on)


def accept(who: Actor, uid: UUID, on: date = TODAY) -> Any:
    with acting(who) as actor:
        return accept_reopening(actor=actor, uid=uid, at=noon(on), on=on)


def statement() -> Any:
    with as_owner():
        return Statement.objects.get()


def lines() -> list[tuple[Decimal, str]]:
    with as_owner():
        return list(HoursLine.objects.order_by("id").values_list("hours", "state"))


def counted(w: World) -> tuple[object, object]:
    with acting(w.pilot) as pilot:
        done = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
    return done.validated, done.declared


def line_of(w: World) -> Any:
    with as_owner():
        return HoursLine.objects.get(placement=w.lemaire, corrects=None)


def test_a_second_person_reopens_and_the_figures_follow(w: World, colleague: Actor) -> None:
    uid = validated(w)
    asked = ask(w.pilot, uid)
    assert asked.effective_at is None
    assert ask(w.pilot, uid).already
    assert counted(w) == (Decimal("221.5"), 0)
    with pytest.raises(NotAllowed, match="une autre personne en décide"):
        accept(w.pilot, asked.uid)
    with acting(colleague) as actor:
        (one,) = reopenings_waiting(actor=actor)
    assert (one.asks_me, one.reason, one.hours, one.asked_by) == (True, WHY, Decimal("221.5"), "Ana")
    before = statement().version
    assert not accept(colleague, asked.uid).already
    assert accept(colleague, asked.uid).already
    held = statement()
    assert (held.state, held.version, held.validated_at) == (StatementState.SUBMITTED, before + 1, None)
    assert {state for _, state in lines()} == {LineState.DECLARED}
    assert counted(w) == (0, Decimal("221.5"))
    with as_owner():
        events = Event.objects.filter(verb="hours.reopening.accepted")
        assert WHY in {event.reason for event in events}
    # controlled again, by an answer that takes the place of the former one
    with acting(colleague) as actor:
        again(actor, uid, "Feuilles revues.")
    assert counted(w) == (Decimal("221.5"), 0)
    with as_owner():
        assert Justification.objects.get().text == "Feuilles revues."
    # and once more: a request serves once
    ask(w.pilot, uid, "Une autre erreur")


def test_declined_with_a_reason_the_month_stays(w: World, colleague: Actor) -> None:
    uid = validated(w)
    asked = ask(w.pilot, uid)
    with acting(colleague) as actor:
        with pytest.raises(Invalid):
            decline_reopening(actor=actor, uid=asked.uid, reason=" ", at=AT)
        assert decline_reopening(actor=actor, uid=asked.uid, reason="Corrigez la ligne", at=AT) == uid
        with pytest.raises(AlreadyDone):
            decline_reopening(actor=actor, uid=asked.uid, reason="Corrigez la ligne", at=AT)
    with pytest.raises(WrongState, match="réouverture refusée"):
        accept(colleague, asked.uid)
    assert statement().state == StatementState.VALIDATED
    with acting(w.pilot) as pilot:
        (told,) = reopenings_of(actor=pilot, statement_id=statement().pk)
        assert (told.end_reason, may_reopen(actor=pilot, uid=uid, on=TODAY).ok) == ("Corrigez la ligne", True)


def test_alone_it_takes_effect_a_day_later_and_the_director_is_told_at_once(
    w: World, mailoutbox: list[EmailMessage]
) -> None:
    uid = validated(w)
    asked = ask(w.pilot, uid)
    assert asked.effective_at == noon(NEXT)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'hours.mail_reopening'")
        (job,) = cursor.fetchall()
    as_worker(lambda: tasks.mail_reopening(**json.loads(job[0])))
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["ana@lys.example"], "Un mois validé va être rouvert")
    assert "17\u00a0novembre 2026 à 10\u00a0h\u00a000" in mail.body
    assert f"/o/{w.pilot.slug}/heures/{uid}/" in mail.body
    assert WHY not in mail.body
    as_worker(lambda: apply_due(at=noon(NEXT) - timedelta(minutes=1), on=TODAY))
    assert statement().state == StatementState.VALIDATED
    with acting(w.pilot) as pilot, pytest.raises(WrongState, match="ne prend pas encore effet"):
        apply_reopening(actor=pilot, uid=asked.uid, at=AT, on=TODAY)
    with on_day(NEXT):
        as_worker(lambda: apply_due(at=noon(NEXT), on=NEXT))
        as_worker(lambda: apply_due(at=noon(NEXT), on=NEXT))
    assert statement().state == StatementState.SUBMITTED
    with as_owner():
        assert Reopening.objects.get().ended_by_id is None
        assert Event.objects.filter(verb="hours.reopening.applied", subject_type="hours.statement").count() == 1


def as_worker(call: Callable[[], object]) -> None:
    """Do as the worker: the role that may call its own functions."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET ROLE clausette_worker")
        call()


def test_taken_back_meanwhile_nothing_happens(w: World) -> None:
    uid = validated(w)
    asked = ask(w.pilot, uid)
    with acting(w.pilot) as pilot:
        assert cancel_reopening(actor=pilot, uid=asked.uid, at=AT) == uid
        with pytest.raises(AlreadyDone):
            cancel_reopening(actor=pilot, uid=asked.uid, at=AT)
        with pytest.raises(WrongState):
            apply_reopening(actor=pilot, uid=asked.uid, at=noon(NEXT), on=NEXT)
    assert statement().state == StatementState.VALIDATED


def test_what_can_no_longer_be_reopened_ends_with_why(w: World) -> None:
    ask(w.pilot, validated(w))
    with as_owner():
        w.commitment.closed_on = TODAY
        w.commitment.save()
    as_worker(lambda: apply_due(at=noon(NEXT), on=NEXT))
    with as_owner():
        row = Reopening.objects.get()
    assert (row.state, statement().state) == (ReopeningState.LAPSED, StatementState.VALIDATED)
    assert "L'engagement est soldé (Bâti Ouche" in row.end_reason


def test_refused_for_a_closed_year_a_settled_engagement_another_version_or_a_stranger(
    w: World, colleague: Actor
) -> None:
    uid = validated(w)
    with on_day(date(2027, 3, 1)), pytest.raises(NotReopened, match="rattrapages de 2027"):
        ask(w.pilot, uid, on=date(2027, 3, 1))
    with pytest.raises(Conflict):
        ask(w.pilot, uid, version=1)
    with pytest.raises(Invalid):
        ask(w.pilot, uid, reason="bof")
    for who, kind in ((w.firm, NotAllowed), (w.buyer, NotAllowed), (w.stranger, Absent)):
        with pytest.raises(kind):
            ask(who, uid)
    ask(colleague, uid)
    with pytest.raises(WrongState, match="déjà demandée"):
        ask(w.pilot, uid)
    with acting(w.firm) as firm:
        assert reopenings_of(actor=firm, statement_id=statement().pk) == ()
        with pytest.raises(Absent):
            accept_reopening(actor=firm, uid=Reopening.objects.model().uid, at=AT, on=TODAY)


def test_corrections_join_their_line_and_a_line_at_zero_goes(w: World, colleague: Actor) -> None:
    uid = validated(w)
    with as_owner():
        known = {line.placement_id: line.uid for line in HoursLine.objects.all()}
    with acting(w.pilot) as pilot:
        for placed, hours in ((w.lemaire, "120"), (w.lemaire, "130"), (w.diallo, "0")):
            correct_line(
                actor=pilot, line_uid=known[placed.pk], new_hours=Decimal(hours), reason="Feuille relue", at=AT,
                on=TODAY,
            )  # fmt: skip
    assert counted(w) == (130, 0)
    accept(colleague, ask(w.pilot, uid).uid)
    assert lines() == [(Decimal(130), LineState.DECLARED)]
    assert counted(w) == (0, 130)
    # typed again as any month that waits
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, w.entry(w.lemaire, "125"), version=statement().version)
        again(pilot, uid)
    assert counted(w) == (125, 0)


def test_the_journal_alone_tells_the_same_lines(w: World, colleague: Actor) -> None:
    uid = validated(w)
    with acting(w.pilot) as pilot:
        correct_line(
            actor=pilot, line_uid=line_of(w).uid, new_hours=Decimal(130), reason="Feuille relue", at=AT, on=TODAY
        )
    accept(colleague, ask(w.pilot, uid).uid)
    assert told_again() == held_now()
    with acting(colleague) as actor:
        w.save(actor, OCT, w.entry(w.lemaire, "125.5"), version=statement().version)
        again(actor, uid)
    assert told_again() == held_now() == {(Decimal("125.5"), "validated"), (Decimal(100), "validated")}


def told_again() -> set[tuple[Decimal, str]]:
    """Lines as the events of the journal replayed leave them."""
    with as_owner():
        events = events_told(
            kinds=["hours.statement", "hours.hoursline"], until=datetime(2999, 1, 1, tzinfo=UTC),
            contracts=[statement().contract_id],
        )  # fmt: skip
    rows = replay([Told(one.kind, one.uid, one.before, one.after) for one in events])
    assert not rows.broken
    return {(Decimal(str(row["hours"])), row["state"]) for row in rows.of("hours.hoursline")}


def held_now() -> set[tuple[Decimal, str]]:
    """Lines as the table holds them."""
    return set(lines())


def test_a_reserve_is_not_lost_by_reopening(w: World, colleague: Actor) -> None:
    with as_owner():
        checks = apps.get_model("participants.EligibilityCheck").objects
        checks.filter(participant_id=w.lemaire.participant_id).update(
            state="in_review", decided_on=None, decided_by=None, hire_before=None
        )
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "121.5"))
        uid = submit_statement(actor=pilot, uid=ref.uid, version=None, at=AT, on=TODAY).uid
        limit = {line_of(w).uid: Reserve(date(2026, 12, 15), "Attestation attendue")}
        again(pilot, uid, reserves=limit)
    accept(colleague, ask(w.pilot, uid).uid)
    held = line_of(w)
    assert (held.state, held.reserve_reason) == (LineState.DECLARED, "Attestation attendue")
    with as_owner():
        checks.filter(participant_id=w.lemaire.participant_id).update(
            state="eligible", decided_on=date(2026, 7, 1), decided_by=w.pilot.account_id,
            hire_before=date(2027, 7, 1),
        )  # fmt: skip
    with acting(w.pilot) as pilot:
        assert validate_clean(actor=pilot, uids=[uid], at=AT, on=TODAY).validated == ()
        with pytest.raises(Invalid, match="sous réserve avant la réouverture"):
            again(pilot, uid)
        again(pilot, uid, reserves=limit)
    assert line_of(w).state == LineState.RESERVED


COPY = (
    "INSERT INTO hours_reopening (uid, statement_id, contract_id, declarant_id, month, state, reason, asked_org_id, "
    "asked_by_id, asked_at, effective_at, end_reason) SELECT gen_random_uuid(), statement_id, contract_id, "
    "declarant_id, month, 'waiting', 'encore', asked_org_id, asked_by_id, asked_at, {}, '' FROM hours_reopening"
)
DONE = "UPDATE hours_reopening SET state = 'done', ended_at = asked_at, reopened_version = 3, ended_by_id = {}"
REOPENED = "state = 'submitted', validated_at = NULL, validated_by_id = NULL, version = version + 1"
SQL = {
    "a statement changes without a request": (
        f"UPDATE hours_statement SET {REOPENED}", "hours_statement_validated_stays",
    ),
    "a line follows a statement that was not reopened": (
        "UPDATE hours_hoursline SET state = 'declared'", "hours_line_validated_stays",
    ),
    "who asks accepts": (DONE.format("asked_by_id"), "hours_reopening_second_person"),
    "a colleague is signed for": (
        DONE.format("(SELECT max(id) FROM access_account)"), "hours_reopening_signed",
    ),
    "the reason changes afterwards": ("UPDATE hours_reopening SET reason = 'autre'", "hours_reopening_signed"),
    "a second request is open": (COPY.format("NULL"), "hours_reopening_open_once"),
    "a colleague is left out": (COPY.format("asked_at + interval '1 minute'"), "hours_reopening_colleague"),
}  # fmt: skip


@pytest.mark.parametrize("case", SQL)
def test_the_database_refuses_it_too(w: World, colleague: Actor, case: str) -> None:
    ask(w.pilot, validated(w))
    sql, constraint = SQL[case]
    with pytest.raises(IntegrityError) as caught, acting(w.pilot), writing("test"), connection.cursor() as cursor:
        cursor.execute(sql)
    assert getattr(caught.value.__cause__, "diag", None) is not None
    assert caught.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]  # of psycopg


@pytest.mark.parametrize("wrong", ["nobody", "asker", "early"])
def test_a_request_ended_with_no_second_person_and_no_delay_cannot_be_written(w: World, wrong: str) -> None:
    validated(w)
    held = statement()
    values = {
        "statement_id": held.pk, "contract_id": held.contract_id, "declarant_id": held.declarant_id, "month": OCT,
        "reason": WHY, "asked_org_id": w.pilot.organisation_id, "asked_by_id": w.pilot.account_id, "asked_at": AT,
        "state": "done", "ended_at": AT, "reopened_version": held.version,
    }  # fmt: skip
    more: dict[str, dict[str, Any]] = {
        "nobody": {}, "asker": {"ended_by_id": w.pilot.account_id}, "early": {"effective_at": noon(NEXT)},
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="hours_reopening_second_person"):
        made("hours.Reopening", **(values | more[wrong]))
