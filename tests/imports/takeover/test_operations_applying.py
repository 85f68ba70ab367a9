"""From an empty structure: a workbook taken over, reconciled to the hour, undone until nothing is left."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection

from clausette.access.models import Organisation
from clausette.agenda.queries import engagements
from clausette.hours.enums import LineState, StatementState
from clausette.hours.models import HoursLine, OpeningBalance, Statement, WorkedMonth
from clausette.hours.operations import correct_line
from clausette.hours.queries import progress_of
from clausette.imports.enums_takeover import LineFate, TakeoverState
from clausette.imports.errors import Stale
from clausette.imports.operations.takeover import take_in_workbook, take_over, undo_takeover
from clausette.imports.queries.takeover import blockers_of, list_lines, reconciliation_of, takeover_sheet
from clausette.imports.takeover.writing.sample import Size, sample_rows, sample_workbook
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, NotAllowed, WrongState
from clausette.participants.models import EligibilityCheck, Participant
from clausette.participants.operations import create_participant
from clausette.placements.models import Allocation, Placement
from clausette.procurement.models import Contract
from tests.hats import TODAY, acting, as_owner, noon
from tests.imports.takeover.books import CONTRACT, PERSON, WORK, four, hours
from tests.world import body, member, two_structures

pytestmark = pytest.mark.django_db
KEPT = ("journal", "files", "imports", "reference")
NOON = noon(TODAY)
JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def ana() -> Actor:
    return two_structures().first


def census() -> dict[str, int]:
    """How many rows there are of everything that a takeover may make."""
    with as_owner():
        return {
            model._meta.label: model._default_manager.count()
            for model in apps.get_models()
            if model.__module__.startswith("clausette.") and model._meta.app_label not in KEPT
        }


def taken(actor: Actor, data: bytes, name: str = "s.xlsx") -> UUID:
    return take_in_workbook(actor=actor, name=name, data=data, on=TODAY)


def applied(actor: Actor, data: bytes, name: str = "s.xlsx") -> UUID:
    uid = taken(actor, data, name)
    take_over(actor=actor, batch_uid=uid, at=NOON, on=TODAY)
    return uid


def test_the_whole_story(ana: Actor) -> None:
    before = census()
    rows = sample_rows(Size(), on=TODAY)
    with acting(ana) as actor:
        uid = taken(actor, sample_workbook(rows, on=TODAY))
        done = take_over(actor=actor, batch_uid=uid, at=NOON, on=TODAY)
        sheet = takeover_sheet(actor=actor, uid=uid)
        found = reconciliation_of(actor=actor, batch_uid=uid)
        assert (done.written, done.refused, sheet.state) == (80, 0, TakeoverState.APPLIED)
        assert found.exact
        assert found.whole.said == found.whole.held == Decimal("4799.00")
        assert found.whole.opening == Decimal("120.50")
        assert {row.unexplained for row in found.rows} == {Decimal(0)}
        with as_owner():
            assert Contract.objects.count() == 4
            assert HoursLine.objects.filter(state=LineState.VALIDATED).count() == 60
            assert Statement.objects.exclude(state=StatementState.VALIDATED).count() == 0
            assert EligibilityCheck.objects.filter(state="eligible", hire_before__isnull=False).count() == 5
            assert OpeningBalance.objects.get().document_id
            assert Event.objects.filter(subject_type="hours.hoursline").count() == 60
        assert blockers_of(actor=actor, batch_uid=uid) == ()
        gone = undo_takeover(actor=actor, batch_uid=uid, at=NOON)
        assert (gone["marché"], gone["participant"], gone["ligne d’heures"]) == (4, 8, 60)
    assert census() == before
    with as_owner():
        told = Event.objects.get(verb="imports.takeover.undone", subject_type="imports.takeoverbatch")
        assert "4 marché" in told.reason


def test_months_before_the_last_one_of_the_workbook_are_expected_of_nobody(ana: Actor) -> None:
    """The marché began in 2025, the workbook tells its hours up to February 2026."""
    with acting(ana) as actor:
        applied(actor, four(hours=[hours(JAN, 10), hours(FEB, 10)]))
        ((_, found),) = progress_of(actor=actor, as_of=date(2026, 4, 15)).items()
        assert found.missing_months == (date(2026, 3, 1),)
        (row,) = engagements(actor=actor, as_of=date(2026, 4, 15))
        assert row.late_months == (date(2026, 3, 1),)
        assert row.days_late == 5


def test_undone_it_may_be_sent_again(ana: Actor) -> None:
    with acting(ana) as actor:
        uid = applied(actor, four(hours=[hours(JAN, 10)]))
        undo_takeover(actor=actor, batch_uid=uid, at=NOON)
        assert applied(actor, four(hours=[hours(JAN, 10)])) != uid


def test_good_lines_are_taken_and_bad_ones_explain_the_difference(ana: Actor) -> None:
    lines = [hours(JAN, 98.5), hours(FEB, "x1"), hours(date(2026, 3, 1), 221), hours(JAN, 98.5)]
    with acting(ana) as actor:
        uid = applied(actor, four(hours=lines))
        (row,) = reconciliation_of(actor=actor, batch_uid=uid).rows
        assert (row.workbook, row.total, row.difference) == (
            Decimal("418.00"),
            Decimal("98.50"),
            Decimal("-319.50"),
        )
        assert (row.aside, row.doubles, row.unexplained) == (Decimal(221), Decimal("98.50"), Decimal(0))
        assert "221\u00a0h mises de côté" in row.explanation
        assert "deux fois" in row.explanation


def test_corrected_lines_sent_later_complete_the_same_months(ana: Actor) -> None:
    with acting(ana) as actor:
        applied(actor, four(hours=[hours(JAN, 98.5)]))
        second = taken(actor, four(hours=[hours(JAN, 98.5), hours(FEB, 140)]), "corrigé.xlsx")
        assert takeover_sheet(actor=actor, uid=second).count(LineFate.NEW) == 1
        take_over(actor=actor, batch_uid=second, at=NOON, on=TODAY)
        found = reconciliation_of(actor=actor, batch_uid=second)
        assert (found.exact, found.whole.held) == (True, Decimal("238.50"))
    with as_owner():
        assert (Contract.objects.count(), Participant.objects.count(), Statement.objects.count()) == (1, 1, 2)


def test_a_second_person_joins_a_statement_taken_over(ana: Actor) -> None:
    other = ("Mercier", "Paul", date(1990, 3, 3))
    with acting(ana) as actor:
        applied(actor, four(hours=[hours(JAN, 98.5)]))
        second = applied(
            actor,
            four(
                people=[PERSON, other],
                works=[WORK, ("Mercier", "Paul", *WORK[2:])],
                hours=[hours(JAN, 50, name="Mercier", first="Paul")],
            ),
            "suite.xlsx",
        )
        with as_owner():
            assert Statement.objects.count() == 1
            assert HoursLine.objects.count() == 2
        undo_takeover(actor=actor, batch_uid=second, at=NOON)
    with as_owner():
        assert [str(line.hours) for line in HoursLine.objects.order_by("id")] == ["98.50"]
        assert Placement.objects.count() == 1


def test_one_work_contract_on_two_engagements(ana: Actor) -> None:
    other = ("2025-015", "Gymnase du Canal", *CONTRACT[2:])
    works = [WORK, (*WORK[:2], "2025-015", *WORK[3:])]
    lines = [hours(JAN, 40), hours(JAN, 30, number="2025-015")]
    with acting(ana) as actor:
        uid = applied(actor, four(contracts=[CONTRACT, other], works=works, hours=lines))
        assert reconciliation_of(actor=actor, batch_uid=uid).exact
    with as_owner():
        assert (Placement.objects.count(), Allocation.objects.count()) == (1, 2)
        assert {str(one.share) for one in Allocation.objects.all()} == {"0.5000"}
        assert WorkedMonth.objects.get().hours == Decimal(70)


def test_what_is_built_on_a_batch_prevents_undoing_it(ana: Actor) -> None:
    with acting(ana) as actor:
        uid = applied(actor, four(hours=[hours(JAN, 98.5)]))
        with as_owner():
            line = HoursLine.objects.get().uid
        correct_line(
            actor=actor, line_uid=line, new_hours=Decimal(90), reason="erreur de saisie", at=NOON, on=TODAY
        )
        told = [one.text for one in blockers_of(actor=actor, batch_uid=uid)]
        assert "1 « ligne d’heures » ajouté ou lié depuis" in told
        with pytest.raises(WrongState, match="ne peut plus être défaite"):
            undo_takeover(actor=actor, batch_uid=uid, at=NOON)
    with as_owner():
        assert HoursLine.objects.count() == 2


def test_a_person_changed_since_prevents_undoing(ana: Actor) -> None:
    from clausette.participants.operations import change_participant

    with acting(ana) as actor:
        uid = applied(actor, four())
        with as_owner():
            person = Participant.objects.get().uid
        change_participant(
            actor=actor,
            uid=person,
            first_name="Inès",
            last_name="Lefranc",
            birth_date=date(1994, 5, 17),
            on=TODAY,
        )
        assert [one.text for one in blockers_of(actor=actor, batch_uid=uid)] == [
            "1 « participant » modifié depuis"
        ]


def test_what_changed_since_the_reading_is_seen_before_writing(ana: Actor) -> None:
    with acting(ana) as actor:
        uid = taken(actor, four())
        create_participant(
            actor=actor, first_name="Ines", last_name="Lefranc", birth_date=date(1994, 5, 17), on=TODAY
        )
        with pytest.raises(Stale):
            take_over(actor=actor, batch_uid=uid, at=NOON, on=TODAY)
    with as_owner():
        assert not Contract.objects.exists()


def test_a_line_refused_by_a_rule_is_told_and_nothing_of_it_stays(
    ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = (*CONTRACT[:2], "Ville de Belleroche", "Maçonnerie Delorme", *CONTRACT[4:6], Decimal(99999999999))
    with acting(ana) as actor:
        uid = taken(actor, four(contracts=[CONTRACT, ("2025-016", "Piscine", *far[2:])]))
        assert takeover_sheet(actor=actor, uid=uid).aside == 1
        take_over(actor=actor, batch_uid=uid, at=NOON, on=TODAY)
        (line,), _ = list_lines(actor=actor, batch_uid=uid, fate="aside")
    assert line.findings[0].code in ("E201", "E223")
    with as_owner():
        assert Contract.objects.count() == 1


def test_nobody_else_undoes(ana: Actor) -> None:
    with acting(ana) as actor:
        uid = applied(actor, four())
    other = member(body("Pays de Nordre Insertion", "facilitator"), "cle@nordre.example")
    with acting(other) as actor, pytest.raises(Absent):
        undo_takeover(actor=actor, batch_uid=uid, at=NOON)
    with acting(other), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM imports_takeoverbatch")
        assert cursor.fetchall() == []
        cursor.execute("SELECT count(*) FROM sec.takeover_blockers(1)")
        assert cursor.fetchone() == (0,)


def test_a_workbook_given_up_is_not_taken_over(ana: Actor) -> None:
    from clausette.imports.operations.takeover import cancel_takeover

    with acting(ana) as actor:
        uid = taken(actor, four())
        cancel_takeover(actor=actor, batch_uid=uid)
        with pytest.raises(NotAllowed):
            take_over(actor=actor, batch_uid=uid, at=NOON, on=TODAY)


def test_bodies_that_serve_elsewhere_stay(ana: Actor) -> None:
    other = ("2025-015", "Gymnase du Canal", *CONTRACT[2:])
    with acting(ana) as actor:
        first = applied(actor, four())
        applied(actor, four(contracts=[other], people=[], works=[]), "autre.xlsx")
        undo_takeover(actor=actor, batch_uid=first, at=NOON)
    with as_owner():
        names = set(Organisation.objects.values_list("name", flat=True))
    assert {"Ville de Belleroche", "Maçonnerie Delorme"} <= names
