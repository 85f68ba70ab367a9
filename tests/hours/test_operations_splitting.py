"""The employer states one total for the month: it is split, never exceeded, and written by one person at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps

from clausette.hours.enums import StatementSource
from clausette.hours.models import HoursLine, WorkedMonth
from clausette.hours.operations import correct_line, split_total, submit_statement, validate_statement
from clausette.hours.queries import split_sheet
from clausette.hours.rules.entries import cell_name
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Conflict, Invalid, NotAllowed
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import NOV, OCT, World, commitment, contract, made, party, world
from tests.world import body, member

pytestmark = pytest.mark.django_db
D = Decimal


@dataclass
class Lent:
    """Salif Diallo, lent by the ETTI to two firms: 60 % for the titulaire, 40 % for the firm of another contract."""

    w: World
    other: Any
    second: Actor

    @property
    def here(self) -> UUID:
        uid: UUID = self.w.commitment.uid
        return uid

    @property
    def there(self) -> UUID:
        uid: UUID = self.other.uid
        return uid

    def split(self, actor: Actor, total: str, here: str | None, there: str | None, **options: Any) -> UUID:
        parts: Mapping[UUID, Decimal | None] = {
            self.here: D(here) if here else None, self.there: D(there) if there else None,
        }  # fmt: skip
        values: dict[str, Any] = {
            "month": OCT,
            "seen": None,
            "source": StatementSource.GRID,
            "on": TODAY,
        } | options
        return split_total(
            actor=actor, placement_uid=self.w.diallo.uid, total=D(total), parts=parts, **values
        )


@pytest.fixture
def lent() -> Lent:
    w = world()
    second = member(body("Menuiserie Castan", "contractor"), "lea@castan.example")
    row = contract(w.pilot, w.buyer, "École Pasteur")
    party(row, second, "contractor")
    party(row, w.etti, "employer")
    other = commitment(row, second, hours=300)
    made(
        "placements.Allocation", placement_id=w.diallo.pk, employer_id=w.etti.organisation_id,
        host_company_id=second.organisation_id, contract_id=row.pk, commitment_id=other.pk,
        starts_on=date(2026, 7, 1), ends_on=date(2027, 6, 30), share=D("0.4"),
    )  # fmt: skip
    with as_owner():
        held = apps.get_model("placements.Allocation").objects.filter(commitment_id=w.commitment.pk)
        held.filter(placement=w.diallo).update(share=D("0.6"))
    return Lent(w, other, second)


def lines() -> list[tuple[str, str, Decimal]]:
    """(contract, declarant, hours) of the lines."""
    with as_owner():
        rows = HoursLine.objects.order_by("contract__common_name", "id")
        return [(row.contract.common_name, row.declarant.name, row.hours) for row in rows]


def total() -> tuple[Decimal, bool]:
    with as_owner():
        row = WorkedMonth.objects.get(month=OCT)
        return row.hours, row.is_stated


def test_the_sheet_proposes_by_share_and_the_split_is_written_with_its_journal(lent: Lent) -> None:
    with acting(lent.w.pilot) as pilot:
        sheet = split_sheet(actor=pilot, placement_uid=lent.w.diallo.uid, month=OCT, on=TODAY)
        assert [(p.contract_name, p.share, p.hours, p.locked) for p in sheet.parts] == [
            ("Gymnase des Acacias", D("0.6"), None, ""), ("École Pasteur", D("0.4"), None, ""),
        ]  # fmt: skip
        assert list(sheet.proposal(D("151.67")).values()) == [D("91.00"), D("60.67")]
        lent.split(pilot, "151.67", "91", "60.67", seen=sheet.mark)
    assert lines() == [
        ("Gymnase des Acacias", "Intérim Plus", D(91)),
        ("École Pasteur", "Intérim Plus", D("60.67")),
    ]
    assert total() == (D("151.67"), True)
    with as_owner():
        verbs = set(Event.objects.filter(verb__startswith="hours.").values_list("verb", flat=True))
    assert verbs == {"hours.total.split", "hours.statement.saved"}


def test_the_employer_splits_its_own_people(lent: Lent) -> None:
    with acting(lent.w.etti) as ugo:
        lent.split(ugo, "100", "60", "30", source=StatementSource.PORTAL)
    assert [hours for *_, hours in lines()] == [D(60), D(30)]
    assert total() == (D(100), True)  # ten hours were worked outside any engagement


def test_parts_beyond_the_total_are_refused_and_nothing_is_written(lent: Lent) -> None:
    with acting(lent.w.pilot) as pilot, pytest.raises(Invalid) as refused:
        lent.split(pilot, "100", "60", "40.01")
    assert refused.value.errors == {"total": "Les parts font 100,01 h pour 100 h travaillées."}
    assert lines() == []


def test_what_is_typed_later_never_exceeds_the_total(lent: Lent) -> None:
    w = lent.w
    with acting(w.pilot) as pilot:
        lent.split(pilot, "100", "60", "40")
        with pytest.raises(Invalid) as refused:
            w.save(pilot, OCT, w.entry(w.diallo, "60.01"), declarant=w.uids["etti"], version=1)
        name = cell_name(w.diallo.uid, lent.here, OCT)
        assert refused.value.errors[name].startswith("Le total déclaré du mois est de 100")
        w.save(pilot, OCT, w.entry(w.diallo, "50"), declarant=w.uids["etti"], version=1)
    assert total() == (D(100), True)


def test_the_split_is_changed_in_one_go_whatever_the_order(lent: Lent) -> None:
    with acting(lent.w.pilot) as pilot:
        lent.split(pilot, "100", "60", "40")
        lent.split(pilot, "100", "20", "80")
        lent.split(pilot, "90", "90", None)
    assert lines() == [("Gymnase des Acacias", "Intérim Plus", D(90))]
    assert total() == (D(90), True)


def test_a_validated_part_stays_and_counts_in_the_total(lent: Lent) -> None:
    w = lent.w
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.diallo, "60"), declarant=w.uids["etti"])
        submit_statement(actor=pilot, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
        answers = {"W104": "Vues.", "W106": "Vues.", "W107": "Vues."}
        validate_statement(
            actor=pilot, uid=ref.uid, version=None, justifications=answers, at=noon(TODAY), on=TODAY
        )
        sheet = split_sheet(actor=pilot, placement_uid=w.diallo.uid, month=OCT, on=TODAY)
        assert [p.locked for p in sheet.parts] == ["relevé validé le 16\u00a0novembre 2026", ""]
        assert (sheet.fixed, list(sheet.proposal(D(100)).values())) == (D(60), [D(40)])
        with pytest.raises(Invalid, match="Les parts font 101"):
            lent.split(pilot, "100", None, "41")
        lent.split(pilot, "100", None, "40")
        with as_owner():
            line = HoursLine.objects.get(commitment__uid=lent.here)
        with pytest.raises(Invalid, match="Le total déclaré du mois est de 100"):
            correct_line(
                actor=pilot,
                line_uid=line.uid,
                new_hours=D(61),
                reason="Feuille relue",
                at=noon(TODAY),
                on=TODAY,
            )
    assert [hours for *_, hours in lines()] == [D(60), D(40)]


def test_two_people_on_the_same_month(lent: Lent) -> None:
    with acting(lent.w.pilot) as pilot:
        seen = split_sheet(actor=pilot, placement_uid=lent.w.diallo.uid, month=OCT, on=TODAY).mark
        lent.split(pilot, "100", "60", "40", seen=seen)
        with pytest.raises(Conflict, match="modifiées entre-temps"):
            lent.split(pilot, "90", "50", "40", seen=seen)
    assert total() == (D(100), True)


def test_who_may_not_and_which_month(lent: Lent) -> None:
    for who, refusal in ((lent.w.firm, NotAllowed), (lent.w.stranger, Absent), (lent.w.buyer, Absent)):
        with acting(who) as actor, pytest.raises(refusal):
            lent.split(actor, "100", "60", "40")
    with acting(lent.w.pilot) as pilot, pytest.raises(NotAllowed, match="pas commencé"):
        lent.split(pilot, "100", "60", "40", month=date(2026, 12, 1))
    assert lines() == []


def test_hours_in_turn_are_proposed_by_days(lent: Lent) -> None:
    with as_owner():
        held = apps.get_model("placements.Allocation").objects.filter(placement=lent.w.diallo)
        held.filter(commitment=lent.other).update(starts_on=date(2026, 11, 16), share=1)
        held.exclude(commitment=lent.other).update(ends_on=date(2026, 11, 15), share=1)
    with acting(lent.w.pilot) as pilot:
        october = split_sheet(actor=pilot, placement_uid=lent.w.diallo.uid, month=OCT, on=TODAY)
        november = split_sheet(actor=pilot, placement_uid=lent.w.diallo.uid, month=NOV, on=TODAY)
        lent.split(pilot, "140", "70", "70", month=NOV)
        again = split_sheet(actor=pilot, placement_uid=lent.w.diallo.uid, month=NOV, on=TODAY)
    assert [(p.weight, p.share) for p in again.parts] == [(D(15), D(1)), (D(15), D(1))]
    assert list(october.proposal(D(140)).values()) == [D(140)]
    assert list(november.proposal(D(140)).values()) == [D(70), D(70)]


def test_a_stay_that_is_over_weighs_nothing_once_hours_are_written(lent: Lent) -> None:
    with as_owner():
        held = apps.get_model("placements.Allocation").objects.get(placement=lent.w.diallo, commitment=lent.other)
        held.pk, held.uid, held._state.adding = None, uuid4(), True
        held.starts_on, held.ends_on, held.share = date(2026, 6, 30), date(2026, 8, 31), D(1)
        held.save()
    with acting(lent.w.pilot) as pilot:
        lent.split(pilot, "100", "60", "40")
        sheet = split_sheet(actor=pilot, placement_uid=lent.w.diallo.uid, month=OCT, on=TODAY)
    assert [(p.weight, p.share) for p in sheet.parts] == [(D("12.4"), D("0.4")), (D("18.6"), D("0.6"))]
