"""The reminders of a morning: one mail a firm and day, never twice, nothing after an answer, nobody named."""

from datetime import date
from typing import Any

import pytest
from django.core import mail as outbox

from clausette.agenda.enums import LetterState, LetterText
from clausette.agenda.models import Letter, Reminder
from clausette.agenda.operations import (
    clear_address,
    note_call,
    note_failure,
    postpone,
    remind_now,
    set_ladder,
    set_text,
    withdraw_text,
)
from clausette.agenda.queries.letters import letters_page, reminders_of
from clausette.agenda.queries.planned import planned_letters
from clausette.agenda.queries.settings import ladder_of, texts_of
from clausette.agenda.reminding import send_letters, write_letters
from clausette.agenda.rules import Rung
from clausette.agenda.rules.texts import Wording
from clausette.hours.operations import return_statement, submit_statement
from clausette.kernel.errors import Absent, Invalid, WrongState
from tests.hats import TODAY, acting, as_owner, noon, on_day
from tests.hours.builders import OCT, World, commitment, contract, made, party, world

pytestmark = pytest.mark.django_db
CHASE, TELL = date(2026, 11, 16), date(2026, 11, 20)
"""October is due on the 10th: chased from Friday 13th on, told to the facilitator on the 20th."""


@pytest.fixture
def w() -> World:
    w = world()
    contact(w, w.contract, w.firm.organisation_id, "zoe@bati.example")
    return w


def contact(w: World, row: Any, organisation_id: int, email: str, owner: int = 0) -> None:
    made(
        "procurement.PartyContact", owner_org_id=owner or w.pilot.organisation_id, contract_id=row.pk,
        organisation_id=organisation_id, name="Zoé Martin", phone="03 20 00 00 01", email=email,
    )  # fmt: skip


def morning(day: date = CHASE, *, dry: bool = False) -> list[dict[str, Any]]:
    """What the worker does; the role of tests may not open rights by number."""
    with on_day(day), as_owner():
        told = list(write_letters(on=day, dry=dry))
        if not dry:
            send_letters(at=noon(day), on=day)
    return told


def steps() -> list[tuple[date, str, str]]:
    with as_owner():
        return list(Reminder.objects.order_by("on", "month", "id").values_list("month", "step", "told"))


def test_one_mail_a_firm_and_day_over_marches_and_structures_and_never_twice(w: World) -> None:
    second = contract(w.pilot, w.buyer, "École Pasteur")
    other = contract(w.stranger, w.buyer, "Collège Zola")
    for row, owner in ((second, w.pilot), (other, w.stranger)):
        party(row, w.firm, "contractor")
        commitment(row, w.firm)
        contact(w, row, w.firm.organisation_id, "Zoe@bati.example", owner.organisation_id)
    assert len(morning(dry=True)) == 2
    assert (steps(), outbox.outbox) == ([], []), "a dry run writes and sends nothing"
    told = morning()
    assert [(one["told"], len(one["months"]), one["address"], one["written"]) for one in told] == [
        ("firm", 2, "z…@bati.example", True), ("firm", 1, "Z…@bati.example", True),
    ]  # fmt: skip
    (mail,) = outbox.outbox
    for words in ("Gymnase des Acacias", "École Pasteur", "Collège Zola", "octobre 2026", f"/o/{w.firm.slug}/"):
        assert words in mail.body
    for words in ("Zoé", "Lemaire", "Diallo", " h ", "{"):
        assert words not in f"{mail.subject}\n{mail.body}"
    assert {state for _, state, _ in steps()} == {"after"}
    assert (morning(), len(outbox.outbox)) == ([], 1)
    with as_owner():
        assert Letter.objects.filter(sent_at=None).count() == 0


def test_an_answer_stops_the_ladder_and_a_returned_statement_is_told_otherwise(w: World) -> None:
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "121"))
        ref = submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=noon(CHASE), on=CHASE)
    assert morning(dry=True) == []
    with acting(w.pilot) as pilot:
        return_statement(actor=pilot, uid=ref.uid, version=ref.version, reason="Une feuille manque.", at=noon(CHASE))
    (told,) = morning(dry=True)
    assert told["subject"] == "Heures d'insertion : un relevé à corriger"


def test_the_facilitator_then_the_buyer_are_told_and_closed_days_are_quiet(w: World) -> None:
    contact(w, w.contract, w.buyer.organisation_id, "max@metropole.example")
    with acting(w.pilot) as pilot:
        rungs = [Rung(one.step, one.days, is_on=True) for one in ladder_of(actor=pilot, on=CHASE)]
        set_ladder(actor=pilot, rungs=rungs, on=CHASE)
        with pytest.raises(WrongState):
            set_ladder(actor=pilot, rungs=rungs, on=CHASE)
    assert morning(date(2026, 11, 15)) == [], "a Sunday"
    for day in (CHASE, TELL, date(2026, 12, 10)):
        morning(day)
    assert [row for row in steps() if row[0] == OCT] == [
        (OCT, "after", "firm"), (OCT, "facilitator", "structure"), (OCT, "buyer", "buyer"),
    ]  # fmt: skip
    september, october, told, again, november = outbox.outbox
    assert (september.to, again.to) == (["max@metropole.example"], ["max@metropole.example"])
    assert (october.to, november.to, told.to) == (["zoe@bati.example"], ["zoe@bati.example"], ["ana@lys.example"])
    assert f"/o/{w.pilot.slug}/relances/" in str(told.body)
    assert "Bâti Ouche, Gymnase des Acacias : octobre 2026" in str(again.body)


