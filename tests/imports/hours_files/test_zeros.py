"""« 0 h » written in a file: what it takes away, what it says of a month, what it leaves, and back."""

from decimal import Decimal
from typing import Any

import pytest

from clausette.hours.models import CorrectionProposal, HoursLine, Statement, WorkedMonth
from clausette.hours.operations import submit_statement, validate_statement
from clausette.imports.models import HoursFile
from clausette.imports.operations.hours_files import undo_hours_file
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, world
from tests.hours.test_operations_collective import attest
from tests.imports.hours_files.books import book, row
from tests.imports.hours_files.kept import kept
from tests.imports.hours_files.test_operations import apply, fates, take
from tests.imports.hours_files.test_proposals import replayed

pytestmark = pytest.mark.django_db
AT = noon(TODAY)


@pytest.fixture
def small() -> World:
    return world()


def declared(w: World, *, submit: bool = False, validate: bool = False) -> None:
    """October of two people, 90 h and 100 h, declared by their firm."""
    with acting(w.firm) as actor:
        ref = w.save(actor, OCT, w.entry(w.lemaire, "90"), w.entry(w.diallo, "100"))
        if submit or validate:
            submit_statement(actor=actor, uid=ref.uid, version=None, at=AT, on=TODAY)
    if validate:
        with acting(w.pilot) as actor:
            validate_statement(
                actor=actor, uid=ref.uid, version=None, justifications={"W104": "Vue sur place"}, at=AT, on=TODAY
            )


def file(david: Any, salif: Any) -> bytes:
    return book(row("Lemaire", "David", david), row("Diallo", "Salif", salif))


def lines() -> dict[str, Any]:
    with as_owner():
        found = HoursLine.objects.order_by("id").values_list("placement__participant__last_name", "hours")
        return dict(found)


def totals() -> list[Any]:
    with as_owner():
        kept_ = HoursFile.objects.order_by("-id")[0].totals
    return [(Decimal(one["said"]), Decimal(one["before"]), Decimal(one["after"])) for one in kept_]


def statement() -> Statement:
    with as_owner():
        return Statement.objects.get()


def undo(who: Any, uid: Any) -> None:
    with acting(who) as actor:
        undo_hours_file(actor=actor, batch_uid=uid, at=AT)


def told(uid: Any, line: int) -> dict[str, str]:
    (one,) = (one for one in kept(batch__uid=uid) if one.line == line)
    return {one.code: one.sentence for one in one.findings}


def left(uid: Any) -> list[tuple[int, str]]:
    with as_owner():
        return [(line, note["code"]) for _, line, note in HoursFile.objects.get(uid=uid).notes]


def test_a_line_declared_goes_and_undone_comes_back(small: World) -> None:
    declared(small)
    uid = take(small.firm, file(0, 100))
    assert fates(uid) == [(2, "changed"), (3, "same")]
    assert "0\u00a0h dans le fichier (\u2212\u00a090\u00a0h)" in told(uid, 2)["W231"]
    assert totals() == [(100, 190, 100)]
    assert apply(small.firm, uid, submit=False).written == 1
    assert lines() == {"Diallo": 100}
    assert (statement().is_nil, statement().state) == (False, "draft")
    with as_owner():
        assert sorted(WorkedMonth.objects.values_list("hours", flat=True)) == [0, 100]
    assert not replayed(small).broken
    undo(small.firm, uid)
    assert sorted(lines().values()) == [90, 100]
    with as_owner():
        assert sorted(WorkedMonth.objects.values_list("hours", flat=True)) == [90, 100]
    found = replayed(small)
    assert not found.broken
    assert sorted(Decimal(one["hours"]) for one in found.of("hours.hoursline")) == [90, 100]


@pytest.mark.parametrize("before", [True, False])
def test_a_whole_month_at_zero_is_a_month_without_hours_once(small: World, before: bool) -> None:
    if before:
        declared(small)
    uid = take(small.firm, file(0, 0))
    assert fates(uid) == [(2, "new"), (3, "new")]
    assert "Aucune heure ce mois-ci" in told(uid, 2)["I234"]
    assert totals() == [(0, 190 if before else 0, 0)]
    done = apply(small.firm, uid)
    assert (done.written, done.refused, done.statements) == (2, 0, 1)
    assert (lines(), statement().is_nil, statement().state) == ({}, True, "submitted")
    assert not replayed(small).broken
    again = take(small.firm, book(*[row("Diallo", "Salif", 0), row("Lemaire", "David", 0)]))
    assert fates(again) == [(2, "same"), (3, "same")]
    undo(small.firm, uid)
    assert sorted(lines().values()) == ([90, 100] if before else [])
    assert (statement().is_nil, statement().state) == (False, "returned")
    assert not replayed(small).broken


