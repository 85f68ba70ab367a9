"""Pieces of several kinds on one statement: joined, replaced, taken away, told by the controls."""

from datetime import date

import pytest

from clausette.hours.enums import PieceKind, PieceLeft, StatementSource
from clausette.hours.models import Statement, StatementPiece
from clausette.hours.operations import (
    Sheet,
    Upload,
    attach_evidence,
    leave_piece,
    save_grid,
    submit_statement,
    take_piece_away,
    validate_statement,
)
from clausette.hours.queries import statement_sheet
from clausette.hours.queries.findings import findings_of
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, NotAllowed, Refusal, WrongState
from clausette.placements.models import Placement
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, world

pytestmark = pytest.mark.django_db
APPROVAL, CONTRACT = PieceKind.APPROVAL, PieceKind.CONTRACT
SHEET = Upload("octobre.txt", b"Feuille d'heures d'octobre\n")


@pytest.fixture
def w() -> World:
    return world()


def approval(text: str = "agrément", until: date | None = None, kind: PieceKind = APPROVAL) -> Upload:
    return Upload("agrement.txt", f"{text}\n".encode(), until, kind)


def joined(w: World, *pieces: Upload, who: Actor | None = None) -> Statement:
    with acting(who or w.firm) as actor:
        ref = w.save(actor, OCT, w.entry(w.lemaire, "100"))
        for piece in pieces:
            attach_evidence(actor=actor, uid=ref.uid, evidence=piece)
    with as_owner():
        return Statement.objects.get(uid=ref.uid)


def kept(statement: Statement) -> list[tuple[str, str]]:
    with as_owner():
        rows = StatementPiece.objects.filter(statement=statement).order_by("kind")
        return list(rows.values_list("kind", "file__name"))


def codes(w: World, statement: Statement) -> dict[str, str]:
    with acting(w.pilot) as pilot:
        found = findings_of(actor=pilot, statement_ids=[statement.pk], on=TODAY).get(statement.pk, ())
        return {one.code: one.sentence for one in found}


def test_one_statement_holds_a_piece_of_each_kind_and_each_is_read_apart(w: World) -> None:
    statement = joined(w, SHEET, approval(until=date(2027, 3, 31)), approval("contrat", kind=CONTRACT))
    assert kept(statement) == [("approval", "agrement.txt"), ("contract", "agrement.txt")]
    with acting(w.pilot) as pilot:
        sheet = statement_sheet(actor=pilot, uid=statement.uid, on=TODAY)
    assert sheet.piece
    assert (sheet.piece.name, sheet.piece.kind) == ("octobre.txt", PieceKind.HOURS)
    assert [(one.kind, one.valid_until) for one in sheet.beside] == [
        (CONTRACT, None), (APPROVAL, date(2027, 3, 31)),
    ]  # fmt: skip
    with as_owner():
        told = Event.objects.filter(verb="hours.piece.joined", subject_type="hours.statementpiece")
        assert told.filter(contract_id=statement.contract_id).count() == 2
    joined(w, approval("renouvelé", date(2028, 3, 31)))
    with acting(w.firm) as firm:
        sheet = statement_sheet(actor=firm, uid=statement.uid, on=TODAY)
    assert [(one.kind, one.valid_until) for one in sheet.beside][1:] == [(APPROVAL, date(2028, 3, 31))]


def test_an_approval_alone_proves_no_hours(w: World) -> None:
    statement = joined(w, approval())
    assert "sans pièce justificative" in codes(w, statement)["W104"]
    joined(w, SHEET)
    assert "W104" not in codes(w, statement)


def test_what_lapsed_is_named(w: World) -> None:
    statement = joined(w, SHEET, approval("contrat", date(2026, 9, 30), CONTRACT))
    told = codes(w, statement)["W104"]
    assert "contrat de travail, de mise à disposition ou de mission" in told
    assert "plus valable depuis le 1er octobre 2026" in told.replace("\u00a0", " ")
    joined(w, approval("avenant", date(2026, 10, 31), CONTRACT))
    assert "W104" not in codes(w, statement)


