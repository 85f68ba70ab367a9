"""Files of hours sent by a « mandat de déclaration »: what it opens, in whose name, where it stops, how it ends."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from clausette.files.queries import files_visible_to
from clausette.hours.models import CorrectionProposal, HoursLine, Statement
from clausette.hours.operations import validate_statement
from clausette.imports import tasks
from clausette.imports.errors import AlreadyImported
from clausette.imports.models import HoursFile, HoursFileChoice, HoursFileColumns, HoursFileStatement
from clausette.imports.operations.hours_files import (
    ColumnsAnswer,
    apply_hours_file,
    choose_matches,
    compare_hours_file,
    hand_over_hours_file,
    hand_over_hours_undo,
    map_hours_columns,
    take_in_hours_file,
    undo_hours_file,
)
from clausette.imports.permissions import can_import_hours
from clausette.imports.queries.hours_files import (
    hours_file_returned,
    hours_file_sheet,
    list_hours_files,
    list_hours_lines,
    subjects_to_match,
)
from clausette.imports.queries.hours_files.visible import (
    filled_visible_to,
    hours_choices_visible_to,
    hours_columns_visible_to,
    hours_file_blocks_visible_to,
    hours_file_lines_visible_to,
    hours_files_visible_to,
)
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import settle, writing
from clausette.procurement.models import Mandate
from clausette.procurement.operations import MandateEntry, give_mandate, revoke_mandate
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import World, commitment, contract, made, party, uid_of, worker, world
from tests.imports.hours_files.books import book, row
from tests.imports.hours_files.kept import kept
from tests.isolation.test_matrix import without_policies, without_scopes
from tests.world import body, member

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 6, 30)
SITES = ("Nom", "Prénom", "Né(e) le", "Marché", "Mois", "H. trav.")
LEMAIRE = row("Lemaire", "David", 121.5)


@pytest.fixture
def w() -> World:
    """Two contracts of the firm, one person on each, and its accountants."""
    w = world()
    other = contract(w.pilot, w.buyer, "École Pasteur")
    party(other, w.firm, "contractor")
    worker(w.pilot, commitment(other, w.firm), "Awa", "Traoré", host=w.firm)
    w.uids["other"] = other.uid
    return w


@pytest.fixture
def durand() -> Actor:
    return member(body("Cabinet Durand"), "claire@durand.example")


def given(w: World, to: Actor, contract_uid: UUID | None = None) -> UUID:
    with acting(w.firm) as firm:
        entry = MandateEntry(TODAY, UNTIL, holder_uid=uid_of(to), contract_uid=contract_uid)
        return give_mandate(actor=firm, entry=entry, on=TODAY, site="")


def withdrawn(w: World, uid: UUID) -> None:
    with acting(w.firm) as firm:
        revoke_mandate(actor=firm, uid=uid, on=TODAY, at=noon(TODAY))


def by(w: World, who: Actor) -> tuple[int, int]:
    """The account of who acts, for the firm."""
    return who.account_id, w.firm.organisation_id


def take(who: Any, data: bytes, name: str = "paie.xlsx") -> UUID:
    with acting(who) as actor:
        return take_in_hours_file(actor=actor, name=name, data=data, on=TODAY)


def apply(who: Any, uid: UUID, *, submit: bool = True) -> Any:
    with acting(who) as actor:
        return apply_hours_file(actor=actor, batch_uid=uid, submit=submit, at=noon(TODAY), on=TODAY)


def worked(task: Any, job: dict[str, Any]) -> None:
    """Do a job as the worker does."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET ROLE clausette_worker")
        task(**job)


def said(uid: UUID) -> list[tuple[int, str, list[str]]]:
    """Line, fate, what is said of each (but that no piece is joined)."""
    return [
        (one.line, one.fate, [told.code for told in one.findings if told.code != "W104"])
        for one in kept(batch__uid=uid)
    ]


