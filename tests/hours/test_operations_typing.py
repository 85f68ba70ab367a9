"""Typing hours: what is written, what is refused, two people at once."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from clausette.hours.enums import StatementSource
from clausette.hours.models import HoursLine, Statement, WorkedMonth
from clausette.hours.operations import Entry, Sheet, save_grid, submit_statement
from clausette.hours.rules.entries import cell_name
from clausette.journal.models import Event
from clausette.kernel.errors import Absent, Conflict, Invalid, NotAllowed, Refusal, WrongState
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import NOV, OCT, SEPT, World, commitment, contract, party, worker, world

pytestmark = pytest.mark.django_db
AT = noon(TODAY)


@pytest.fixture
def w() -> World:
    return world()


def lines() -> list[tuple[date, Decimal]]:
    with as_owner():
        return list(HoursLine.objects.order_by("month", "id").values_list("month", "hours"))


def totals() -> list[Decimal]:
    with as_owner():
        return list(WorkedMonth.objects.order_by("month", "id").values_list("hours", flat=True))


def test_lines_totals_and_journal(w: World) -> None:
    with acting(w.firm) as firm:
        first = w.save(
            firm, OCT, w.entry(w.lemaire, "100"), w.entry(w.diallo, "50"), source=StatementSource.PORTAL
        )
        second = w.save(firm, OCT, w.entry(w.lemaire, "120"), w.entry(w.diallo, None), version=first.version)
        third = w.save(firm, OCT, w.entry(w.lemaire, "120"), version=second.version)
    assert (first.version, second.version, third.version, third.already) == (1, 2, 2, True)
    assert lines() == [(OCT, Decimal(120))]
    assert totals() == [Decimal(120), Decimal(0)]
    with as_owner():
        verbs = set(Event.objects.values_list("verb", flat=True))
        hours = Event.objects.filter(subject_type="hours.hoursline", after__hours="120").count()
    assert "hours.statement.saved" in verbs
    assert hours == 1


def test_a_month_to_come_is_refused(w: World) -> None:
    with acting(w.pilot) as pilot, pytest.raises(Refusal) as caught:
        w.save(pilot, date(2026, 12, 1), w.entry(w.lemaire, "1"))
    assert caught.value.field == "month"
    assert "décembre 2026" in caught.value.message


@pytest.mark.parametrize(
    ("hours", "words"), [("-1", "ne peut pas être négatif"), ("744.01", "Un mois compte au plus 744 heures")]
)
def test_bounds_are_said_at_the_cell(w: World, hours: str, words: str) -> None:
    with acting(w.pilot) as pilot, pytest.raises(Invalid) as caught:
        w.save(pilot, OCT, w.entry(w.lemaire, hours))
    assert words in caught.value.errors[cell_name(w.lemaire.uid, w.commitment.uid, OCT)]


def test_two_engagements_of_one_person_share_the_month(w: World) -> None:
    other = commitment(w.contract, w.firm, start=date(2026, 8, 1))
    with as_owner():
        from django.apps import apps

        apps.get_model("placements.Allocation").objects.create(
            placement_id=w.lemaire.pk, employer_id=w.firm.organisation_id, host_company_id=w.firm.organisation_id,
            contract_id=w.contract.pk, commitment_id=other.pk, starts_on=date(2026, 8, 1),
        )  # fmt: skip
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, w.entry(w.lemaire, "400"), Entry(w.lemaire.uid, other.uid, Decimal(300)))
        assert totals() == [Decimal(700)]
        with pytest.raises(Refusal) as caught:
            w.save(pilot, OCT, w.entry(w.lemaire, "500"), version=1)
    assert caught.value.message == "Les heures travaillées d’un mois sont comprises entre 0 et 744."
    assert totals() == [Decimal(700)]


def test_hours_hidden_from_the_writer_stay_in_the_total(w: World) -> None:
    other = contract(w.stranger, w.buyer, "École Pasteur")
    owed = commitment(other, w.firm)
    party(other, w.etti, "employer")
    with as_owner():
        from django.apps import apps

        apps.get_model("placements.Allocation").objects.create(
            placement_id=w.diallo.pk, employer_id=w.etti.organisation_id, host_company_id=w.stranger.organisation_id,
            contract_id=other.pk, commitment_id=owed.pk, starts_on=date(2026, 8, 1),
        )  # fmt: skip
    from clausette.hours.operations import save_statement

    with acting(w.etti) as etti:
        save_statement(
            actor=etti, contract_uid=other.uid, declarant_uid=w.uids["etti"], month=OCT, source=StatementSource.PORTAL,
            entries=[Entry(w.diallo.uid, owed.uid, Decimal(60))], version=None, on=TODAY,
        )  # fmt: skip
    with acting(w.firm) as firm:
        ref = w.save(firm, OCT, w.entry(w.diallo, "100"))
        assert totals() == [Decimal(160)]
        w.save(firm, OCT, w.entry(w.diallo, "90"), version=ref.version)
    assert totals() == [Decimal(150)]


def test_only_people_of_the_contract_and_of_the_declarant(w: World) -> None:
    with acting(w.pilot) as pilot:
        with pytest.raises(Invalid) as caught:
            w.save(pilot, OCT, Entry(uuid4(), w.commitment.uid, Decimal(1)))
        assert "n'est pas mise à l'emploi" in next(iter(caught.value.errors.values()))
        with pytest.raises(Invalid) as caught:
            w.save(pilot, OCT, w.entry(w.lemaire, "1"), declarant=w.uids["etti"])
    assert "n'emploie ni n'accueille" in next(iter(caught.value.errors.values()))


def test_who_may_type(w: World) -> None:
    with acting(w.etti) as etti, pytest.raises(NotAllowed) as caught:
        w.save(etti, OCT, w.entry(w.diallo, "1"))
    assert caught.value.message == "Ce relevé est celui d'un autre organisme."
    with acting(w.buyer) as buyer, pytest.raises(NotAllowed) as caught:
        w.save(buyer, OCT, w.entry(w.lemaire, "1"))
    assert caught.value.message.startswith("Seules la structure en charge")
    with acting(w.stranger) as stranger, pytest.raises(Absent):
        w.save(stranger, OCT, w.entry(w.lemaire, "1"))


def test_handed_over_is_the_pilot_s_and_validated_is_nobody_s(w: World) -> None:
    with acting(w.firm) as firm:
        ref = w.save(firm, OCT, w.entry(w.lemaire, "100"))
        ref = submit_statement(actor=firm, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
        with pytest.raises(NotAllowed) as caught:
            w.save(firm, OCT, w.entry(w.lemaire, "90"), version=ref.version)
    assert "demandez au facilitateur" in caught.value.message
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, w.entry(w.lemaire, "90"), version=ref.version)
    with as_owner():
        assert list(HoursLine.objects.values_list("hours", "state")) == [(Decimal(90), "declared")]
        Statement.objects.update(state="validated", validated_at=AT, validated_by_id=w.pilot.account_id)
    with acting(w.pilot) as pilot, pytest.raises(WrongState):
        w.save(pilot, OCT, w.entry(w.lemaire, "80"), version=3)


def test_no_hour_this_month(w: World) -> None:
    with acting(w.firm) as firm:
        ref = w.save(firm, OCT, w.entry(w.lemaire, "100"))
        with pytest.raises(Invalid):
            w.save(firm, OCT, w.entry(w.lemaire, "100"), is_nil=True, version=ref.version)
        ref = w.save(firm, OCT, is_nil=True, version=ref.version)
        assert lines() == []
        w.save(firm, OCT, w.entry(w.lemaire, "10"), version=ref.version)
    with as_owner():
        assert list(Statement.objects.values_list("is_nil", flat=True)) == [False]


def test_the_second_one_sees_what_the_first_wrote(w: World) -> None:
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "100"))
        for version in (None, ref.version - 1):
            with pytest.raises(Conflict) as caught:
                w.save(pilot, OCT, w.entry(w.lemaire, "120"), version=version)
    assert list(caught.value.theirs.hours.values()) == [Decimal(100)]  # type: ignore[attr-defined]  # a Written


def test_the_grid_is_written_whole_or_not_at_all(w: World) -> None:
    roy = worker(w.pilot, w.commitment, "Lina", "Roy", host=w.firm)
    firm = w.uids["firm"]
    with acting(w.pilot) as pilot:
        sheets = [
            Sheet(firm, SEPT, None, (w.entry(w.lemaire, "100"), w.entry(roy, "90"))),
            Sheet(firm, OCT, None, (w.entry(w.lemaire, "-3"),)),
            Sheet(firm, NOV, None, (w.entry(w.lemaire, None),)),
        ]
        with pytest.raises(Invalid):
            save_grid(actor=pilot, contract_uid=w.contract.uid, sheets=sheets, source=StatementSource.GRID, on=TODAY,
                      at=AT)  # fmt: skip
        assert lines() == []
        sheets[1] = Sheet(firm, OCT, None, (w.entry(w.lemaire, "110"),))
        refs = save_grid(
            actor=pilot, contract_uid=w.contract.uid, sheets=sheets, source=StatementSource.GRID, submit=True, on=TODAY,
            at=AT,
        )  # fmt: skip
    assert len(refs) == 2
    assert lines() == [(SEPT, Decimal(100)), (SEPT, Decimal(90)), (OCT, Decimal(110))]
    with as_owner():
        assert set(Statement.objects.values_list("state", flat=True)) == {"submitted"}
        assert set(HoursLine.objects.values_list("state", flat=True)) == {"declared"}


def test_lines_follow_a_grid_handed_over_whoever_wrote_them_first(w: World) -> None:
    roy = worker(w.pilot, w.commitment, "Lina", "Roy", host=w.firm)
    firm = w.uids["firm"]
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, SEPT, w.entry(w.lemaire, "100"))
        sheets = [
            Sheet(firm, SEPT, ref.version, (w.entry(w.lemaire, "101"), w.entry(roy, "90"))),
            Sheet(firm, OCT, None, (w.entry(roy, "20"),)),
        ]
        first, second = save_grid(
            actor=pilot, contract_uid=w.contract.uid, sheets=sheets, source=StatementSource.GRID, submit=True, on=TODAY,
            at=AT,
        )  # fmt: skip
    with as_owner():
        told = HoursLine.objects.order_by("month", "id").values_list("hours", "state", "worked_month__hours")
        assert list(told) == [
            (Decimal(101), "declared", Decimal(101)), (Decimal(90), "declared", Decimal(90)),
            (Decimal(20), "declared", Decimal(20)),
        ]  # fmt: skip
        states = Event.objects.filter(verb="hours.statement.submitted").values_list("subject_uid", "after__state")
        assert dict(states) == {first.uid: "submitted", second.uid: "submitted"}
