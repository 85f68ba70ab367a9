"""« Mandats de déclaration »: who may give them, on what, until when; what they open, and that it ends at once."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from clausette.hours.enums import StatementSource
from clausette.hours.models import Statement
from clausette.hours.operations import save_statement, submit_statement
from clausette.hours.queries import last_signer, statement_sheet
from clausette.hours.queries.visible import statements_visible_to
from clausette.hours.rules.certifying import Signer
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from clausette.kernel.operation import writing
from clausette.procurement.models import Mandate
from clausette.procurement.operations import MandateEntry, extend_mandate, give_mandate, revoke_mandate
from clausette.procurement.permissions import can_give_mandate
from clausette.procurement.queries import contracts_visible_to, mandates_held, parties_visible_to
from clausette.procurement.rules.mandates import end_of, refused_dates
from tests.hats import TODAY, acting, as_owner, noon, on_day
from tests.hours.builders import OCT, World, commitment, contract, made, party, uid_of, worker, world
from tests.isolation.test_matrix import without_policies, without_scopes
from tests.world import body, member

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 6, 30)


@pytest.fixture
def w() -> World:
    """Two contracts of the firm, and its accountants."""
    w = world()
    other = contract(w.pilot, w.buyer, "École Pasteur")
    party(other, w.firm, "contractor")
    worker(w.pilot, commitment(other, w.firm), "Awa", "Traoré", host=w.firm)
    w.uids["other"] = other.uid
    return w


@pytest.fixture
def durand() -> Actor:
    return member(body("Cabinet Durand"), "claire@durand.example")


def given(w: World, to: Actor, *, contract_uid: UUID | None = None, start: date = TODAY, end: date = UNTIL) -> UUID:
    entry = MandateEntry(start, end, holder_uid=uid_of(to), contract_uid=contract_uid)
    with acting(w.firm) as firm:
        return give_mandate(actor=firm, entry=entry, on=TODAY, site="")


def for_firm(w: World, who: Actor) -> tuple[int, int]:
    return who.account_id, w.firm.organisation_id


def opens(w: World, who: Actor) -> bool:
    """Whether the rights of the mandate may be opened now."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("SELECT capabilities FROM sec.open_as(%s, %s)", for_firm(w, who))
            row = cursor.fetchone()
            assert row
            assert "mandate" in row[0]
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def handed(w: World, actor: Actor, signer: Signer | None = None) -> UUID:
    ref = save_statement(
        actor=actor, contract_uid=w.contract.uid, declarant_uid=w.uids["firm"], month=OCT,
        entries=(w.entry(w.lemaire, "121.5"),), source=StatementSource.PORTAL, version=None, on=TODAY,
    )  # fmt: skip
    submit_statement(actor=actor, uid=ref.uid, version=ref.version, signer=signer, at=noon(TODAY), on=TODAY)
    return ref.uid


def test_dates() -> None:
    assert end_of(date(2026, 1, 1), None) == date(2026, 12, 31)
    assert refused_dates(TODAY, TODAY, on=TODAY) == {}
    assert refused_dates(TODAY, TODAY + timedelta(days=3 * 366), on=TODAY) == {}
    assert set(refused_dates(TODAY, TODAY + timedelta(days=3 * 366 + 1), on=TODAY)) == {"ends_on"}
    assert set(refused_dates(TODAY - timedelta(days=1), TODAY, on=TODAY)) == {"starts_on"}
    assert set(refused_dates(TODAY + timedelta(days=2), TODAY + timedelta(days=1), on=TODAY)) == {"ends_on"}