def test_sent_read_and_written_for_the_firm_in_the_name_of_both(w: World, durand: Actor) -> None:
    number = given(w, durand)
    uid = take(by(w, durand), book(LEMAIRE, row("Traoré", "Awa", 70)))
    done = apply(by(w, durand), uid)
    assert (done.written, done.statements) == (2, 2)
    with as_owner():
        batch = HoursFile.objects.get()
        mandate = Mandate.objects.get(uid=number)
        assert (batch.owner_org_id, batch.declarant_id) == (w.firm.organisation_id,) * 2
        assert (batch.mandate, batch.mandated_name, batch.mandated_until) == (mandate, "Cabinet Durand", UNTIL)
        for one in Statement.objects.all():
            assert (one.state, one.source, one.mandate_id, one.mandated_name) == (
                "submitted", "file", mandate.pk, "Cabinet Durand",
            )  # fmt: skip
        assert set(HoursLine.objects.values_list("state", flat=True)) == {"declared"}
        assert set(HoursFileStatement.objects.values_list("mandated_name", flat=True)) == {"Cabinet Durand"}
        events = Event.objects.filter(account_id=durand.account_id, verb__startswith="imports.")
        told = set(events.values_list("organisation_id", "acting_org"))
        assert told == {(w.firm.organisation_id, durand.organisation_id)}
    with acting(w.firm) as firm:
        (listed,) = list_hours_files(actor=firm)
        assert (listed.by, listed.brought_by) == ("Cabinet Durand", "Claire")
        handed = hours_file_sheet(actor=firm, uid=uid).handed
        assert handed
        assert handed.sentence.startswith("pour le compte de Bâti Ouche, par Cabinet Durand (mandat")
        assert hours_file_returned(actor=firm, batch_uid=uid).data


def test_what_is_kept_as_a_draft_then_handed_over_by_another_file_names_the_mandate(w: World, durand: Actor) -> None:
    given(w, durand)
    apply(by(w, durand), take(by(w, durand), book(LEMAIRE)), submit=False)
    with as_owner():
        assert Statement.objects.filter(state="draft", mandate=None).count() == 1
    apply(by(w, durand), take(by(w, durand), book(row("Lemaire", "David", 100))))
    with as_owner():
        assert Statement.objects.values_list("state", "mandated_name").get() == ("submitted", "Cabinet Durand")
        assert HoursLine.objects.get().hours == Decimal(100)


def test_undone_by_who_sent_it_or_by_the_firm_until_control(w: World, durand: Actor) -> None:
    given(w, durand)
    for who in (by(w, durand), w.firm):
        uid = take(by(w, durand), book(LEMAIRE))
        apply(by(w, durand), uid)
        with acting(who) as actor:
            assert undo_hours_file(actor=actor, batch_uid=uid, at=noon(TODAY)) == 1
        with as_owner():
            assert not HoursLine.objects.exists()
            assert Statement.objects.filter(state="returned", mandate=None).count() == 1
    uid = take(by(w, durand), book(LEMAIRE))
    apply(by(w, durand), uid)
    validated(w)
    with acting(by(w, durand)) as actor, pytest.raises(WrongState, match="ne peut plus être défait"):
        undo_hours_file(actor=actor, batch_uid=uid, at=noon(TODAY))


def validated(w: World) -> None:
    with as_owner():
        statement = Statement.objects.get(contract=w.contract)
    with acting(w.pilot) as pilot:
        validate_statement(
            actor=pilot, uid=statement.uid, version=None, justifications={"W104": "Vue sur place"}, at=noon(TODAY),
            on=TODAY,
        )  # fmt: skip


def test_a_correction_proposed_by_a_file_names_the_mandate(w: World, durand: Actor) -> None:
    given(w, durand)
    apply(by(w, durand), take(by(w, durand), book(LEMAIRE)))
    validated(w)
    uid = take(by(w, durand), book(row("Lemaire", "David", 100)))
    assert apply(by(w, durand), uid).proposed == 1
    with as_owner():
        assert CorrectionProposal.objects.get().mandated_name == "Cabinet Durand"
    with acting(by(w, durand)) as actor:
        undo_hours_file(actor=actor, batch_uid=uid, at=noon(TODAY))
    with as_owner():
        assert CorrectionProposal.objects.get().state == "withdrawn"