def test_the_same_file_is_refused_under_another_kind_and_nothing_is_written(w: World) -> None:
    statement = joined(w, SHEET)
    twice = Upload("copie.txt", SHEET.data, None, APPROVAL)
    with acting(w.firm) as firm, pytest.raises(Refusal, match="déjà joint à ce relevé") as refused:
        attach_evidence(actor=firm, uid=statement.uid, evidence=twice)
    assert (refused.value.field, kept(statement)) == ("evidence", [])
    with acting(w.firm) as firm, pytest.raises(Refusal) as refused:
        save_grid(
            actor=firm, contract_uid=w.contract.uid, source=StatementSource.PORTAL, on=TODAY, at=noon(TODAY),
            sheets=[Sheet(w.uids["firm"], OCT, statement.version, (w.entry(w.lemaire, "90"),))],
            others=[Upload("copie.txt", SHEET.data, None, APPROVAL, "_2")],
        )  # fmt: skip
    assert refused.value.field == "evidence_2"
    joined(w, SHEET)  # the same file of the same kind replaces itself


def test_taken_away_until_it_is_validated_by_nobody_else(w: World) -> None:
    statement = joined(w, SHEET, approval(), approval("contrat", kind=CONTRACT))
    with as_owner():
        rows = dict(StatementPiece.objects.values_list("kind", "uid"))
    with acting(w.etti) as other, pytest.raises((Absent, NotAllowed)):
        take_piece_away(actor=other, uid=statement.uid, piece=rows["approval"])
    with acting(w.firm) as firm:
        take_piece_away(actor=firm, uid=statement.uid, piece=rows["approval"])
        with pytest.raises(Absent):
            take_piece_away(actor=firm, uid=statement.uid, piece=rows["approval"])
        submit_statement(actor=firm, uid=statement.uid, version=None, at=noon(TODAY), on=TODAY)
    assert kept(statement) == [("contract", "agrement.txt")]
    with acting(w.firm) as firm, pytest.raises(NotAllowed, match="transmis"):
        take_piece_away(actor=firm, uid=statement.uid, piece=rows["contract"])
    with acting(w.pilot) as pilot:
        asked = {one.code: "Vu avec l'entreprise." for one in findings_of(
            actor=pilot, statement_ids=[statement.pk], on=TODAY).get(statement.pk, ()) if one.asks}  # fmt: skip
        validate_statement(
            actor=pilot, uid=statement.uid, version=None, justifications=asked, at=noon(TODAY), on=TODAY
        )
        with pytest.raises(WrongState):
            take_piece_away(actor=pilot, uid=statement.uid, piece=rows["contract"])


def test_the_proof_said_absent_leaves_the_other_pieces(w: World) -> None:
    statement = joined(w, approval())
    with acting(w.pilot) as pilot:
        leave_piece(actor=pilot, uid=statement.uid, how=PieceLeft.SEEN, on=TODAY)
    assert kept(statement) == [("approval", "agrement.txt")]
    assert "W104" not in codes(w, statement)


def test_an_approval_never_given_is_told_until_it_is_given_on_any_month(w: World) -> None:
    statement = joined(w, SHEET)
    assert "I307" not in codes(w, statement), "a direct hiring asks for none"
    with as_owner():
        Placement.objects.update(modality="etti")
    told = codes(w, statement)["I307"]
    assert told == "Convention ou agrément en cours de la structure : jamais remise pour ce marché."
    with acting(w.firm) as firm:
        ref = w.save(firm, SEPT, w.entry(w.lemaire, "10"))
        attach_evidence(actor=firm, uid=ref.uid, evidence=approval("contrat", kind=CONTRACT))
        assert "I307" in codes(w, statement)
        attach_evidence(actor=firm, uid=ref.uid, evidence=approval())
    assert "I307" not in codes(w, statement)
