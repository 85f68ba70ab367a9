"""Handed over, returned, validated, corrected."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from clausette.hours.errors import CorrectionImpossible, ErrorsRemain, StatementIncomplete
from clausette.hours.models import HoursLine, Statement, WorkedMonth
from clausette.hours.operations import (
    LATE,
    add_line,
    correct_line,
    return_statement,
    submit_statement,
    validate_clean,
    validate_statement,
)
from clausette.hours.queries import progress_of
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Conflict, Invalid, NotAllowed, Refusal, WrongState
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, made, worker, world

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
SEEN = {"W104": "Feuilles vues au bureau."}


@pytest.fixture
def w() -> World:
    return world()


def handed(w: World, actor: Actor, month: date = OCT, hours: str = "121.5") -> UUID:
    ref = w.save(actor, month, w.entry(w.lemaire, hours))
    return submit_statement(actor=actor, uid=ref.uid, version=ref.version, at=AT, on=TODAY).uid


def validated(w: World, actor: Actor) -> UUID:
    uid = handed(w, actor)
    validate_statement(actor=actor, uid=uid, version=None, justifications=SEEN, at=AT, on=TODAY)
    return uid


def events(verb: str) -> list[tuple[str, object, object]]:
    with as_owner():
        rows = Event.objects.filter(verb=verb, subject_type="hours.statement").order_by("at")
        return [(row.account_name, row.before, row.after) for row in rows]


def test_hours_typed_handed_over_and_validated_count_in_the_progress(w: World) -> None:
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "121.5"), w.entry(w.diallo, "100"))
        ref = submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
        before = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
        validate_statement(
            actor=pilot, uid=ref.uid, version=ref.version, justifications=SEEN, at=AT, on=TODAY
        )
        after = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
    assert (before.declared, before.validated) == (Decimal("221.50"), Decimal(0))
    assert (after.declared, after.validated) == (Decimal(0), Decimal("221.50"))
    assert after.missing_months == (date(2026, 7, 1), date(2026, 8, 1), SEPT)


def test_submit_is_written_in_the_journal_and_repeats_in_peace(w: World) -> None:
    with acting(w.firm) as firm:
        uid = handed(w, firm)
        again = submit_statement(actor=firm, uid=uid, version=1, at=AT, on=TODAY)
    assert again.already
    who, before, after = events("hours.statement.submitted")[0]
    assert who == "Zoe"
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["state"], after["state"]) == ("draft", "submitted")


def test_submit_asks_for_hours_or_for_none(w: World) -> None:
    with acting(w.firm) as firm:
        ref = w.save(firm, OCT, w.entry(w.lemaire, "10"))
        w.save(firm, OCT, w.entry(w.lemaire, None), version=ref.version)
        with pytest.raises(StatementIncomplete) as caught:
            submit_statement(actor=firm, uid=ref.uid, version=None, at=AT, on=TODAY)
    assert caught.value.missing == ("Saisissez les heures, ou cochez « aucune heure ce mois-ci ».",)


def test_a_firm_does_not_hand_over_for_another_nor_validate(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = handed(w, pilot)
    with acting(w.firm) as firm:
        with pytest.raises(NotAllowed) as caught:
            validate_statement(actor=firm, uid=uid, version=None, justifications=SEEN, at=AT, on=TODAY)
        assert caught.value.message == "Seule la structure en charge du marché valide les heures."
        with pytest.raises(NotAllowed):
            return_statement(actor=firm, uid=uid, version=None, reason="pour voir", at=AT)
    for who in (w.etti, w.stranger):
        with acting(who) as actor, pytest.raises(Absent):
            submit_statement(actor=actor, uid=uid, version=None, at=AT, on=TODAY)
    with acting(w.buyer) as buyer, pytest.raises(NotAllowed):
        validate_statement(actor=buyer, uid=uid, version=None, justifications=SEEN, at=AT, on=TODAY)


def test_a_draft_is_not_validated_and_a_validated_one_is_not_returned(w: World) -> None:
    with acting(w.pilot) as pilot:
        draft = w.save(pilot, SEPT, w.entry(w.lemaire, "10"))
        with pytest.raises(WrongState):
            validate_statement(actor=pilot, uid=draft.uid, version=None, justifications=SEEN, at=AT, on=TODAY)
        done = validated(w, pilot)
        with pytest.raises(WrongState) as caught:
            return_statement(actor=pilot, uid=done, version=None, reason="trop tard", at=AT)
    assert caught.value.message == "Ce relevé est validé : corrigez-le par une nouvelle ligne."


def test_validation_shows_what_changed_meanwhile(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = handed(w, pilot)
        old = 2
        w.save(pilot, OCT, w.entry(w.lemaire, "130"), version=old)
        with pytest.raises(Conflict) as caught:
            validate_statement(actor=pilot, uid=uid, version=old, justifications=SEEN, at=AT, on=TODAY)
    assert list(caught.value.theirs.hours.values()) == [Decimal("130.00")]  # type: ignore[attr-defined]  # a Written


def test_a_warning_without_answer_and_a_blank_one_are_refused(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = handed(w, pilot)
        for answers in ({}, {"W104": "  "}, {"W104": "NIR 255081416802538"}):
            with pytest.raises(Invalid) as caught:
                validate_statement(
                    actor=pilot, uid=uid, version=None, justifications=answers, at=AT, on=TODAY
                )
            assert list(caught.value.errors) == ["W104"]
        assert progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk].validated == 0


def test_an_error_stops(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = handed(w, pilot, hours="221")
        with pytest.raises(ErrorsRemain) as caught:
            validate_statement(
                actor=pilot,
                uid=uid,
                version=None,
                justifications=SEEN | {"W101": "oui, vraiment"},
                at=AT,
                on=TODAY,
            )
    assert "221\u00a0h en octobre 2026 pour cette personne" in caught.value.message


def test_hours_not_retained_leave_the_total_and_the_progress(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = handed(w, pilot, hours="221")
        with as_owner():
            line = HoursLine.objects.get().uid
        validate_statement(
            actor=pilot,
            uid=uid,
            version=None,
            refusals={line: "Feuille d'heures incohérente."},
            at=AT,
            on=TODAY,
        )
        found = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
    assert (found.refused, found.validated) == (Decimal(221), Decimal(0))
    with as_owner():
        assert WorkedMonth.objects.get().hours == 0


def test_late_validation_asks_why(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = handed(w, pilot, month=date(2026, 7, 1))
        with pytest.raises(Invalid) as caught:
            validate_statement(actor=pilot, uid=uid, version=None, justifications=SEEN, at=AT, on=TODAY)
        assert list(caught.value.errors) == [LATE]
        done = validate_statement(
            actor=pilot, uid=uid, version=None, justifications=SEEN | {LATE: "Facture reçue en novembre."}, at=AT,
            on=TODAY,
        )  # fmt: skip
    assert not done.already


def test_returned_lines_are_drafts_again_and_the_reason_is_kept(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = handed(w, pilot)
        return_statement(actor=pilot, uid=uid, version=None, reason="  Il manque la signature. ", at=AT)
        assert return_statement(
            actor=pilot, uid=uid, version=None, reason="Il manque la signature.", at=AT
        ).already
    with as_owner():
        assert list(HoursLine.objects.values_list("state", flat=True)) == ["draft"]
        assert Statement.objects.get().return_reason == "Il manque la signature."
        told = Event.objects.filter(verb="hours.statement.returned", subject_uid=uid).values_list("after", flat=True)
        # the second call is written too, and changed nothing
        assert sorted(one.get("return_reason", "") for one in told) == ["", "•"]


def test_all_that_is_clean_is_validated_and_the_rest_is_left(w: World) -> None:
    piece = made(
        "files.StoredFile", owner_org_id=w.pilot.organisation_id, contract_ref=w.contract.pk, name="f.pdf", size=3,
        content_type="application/pdf", sha256="0" * 64, deposited_by_id=w.pilot.account_id,
    )  # fmt: skip
    with acting(w.pilot) as pilot:
        clean = w.save(pilot, SEPT, w.entry(w.lemaire, "100"), evidence_uid=piece.uid)
        submit_statement(actor=pilot, uid=clean.uid, version=None, at=AT, on=TODAY)
        nil = w.save(pilot, date(2026, 8, 1), is_nil=True)
        submit_statement(actor=pilot, uid=nil.uid, version=None, at=AT, on=TODAY)
        remark = handed(w, pilot)
        uids = [clean.uid, nil.uid, remark]
        done = validate_clean(actor=pilot, uids=uids, at=AT, on=TODAY)
        again = validate_clean(actor=pilot, uids=uids, at=AT, on=TODAY)
    assert set(done.validated) == {clean.uid, nil.uid} == set(again.already)
    assert [uid for uid, _ in done.left] == [remark]
    with acting(w.firm) as firm, pytest.raises(NotAllowed):
        validate_clean(actor=firm, uids=uids, at=AT, on=TODAY)
    with acting(w.stranger) as stranger, pytest.raises(Absent):
        validate_clean(actor=stranger, uids=uids, at=AT, on=TODAY)


def test_a_correction_is_a_new_line_that_cites_the_old_one(w: World) -> None:
    with acting(w.pilot) as pilot:
        validated(w, pilot)
        with as_owner():
            line = HoursLine.objects.get()
        correct_line(
            actor=pilot, line_uid=line.uid, new_hours=Decimal(112), reason="Erreur de frappe", at=AT, on=TODAY
        )
        correct_line(
            actor=pilot, line_uid=line.uid, new_hours=Decimal(115), reason="Feuille relue", at=AT, on=TODAY
        )
        found = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
    assert found.validated == Decimal(115)
    with as_owner():
        rows = HoursLine.objects.order_by("id")
        assert [(row.hours, row.corrects_id) for row in rows] == [
            (Decimal("121.50"), None), (Decimal("-9.50"), line.pk), (Decimal("3.00"), line.pk),
        ]  # fmt: skip
        assert WorkedMonth.objects.get().hours == Decimal(115)
        assert Event.objects.filter(verb="hours.line.corrected", reason="Feuille relue").exists()


def test_what_a_correction_may_not_do(w: World) -> None:
    with acting(w.pilot) as pilot:
        validated(w, pilot)
        with as_owner():
            line = HoursLine.objects.get()
        for hours, reason, kind in (
            ("121.5", "Erreur de frappe", CorrectionImpossible),
            ("745", "Erreur de frappe", Invalid),
            ("230", "Erreur de frappe", ErrorsRemain),
            ("100", "", Invalid),
        ):
            with pytest.raises(kind):
                correct_line(
                    actor=pilot, line_uid=line.uid, new_hours=Decimal(hours), reason=reason, at=AT, on=TODAY
                )
        new = correct_line(
            actor=pilot, line_uid=line.uid, new_hours=Decimal(100), reason="Erreur de frappe", at=AT, on=TODAY
        )
        with pytest.raises(CorrectionImpossible):
            correct_line(
                actor=pilot, line_uid=new, new_hours=Decimal(1), reason="Encore une", at=AT, on=TODAY
            )
    with acting(w.firm) as firm, pytest.raises(NotAllowed):
        correct_line(actor=firm, line_uid=line.uid, new_hours=Decimal(1), reason="Pour voir", at=AT, on=TODAY)
    with acting(w.stranger) as stranger, pytest.raises(Absent):
        correct_line(
            actor=stranger, line_uid=line.uid, new_hours=Decimal(1), reason="Pour voir", at=AT, on=TODAY
        )


def test_a_person_forgotten_is_added_with_a_reason(w: World) -> None:
    late = worker(w.pilot, w.commitment, "Lina", "Roy", host=w.firm)
    with acting(w.pilot) as pilot:
        uid = validated(w, pilot)
        reason = "Feuille arrivée après la validation"
        add_line(actor=pilot, statement_uid=uid, entry=w.entry(late, "70"), reason=reason, at=AT, on=TODAY)
        for entry, why, kind in (
            (w.entry(late, "70"), reason, Refusal),  # already there
            (w.entry(w.diallo, None), reason, Invalid),
            (w.entry(w.diallo, "70"), " ", Invalid),
            (w.entry(w.diallo, "230"), reason, ErrorsRemain),
        ):
            with pytest.raises(kind):
                add_line(actor=pilot, statement_uid=uid, entry=entry, reason=why, at=AT, on=TODAY)
        open_one = w.save(pilot, SEPT, w.entry(w.lemaire, "10"))
        with pytest.raises(WrongState):
            add_line(
                actor=pilot,
                statement_uid=open_one.uid,
                entry=w.entry(late, "70"),
                reason=reason,
                at=AT,
                on=TODAY,
            )
        assert progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk].validated == Decimal("191.50")
    with acting(w.firm) as firm, pytest.raises(NotAllowed):
        add_line(actor=firm, statement_uid=uid, entry=w.entry(late, "7"), reason=reason, at=AT, on=TODAY)


def test_a_structure_associee_does_not_validate_what_it_handed_over(w: World) -> None:
    made(
        "procurement.ContractParty", contract_id=w.contract.pk, organisation_id=w.stranger.organisation_id,
        role="copilot", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    with acting(w.stranger) as other:
        uid = handed(w, other)
        with pytest.raises(NotAllowed, match="Vous avez transmis ce relevé"):
            validate_statement(actor=other, uid=uid, version=None, justifications=SEEN, at=AT, on=TODAY)
    with acting(w.pilot) as pilot:
        validate_statement(actor=pilot, uid=uid, version=None, justifications=SEEN, at=AT, on=TODAY)


def test_a_line_taken_away_keeps_its_hours_in_the_journal(w: World) -> None:
    with acting(w.firm) as firm:
        ref = w.save(firm, OCT, w.entry(w.lemaire, "120"))
        w.save(firm, OCT, w.entry(w.lemaire, None), version=ref.version)
    with as_owner():
        assert not HoursLine.objects.exists()
        event = Event.objects.get(subject_type="hours.hoursline", before__hours="120.00")
        assert event.after["hours"] is None
