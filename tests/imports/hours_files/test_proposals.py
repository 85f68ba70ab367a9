"""A firm's file with one changed line on a validated month: that line, and only that one, proposed as a correction."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from clausette.hours.models import CorrectionProposal, HoursLine
from clausette.hours.operations import accept_proposal, correct_line, submit_statement, validate_statement
from clausette.imports.errors import Stale
from clausette.imports.models import HoursFile
from clausette.imports.operations.hours_files import compare_hours_file, undo_hours_file
from clausette.journal.models import Event
from clausette.journal.queries import events_told
from clausette.reports.recomputing.replay import Rows, Told, replay
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, worker, world
from tests.imports.hours_files.books import book, row
from tests.imports.hours_files.kept import kept
from tests.imports.hours_files.test_operations import apply, fates, take

pytestmark = pytest.mark.django_db
AT = noon(TODAY)


@pytest.fixture
def small() -> World:
    """October of two people, 90 h and 100 h, declared by their firm and validated."""
    small = world()
    with acting(small.firm) as actor:
        ref = small.save(actor, OCT, small.entry(small.lemaire, "90"), small.entry(small.diallo, "100"))
        submit_statement(actor=actor, uid=ref.uid, version=None, at=AT, on=TODAY)
    with acting(small.pilot) as actor:
        validate_statement(
            actor=actor, uid=ref.uid, version=None, justifications={"W104": "Vue sur place"}, at=AT, on=TODAY
        )
    return small


def changed(hours: float = 97, *more: Any) -> bytes:
    return book(row("Lemaire", "David", hours), row("Diallo", "Salif", 100), *more)


def said(uid: Any, line: int) -> dict[str, str]:
    (found,) = (one for one in kept(batch__uid=uid) if one.line == line)
    return {one.code: one.sentence for one in found.findings}


def rows() -> list[Any]:
    with as_owner():
        return list(CorrectionProposal.objects.order_by("id"))


def replayed(w: World) -> Rows:
    with as_owner():
        events = events_told(
            kinds=("hours.statement", "hours.hoursline", "hours.correctionproposal"), until=datetime.now(UTC),
            contracts=[w.contract.pk],
        )  # fmt: skip
    return replay([Told(one.kind, one.uid, one.before, one.after) for one in events])


def test_that_line_is_proposed_with_both_figures_and_nothing_is_written(small: World) -> None:
    uid = take(small.firm, changed())
    assert fates(uid) == [(2, "proposed"), (3, "same")]
    assert said(uid, 2)["W232"] == "Sera proposé comme correction\u00a0: 97\u00a0h au lieu de 90\u00a0h."
    assert "E018" not in said(uid, 2)
    with as_owner():
        (total,) = HoursFile.objects.get().totals
        assert Decimal(total["before"]) == Decimal(total["after"]) == Decimal(190)
    done = apply(small.firm, uid)
    assert (done.written, done.proposed, done.refused, done.statements) == (0, 1, 0, 0)
    (one,) = rows()
    assert (one.validated, one.hours, one.state, one.file) == (Decimal(90), Decimal(97), "open", uid)
    assert one.reason.startswith("D'après le fichier d'heures envoyé le ")
    with as_owner():
        assert list(HoursLine.objects.order_by("hours").values_list("hours", flat=True)) == [90, 100]
        (told,) = Event.objects.filter(verb="hours.proposals.made")
        assert told.after["proposals"] == [
            [str(one.uid), one.pk, small.lemaire.pk, small.commitment.pk, "work", "90.00", "97.00"]
        ]
        assert not Event.objects.filter(subject_uid=one.uid).exists()


def test_the_same_line_is_proposed_once_and_another_figure_waits_for_the_first(small: World) -> None:
    apply(small.firm, take(small.firm, changed()))
    again = take(small.firm, changed(97, row("Diallo", "Salif", 7, month="11/2026")))
    assert fates(again)[:2] == [(2, "same"), (3, "same")]
    other = take(small.firm, changed(95))
    assert fates(other) == [(2, "refused"), (3, "same")]
    assert "97\u00a0h" in said(other, 2)["E235"]
    assert len(rows()) == 1


def test_accepted_then_replayed_from_the_journal_alone(small: World) -> None:
    apply(small.firm, take(small.firm, changed()))
    with acting(small.pilot) as pilot:
        accept_proposal(actor=pilot, uid=rows()[0].uid, at=AT, on=TODAY)
    found = replayed(small)
    assert not found.broken
    assert [one["state"] for one in found.of("hours.correctionproposal")] == ["accepted"]
    with as_owner():
        assert sorted(HoursLine.objects.values_list("hours", flat=True)) == [7, 90, 100]


def test_undone_the_proposals_that_wait_are_withdrawn_and_the_file_may_come_again(small: World) -> None:
    uid = take(small.firm, book(row("Lemaire", "David", 97), row("Diallo", "Salif", 110)))
    assert apply(small.firm, uid).proposed == 2
    first, second = rows()
    with acting(small.pilot) as pilot:
        accept_proposal(actor=pilot, uid=first.uid, at=AT, on=TODAY)
    with acting(small.firm) as firm:
        undo_hours_file(actor=firm, batch_uid=uid, at=AT)
    assert [one.state for one in rows()] == ["accepted", "withdrawn"]
    with as_owner():
        (told,) = Event.objects.filter(verb="hours.proposals.withdrawn")
        assert told.after == {"withdrawn": [str(second.uid)]}
        assert "1\u00a0correction proposée retirée" in Event.objects.get(verb="imports.hoursfile.undone").reason
    found = replayed(small)
    assert not found.broken
    assert sorted(one["state"] for one in found.of("hours.correctionproposal")) == ["accepted", "withdrawn"]
    again = take(small.firm, book(row("Lemaire", "David", 97), row("Diallo", "Salif", 110)))
    assert fates(again) == [(2, "same"), (3, "proposed")]


def test_what_cannot_be_proposed_stays_refused_and_the_rest_is_written(small: World) -> None:
    worker(small.pilot, small.commitment, "Zoé", "Martin", host=small.firm)
    uid = take(small.firm, changed(97, row("Lemaire", "David", 80, month="11/2026"), row("Martin", "Zoé", 7)))
    assert dict(fates(uid))[4] == "new"
    assert (dict(fates(uid))[5], "E018" in said(uid, 5)) == ("refused", True)
    done = apply(small.firm, uid, submit=False)
    assert (done.written, done.proposed, done.statements) == (1, 1, 1)
    with as_owner():
        assert Event.objects.get(verb="imports.hoursfile.applied").reason.endswith("1\u00a0correction proposée.")


def test_corrected_meanwhile_the_file_is_compared_again(small: World) -> None:
    uid = take(small.firm, changed())
    with as_owner():
        line = HoursLine.objects.get(hours=90).uid
    with acting(small.pilot) as pilot:
        correct_line(actor=pilot, line_uid=line, new_hours=Decimal(97), reason="Vu au téléphone", at=AT, on=TODAY)
    with pytest.raises(Stale):
        apply(small.firm, uid)
    with acting(small.firm) as firm:
        compare_hours_file(actor=firm, batch_uid=uid, on=TODAY)
    assert fates(uid) == [(2, "same"), (3, "same")]
    assert rows() == []