def test_twice_the_same_by_the_firm_and_for_it(w: World, durand: Actor) -> None:
    given(w, durand)
    data = book(LEMAIRE)
    first = take(by(w, durand), data)
    with pytest.raises(AlreadyImported, match="par Claire"):
        take(w.firm, data)
    with acting(w.firm) as firm:
        assert hours_file_sheet(actor=firm, uid=first).new == 1
    apply(w.firm, first)
    with as_owner():
        assert Statement.objects.get().mandate_id is None, "handed over by the firm itself"
    second = book(row("Lemaire", "David", 99))
    take(w.firm, second)
    with pytest.raises(Invalid, match="déjà envoyé, par l'entreprise elle-même"):
        take(by(w, durand), second)
    assert said(take(by(w, durand), book(LEMAIRE, row("Inconnu", "Jean", 3))))[0][1] == "same"
    with as_owner():
        assert HoursFile.objects.count() == 3


NETS = ("both", "database", "queries", "none")
SEEN = {
    "files": hours_files_visible_to, "lines": hours_file_lines_visible_to, "blocks": hours_file_blocks_visible_to,
    "filled": filled_visible_to, "columns": hours_columns_visible_to, "choices": hours_choices_visible_to,
    "stored": files_visible_to,
}  # fmt: skip


def counted(actor: Actor) -> dict[str, int]:
    return {name: visible(actor).count() for name, visible in SEEN.items()}


@pytest.mark.parametrize("nets", NETS)
def test_only_files_sent_by_the_mandate(w: World, durand: Actor, nets: str, monkeypatch: pytest.MonkeyPatch) -> None:
    morel = member(body("Cabinet Morel"), "max@morel.example")
    given(w, durand)
    given(w, morel)
    for who, hours in ((w.firm, 90), (by(w, morel), 91)):
        uid = take(who, book(row("Lemaire", "David", hours), row("Lemair", "Davide", 3), row("Roy", "Ali", 2)))
        with acting(who) as actor:
            (asked,) = [one for one in subjects_to_match(actor=actor, batch_uid=uid) if one.name == "Lemair Davide"]
            choose_matches(actor=actor, batch_uid=uid, answers={asked.line_uid: "aucun"}, on=TODAY)
            plan = hours_file_sheet(actor=actor, uid=uid).plans[0]
            answer = ColumnsAnswer(plan.sheet, True, {one.place: one.field for one in plan.columns})
            map_hours_columns(actor=actor, batch_uid=uid, answers=[answer], on=TODAY)
        apply(who, uid, submit=False)
    with ExitStack() as stack:
        if nets in ("database", "none"):
            without_scopes(monkeypatch)
        if nets in ("queries", "none"):
            stack.enter_context(without_policies())
        with acting(by(w, durand)) as actor:
            found = counted(actor)
    assert (not any(found.values())) == (nets != "none"), found
    with acting(by(w, morel)) as actor:
        assert set(counted(actor).values()) == {1}, "the same of the other holder, who sees its own"
    with acting(w.firm) as firm:
        assert set(counted(firm).values()) == {2}, "the firm sees both"