def test_declared_by_the_holder_for_the_firm(w: World, durand: Actor) -> None:
    given(w, durand)
    with acting(for_firm(w, durand)) as actor:
        assert (actor.deposit, actor.is_admin, actor.account_name) == (True, False, "Claire, Cabinet Durand")
        assert actor.mandate
        assert (actor.mandate.holder, actor.mandate.ends_on) == ("Cabinet Durand", UNTIL)
        assert last_signer(actor=actor) == Signer("Claire", "")
        assert contracts_visible_to(actor).count() == 2
        uid = handed(w, actor, Signer("Claire Martin", "comptable"))
    said = (
        "121,5 h certifiées le 16 novembre 2026 par Claire Martin, comptable, pour le compte de Bâti Ouche, par "
        "Cabinet Durand (mandat de déclaration du 16 novembre 2026 au 30 juin 2027)"
    )
    with acting(w.pilot) as pilot:
        sheet = statement_sheet(actor=pilot, uid=uid, on=TODAY)
        assert sheet.certified
        assert sheet.certified.sentence(sheet.total).replace("\u202f", " ").replace("\xa0", " ") == said
    with as_owner():
        told = set(Event.objects.filter(account_id=durand.account_id).values_list("organisation_id", "acting_org"))
        assert told == {(w.firm.organisation_id, durand.organisation_id)}


def test_what_the_firm_does_itself_names_no_mandate(w: World, durand: Actor) -> None:
    given(w, durand)
    with acting(w.firm) as firm:
        uid = handed(w, firm)
        assert statement_sheet(actor=firm, uid=uid, on=TODAY).handed is None


