"""Programmes: brought, mapped, opened once, sorted; each structure has its own."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from clausette.advice.enums import BuyerKind, ProgrammeSource, StudyState
from clausette.advice.operations import (
    BroughtFile,
    PlannedPurchase,
    bring_programme,
    create_study,
    map_programme,
    open_programme,
    sort_studies,
)
from clausette.advice.queries import (
    list_programmes,
    list_studies,
    opinions_due,
    programme_sheet,
    studies_of_programme,
)
from clausette.files.operations import store_file
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.procurement.enums import ContractNature
from tests.hats import TODAY, acting, as_owner
from tests.world import Two, body, member, two_structures

pytestmark = pytest.mark.django_db
S = StudyState
LINES = [
    PlannedPurchase(2, "Peinture", "1", ContractNature.WORKS, Decimal(1_000_000), "45442100", months=12, place="Lyon"),
    PlannedPurchase(3, "Papier"),
    PlannedPurchase(100_002, "Accueil"),
]


@pytest.fixture
def two() -> Two:
    return two_structures()


def brought(who: Actor) -> UUID:
    with acting(who) as actor:
        file = store_file(actor=actor, name="p.csv", data=b"Objet;Montant\nPeinture;10\n", purpose="workbook")
        found = BroughtFile(file, "a" * 64, ProgrammeSource.WORKBOOK, 3)
        return bring_programme(
            actor=actor, buyer_name="Ville", title="Achats 2027", file=found, columns={"sheets": []}, on=TODAY
        )


def opened(who: Actor) -> UUID:
    uid = brought(who)
    with acting(who) as actor:
        assert open_programme(
            actor=actor, programme_uid=uid, lines=LINES, remarks=[{"line": 4}], buyer_kind=BuyerKind.STATE, on=TODAY
        ) == 3  # fmt: skip
    return uid


def uids(who: Actor, programme: UUID) -> list[UUID]:
    with acting(who) as actor:
        sheet = programme_sheet(actor=actor, uid=programme)
        return [one.uid for one in studies_of_programme(actor=actor, programme_id=sheet.id)]


def test_each_line_kept_is_a_study_with_its_facts(two: Two) -> None:
    uid = opened(two.first)
    with acting(two.first) as actor:
        sheet = programme_sheet(actor=actor, uid=uid)
        first, *others = studies_of_programme(actor=actor, programme_id=sheet.id)
        rows, total = list_programmes(actor=actor)
    assert (first.line.title, first.line.buyer_kind, first.line.nature, first.line.months) == (
        "Peinture", BuyerKind.STATE, ContractNature.WORKS, 12,
    )  # fmt: skip
    assert [(one.row, one.state) for one in others] == [(3, S.TO_STUDY), (100_002, S.TO_STUDY)]
    assert sheet.remarks == ({"line": 4},)
    assert [(row.opened, row.to_study, total) for row in rows] == [(3, 3, 1)]
    with as_owner():
        assert Event.objects.filter(verb="advice.programme.opened").count() == 4


def test_a_programme_is_opened_once_and_its_columns_then_stay(two: Two) -> None:
    uid = opened(two.first)
    with acting(two.first) as actor:
        with pytest.raises(WrongState):
            open_programme(
                actor=actor, programme_uid=uid, lines=LINES, remarks=[], buyer_kind=BuyerKind.LOCAL, on=TODAY
            )
        with pytest.raises(WrongState):
            map_programme(actor=actor, programme_uid=uid, columns={}, size=1)


def test_a_programme_without_a_line_is_not_opened(two: Two) -> None:
    uid = brought(two.first)
    with acting(two.first) as actor:
        map_programme(actor=actor, programme_uid=uid, columns={"sheets": [], "lots": True}, size=2)
        assert programme_sheet(actor=actor, uid=uid).columns["lots"] is True
        with pytest.raises(Invalid):
            open_programme(actor=actor, programme_uid=uid, lines=[], remarks=[], buyer_kind=BuyerKind.LOCAL, on=TODAY)


def test_lines_are_sorted_and_an_answer_is_due_four_weeks_after_they_are_taken(two: Two) -> None:
    programme = opened(two.first)
    first, second, third = uids(two.first, programme)
    later = TODAY + timedelta(days=30)
    with acting(two.first) as actor:
        assert list_studies(actor=actor)[1] == 0  # nothing is taken in study yet
        sort_studies(actor=actor, study_uids=[first, third], state=S.UNDER_STUDY, on=later)
        sort_studies(actor=actor, study_uids=[second], state=S.POINTLESS, reason="Catalogue", on=later)
        found = {one.uid: one for one in studies_of_programme(actor=actor, programme_id=programme_sheet(
            actor=actor, uid=programme).id)}  # fmt: skip
        assert found[first].answer_due_on == later + timedelta(days=28)
        assert (found[second].state, found[second].reason) == (S.POINTLESS, "Catalogue")
        assert [one.uid for one in list_studies(actor=actor)[0]] == [first, third]
        assert [one.uid for one in opinions_due(actor=actor, until=later + timedelta(days=28))] == [first, third]
        assert opinions_due(actor=actor, until=later + timedelta(days=27)) == ()


def test_a_sorting_is_all_or_nothing(two: Two) -> None:
    programme = opened(two.first)
    first, second, _ = uids(two.first, programme)
    with acting(two.first) as actor:
        with pytest.raises(Invalid):
            sort_studies(actor=actor, study_uids=[first], state=S.POINTLESS, on=TODAY)
        with pytest.raises(WrongState):
            sort_studies(actor=actor, study_uids=[first, second], state=S.PUBLISHED, on=TODAY)
        alone = create_study(actor=actor, buyer_name="Ville", title="Seule", asked_on=TODAY)
        with pytest.raises(Absent):
            sort_studies(actor=actor, study_uids=[first, alone], state=S.UNDER_STUDY, on=TODAY)
    with acting(two.first) as actor:
        assert [row.to_study for row in list_programmes(actor=actor)[0]] == [3]


def test_each_structure_has_its_own_and_a_firm_has_none(two: Two) -> None:
    programme = opened(two.first)
    (first, *_) = uids(two.first, programme)
    with acting(two.second) as actor:
        assert list_programmes(actor=actor) == ((), 0)
        with pytest.raises(Absent):
            programme_sheet(actor=actor, uid=programme)
        with pytest.raises(Absent):
            sort_studies(actor=actor, study_uids=[first], state=S.UNDER_STUDY, on=TODAY)
    firm = member(body("Maçonnerie", "contractor"), "nadia@maconnerie.example")
    with acting(firm) as actor, pytest.raises(NotAllowed):
        sort_studies(actor=actor, study_uids=[first], state=S.UNDER_STUDY, on=date(2026, 12, 1))
