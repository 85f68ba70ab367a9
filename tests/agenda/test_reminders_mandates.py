"""Who declares for a firm by a mandate is reminded as the firm is: within the mandate, once, until it ends."""

from datetime import date
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.db import connection

from clausette.access.models import Membership
from clausette.agenda.enums import LetterState
from clausette.agenda.models import Letter, Reminder
from clausette.agenda.operations import remind_now
from clausette.agenda.queries.chasing import late_firms
from clausette.agenda.queries.letters import dead_addresses, letters_page, mandates_to_remind
from clausette.agenda.reminding import send_letters, write_letters
from clausette.kernel.actor import Actor
from clausette.procurement.models import Mandate
from clausette.procurement.operations import MandateEntry, give_mandate, revoke_mandate
from tests.agenda.test_reminders import CHASE, TELL, contact, morning, steps
from tests.hats import TODAY, acting, as_owner, noon, on_day
from tests.hours.builders import World, commitment, contract, party, uid_of, world
from tests.world import body, member

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 6, 30)
FIRM, HOLDER = "zoe@bati.example", "claire@durand.example"


@pytest.fixture
def w() -> World:
    w = world()
    contact(w, w.contract, w.firm.organisation_id, FIRM)
    return w


@pytest.fixture
def durand() -> Actor:
    return member(body("Cabinet Durand"), HOLDER)


def given(w: World, to: Actor | None, contract_uid: UUID | None = None, email: str = "") -> UUID:
    with acting(w.firm) as firm:
        entry = MandateEntry(
            TODAY, UNTIL, contract_uid=contract_uid, holder_uid=uid_of(to) if to else None, email=email
        )
        return give_mandate(actor=firm, entry=entry, on=TODAY, site="http://testserver")


def mailed() -> list[list[str]]:
    return [one.to for one in outbox.outbox]


def test_beside_the_firm_once_and_naming_nobody(w: World, durand: Actor) -> None:
    given(w, durand)
    told = morning()
    assert [(one["told"], len(one["months"]), one["written"]) for one in told] == [
        ("firm", 1, True), ("holder", 1, True),
    ]  # fmt: skip
    assert mailed() == [[FIRM], [HOLDER]]
    mail = outbox.outbox[1]
    said = f"{mail.subject} {mail.body}".replace("\xa0", " ")
    for words in ("pour Bâti Ouche, dont vous déclarez les heures par mandat", "- Bâti Ouche, Gymnase des Acacias",
                  "octobre 2026", f"/o/{w.firm.slug}/depot/"):  # fmt: skip
        assert words in said
    for words in ("Lemaire", "Zoé", "Claire", FIRM):
        assert words not in said
    assert [one[2] for one in steps()] == ["firm"], "one step: the letter of the mandate is a copy"
    assert (morning(), len(outbox.outbox)) == ([], 2)
    with acting(w.pilot) as pilot:
        (late,) = [one for one in late_firms(actor=pilot, on=CHASE) if one.firm_uid == w.uids["firm"]]
        assert late.email == FIRM, "the last letter of the firm is its own"


def test_a_mandate_on_one_contract_hears_of_it_alone(w: World, durand: Actor) -> None:
    second = contract(w.pilot, w.buyer, "École Pasteur")
    party(second, w.firm, "contractor")
    commitment(second, w.firm)
    contact(w, second, w.firm.organisation_id, FIRM)
    given(w, durand, second.uid)
    morning()
    assert mailed() == [[FIRM], [HOLDER]]
    firm, holder = (str(one.body) for one in outbox.outbox)
    assert ("Gymnase" in firm, "Pasteur" in firm) == (True, True)
    assert ("Gymnase" in holder, "Pasteur" in holder) == (False, True)


def test_nobody_is_told_twice(w: World, durand: Actor) -> None:
    given(w, durand)
    given(w, durand, w.contract.uid)
    morning()
    assert mailed() == [[FIRM], [HOLDER]]
    with as_owner():
        connection.cursor().execute("UPDATE procurement_partycontact SET email = %s", [HOLDER.upper()])
    morning(TELL)
    assert HOLDER not in [one[0] for one in mailed()[2:]], "the contact of the firm is who declares for it"


