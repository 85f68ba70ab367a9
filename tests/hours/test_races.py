"""Two people at the same instant, each on a connection of their own."""

from collections.abc import Callable
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from clausette.commitments.models import CommitmentAct
from clausette.commitments.operations import close_commitment
from clausette.hours.enums import StatementSource
from clausette.hours.models import HoursLine, Justification, Statement, WorkedMonth
from clausette.hours.operations import Entry, save_statement, submit_statement, validate_statement
from clausette.hours.queries import surplus_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Conflict
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, commitment, contract, made, party, world
from tests.hours.test_operations_carrying import admit, carry

pytestmark = pytest.mark.django_db(transaction=True)
AT = noon(TODAY)


def together(*acts: Callable[[], object]) -> list[object]:
    """Run these at once; return what each gave or raised."""
    start, found = Barrier(len(acts)), [None] * len(acts)

    def run(rank: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            found[rank] = act()  # type: ignore[call-overload]  # anything
        except Exception as exc:  # noqa: BLE001  # what was raised is what is looked at
            found[rank] = exc  # type: ignore[call-overload]  # anything
        finally:
            connection.close()

    threads = [Thread(target=run, args=(rank, act)) for rank, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(found)


def _saving(w: World, hours: str, version: int | None) -> Callable[[], object]:
    def act() -> object:
        with acting(w.pilot) as pilot:
            return w.save(pilot, OCT, w.entry(w.lemaire, hours), version=version)

    return act


def test_one_of_two_writers_wins_and_the_other_is_told() -> None:
    w = world()
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "10"))
    for version, hours in ((ref.version, ("100", "120")),):
        found = together(*[_saving(w, one, version) for one in hours])
        assert sorted(type(one).__name__ for one in found) == ["Conflict", "StatementRef"]
    with as_owner():
        line, total = HoursLine.objects.get(), WorkedMonth.objects.get()
    assert line.hours == total.hours
    assert line.hours in (Decimal(100), Decimal(120))


def test_two_first_writers_make_one_statement() -> None:
    w = world()
    found = together(_saving(w, "100", None), _saving(w, "120", None))
    assert sum(isinstance(one, Conflict) for one in found) == 1
    with as_owner():
        assert (Statement.objects.count(), HoursLine.objects.count()) == (1, 1)


def test_validated_twice_at_once_is_validated_once() -> None:
    w = world()

    def handed(actor: Actor) -> None:
        ref = w.save(actor, OCT, w.entry(w.lemaire, "100"))
        submit_statement(actor=actor, uid=ref.uid, version=None, at=AT, on=TODAY)

    with acting(w.pilot) as pilot:
        handed(pilot)
    with as_owner():
        uid = Statement.objects.get().uid

    def validate() -> object:
        with acting(w.pilot) as pilot:
            done = validate_statement(
                actor=pilot, uid=uid, version=2, justifications={"W104": "Vues."}, at=AT, on=TODAY
            )
            return done.already

    assert sorted(together(validate, validate)) == [False, True]  # type: ignore[type-var]  # two booleans
    with as_owner():
        assert Justification.objects.count() == 1


def _ten_contracts(w: World) -> list[tuple[Any, Any]]:
    """Ten contracts of the same firm on which the same person is lent in the same month."""
    found = []
    for number in range(10):
        row = contract(w.pilot, w.buyer, f"Lot {number}")
        party(row, w.firm, "contractor")
        owed = commitment(row, w.firm)
        made(
            "placements.Allocation", placement_id=w.lemaire.pk, employer_id=w.firm.organisation_id,
            host_company_id=w.firm.organisation_id, contract_id=row.pk, commitment_id=owed.pk, starts_on=SEPT,
            ends_on=None,
        )  # fmt: skip
        found.append((row, owed))
    return found


def test_fifty_writers_of_the_same_hours_never_credit_more_than_was_worked() -> None:
    w = world()
    several = _ten_contracts(w)
    made(
        "hours.WorkedMonth", placement_id=w.lemaire.pk, employer_id=w.firm.organisation_id, month=OCT,
        owner_org_id=w.pilot.organisation_id, hours=Decimal(100), is_stated=True,
    )  # fmt: skip

    def writing(rank: int) -> Callable[[], object]:
        row, owed = several[rank % 10]
        entries = (Entry(w.lemaire.uid, owed.uid, Decimal(13)),)

        def act() -> object:
            with acting(w.pilot) as pilot:
                return save_statement(
                    actor=pilot, contract_uid=row.uid, declarant_uid=w.uids["firm"], month=OCT, entries=entries,
                    source=StatementSource.GRID, version=None, on=TODAY,
                )  # fmt: skip

        return act

    found = together(*[writing(rank) for rank in range(50)])
    with as_owner():
        hours = list(HoursLine.objects.values_list("hours", flat=True))
    assert hours == [Decimal(13)] * 7  # an eighth would make 104 h of the 100 h worked
    assert {type(one).__name__ for one in found} <= {"StatementRef", "Invalid", "Conflict"}


def test_a_surplus_carried_by_two_at_once_is_carried_once() -> None:
    """60 h of surplus, 40 h asked twice: to one engagement or to two, the second writer is told what is left."""
    w = world()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_commitmentpart SET hours = 120 WHERE commitment_id = %s", [w.commitment.pk])
    first, second = w.another(), w.another()
    with acting(w.pilot) as pilot:
        w.validated(pilot)
        close_commitment(actor=pilot, uid=w.commitment.uid, on=TODAY)
        for one, most in ((first, "60"), (second, "200")):
            admit(pilot, one, hours_most=Decimal(most))

    def carrying(to: Any, hours: str) -> Callable[[], object]:
        def act() -> object:
            with acting(w.pilot) as pilot:
                return carry(pilot, w, w.commitment, to, hours)

        return act

    found = together(carrying(first, "40"), carrying(second, "40"))
    assert sorted(type(one).__name__ for one in found) == ["Invalid", "UUID"]
    found = together(*[carrying(one, "15") for one in (first, second, first)])
    assert sorted(type(one).__name__ for one in found) == ["Invalid", "Invalid", "UUID"]
    with acting(w.pilot) as pilot:
        assert surplus_of(actor=pilot, commitment_id=w.commitment.pk, on=TODAY).hours == Decimal(5)
    with as_owner():
        signed = CommitmentAct.objects.aggregate(hours=Sum("hours"))["hours"]
        received = HoursLine.objects.filter(commitment__in=(first.pk, second.pk)).aggregate(hours=Sum("hours"))["hours"]
    assert signed == received == Decimal(55)