def test_by_hand_writes_all_that_is_late_once_a_day(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = remind_now(actor=pilot, firm_uid=w.uids["firm"], on=CHASE)
        with pytest.raises(WrongState, match="déjà reçu"):
            remind_now(actor=pilot, firm_uid=w.uids["firm"], on=CHASE)
        with pytest.raises(Absent):
            remind_now(actor=pilot, firm_uid=w.uids["etti"], on=CHASE)
        with pytest.raises(WrongState, match="plus de relevé"):
            remind_now(actor=pilot, firm_uid=w.uids["firm"], on=date(2026, 7, 31))
        (line,), _ = letters_page(actor=pilot)
        assert (line.uid, line.state, line.by_hand) == (uid, LetterState.WAITING, True)
    assert [(month.month, step) for month, step, _ in steps()] == [(n, "by_hand") for n in (7, 8, 9, 10)]
    assert morning() == [], "one letter a day"
    assert [row["months"][0]["step"] for row in morning(date(2026, 11, 17))] == ["after"]


def test_put_off_nothing_leaves_and_a_call_is_kept_with_the_marche(w: World) -> None:
    with acting(w.pilot) as pilot:
        with pytest.raises(Invalid) as refused:
            postpone(actor=pilot, firm_uid=w.uids["firm"], until=CHASE, reason=" ", on=CHASE)
        assert set(refused.value.errors) == {"until", "reason"}
        postpone(actor=pilot, firm_uid=w.uids["firm"], until=TELL, reason="Congés du comptable.", on=CHASE)
        note_call(actor=pilot, firm_uid=w.uids["firm"], note="Rappelle lundi.", on=CHASE)
        assert planned_letters(actor=pilot, on=CHASE) == ()
    assert [one["months"][-1]["step"] for one in morning(TELL, dry=True)] == ["facilitator"]
    with as_owner():
        from clausette.procurement.models import Exchange

        assert Exchange.objects.get().note == "Rappelle lundi."


def test_an_address_in_error_gets_nothing_until_it_is_cleared(w: World) -> None:
    morning()
    with acting(w.pilot) as pilot:
        (line,), _ = letters_page(actor=pilot)
        note_failure(actor=pilot, uid=line.uid, on=CHASE, reason="Boîte inconnue.")
        with pytest.raises(WrongState):
            note_failure(actor=pilot, uid=line.uid, on=CHASE, reason="Encore.")
        with pytest.raises(WrongState, match="Aucune adresse"):
            remind_now(actor=pilot, firm_uid=w.uids["firm"], on=TELL)
        assert [one.state for one in letters_page(actor=pilot, failed=True)[0]] == [LetterState.FAILED]
        clear_address(actor=pilot, uid=line.uid, on=TELL)
        remind_now(actor=pilot, firm_uid=w.uids["firm"], on=TELL)


def test_who_reads_the_reminders_of_a_marche_and_which_address(w: World) -> None:
    morning()
    seen = {}
    for who in (w.pilot, w.buyer, w.firm, w.etti, w.stranger):
        with acting(who) as actor:
            lines = reminders_of(actor=actor, contract_id=w.contract.pk)
            seen[who.organisation_name] = [line.address for line in lines]
            assert bool(letters_page(actor=actor)[1]) is (who is w.pilot)
    masked = ["z…@bati.example"]
    assert list(seen.values()) == [["zoe@bati.example"], masked, masked, [], []]


def test_a_text_of_the_structure_serves_until_it_is_taken_back(w: World) -> None:
    kind = LetterText.AFTER
    with acting(w.pilot) as pilot:
        with pytest.raises(Invalid):
            set_text(actor=pilot, kind=kind, wording=Wording("Relevé de {nom}", "{marches}"))
        set_text(actor=pilot, kind=kind, wording=Wording("Un mot", "Il manque :\n{marches}"))
        set_text(actor=pilot, kind=kind, wording=Wording("Un autre mot", "Il manque :\n{marches}"))
        assert texts_of(actor=pilot)[kind].own
        assert [one.wording.subject for one in planned_letters(actor=pilot, on=CHASE)] == ["Un autre mot"]
        withdraw_text(actor=pilot, kind=kind, at=noon(TODAY))
        assert not texts_of(actor=pilot)[kind].own
    with acting(w.stranger) as stranger:
        assert not any(sheet.own for sheet in texts_of(actor=stranger).values())