@pytest.mark.parametrize("nets", ["both", "database", "queries", "none"])
def test_one_contract_only(w: World, durand: Actor, nets: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting(w.firm) as firm:
        other = handed(w, firm)
    given(w, durand, contract_uid=w.uids["other"])
    with ExitStack() as stack:
        if nets in ("database", "none"):
            without_scopes(monkeypatch)
        if nets in ("queries", "none"):
            stack.enter_context(without_policies())
        with acting(for_firm(w, durand)) as actor:
            read = set(contracts_visible_to(actor).values_list("uid", flat=True))
            seen = statements_visible_to(actor).filter(uid=other).exists()
    assert (read == {w.uids["other"]}, seen) == ((False, True) if nets == "none" else (True, False))


def test_nothing_is_written_on_another_contract(w: World, durand: Actor) -> None:
    given(w, durand, contract_uid=w.uids["other"])
    with acting(for_firm(w, durand)) as actor, pytest.raises(Absent):
        handed(w, actor)


def test_ends_at_once(w: World, durand: Actor) -> None:
    uid = given(w, durand)
    with acting(w.firm) as firm:
        revoke_mandate(actor=firm, uid=uid, on=TODAY, at=noon(TODAY))
        with pytest.raises(WrongState):
            extend_mandate(actor=firm, uid=uid, ends_on=UNTIL, on=TODAY)
    assert not opens(w, durand)
    with acting(durand) as actor:
        assert mandates_held(actor=actor, on=TODAY) == ()


def test_neither_before_its_first_day_nor_after_its_last(w: World, durand: Actor) -> None:
    first = TODAY + timedelta(days=10)
    given(w, durand, start=first, end=first)
    for day, open_then in ((TODAY, False), (first, True), (first + timedelta(days=1), False)):
        with on_day(day):
            assert opens(w, durand) is open_then


def test_who_acts_by_a_mandate_manages_nothing(w: World, durand: Actor) -> None:
    uid = given(w, durand)
    third = member(body("Un tiers"), "tiers@tiers.example")
    with acting(for_firm(w, durand)) as actor:
        entry = MandateEntry(TODAY, UNTIL, holder_uid=uid_of(third))
        with pytest.raises(NotAllowed):
            give_mandate(actor=actor, entry=entry, on=TODAY, site="")
        with pytest.raises(NotAllowed):
            revoke_mandate(actor=actor, uid=uid, on=TODAY, at=noon(TODAY))
        row: dict[str, Any] = {
            "organisation_id": actor.organisation_id, "holder_id": third.organisation_id, "starts_on": TODAY,
            "ends_on": UNTIL, "given_by_id": actor.account_id,
        }  # fmt: skip
        with writing("test"), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Mandate.objects.create(**row)
        with writing("test"):
            assert Mandate.objects.filter(uid=uid).update(ends_on=date(2030, 1, 1)) == 0
    with acting(durand) as actor, writing("test"):
        assert Mandate.objects.filter(uid=uid).update(ends_on=date(2030, 1, 1)) == 0
        assert not parties_visible_to(actor).exists()


def test_a_statement_names_the_mandate_by_which_it_is_handed_over_and_no_other(w: World, durand: Actor) -> None:
    given(w, durand)
    with acting(for_firm(w, durand)) as actor, writing("test"):
        ref = save_statement(
            actor=actor, contract_uid=w.contract.uid, declarant_uid=w.uids["firm"], month=OCT,
            entries=(w.entry(w.lemaire, "121.5"),), source=StatementSource.PORTAL, version=None, on=TODAY,
        )  # fmt: skip
        rows = Statement.objects.filter(uid=ref.uid)
        values = {"state": "submitted", "submitted_at": noon(TODAY), "submitted_by_id": actor.account_id}
        with pytest.raises(IntegrityError, match="names the mandate"), transaction.atomic():
            rows.update(**values)
    with as_owner():
        number = Mandate.objects.get().pk
    named = {"mandate_id": number, "mandated_name": "Durand", "mandated_from": TODAY, "mandated_until": UNTIL}
    refused = pytest.raises(IntegrityError, match="names the mandate")
    with acting(w.firm), writing("test"), refused, transaction.atomic():
        Statement.objects.filter(uid=ref.uid).update(**values, **named)


def test_nothing_is_handed_over_at_once_by_a_mandate(w: World, durand: Actor) -> None:
    given(w, durand)
    with acting(for_firm(w, durand)) as actor:
        values = {"contract_id": w.contract.pk, "declarant_id": w.firm.organisation_id, "month": OCT}
        now = {"state": "submitted", "submitted_at": noon(TODAY), "submitted_by_id": actor.account_id}
        with writing("test"), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Statement(**values, **now, source=StatementSource.PORTAL).save(force_insert=True)
        with writing("test"):
            Statement(**values, source=StatementSource.PORTAL).save(force_insert=True)
        assert statements_visible_to(actor).count() == 1


def test_who_may_give_one_and_to_whom(w: World, durand: Actor) -> None:
    assert can_give_mandate(w.firm)
    assert not can_give_mandate(replace(w.firm, is_admin=False))
    assert not can_give_mandate(w.pilot)
    with acting(w.firm) as firm:
        for holder, words in ((w.firm, "propre structure"), (w.pilot, "facilitatrice")):
            entry = MandateEntry(TODAY, UNTIL, holder_uid=uid_of(holder))
            with pytest.raises(Invalid) as refusal:
                give_mandate(actor=firm, entry=entry, on=TODAY, site="")
            assert words in refusal.value.errors["holder"]
        with pytest.raises(Invalid) as refusal:
            give_mandate(actor=firm, entry=MandateEntry(TODAY, UNTIL, email="ZOE@bati.example"), on=TODAY, site="")
        assert "email" in refusal.value.errors
    given(w, durand)
    with pytest.raises(Refusal, match="court déjà"):
        given(w, durand, end=TODAY)
    stranger = made("procurement.Contract", owner_org_id=w.stranger.organisation_id, buyer_id=w.buyer.organisation_id,
                    common_name="Ailleurs", sort_key="ailleurs")  # fmt: skip
    with pytest.raises(Absent):
        given(w, durand, contract_uid=stranger.uid)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("procurement_mandate_not_itself", {"holder": "firm"}),
        ("procurement_mandate_dates", {"holder": "etti", "ends_on": TODAY - timedelta(days=1)}),
        ("procurement_mandate_whose", {}),
        ("procurement_mandate_whose", {"holder": "etti", "email": "lou@compta.example"}),
        ("procurement_mandate_whose", {"email": "Lou@compta.example", "token_hash": "x"}),
    ],
)
def test_what_cannot_be(w: World, constraint: str, values: dict[str, Any]) -> None:
    holder = values.get("holder")
    row = {key: value for key, value in values.items() if key != "holder"}
    row["holder_id"] = getattr(w, holder).organisation_id if holder else None
    base = {"starts_on": TODAY, "ends_on": UNTIL, "given_by_id": w.firm.account_id}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        made("procurement.Mandate", organisation_id=w.firm.organisation_id, **base | row)