def test_two_mandates_on_two_contracts_make_one_mail(w: World, durand: Actor) -> None:
    second = contract(w.pilot, w.buyer, "École Pasteur")
    party(second, w.firm, "contractor")
    commitment(second, w.firm)
    for row in (w.contract, second):
        given(w, durand, row.uid)
    morning()
    assert mailed() == [[FIRM], [HOLDER]]
    assert all(words in outbox.outbox[1].body for words in ("Gymnase", "Pasteur"))


def test_a_person_once_accepted(w: World) -> None:
    uid = given(w, None, email="lou@compta.example")
    morning()
    assert mailed() == [[FIRM]]
    lou = member(body("Compta Lou"), "lou@compta.example")
    with as_owner():
        Mandate.objects.filter(uid=uid).update(account_id=lou.account_id, accepted_at=noon(TODAY))
    with acting(w.pilot) as pilot:
        remind_now(actor=pilot, firm_uid=w.uids["firm"], on=date(2026, 11, 17))
    with on_day(date(2026, 11, 17)), as_owner():
        send_letters(at=noon(CHASE), on=date(2026, 11, 17))
    assert mailed() == [[FIRM], [FIRM], ["lou@compta.example"]], "by hand as in the morning"


def test_until_the_mandate_ends_even_between_writing_and_sending(w: World, durand: Actor) -> None:
    uid = given(w, durand)
    with on_day(CHASE), as_owner():
        assert len(list(write_letters(on=CHASE, dry=False))) == 2
    with acting(w.firm) as firm:
        revoke_mandate(actor=firm, uid=uid, on=TODAY, at=noon(TODAY))
    morning()
    assert mailed() == [[FIRM]]
    with acting(w.pilot) as pilot:
        found, _ = letters_page(actor=pilot)
        assert {(one.told.value, one.state) for one in found} == {
            ("firm", LetterState.SENT), ("holder", LetterState.FAILED),
        }  # fmt: skip
        assert dead_addresses(actor=pilot) == set(), "the address is good"
    morning(TELL)
    assert [HOLDER] not in mailed()


def test_who_declares_is_told_where_the_firm_has_no_address(w: World, durand: Actor) -> None:
    with as_owner():
        Membership.objects.filter(account_id=w.firm.account_id).update(revoked_at=noon(TODAY))
        connection.cursor().execute("UPDATE procurement_partycontact SET email = ''")
    with as_owner():
        row = Mandate.objects.create(
            organisation_id=w.firm.organisation_id, holder_id=durand.organisation_id, starts_on=TODAY, ends_on=UNTIL,
            given_by_id=w.firm.account_id,
        )  # fmt: skip
    told = morning()
    assert [(one["told"], one["written"]) for one in told] == [("firm", False), ("holder", True)]
    assert mailed() == [[HOLDER]]
    assert [one[2] for one in steps()] == ["holder"], "its letter makes the step"
    assert (morning(), morning(date(2026, 11, 17)), len(outbox.outbox)) == ([], [], 1)
    with as_owner():
        assert Letter.objects.get().mandate_id == row.pk
        assert Reminder.objects.get().organisation_id == w.firm.organisation_id


def test_addresses_are_given_to_who_holds_the_contracts_only(w: World, durand: Actor) -> None:
    given(w, durand)
    firms = [w.firm.organisation_id, w.etti.organisation_id]
    with acting(w.pilot) as pilot:
        (found,) = mandates_to_remind(actor=pilot, firms=firms)
        assert (found.firm_id, found.contract_id, found.emails) == (w.firm.organisation_id, None, (HOLDER,))
    for who in (w.stranger, w.buyer, w.firm, durand):
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM sec.mandates_to_remind(%s)", [firms])
            assert cursor.fetchall() == []