@pytest.mark.parametrize("nets", NETS)
def test_withdrawn_while_a_file_waits(w: World, durand: Actor, nets: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A narrow mandate still runs: the file sent by the other one is closed all the same."""
    whole = given(w, durand)
    uid = take(by(w, durand), book(LEMAIRE))
    given(w, durand, w.uids["other"])
    withdrawn(w, whole)
    with ExitStack() as stack:
        if nets in ("database", "none"):
            without_scopes(monkeypatch)
        if nets in ("queries", "none"):
            stack.enter_context(without_policies())
        with acting(by(w, durand)) as actor:
            assert hours_files_visible_to(actor).filter(uid=uid).exists() == (nets == "none")
            if nets == "both":
                for write in (
                    lambda: apply_hours_file(actor=actor, batch_uid=uid, submit=True, at=noon(TODAY), on=TODAY),
                    lambda: compare_hours_file(actor=actor, batch_uid=uid, on=TODAY),
                    lambda: undo_hours_file(actor=actor, batch_uid=uid, at=noon(TODAY)),
                ):
                    with pytest.raises(Absent):
                        write()
    if nets == "both":
        assert apply(w.firm, uid).written == 1, "the firm goes on with it"


def test_the_worker_acts_by_the_mandate_or_not_at_all(w: World, durand: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clausette.imports.operations.hours_files.handing.READ_IN_REQUEST", 0)
    number = given(w, durand)
    uid, (account, firm) = take(by(w, durand), book(LEMAIRE)), by(w, durand)
    job = {"account_id": account, "organisation_id": firm, "batch": str(uid)}
    worked(tasks.read_hours_handed_over, job)
    with acting(by(w, durand)) as actor:
        hand_over_hours_file(actor=actor, batch_uid=uid, submit=True)
    worked(tasks.apply_hours_handed_over, job)
    with as_owner():
        assert Statement.objects.values_list("state", "mandated_name").get() == ("submitted", "Cabinet Durand")
    with acting(by(w, durand)) as actor:
        hand_over_hours_undo(actor=actor, batch_uid=uid)
    withdrawn(w, number)
    worked(tasks.undo_hours_handed_over, job)
    with as_owner():
        assert HoursFile.objects.get().state == "applied", "withdrawn meanwhile: nothing is done, nothing fails"
        assert HoursLine.objects.exists()


def test_one_contract_only_the_other_lines_say_why(w: World, durand: Actor) -> None:
    given(w, durand, w.contract.uid)
    data = book(
        ("Lemaire", "David", "", "Gymnase des Acacias", "10/2026", 121.5),
        ("Traoré", "Awa", "", "École Pasteur", "10/2026", 70),
        ("Lemaire", "David", "", "École Pasteur", "09/2026", 30),
        ("Lemaire", "David", "", "", "08/2026", 20),
        head=SITES,
    )
    uid = take(by(w, durand), data)
    assert said(uid) == [
        (2, "new", []), (3, "unmatched", ["E236", "E231"]), (4, "unmatched", ["E236", "E232"]), (5, "ask", ["W233"]),
    ]  # fmt: skip
    with acting(by(w, durand)) as actor:
        sheet = hours_file_sheet(actor=actor, uid=uid)
        assert "Votre mandat porte sur « Gymnase des Acacias » seul" in sheet.notices[0].replace("\xa0", " ")
        rows, _ = list_hours_lines(actor=actor, batch_uid=uid, fates=(), told=True, only="E236", offset=0)
        sentence = rows[0].findings[0].sentence
        assert "Les heures d'un autre marché, l'entreprise les déclare" in sentence
        assert "Pasteur" not in sentence, "what the mandate does not open is not named"
        (asked,) = [one for one in subjects_to_match(actor=actor, batch_uid=uid) if one.sure == "likely"]
        choose_matches(actor=actor, batch_uid=uid, answers={asked.line_uid: asked.options[0]["token"]}, on=TODAY)
    assert said(uid)[3][1] == "new"
    assert apply(by(w, durand), uid).written == 2
    with as_owner():
        assert set(Statement.objects.values_list("contract_id", flat=True)) == {w.contract.pk}
    again = book(("Lemaire", "David", "", "", "11/2026", 10), head=SITES)
    assert said(take(by(w, durand), again)) == [(2, "new", [])], "said once"


def test_a_month_before_the_mandate_is_declared_as_on_line(w: World, durand: Actor) -> None:
    given(w, durand)
    assert said(take(by(w, durand), book(row("Lemaire", "David", 20, month="08/2026")))) == [(2, "new", [])]


def test_what_the_holder_said_stays_from_one_mandate_to_the_next_and_is_not_the_firms(w: World, durand: Actor) -> None:
    first = given(w, durand)
    head = ("Nom", "Prénom", "Machin", "Mois", "Truc")
    uid = take(by(w, durand), book(("Lemair", "Davide", "Bâti Ouche", "10/2026", 12), head=head))
    fields = {0: "last_name", 1: "first_name", 2: "host_name", 3: "month", 4: "hours"}
    with acting(by(w, durand)) as actor:
        map_hours_columns(actor=actor, batch_uid=uid, answers=[ColumnsAnswer("Heures", True, fields)], on=TODAY)
        (asked,) = subjects_to_match(actor=actor, batch_uid=uid)
        choose_matches(actor=actor, batch_uid=uid, answers={asked.line_uid: asked.options[0]["token"]}, on=TODAY)
    withdrawn(w, first)
    given(w, durand)
    again = book(("Lemair", "Davide", "Bâti Ouche", "11/2026", 12), head=head)
    assert said(take(by(w, durand), again)) == [(2, "new", [])]
    with as_owner():
        assert (HoursFileColumns.objects.count(), HoursFileChoice.objects.count()) == (1, 1)
    another = take(w.firm, book(("Lemair", "Davide", "Bâti Ouche", "09/2026", 12), head=head))
    with acting(w.firm) as firm:
        assert hours_file_sheet(actor=firm, uid=another).state == "columns", "asked of the firm too"


def test_the_mandate_of_a_file_is_ones_own_and_stays(w: World, durand: Actor) -> None:
    given(w, durand)
    uid = take(by(w, durand), book(LEMAIRE))
    with as_owner():
        kept_file = HoursFile.objects.get()
        other = body("Autre firme")
        stray = made("procurement.Mandate", organisation_id=other.organisation_id, holder_id=durand.organisation_id,
                     starts_on=TODAY, ends_on=UNTIL, given_by_id=w.firm.account_id)  # fmt: skip
    row_of = {
        "owner_org_id": w.firm.organisation_id, "declarant_id": w.firm.organisation_id, "file_id": kept_file.file_id,
        "fingerprint": "x", "brought_by_id": durand.account_id,
    }  # fmt: skip
    named = {"mandated_name": "Durand", "mandated_from": TODAY, "mandated_until": UNTIL}
    theirs = {"mandate_id": kept_file.mandate_id, **named}
    for who, values, error, words in (
        (by(w, durand), {}, IntegrityError, "names the mandate"),
        (by(w, durand), {"mandate_id": stray.pk, **named}, IntegrityError, "names the mandate"),
        (by(w, durand), {**theirs, "mandated_until": TODAY}, IntegrityError, "names the mandate"),
        (w.firm, theirs, IntegrityError, "names the mandate"),
        (w.etti, {}, ProgrammingError, "row-level security"),
    ):  # fmt: skip
        with acting(who), writing("test"), pytest.raises(error, match=words), transaction.atomic():
            HoursFile(**row_of | values).save(force_insert=True)
    stays = pytest.raises(IntegrityError, match="does not change")
    with acting(w.firm), writing("test"), stays, transaction.atomic():
        HoursFile.objects.filter(uid=uid).update(mandated_name="Autre")
    with pytest.raises(IntegrityError, match="mandated"), transaction.atomic():
        made("imports.HoursFile", **row_of, mandate_id=kept_file.mandate_id)
    with transaction.atomic():
        made("imports.HoursFile", **row_of, mandate_id=stray.pk, **named)
        with pytest.raises(IntegrityError, match="same_scope"):
            settle()
        transaction.set_rollback(True)


def test_a_deposit_sends_no_file(w: World, durand: Actor) -> None:
    given(w, durand)
    with acting(by(w, durand)) as actor:
        assert can_import_hours(actor)
    assert not can_import_hours(replace(actor, mandate=None))


def test_a_month_without_hours_is_said_by_mandate_too(w: World, durand: Actor) -> None:
    given(w, durand)
    uid = take(by(w, durand), book(row("Lemaire", "David", 0), row("Diallo", "Salif", 0)))
    apply(by(w, durand), uid)
    with as_owner():
        assert Statement.objects.filter(is_nil=True, state="submitted", mandated_name="Cabinet Durand").count() == 1
    apply(by(w, durand), take(by(w, durand), book(row("Lemaire", "David", 30, month="11/2026"))), submit=False)
    apply(by(w, durand), take(by(w, durand), book(row("Lemaire", "David", 0, month="11/2026"))))
    with as_owner():
        assert not HoursLine.objects.exists()
