"""Hours attested as a whole: in the statement of their month, in the hours, never among people."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from clausette.hours.enums import LineState, StatementSource
from clausette.hours.errors import CorrectionImpossible
from clausette.hours.models import CollectiveHours
from clausette.hours.operations import (
    correct_collective,
    record_opening_balance,
    remove_collective,
    return_statement,
    save_collective,
    submit_statement,
    validate_statement,
)
from clausette.hours.queries import (
    LineFilters,
    StatementFilters,
    lines_behind,
    list_statements,
    months_curve,
    progress_of,
    statement_sheet,
)
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, world
from tests.hours.test_operations_openings import paper

pytestmark = pytest.mark.django_db
AT = noon(TODAY)


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def actor(w: World) -> Iterator[Actor]:
    with acting(w.pilot) as pilot:
        yield pilot


def attest(actor: Actor, w: World, document: UUID | None = None, **values: Any) -> UUID:
    """240 hours of 3 people in October, declared by the titulaire."""
    given: dict[str, Any] = {"month": OCT, "hours": Decimal(240), "people": 3} | values
    return save_collective(
        actor=actor, commitment_uid=w.commitment.uid, declarant_uid=w.uids["firm"],
        document_uid=document or paper(actor, w), source=StatementSource.GRID, on=TODAY, **given,
    ).uid  # fmt: skip


def hand_over(actor: Actor, uid: UUID) -> None:
    submit_statement(actor=actor, uid=uid, version=None, at=AT, on=TODAY)


def test_alone_in_a_statement_it_is_handed_over_and_validated(w: World, actor: Actor) -> None:
    uid = attest(actor, w)
    hand_over(actor, uid)
    waiting = progress_of(actor=actor, as_of=TODAY)[w.commitment.pk]
    assert (waiting.declared, waiting.validated) == (Decimal(240), Decimal(0))
    validate_statement(actor=actor, uid=uid, version=None, at=AT, on=TODAY)
    found = progress_of(actor=actor, as_of=TODAY)[w.commitment.pk]
    assert (found.declared, found.validated, found.makeup.collective) == (Decimal(0), Decimal(240), Decimal(240))
    assert found.makeup.named == 0
    assert OCT not in found.missing_months
    row = list_statements(actor=actor, filters=StatementFilters(), on=TODAY).rows[0]
    assert (row.hours, row.people) == (Decimal(240), 0)
    with pytest.raises(WrongState, match="validé"):
        attest(actor, w)


def test_typed_again_it_replaces_and_taken_away_it_is_gone(w: World, actor: Actor) -> None:
    attest(actor, w)
    uid = attest(actor, w, hours=Decimal(180), people=2)
    sheet = statement_sheet(actor=actor, uid=uid, on=TODAY)
    assert [(one.hours, one.people, one.state) for one in sheet.collective] == [(Decimal(180), 2, LineState.DRAFT)]
    assert sheet.total == Decimal(180)
    remove_collective(actor=actor, uid=sheet.collective[0].uid)
    assert statement_sheet(actor=actor, uid=uid, on=TODAY).collective == ()


def test_it_goes_back_with_its_statement(w: World, actor: Actor) -> None:
    uid = attest(actor, w)
    hand_over(actor, uid)
    return_statement(actor=actor, uid=uid, version=None, reason="Il manque la signature", at=AT)
    assert statement_sheet(actor=actor, uid=uid, on=TODAY).collective[0].state == LineState.DRAFT


def test_not_retained_with_its_reason(w: World, actor: Actor) -> None:
    uid = attest(actor, w)
    hand_over(actor, uid)
    (one,) = statement_sheet(actor=actor, uid=uid, on=TODAY).collective
    validate_statement(
        actor=actor, uid=uid, version=None, refusals={one.uid: "Attestation non signée"}, at=AT, on=TODAY
    )
    found = progress_of(actor=actor, as_of=TODAY)[w.commitment.pk]
    assert (found.validated, found.refused) == (Decimal(0), Decimal(240))


def test_beside_the_lines_it_makes_the_total(w: World, actor: Actor) -> None:
    w.save(actor, OCT, w.entry(w.lemaire, "100"))
    uid = attest(actor, w)
    assert statement_sheet(actor=actor, uid=uid, on=TODAY).total == Decimal(340)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"people": 0}, "people"),
        ({"hours": Decimal(0)}, "hours"),
        ({"hours": Decimal("744.01"), "people": 1}, "hours"),
        ({"month": date(2026, 12, 1)}, "month"),
    ],
)
def test_refused_at_its_field(w: World, actor: Actor, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        attest(actor, w, **values)
    assert list(caught.value.errors) == [field]


def test_a_firm_attests_for_itself_only(w: World) -> None:
    with acting(w.firm) as firm:
        uid = attest(firm, w)
        hand_over(firm, uid)
    with acting(w.etti) as etti, pytest.raises((NotAllowed, Absent)):
        attest(etti, w, month=SEPT)
    with acting(w.buyer) as buyer:
        assert progress_of(actor=buyer, as_of=TODAY)[w.commitment.pk].declared == Decimal(240)


def test_a_balance_and_hours_without_names_are_in_every_figure_and_of_no_line(w: World, actor: Actor) -> None:
    record_opening_balance(
        actor=actor, commitment_uid=w.commitment.uid, as_of=date(2026, 8, 31), hours=Decimal(420), by_year={},
        document_uid=paper(actor, w), on=TODAY,
    )  # fmt: skip
    uid = attest(actor, w)
    hand_over(actor, uid)
    validate_statement(actor=actor, uid=uid, version=None, at=AT, on=TODAY)
    found = progress_of(actor=actor, as_of=TODAY)[w.commitment.pk]
    assert (found.validated, found.makeup.opening) == (Decimal(660), Decimal(420))
    assert (found.makeup.taken_over_on, found.remaining) == (date(2026, 8, 31), Decimal(173))
    assert found.missing_months == (SEPT,)  # July and August are in the balance
    assert found.validated_in_year == Decimal(240)  # a balance is of no year
    assert progress_of(actor=actor, as_of=date(2026, 8, 30))[w.commitment.pk].validated == 0
    behind = lines_behind(
        actor=actor, filters=LineFilters(commitment_uid=w.commitment.uid, state=LineState.VALIDATED), with_names=True
    )
    assert [behind.hours, behind.collective, behind.opening, behind.total] == [0, 240, 420, found.validated]
    points = {p.month: p for p in months_curve(actor=actor, commitment_uid=w.commitment.uid, as_of=TODAY)}
    assert [(points[m].status.value, points[m].validated) for m in (date(2026, 7, 1), date(2026, 8, 1), OCT)] == [
        ("taken_over", None), ("taken_over", Decimal(420)), ("validated", Decimal(660)),
    ]  # fmt: skip


def test_validated_hours_are_corrected_by_a_row_that_cites_them(w: World, actor: Actor) -> None:
    uid = attest(actor, w)
    hand_over(actor, uid)
    with as_owner():
        row = CollectiveHours.objects.get()
    with pytest.raises(CorrectionImpossible, match="Seules des heures validées"):
        correct_collective(
            actor=actor, uid=row.uid, new_hours=Decimal(200), reason="Attestation relue", at=AT, on=TODAY
        )
    validate_statement(actor=actor, uid=uid, version=None, at=AT, on=TODAY)
    for hours in (200, 210):
        correct_collective(
            actor=actor, uid=row.uid, new_hours=Decimal(hours), reason="Attestation relue", at=AT, on=TODAY
        )
    with as_owner():
        rows = list(CollectiveHours.objects.order_by("id"))
    assert [(one.hours, one.corrects_id, one.state, one.reason) for one in rows] == [
        (Decimal(240), None, "validated", ""), (Decimal(-40), row.pk, "validated", "Attestation relue"),
        (Decimal(10), row.pk, "validated", "Attestation relue"),
    ]  # fmt: skip
    assert progress_of(actor=actor, as_of=TODAY)[w.commitment.pk].validated == Decimal(210)
    sheet = statement_sheet(actor=actor, uid=uid, on=TODAY)
    assert [(one.hours, one.current) for one in sheet.collective if one.corrects is None] == [
        (Decimal(240), Decimal(210))
    ]  # fmt: skip
    for values, sentence in (
        ({"new_hours": Decimal(210)}, "vaut déjà"), ({"reason": "non"}, "Dites pourquoi"),
        ({"new_hours": Decimal(-1)}, "négatif"), ({"new_hours": Decimal(9999)}, "au plus"),
        ({"uid": rows[1].uid}, "d'origine"),
    ):  # fmt: skip
        given: dict[str, Any] = {"uid": row.uid, "new_hours": Decimal(1), "reason": "Attestation relue"} | values
        with pytest.raises(Refusal, match=sentence):
            correct_collective(actor=actor, at=AT, on=TODAY, **given)
    with acting(w.firm) as firm, pytest.raises(NotAllowed):
        correct_collective(actor=firm, uid=row.uid, new_hours=Decimal(1), reason="Attestation relue", at=AT, on=TODAY)
