"""Somebody who is not in the list: named by the firm, matched or refused, credited to nobody before."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection

from clausette.hours.enums import UnlistedState
from clausette.hours.errors import AlreadyDone
from clausette.hours.models import HoursLine, Statement, UnlistedPerson
from clausette.hours.operations import (
    NewUnlisted,
    Sheet,
    Signer,
    match_unlisted,
    name_unlisted,
    refuse_unlisted,
    return_statement,
    save_grid,
    submit_statement,
    take_back,
    validate_clean,
    validate_statement,
    withdraw_unlisted,
)
from clausette.hours.queries import statement_sheet, unlisted_sheet, unlisted_waiting, validation_desk
from clausette.hours.queries.waiting import DeskFilters
from clausette.hours.rules.ranking import Need
from clausette.journal.models import Event
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.kernel.operation import isolated, writing
from tests.files.builders import nir_with_key
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, worker, world

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
NIR = nir_with_key()
SEEN = {"W104": "Feuilles vues."}
MARTIN = NewUnlisted("Martin", "Zoé", Decimal(35), date(1990, 5, 4), note="coffreuse")


@pytest.fixture
def w() -> World:
    return world()


def handed(w: World, *people: NewUnlisted, hours: str | None = "100", signer: Signer | None = None) -> UUID:
    """October of the firm: Lemaire, and these people apart."""
    with acting(w.firm) as firm:
        sheet = Sheet(w.uids["firm"], OCT, None, (w.entry(w.lemaire, hours),), unlisted=people)
        (ref,) = save_grid(
            actor=firm, contract_uid=w.contract.uid, sheets=[sheet], source="portal", submit=True, signer=signer,  # type: ignore[arg-type]  # its value
            on=TODAY, at=AT,
        )  # fmt: skip
    return ref.uid


def row() -> Any:
    with as_owner():
        return UnlistedPerson.objects.get()


def match(w: World, placed: Any, who: Any = None) -> UUID:
    with acting(who or w.pilot) as pilot:
        return match_unlisted(
            actor=pilot, uid=row().uid, placement_uid=placed.uid, commitment_uid=w.commitment.uid, at=AT, on=TODAY
        )


def lines() -> list[tuple[Decimal, str]]:
    with as_owner():
        return list(HoursLine.objects.order_by("id").values_list("hours", "state"))


def test_named_apart_credited_to_nobody_then_matched_and_forgotten(w: World) -> None:
    uid = handed(w, MARTIN)
    assert lines() == [(Decimal(100), "declared")]
    with acting(w.pilot) as pilot:
        sheet = statement_sheet(actor=pilot, uid=uid, on=TODAY)
        assert (sheet.total, sheet.apart, sheet.unlisted[0].name) == (Decimal(100), Decimal(35), "Martin Zoé")
        (one,) = unlisted_waiting(actor=pilot)
        assert (one.name, one.hours, one.declarant_name) == ("Zoé Martin", Decimal(35), "Bâti Ouche")
        (desk,) = validation_desk(actor=pilot, filters=DeskFilters(), on=TODAY).rows
        assert (desk.need, "1\u00a0personne à rapprocher" in desk.reasons) == (Need.ANSWER, True)
        assert validate_clean(actor=pilot, uids=[uid], at=AT, on=TODAY).left
    zoe = worker(w.pilot, w.commitment, "Zoé", "Martin", host=w.firm)
    with acting(w.pilot) as pilot:
        found = unlisted_sheet(actor=pilot, uid=row().uid).people
    assert (found[0].worker.last_name, found[0].sure, found[0].score) == ("Martin", "très probable", 95)
    assert found[-1].sure == ""
    assert match(w, zoe) == uid
    assert lines() == [(Decimal(100), "declared"), (Decimal(35), "declared")]
    kept = row()
    assert (kept.state, kept.placement_id) == ("matched", zoe.pk)
    assert (kept.last_name, kept.birth_date, kept.note) == ("", None, "")
    with pytest.raises(AlreadyDone):
        match(w, zoe)
    with acting(w.pilot) as pilot:
        assert unlisted_waiting(actor=pilot) == ()
    with as_owner():
        told = Event.objects.filter(verb__startswith="hours.unlisted").values_list("verb", "before", "after", "reason")
        assert {verb for verb, *_ in told} == {"hours.unlisted.named", "hours.unlisted.matched"}
        assert not [word for word in ("Martin", "martin", "Zoé", "1990", "coffreuse") if word in str(list(told))]


def test_the_rest_is_validated_and_who_waits_is_added_afterwards(w: World) -> None:
    uid = handed(w, MARTIN)
    with acting(w.pilot) as pilot:
        validate_statement(actor=pilot, uid=uid, version=None, justifications=SEEN, at=AT, on=TODAY)
        assert len(unlisted_waiting(actor=pilot)) == 1
    match(w, worker(w.pilot, w.commitment, "Zoé", "Martin", host=w.firm))
    assert lines() == [(Decimal(100), "validated"), (Decimal(35), "validated")]
    with as_owner():
        assert HoursLine.objects.last().reason == "Personne déclarée hors liste, rapprochée après la validation"  # type: ignore[union-attr]  # two


def test_refused_with_a_reason_that_the_firm_reads_and_the_journal_does_not(w: World) -> None:
    uid = handed(w, MARTIN)

    def refuse(reason: str) -> None:
        with acting(w.pilot) as pilot:
            refuse_unlisted(actor=pilot, uid=row().uid, reason=reason, at=AT)

    with pytest.raises(Invalid):
        refuse("")
    refuse("Madame Martin ne travaille pas sur ce marché")
    with pytest.raises(AlreadyDone):
        refuse("Madame Martin ne travaille pas sur ce marché")
    with pytest.raises(WrongState):
        match(w, w.lemaire)
    with acting(w.firm) as firm:
        (told,) = statement_sheet(actor=firm, uid=uid, on=TODAY).unlisted
        assert (told.state, told.reason[:13]) == (UnlistedState.REFUSED, "Madame Martin")
    with as_owner():
        assert "Martin" not in str(list(Event.objects.values_list("reason", "after")))


def test_a_figure_already_there_is_never_added_up(w: World) -> None:
    handed(w, NewUnlisted("Lemaire", "David", Decimal(35)))
    with pytest.raises(Invalid) as caught:
        match(w, w.lemaire)
    assert "a déjà 100\u00a0h" in caught.value.errors["person"]
    with pytest.raises(Invalid):  # not at work for this declarant
        match(w, worker(w.pilot, w.commitment, "Ana", "Silva", host=w.etti))


def test_only_people_apart_are_handed_over_and_certified(w: World) -> None:
    uid = handed(w, MARTIN, hours=None, signer=Signer("Zoé Bati", "gérante"))
    with as_owner():
        found = Statement.objects.get(uid=uid)
    assert (found.state, found.certified_hours) == ("submitted", Decimal(35))
    assert not lines()


def test_the_firm_changes_its_mind_while_the_month_is_open(w: World) -> None:
    uid = handed(w, MARTIN)
    one = row().uid

    def act(call: Any, **values: Any) -> Any:
        with acting(w.firm) as firm:
            return call(actor=firm, **values)

    with pytest.raises(WrongState):
        act(withdraw_unlisted, uid=one)
    with pytest.raises(WrongState):
        act(name_unlisted, statement_uid=uid, person=MARTIN, on=TODAY)
    act(take_back, uid=uid, version=None)
    assert act(name_unlisted, statement_uid=uid, person=MARTIN, on=TODAY) == one  # sent twice
    other = NewUnlisted("MARTIN", "Zoe", Decimal(9), MARTIN.birth_date)
    with pytest.raises(Invalid):
        act(name_unlisted, statement_uid=uid, person=other, on=TODAY)
    with as_owner():
        held = Statement.objects.get()
    with acting(w.firm) as firm, pytest.raises(Invalid):
        w.save(firm, OCT, is_nil=True, version=held.version)
    act(withdraw_unlisted, uid=one)
    with as_owner():
        assert not UnlistedPerson.objects.exists()
    act(name_unlisted, statement_uid=uid, person=MARTIN, on=TODAY)
    with pytest.raises(WrongState):  # back at the firm, nobody is matched
        match(w, w.lemaire)


def test_returned_with_its_people_and_sent_again(w: World) -> None:
    uid = handed(w, MARTIN)
    with acting(w.pilot) as pilot:
        return_statement(actor=pilot, uid=uid, version=None, reason="Revoir le mois", at=AT)
    with acting(w.firm) as firm:
        submit_statement(actor=firm, uid=uid, version=None, at=AT, on=TODAY)
        assert len(statement_sheet(actor=firm, uid=uid, on=TODAY).unlisted) == 1


@pytest.mark.parametrize(
    ("person", "field"),
    [
        (NewUnlisted("", "Zoé", Decimal(35)), "last_name"),
        (NewUnlisted("Martin", "--", Decimal(35)), "first_name"),
        (NewUnlisted("Martin", "Zoé", Decimal(0)), "hours"),
        (NewUnlisted("Martin", "Zoé", Decimal(745)), "hours"),
        (NewUnlisted("Martin", "Zoé", Decimal(5), date(2027, 1, 1)), "birth_date"),
        (NewUnlisted("Martin", "Zoé", Decimal(5), date(2020, 1, 1)), "birth_date"),
        (NewUnlisted("Martin", "Zoé", Decimal(5), starts_on=date(2026, 11, 1)), "starts_on"),
        (NewUnlisted("Martin", "Zoé", Decimal(5), ends_on=date(2026, 9, 30)), "ends_on"),
        (NewUnlisted("Martin", "Zoé", Decimal(5), note=f"n° {NIR}"), "note"),
        (NewUnlisted(f"Martin {NIR}", "Zoé", Decimal(5)), "last_name"),
    ],
)
def test_what_may_not_be_kept_is_refused_at_its_field_and_nothing_is_written(
    w: World, person: NewUnlisted, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        handed(w, person)
    assert set(caught.value.errors) == {field}
    with as_owner():
        assert not Statement.objects.exists()


def test_the_firm_is_answered_the_same_whoever_is_named(w: World) -> None:
    """A name that the structure follows, one that it does not: the same answer, the same row."""
    worker(w.pilot, w.commitment, "Nora", "Secret", host=w.etti)
    told = []
    for last, first in (("Secret", "Nora"), ("Jamais", "Vue")):
        with acting(w.firm) as firm:
            ref = w.save(firm, OCT, version=None)
            before = len(connection.queries)
            name_unlisted(actor=firm, statement_uid=ref.uid, person=NewUnlisted(last, first, Decimal(5)), on=TODAY)
            told.append((len(connection.queries) - before, row().state))
            withdraw_unlisted(actor=firm, uid=row().uid)
    assert told[0] == told[1]


def test_each_side_its_gestures(w: World) -> None:
    uid = handed(w, MARTIN)
    for who, kind in ((w.firm, NotAllowed), (w.stranger, Absent), (w.buyer, Absent), (w.etti, Absent)):
        with pytest.raises(kind):
            match(w, w.lemaire, who)
    with acting(w.pilot) as pilot, pytest.raises(NotAllowed):
        name_unlisted(actor=pilot, statement_uid=uid, person=MARTIN, on=TODAY)


def test_the_database_keeps_both_sides_whatever_the_program_does(w: World) -> None:
    handed(w, MARTIN)
    elsewhere = worker(w.pilot, w.commitment, "Ana", "Silva", host=w.etti)
    nobody = {"last_name": "", "first_name": "", "sort_key": "", "birth_date": None, "note": ""}

    def refused(who: Any, told: str, **values: Any) -> None:
        rows = UnlistedPerson.objects.all()
        with acting(who) as actor, writing("test"), pytest.raises(IntegrityError, match=told), isolated():
            rows.update(settled_at=AT, settled_by_id=actor.account_id, **values) if values else rows.delete()

    with acting(w.firm), writing("test"):
        assert UnlistedPerson.objects.update(state="refused", reason="x", settled_at=AT) == 0
    refused(w.firm, "handed over")
    refused(w.pilot, "settled once", state="refused", reason="x", hours=1)
    refused(w.pilot, "not at work", state="matched", placement_id=elsewhere.pk, **nobody)
    for wrong in ({"hours": 0}, {"hours": 745}, {"state": "matched"}, {"first_name": ""}, {"month": date(2026, 10, 2)}):
        with as_owner(), pytest.raises(IntegrityError), isolated():
            UnlistedPerson.objects.update(**wrong)