def test_a_validated_line_is_proposed_at_zero_and_corrected_by_who_pilots(small: World) -> None:
    declared(small, validate=True)
    uid = take(small.firm, file(0, 100))
    assert fates(uid) == [(2, "proposed"), (3, "same")]
    assert totals() == [(100, 190, 190)]
    assert apply(small.firm, uid).proposed == 1
    with as_owner():
        (one,) = CorrectionProposal.objects.all()
        assert [one.validated, one.hours] == [90, 0]
    piloted = take(small.pilot, file(0, 0), declarant_uid=small.uids["firm"])
    assert fates(piloted) == [(2, "correction"), (3, "correction")]
    assert totals() == [(0, 190, 0)]
    assert apply(small.pilot, piloted).written == 2
    with as_owner():
        assert sorted(HoursLine.objects.values_list("hours", flat=True)) == [-100, -90, 90, 100]
    assert fates(take(small.firm, book(row("Lemaire", "David", "0,00"), row("Diallo", "Salif", 0)))) == [
        (2, "same"), (3, "same"),
    ]  # fmt: skip


def test_nobody_known_without_hours_or_not_alone_nothing_changes_and_it_is_told(small: World) -> None:
    uid = take(small.firm, book(row("Lemaire", "David", 0), row("Inconnu", "Jean", 0), row("Diallo", "Salif", 7)))
    assert fates(uid) == [(4, "new")]
    assert left(uid) == [(2, "I232"), (3, "I232")]
    alone = take(small.firm, book(row("Lemaire", "David", 0)))  # nothing is known of the other
    assert (fates(alone), left(alone)) == ([], [(2, "I232")])


def test_a_line_at_zero_beside_its_hours_says_nothing(small: World) -> None:
    declared(small)
    head = ("Nom", "Prénom", "Client", "Mois", "H. trav.", "Formation")
    data = book(("Lemaire", "David", "Bâti Ouche", "10/2026", 97, 0), head=head)
    uid = take(small.firm, data)
    assert (fates(uid), left(uid)) == ([(2, "changed")], [])
    two = take(small.firm, book(row("Lemaire", "David", 0), row("Lemaire", "David", 95)))
    assert (fates(two), left(two)) == ([(3, "changed")], [(2, "I232")])


def test_handed_over_it_is_told_that_the_line_stays(small: World) -> None:
    declared(small, submit=True)
    uid = take(small.firm, file(0, 100))
    assert fates(uid) == [(2, "refused"), (3, "same")]
    assert "est transmis" in told(uid, 2)["E235"]
    assert "reprenez-le, puis comparez encore." in told(uid, 2)["E235"]
    moved = take(small.pilot, file(0, 0), declarant_uid=small.uids["firm"])
    assert fates(moved) == [(2, "new"), (3, "new")]
    apply(small.pilot, moved)
    assert (lines(), statement().is_nil, statement().state) == ({}, True, "submitted")


def test_emptied_by_halves_a_month_is_not_handed_over(small: World) -> None:
    declared(small)
    apply(small.firm, take(small.firm, book(row("Lemaire", "David", 0))), submit=False)
    last = take(small.firm, book(row("Diallo", "Salif", 0)))
    assert fates(last) == [(2, "changed")]
    assert apply(small.firm, last).written == 1
    assert (lines(), statement().is_nil, statement().state) == ({}, False, "draft")


def test_hours_attested_as_a_whole_meanwhile_keep_the_month_from_being_without_hours(small: World) -> None:
    uid = take(small.firm, file(0, 0))
    assert fates(uid) == [(2, "new"), (3, "new")]
    with acting(small.pilot) as actor:
        attest(actor, small)
    done = apply(small.firm, uid)
    assert (done.written, done.refused) == (0, 2)
    assert "D'autres heures sont déclarées ce mois-ci" in told(uid, 2)["E223"]
    assert (statement().is_nil, statement().state) == (False, "draft")
