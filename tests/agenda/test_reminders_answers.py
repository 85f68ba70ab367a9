"""Who proposed a correction is mailed the answer: the worked morning after, once, in the letter of the day."""

from datetime import date
from typing import Any

import pytest
from django.core import mail as outbox

from clausette.agenda.enums import LetterText
from clausette.agenda.models import Letter, Reminder
from clausette.agenda.operations import set_text
from clausette.agenda.queries.letters import reminders_of
from clausette.agenda.rules.texts import USUAL, Wording
from clausette.hours.models import HoursLine
from clausette.hours.operations import accept_proposal, decline_proposal
from tests.agenda.test_reminders import contact, morning
from tests.agenda.test_reminders_mandates import HOLDER, given, mailed
from tests.hats import TODAY, acting, as_owner, noon, on_day
from tests.hours.builders import OCT, SEPT, World
from tests.hours.test_operations_proposals import accept, correct, propose
from tests.hours.test_operations_proposals import w as validated
from tests.world import body, member

pytestmark = pytest.mark.django_db
FIRM = "zoe@bati.example"
NEXT, LATER = date(2026, 11, 17), date(2026, 11, 18)
WHY_NOT = "David Lemaire a bien travaillé : 121,5 h"
w = validated


def declined(w: World, uid: Any, day: date = TODAY) -> None:
    with acting(w.pilot) as pilot, on_day(day):
        decline_proposal(actor=pilot, uid=uid, reason=WHY_NOT, at=noon(day))


def told() -> list[tuple[date, str, str]]:
    with as_owner():
        rows = Reminder.objects.filter(step="answered").order_by("id")
        return [(one.month, one.told, one.on.isoformat()) for one in rows]


def said(number: int = -1) -> str:
    return str(outbox.outbox[number].body).replace("\xa0", " ")


def test_the_morning_after_once_with_what_is_late_naming_nobody(w: World) -> None:
    contact(w, w.contract, w.firm.organisation_id, FIRM)
    declined(w, propose(w).uid)
    assert told() == []
    rows = morning(NEXT)
    assert [(one["told"], [a["said"] for a in one["answers"]], one["written"]) for one in rows] == [
        ("firm", ["1 refusée"], True)
    ]
    assert mailed() == [[FIRM]]
    assert "- Gymnase des Acacias : octobre 2026 (1 refusée)" in said()
    for word in ("Lemaire", "David", "121", WHY_NOT):
        assert word not in said()
    assert told() == [(OCT, "firm", "2026-11-17")]
    assert (morning(NEXT), morning(LATER), len(outbox.outbox)) == ([], [], 1)
    with acting(w.pilot) as pilot:
        (shown,) = [one for one in reminders_of(actor=pilot, contract_id=w.contract.pk) if one.step == "answered"]
        assert (shown.address, shown.month) == (FIRM, OCT)


def test_answered_again_it_is_told_again_and_all_of_a_day_together(w: World) -> None:
    contact(w, w.contract, w.firm.organisation_id, FIRM)
    declined(w, propose(w).uid)
    morning(NEXT)
    again = propose(w, "110")
    with as_owner():
        salif = HoursLine.objects.get(placement=w.diallo).uid
    other = propose(w, "99", uid=salif)
    declined(w, again.uid, NEXT)
    with acting(w.pilot) as pilot, on_day(NEXT):
        accept_proposal(actor=pilot, uid=other.uid, at=noon(NEXT), on=NEXT)
    morning(LATER)
    assert "octobre 2026 (1 acceptée, 1 refusée)" in said()
    assert len(told()) == 2


def test_corrected_otherwise_it_is_told_without_object(w: World) -> None:
    contact(w, w.contract, w.firm.organisation_id, FIRM)
    propose(w)
    correct(w, "100")
    morning(NEXT)
    assert "octobre 2026 (1 sans objet)" in said()


def test_who_declares_by_mandate_hears_it_beside_or_alone(w: World) -> None:
    durand = member(body("Cabinet Durand"), HOLDER)
    given(w, durand, w.contract.uid)
    contact(w, w.contract, w.firm.organisation_id, FIRM)
    accept(w, propose(w).uid)
    morning(NEXT)
    assert mailed() == [[FIRM], [HOLDER]]
    assert "- Bâti Ouche, Gymnase des Acacias : octobre 2026 (1 acceptée)" in said()
    assert [one[1] for one in told()] == ["firm"]


def test_without_a_contact_the_members_of_the_declarant_are_told(w: World) -> None:
    accept(w, propose(w).uid)
    (row,) = morning(NEXT)
    assert row["written"]
    with as_owner():
        letter = Letter.objects.get()
    assert letter.organisation_id == w.firm.organisation_id
    assert letter.email


def test_the_text_is_that_of_the_structure_and_nothing_leaves_on_a_week_end(w: World) -> None:
    contact(w, w.contract, w.firm.organisation_id, FIRM)
    with acting(w.pilot) as pilot:
        set_text(actor=pilot, kind=LetterText.ANSWERED, wording=Wording("Votre demande", "Vu :\n{marches}"))
    declined(w, propose(w).uid, date(2026, 11, 20))
    assert morning(date(2026, 11, 21)) == []
    morning(date(2026, 11, 23))
    assert outbox.outbox[-1].subject == "Votre demande"
    assert USUAL[LetterText.ANSWERED].subject != "Votre demande"
    assert told()[0][0] == OCT != SEPT
