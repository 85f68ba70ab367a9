"""A file of hours from its reading to its statements, and back."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from clausette.commitments.models import Commitment
from clausette.hours.enums import HoursKind
from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations import submit_statement, validate_statement
from clausette.hours.queries import Candidate, findings_of_candidates
from clausette.imports.errors import AlreadyImported
from clausette.imports.models import HoursFile
from clausette.imports.operations.hours_files import (
    apply_hours_file,
    compare_hours_file,
    hand_over_hours_file,
    take_in_hours_file,
    undo_hours_file,
)
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import NotAllowed, WrongState
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, made, worked_elsewhere, world
from tests.imports.hours_files.books import book, row
from tests.imports.hours_files.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> World:
    return world()


def take(who: Actor, data: bytes, name: str = "paie.xlsx", **options: Any) -> Any:
    with acting(who) as actor:
        return take_in_hours_file(actor=actor, name=name, data=data, on=TODAY, **options)


def apply(who: Actor, uid: Any, *, submit: bool | None = True) -> Any:
    with acting(who) as actor:
        return apply_hours_file(actor=actor, batch_uid=uid, submit=submit, at=noon(TODAY), on=TODAY)


def fates(uid: Any) -> list[tuple[int, str]]:
    return [(one.line, one.fate) for one in kept(batch__uid=uid)]


def test_a_file_fills_statements_and_says_what_it_left(small: World) -> None:
    data = book(
        row("Diallo", "Salif", 120.5), row("Inconnu", "Jean", 100), row("Diallo", "Salif", 35, client="Autre SARL"),
        ("Total", "", "", "", "", 255.5),
    )
    uid = take(small.etti, data)
    assert fates(uid) == [(2, "new"), (3, "unmatched"), (4, "unmatched")]
    with as_owner():
        batch = HoursFile.objects.get()
        assert batch.totals[0]["after"] == "120.5" or Decimal(batch.totals[0]["after"]) == Decimal("120.5")
        assert not Statement.objects.exists()
        assert batch.notes[0][1] == 5
    done = apply(small.etti, uid)
    assert (done.written, done.refused, done.statements) == (1, 0, 1)
    with as_owner():
        line = HoursLine.objects.select_related("statement").get()
        assert (line.hours, line.state, line.statement.source) == (Decimal("120.50"), "declared", "file")
        assert HoursFile.objects.get().hashes == [kept(["new"])[0].digest]
    with pytest.raises(AlreadyImported, match=r"déjà importé : le .* par Ugo"):
        take(small.etti, data)


def test_the_event_of_a_file_says_of_whom_hours_made_elsewhere_were_told(small: World) -> None:
    def told(uid: Any) -> list[Any]:
        with as_owner():
            return [one.after.get("elsewhere") for one in Event.objects.filter(subject_uid=uid).order_by("at", "id")]

    assert told(take(small.pilot, book(row("Lemaire", "David", 90)), declarant_uid=small.uids["firm"])) == [None]
    lemaire = worked_elsewhere(small, Decimal(150))
    data = book(row("Lemaire", "David", 95), row("Diallo", "Salif", 40))
    assert told(take(small.pilot, data, declarant_uid=small.uids["firm"])) == [[str(lemaire)]]


def test_the_same_lines_saved_as_text_are_the_same_file(small: World) -> None:
    take(small.etti, book(row("Diallo", "Salif", 120.5)))
    text = "Nom;Prénom;Né(e) le;Client;Mois;H. trav.\r\nDiallo;Salif;04/05/1990;Bâti Ouche;10/2026;120,50\r\n"
    with pytest.raises(AlreadyImported):
        take(small.etti, text.encode("cp1252"), name="autre.csv")


def test_one_changed_line_is_a_correction_and_only_that_one(small: World) -> None:
    take_first = take(small.pilot, book(row("Diallo", "Salif", 100), row("Lemaire", "David", 90)),
                      declarant_uid=small.uids["firm"])  # fmt: skip
    apply(small.pilot, take_first)
    second = take(small.pilot, book(row("Diallo", "Salif", 100), row("Lemaire", "David", 97)),
                  declarant_uid=small.uids["firm"])  # fmt: skip
    assert fates(second) == [(2, "same"), (3, "changed")]
    assert apply(small.pilot, second).written == 1
    with as_owner():
        assert list(HoursLine.objects.order_by("hours").values_list("hours", flat=True)) == [97, 100]
    with acting(small.pilot) as actor:
        undo_hours_file(actor=actor, batch_uid=second, at=noon(TODAY))
    with as_owner():
        assert list(HoursLine.objects.order_by("hours").values_list("hours", flat=True)) == [90, 100]
        assert Statement.objects.get().state == "submitted"


def test_leave_beside_work_refuses_itself_and_not_the_work(small: World) -> None:
    head = ("Nom", "Prénom", "Mois", "Rubrique", "Heures")
    rows = [("Diallo", "Salif", "10/2026", nature, hours) for nature, hours in (("Heures", 100), ("Congés", 14))]
    assert fates(take(small.etti, book(*rows, head=head))) == [(2, "new"), (3, "refused")]


def validated(small: World, hours: str) -> None:
    with acting(small.firm) as actor:
        ref = small.save(actor, OCT, small.entry(small.lemaire, hours))
        submit_statement(actor=actor, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
    with acting(small.pilot) as actor:
        validate_statement(
            actor=actor, uid=ref.uid, version=None, justifications={"W104": "Vue sur place"}, at=noon(TODAY), on=TODAY
        )


def test_a_validated_line_takes_a_signed_difference_from_the_structure_alone(small: World) -> None:
    validated(small, "90")
    data = book(row("Lemaire", "David", 97))
    uid = take(small.firm, data)
    assert fates(uid) == [(2, "proposed")]
    mine = take(small.pilot, data, declarant_uid=small.uids["firm"])
    assert fates(mine) == [(2, "correction")]
    apply(small.pilot, mine)
    with as_owner():
        assert list(HoursLine.objects.order_by("id").values_list("hours", flat=True)) == [90, 7]
    with acting(small.pilot) as actor, pytest.raises(WrongState, match=r"octobre 2026 : .*est validé"):
        undo_hours_file(actor=actor, batch_uid=mine, at=noon(TODAY))


def test_an_imported_file_is_compared_again_once_its_person_is_known(small: World) -> None:
    uid = take(small.etti, book(row("Diallo", "Salif", 100)))
    apply(small.etti, uid)
    with acting(small.etti) as actor:
        compare_hours_file(actor=actor, batch_uid=uid, on=TODAY)
    with as_owner():
        assert HoursFile.objects.get().state == "applied"
    assert fates(uid) == [(2, "same")]


def test_the_worker_writes_as_it_was_asked(small: World) -> None:
    uid = take(small.etti, book(row("Diallo", "Salif", 100)))
    with acting(small.etti) as actor:
        hand_over_hours_file(actor=actor, batch_uid=uid, submit=False)
    apply(small.etti, uid, submit=None)
    with pytest.raises(NotAllowed):  # asked twice of the worker, written once
        apply(small.etti, uid, submit=None)
    with as_owner():
        assert [(one.state, one.source) for one in Statement.objects.all()] == [("draft", "file")]
        assert HoursLine.objects.count() == 1


def test_the_controls_hear_lines_that_are_not_written_yet(small: World) -> None:
    with as_owner():
        owed, declarant = small.commitment, small.firm.organisation_id
    usual = {
        "placement_id": small.lemaire.pk, "commitment_id": owed.pk, "contract_id": small.contract.pk,
        "declarant_id": declarant, "month": OCT,
    }  # fmt: skip
    made(
        "hours.WorkedMonth", placement_id=small.diallo.pk, employer_id=small.etti.organisation_id, month=OCT,
        owner_org_id=small.pilot.organisation_id, hours=Decimal(50), is_stated=True,
    )  # fmt: skip
    lines = [
        Candidate(**usual, hours=Decimal(100)), Candidate(**usual, hours=Decimal(130)),
        Candidate(**usual, hours=Decimal(-7), kind=HoursKind.TRAINING),
        Candidate(**usual | {"placement_id": small.diallo.pk}, hours=Decimal(60)),
        Candidate(**usual | {"month": OCT.replace(month=9)}, hours=Decimal(10), locked=True, uncounted="tutorat"),
    ]  # fmt: skip
    with acting(small.firm) as actor:
        found = findings_of_candidates(actor=actor, candidates=lines, on=TODAY)
        said = {number: {one.code for one in findings} for number, findings in found.items()}
    assert {"E001", "E021"} <= said[0] & said[1]
    assert "E020" in said[2]
    assert "E017" in said[3]
    assert {"E018", "E019"} <= said[4]


def test_a_statement_has_no_more_values_for_more_lines(small: World) -> None:
    # PostgreSQL takes 65,535 values in a statement, and a file may have more lines
    with as_owner():
        Commitment.objects.filter(pk=small.commitment.pk).update(training_cap=Decimal("0.1"))
    line = Candidate(
        small.lemaire.pk, small.commitment.pk, small.contract.pk, small.firm.organisation_id, OCT, Decimal(10),
        HoursKind.TRAINING,
    )  # fmt: skip

    def values_asked(lines: list[Candidate]) -> list[int]:
        asked: list[int] = []

        def ask(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
            asked.append(len(params or ()))
            return execute(sql, params, many, context)

        with acting(small.firm) as actor, connection.execute_wrapper(ask):
            findings_of_candidates(actor=actor, candidates=lines, on=TODAY)
        return asked

    values_asked([line])  # the dated values are read once a process
    assert values_asked([line]) == values_asked([line] * 4)
