"""Pieces joined by a prescriber: who reads them, what each answer makes of them, what is never kept."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from clausette.files.errors import FileRefused
from clausette.files.models import StoredFile
from clausette.files.queries import read_file, unclaimed
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from clausette.kernel.operation import writing
from clausette.participants.enums import EvidenceKind, EvidenceMeans, Funding, PieceState
from clausette.participants.errors import PieceGone
from clausette.participants.models import EvidenceRule, Referral, ReferralPiece
from clausette.participants.operations import (
    CategoryEntry,
    Paper,
    accept_referral,
    complete_referral,
    join_piece,
    propose_referral,
    refuse_referral,
    remove_piece,
    return_referral,
    untie_prescriber,
    withdraw_referral,
)
from clausette.participants.queries import (
    PieceLine,
    piece_content,
    pieces_of,
    pieces_of_persons,
    prescribers_of,
    reasons_of,
)
from clausette.participants.rules.pieces import MOST
from tests.files import builders as made
from tests.hats import TODAY, acting, as_owner
from tests.participants.referral_builders import Desk, candidate, desk
from tests.placements.builders import decide
from tests.procurement.builders import organisation_uid

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=3)
CAF = Paper(EvidenceKind.CAF, TODAY, "RSA de Samia Haddad.csv", made.TEXT)
HEALTH = Paper(EvidenceKind.RQTH, TODAY, "rqth.csv", b"Reconnaissance;80 %\n")


def send(cast: Desk, *papers: Paper, last_name: str = "Haddad") -> UUID:
    """Somebody proposed with these papers."""
    with acting(cast.prescriber) as who:
        return propose_referral(
            actor=who, structure_uid=organisation_uid(cast.structure), candidate=candidate(last_name=last_name),
            papers=papers, on=TODAY,
        )  # fmt: skip


def told(actor: Actor, uid: UUID) -> list[PieceLine]:
    with acting(actor) as who:
        return pieces_of(actor=who, referral_uid=uid)


def stored() -> StoredFile:
    with as_owner():
        return StoredFile.objects.get()


def keeps(cast: Desk, kind: EvidenceKind, funding: Funding = Funding.ORDINARY) -> None:
    with as_owner():
        EvidenceRule.objects.create(
            owner_org_id=cast.structure.organisation_id, kind=kind, funding=funding, is_kept=True
        )


def accepted(cast: Desk, *papers: Paper) -> tuple[UUID, UUID]:
    """A referral and the person it led to."""
    uid = send(cast, *papers)
    with acting(cast.structure) as who:
        return uid, accept_referral(actor=who, uid=uid, on=TODAY)


def test_a_piece_is_read_by_the_two_bodies_and_by_nobody_else() -> None:
    cast = desk()
    uid = send(cast, CAF)
    for actor in (cast.prescriber, cast.structure):
        (piece,) = told(actor, uid)
        assert (piece.label, piece.dated_on, piece.state, piece.readable) == (
            EvidenceKind.CAF.label, TODAY, PieceState.JOINED, True,
        )  # fmt: skip
        with acting(actor) as who:
            content = piece_content(actor=who, referral_uid=uid, uid=piece.uid)
        assert (content.data, content.name) == (made.TEXT, "piece.csv")
    file = stored()
    for stranger in (cast.other_structure, cast.other_prescriber):
        with acting(stranger) as who:
            assert pieces_of(actor=who, referral_uid=uid) == []
            with pytest.raises(Absent):
                piece_content(actor=who, referral_uid=uid, uid=piece.uid)
            with pytest.raises(Absent):
                read_file(actor=who, uid=file.uid)


def test_neither_the_base_nor_the_journal_says_which_paper_it_is() -> None:
    send(desk(), CAF)
    with as_owner():
        (row,) = ReferralPiece.objects.values()
        events = " ".join(f"{one.after}{one.reason}{one.subject_label}" for one in Event.objects.all())
    assert b"caf" not in bytes(row["sealed"] or b"caf")
    assert stored().name == "piece.csv"
    assert "caf" not in re.sub("[0-9a-f]{8}-[0-9a-f-]{27}", "", events.lower())  # an identifier may hold these letters
    assert "Haddad" not in events


def test_a_health_paper_is_seen_by_the_prescriber_that_day_and_no_byte_of_it_is_kept() -> None:
    cast = desk()
    uid = send(cast, HEALTH)
    (piece,) = told(cast.structure, uid)
    assert (piece.state, piece.seen_on, piece.readable) == (PieceState.SEEN, TODAY, False)
    assert piece.seen_by == piece.joined_by != ""
    with as_owner():
        assert not StoredFile.objects.exists()
    with acting(cast.structure) as who, pytest.raises(Absent):
        piece_content(actor=who, referral_uid=uid, uid=piece.uid)


def test_a_number_of_a_person_is_masked_and_the_original_is_nowhere() -> None:
    cast = desk()
    data = f"Nom;NIR\nHaddad;{made.nir_with_key()}".encode()
    uid = send(cast, Paper(EvidenceKind.OTHER, TODAY, "a.csv", data))
    (piece,) = told(cast.structure, uid)
    with acting(cast.structure) as who:
        read = piece_content(actor=who, referral_uid=uid, uid=piece.uid).data
    assert piece.masked
    assert made.nir_with_key().encode() not in read


def test_a_file_refused_is_said_at_its_field_and_nothing_is_half_written() -> None:
    cast = desk()
    with pytest.raises(FileRefused) as refused:
        send(cast, CAF, Paper(EvidenceKind.OTHER, TODAY, "a.pdf", b"MZ\x90\x00" + b"\x00" * 40, "_2"))
    assert refused.value.field == "file_2"
    with pytest.raises(Invalid) as late:
        send(cast, Paper(EvidenceKind.CAF, LATER, "a.csv", made.TEXT, "_3"))
    assert set(late.value.errors) == {"dated_on_3"}
    with as_owner():
        assert not Referral.objects.exists()
        assert not StoredFile.objects.exists()


def test_accepted_the_same_file_waits_for_the_decision_then_is_destroyed_by_default() -> None:
    cast = desk()
    uid, person = accepted(cast, CAF, HEALTH)
    file = stored()
    with acting(cast.structure) as who:
        waiting, health = pieces_of_persons(actor=who, participant_uids=[person])
        assert (waiting.state, waiting.readable, health.state) == (PieceState.HANDED, True, PieceState.SEEN)
        assert waiting.check_uid == health.check_uid is not None
        assert read_file(actor=who, uid=file.uid).data == made.TEXT
    check = decide(cast.structure, person, on=LATER)
    with acting(cast.structure) as who:
        piece = pieces_of_persons(actor=who, participant_uids=[person])[0]
        assert (piece.state, piece.seen_on, piece.gone_on, piece.check_uid) == (PieceState.SEEN, LATER, LATER, check)
        with pytest.raises(PieceGone):
            piece_content(actor=who, referral_uid=uid, uid=piece.uid)
        (reason,) = reasons_of(actor=who, uid=person).checks[0].reasons
    assert reason.means_label == EvidenceMeans.SEEN.label
    assert (stored().sha256, stored().bytes_gone_on) == (file.sha256, LATER)
    with as_owner():
        assert unclaimed([file.sha256]) == [file.sha256]
        assert {"state", "gone_on"} <= set(Event.objects.filter(verb="participants.check.decided",
                                           subject_uid=piece.uid).get().after)  # fmt: skip


def test_what_the_structure_chose_to_keep_is_kept_with_a_favourable_decision_for_that_funding() -> None:
    cast = desk()
    keeps(cast, EvidenceKind.CAF, Funding.FSE)
    _, first = accepted(cast, CAF)
    entry = CategoryEntry("RSA", True, TODAY, EvidenceMeans.SEEN, funding=Funding.FSE)
    decide(cast.structure, first, categories=[entry])
    with acting(cast.structure) as who:
        (piece,) = pieces_of_persons(actor=who, participant_uids=[first])
        (reason,) = reasons_of(actor=who, uid=first).checks[0].reasons
    assert (piece.state, piece.readable, reason.means_label) == (PieceState.KEPT, True, EvidenceMeans.KEPT.label)
    other = send(cast, CAF, last_name="Autre")
    with acting(cast.structure) as who:
        person = accept_referral(actor=who, uid=other, on=TODAY)
    decide(cast.structure, person)  # not paid by the FSE+
    assert [one.state for one in told(cast.structure, other)] == [PieceState.SEEN]


def test_nothing_is_kept_of_an_unfavourable_decision() -> None:
    cast = desk()
    keeps(cast, EvidenceKind.CAF)
    uid, person = accepted(cast, CAF)
    decide(cast.structure, person, categories=(), eligible=False, reason="Aucun critère")
    assert [one.readable for one in told(cast.structure, uid)] == [False]


@pytest.mark.parametrize("how", ["refused", "withdrawn", "consent", "removed"])
def test_what_leads_nowhere_is_destroyed_and_the_journal_tells_it(how: str) -> None:
    cast = desk()
    uid = send(cast, CAF)
    (piece,) = told(cast.prescriber, uid)
    if how == "refused":
        with acting(cast.structure) as who:
            refuse_referral(actor=who, uid=uid, reason="Poste pourvu.", on=TODAY)
    elif how == "removed":
        with acting(cast.prescriber) as who:
            remove_piece(actor=who, referral_uid=uid, uid=piece.uid, on=TODAY)
    else:
        with acting(cast.prescriber) as who:
            withdraw_referral(actor=who, uid=uid, consent_withdrawn=how == "consent", on=TODAY)
    (after,) = told(cast.structure, uid)
    assert (after.state, after.gone_on, after.readable) == (PieceState.DESTROYED, TODAY, False)
    assert (after.kind is None) == (how == "consent")
    file = stored()
    assert (file.bytes_gone_on, file.name) == (TODAY, "fichier effacé")
    with as_owner():
        assert unclaimed([file.sha256]) == [file.sha256]
        event = Event.objects.exclude(verb="participants.referral.proposed").get(subject_uid=piece.uid)
    assert event.after["state"] == PieceState.DESTROYED
    for actor in (cast.prescriber, cast.structure):
        with acting(actor) as who, pytest.raises(PieceGone):
            piece_content(actor=who, referral_uid=uid, uid=piece.uid)


def test_returned_pieces_stay_and_are_replaced() -> None:
    cast = desk()
    uid = send(cast, CAF)
    (first,) = told(cast.prescriber, uid)
    with acting(cast.structure) as who:
        return_referral(actor=who, uid=uid, reason="Une pièce plus récente ?", on=TODAY)
    assert told(cast.structure, uid)[0].readable
    newer = Paper(EvidenceKind.FRANCE_TRAVAIL, TODAY, "b.csv", b"Attestation;oui\n")
    with acting(cast.prescriber) as who:
        remove_piece(actor=who, referral_uid=uid, uid=first.uid, on=TODAY)
        complete_referral(actor=who, uid=uid, candidate=candidate(), papers=[newer], on=TODAY)
    assert [(one.kind, one.readable) for one in told(cast.structure, uid)] == [
        (EvidenceKind.CAF, False), (EvidenceKind.FRANCE_TRAVAIL, True),
    ]  # fmt: skip


def test_only_its_prescriber_joins_and_removes_and_only_before_the_answer() -> None:
    cast = desk()
    uid = send(cast, CAF)
    (piece,) = told(cast.prescriber, uid)
    for actor, wanted in ((cast.structure, NotAllowed), (cast.other_prescriber, Absent)):
        with acting(actor) as who:
            with pytest.raises(wanted):
                join_piece(actor=who, referral_uid=uid, paper=CAF, on=TODAY)
            with pytest.raises(wanted):
                remove_piece(actor=who, referral_uid=uid, uid=piece.uid, on=TODAY)
    with acting(cast.structure) as who:
        accept_referral(actor=who, uid=uid, on=TODAY)
    with acting(cast.prescriber) as who:
        with pytest.raises(WrongState, match="La structure a répondu"):
            join_piece(actor=who, referral_uid=uid, paper=CAF, on=TODAY)
        with pytest.raises(WrongState, match="La structure a répondu"):
            remove_piece(actor=who, referral_uid=uid, uid=piece.uid, on=TODAY)


def test_a_structure_that_works_no_more_with_the_prescriber_receives_nothing_more() -> None:
    cast = desk()
    uid = send(cast)
    with acting(cast.structure) as who:
        (tie,) = prescribers_of(actor=who)
        untie_prescriber(actor=who, uid=tie.uid, on=TODAY)
    with acting(cast.prescriber) as who, pytest.raises(Refusal, match="ne travaille plus avec vous"):
        join_piece(actor=who, referral_uid=uid, paper=CAF, on=TODAY)


def test_ten_pieces_at_most() -> None:
    cast = desk()
    seen = [Paper(EvidenceKind.OTHER, TODAY)] * MOST
    uid = send(cast, *seen)
    with acting(cast.prescriber) as who:
        with pytest.raises(Invalid, match="10 pièces au plus"):
            join_piece(actor=who, referral_uid=uid, paper=CAF, on=TODAY)
        remove_piece(actor=who, referral_uid=uid, uid=pieces_of(actor=who, referral_uid=uid)[0].uid, on=TODAY)
        join_piece(actor=who, referral_uid=uid, paper=CAF, on=TODAY)
        assert [one.readable for one in pieces_of(actor=who, referral_uid=uid)].count(True) == 1


def attempt(actor: Actor, sql: str) -> None:
    with acting(actor), writing("test"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("side", "said"),
    [
        ("prescriber", "state = 'kept', check_made_id = 1"), ("prescriber", "file_id = NULL, state = 'seen'"),
        ("prescriber", "joined_on = joined_on - 1"), ("prescriber", "sealed = NULL"),
        ("structure", "sealed = NULL"), ("structure", "prescriber_id = owner_org_id"),
        ("structure", "state = 'kept'"), ("structure", "joined_by_id = 1"),
    ],
)  # fmt: skip
def test_raw_sql_of_one_side_does_not_do_what_is_the_other_s(side: str, said: str) -> None:
    cast = desk()
    send(cast, CAF)
    actor: Actor = getattr(cast, side)
    with pytest.raises(DatabaseError, match="own side"):
        attempt(actor, f"UPDATE participants_referralpiece SET {said}")


def test_raw_sql_ends_no_file_that_is_still_there_nor_one_of_others() -> None:
    cast = desk()
    send(cast, CAF)
    with as_owner():
        number = ReferralPiece.objects.get().pk
    for actor in (cast.prescriber, cast.structure, cast.other_structure):
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT sec.end_piece_files(%s)", [[number]])
            assert cursor.fetchone() == (0,)
    assert stored().bytes_gone_on is None


def test_raw_sql_joins_nothing_to_a_referral_that_is_answered() -> None:
    cast = desk()
    uid = send(cast, CAF)
    with acting(cast.structure) as who:
        refuse_referral(actor=who, uid=uid, reason="Poste pourvu.", on=date(2026, 11, 16))
    copy = (
        "INSERT INTO participants_referralpiece (uid, referral_id, owner_org_id, prescriber_id, state, joined_on,"
        " joined_by_id, seen_on, seen_by_id) SELECT gen_random_uuid(), referral_id, owner_org_id, prescriber_id,"
        " 'seen', joined_on, joined_by_id, joined_on, joined_by_id FROM participants_referralpiece"
    )
    with pytest.raises(DatabaseError, match="row-level security"):
        attempt(cast.prescriber, copy)
