"""What surrounds a line reaches the controls from the database: a fault planted there is heard, a good row is not."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from clausette.commitments.enums import EttAdmission, ValuedMatter
from clausette.commitments.operations import change_conditions, change_defaults, say_valued
from clausette.commitments.rules import Valued
from clausette.hours.queries import findings_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import NOV, OCT, World, made, world
from tests.hours.test_queries_counting import _line

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> World:
    return world()


def codes(small: World, statement: Any, who: Actor | None = None) -> set[str]:
    with acting(who or small.pilot) as actor:
        found = findings_of(actor=actor, statement_ids=[statement.pk], on=TODAY).get(statement.pk, ())
    return {one.code for one in found}


def table(name: str) -> Any:
    return apps.get_model(name).objects


def write(name: str, pk: int, **values: Any) -> None:
    with as_owner():
        assert table(name).filter(pk=pk).update(**values) == 1


def placement_of(statement: Any) -> Any:
    with as_owner():
        return table("hours.HoursLine").get(statement_id=statement.pk).placement


def test_what_the_engagement_takes(small: World) -> None:
    statement = _line(small, contract="cdd")
    assert codes(small, statement) == {"W104"}
    with acting(small.pilot) as actor:
        change_conditions(actor=actor, uid=small.commitment.uid, modalities=["geiq"], publics=["QPV"])
    assert "E013" in codes(small, statement)
    write("placements.Placement", placement_of(statement).pk, modality="ett")
    with acting(small.pilot) as actor:
        change_conditions(actor=actor, uid=small.commitment.uid, modalities=["ett"])
    assert "W116" in codes(small, statement)
    with acting(small.pilot) as actor:
        change_conditions(actor=actor, uid=small.commitment.uid, ett=EttAdmission.NO)
    assert {"E013", "E016", "W116"} & codes(small, statement) == {"E016"}


@pytest.mark.parametrize(("by", "heard"), [("nobody", True), ("structure", False), ("engagement", False)])
def test_a_control_is_switched_off_by_the_structure_or_the_engagement(small: World, by: str, heard: bool) -> None:
    statement = _line(small, contract="cdd")
    with acting(small.pilot) as actor:
        if by == "structure":
            change_defaults(actor=actor, on=TODAY, controls_off=["W104", "E006"])
        if by == "engagement":
            say_valued(actor=actor, uid=small.commitment.uid, rule=_switch(OCT, speaks=False))
    assert codes(small, statement) == ({"W104"} if heard else set())
    assert codes(small, statement, small.firm) == codes(small, statement)  # the firm hears what its structure hears


@pytest.mark.parametrize(("starts_on", "heard"), [(OCT, False), (NOV, True)])
def test_a_control_switched_off_from_a_month_on_still_speaks_of_those_before(
    small: World, starts_on: date, heard: bool
) -> None:
    statement = _line(small, contract="cdd")
    with acting(small.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, starts_on=starts_on, controls_off=["W104"])
    assert codes(small, statement) == ({"W104"} if heard else set())
    assert codes(small, statement, small.firm) == codes(small, statement)


def _switch(starts_on: date, *, speaks: bool) -> Valued:
    return Valued(ValuedMatter.CONTROL, starts_on, speaks, source="Accord de la métropole", control="W104")


@pytest.mark.parametrize(
    ("switches", "heard"),
    [
        ([(NOV, False)], True),
        ([(OCT, False)], False),
        ([(date(2026, 7, 1), False), (OCT, True)], True),
        ([(date(2026, 7, 1), False), (NOV, True)], False),
    ],
)
def test_an_engagement_switches_a_control_off_and_on_again_from_a_month_on(
    small: World, switches: list[tuple[date, bool]], heard: bool
) -> None:
    statement = _line(small, contract="cdd")
    with acting(small.pilot) as actor:
        for day, speaks in switches:
            say_valued(actor=actor, uid=small.commitment.uid, rule=_switch(day, speaks=speaks))
    assert codes(small, statement) == ({"W104"} if heard else set())
    assert codes(small, statement, small.firm) == codes(small, statement)


def test_an_engagement_wins_over_what_its_structure_switched_off(small: World) -> None:
    statement = _line(small, contract="cdd")
    with acting(small.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, controls_off=["W104"])
        say_valued(actor=actor, uid=small.commitment.uid, rule=_switch(OCT, speaks=True))
        with pytest.raises(Invalid, match="à partir d'un jour"):
            change_conditions(actor=actor, uid=small.commitment.uid, controls_off=[])
    assert codes(small, statement) == {"W104"}


def test_what_may_not_be_switched_off_still_speaks(small: World) -> None:
    statement = _line(small, contract="cdd", start=date(2026, 11, 15))
    with acting(small.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, controls_off=["E002"])
    assert "E002" in codes(small, statement)


def test_the_life_of_the_market(small: World) -> None:
    statement = _line(small, contract="cdd")
    write("commitments.CommitmentPart", _part(small), status="conditional")
    assert "E012" in codes(small, statement)
    write("commitments.CommitmentPart", _part(small), status="firm")
    made(
        "procurement.ContractStep", contract_id=small.contract.pk, from_state="running", to_state="terminated",
        on=date(2026, 9, 30), motive="agreement",
    )  # fmt: skip
    assert "E010" in codes(small, statement)
    with as_owner():
        table("procurement.ContractStep").update(on=OCT)
    assert "E010" not in codes(small, statement)
    for number, reason, day in ((2, "suspension", date(2026, 9, 15)), (3, "resumption", NOV)):
        made(
            "commitments.CommitmentVersion", commitment_id=small.commitment.pk, contract_id=small.contract.pk,
            number=number, reason=reason, effective_on=day, ends_on=date(2027, 6, 30), comment="Arrêt du chantier",
        )  # fmt: skip
    assert "E009" in codes(small, statement)


def _part(small: World) -> int:
    with as_owner():
        return int(table("commitments.CommitmentPart").get(commitment_id=small.commitment.pk).pk)


def test_the_employer_and_the_job(small: World) -> None:
    statement = _line(small, contract="cddi")
    placed = placement_of(statement)
    write("access.Organisation", placed.employer_id, body_kind="company")
    write("placements.Placement", placed.pk, job="Encadrante technique", modality="subcontract_aci")
    assert {"W107", "W108", "W114"} <= codes(small, statement)
    write("access.Organisation", placed.employer_id, body_kind="aci")
    assert codes(small, statement) & {"W107", "W108"} == set()


def test_a_decision_after_the_hiring_is_told_apart(small: World) -> None:
    statement = _line(small, contract="cdd")
    checks = "participants.EligibilityCheck"
    with as_owner():
        check = table(checks).get(participant_id=placement_of(statement).participant_id)
    write(checks, check.pk, decided_on=date(2026, 7, 2))
    assert codes(small, statement) & {"E006", "E022"} == {"E022"}
    write(checks, check.pk, state="not_eligible", hire_before=None)
    assert codes(small, statement) & {"E006", "E022"} == {"E006"}


def test_a_piece_seen_in_another_quarter_or_given_too_early(small: World) -> None:
    statement = _line(small, contract="cdd")
    piece = made(
        "files.StoredFile", owner_org_id=small.firm.organisation_id, contract_ref=small.contract.pk, name="a.pdf",
        content_type="application/pdf", size=9, sha256="a" * 64, deposited_by_id=small.firm.account_id,
    )  # fmt: skip
    write("hours.Statement", statement.pk, evidence_id=piece.pk)
    write("files.StoredFile", piece.pk, created_at="2026-10-30T12:00:00+01:00")
    assert codes(small, statement) == {"W113"}
    write("files.StoredFile", piece.pk, created_at="2026-10-31T12:00:00+01:00")
    assert codes(small, statement) == set()
    for month, heard in ((NOV, set()), (date(2026, 9, 1), {"W112"})):
        made(
            "hours.Statement", contract_id=small.contract.pk, declarant_id=small.firm.organisation_id, month=month,
            source="grid", evidence_id=piece.pk,
        )  # fmt: skip
        assert codes(small, statement) == heard


def test_a_piece_that_has_an_end_holds_until_its_month_then_its_renewal_does(small: World) -> None:
    statement = _line(small, contract="cdd")

    def piece(mark: str, until: str | None) -> int:
        row = made(
            "files.StoredFile", owner_org_id=small.firm.organisation_id, contract_ref=small.contract.pk, name="a.pdf",
            content_type="application/pdf", size=9, sha256=mark * 64, deposited_by_id=small.firm.account_id,
            valid_until=until,
        )  # fmt: skip
        return int(row.pk)

    write("hours.Statement", statement.pk, evidence_id=piece("a", None))
    before = made(
        "hours.Statement", contract_id=small.contract.pk, declarant_id=small.firm.organisation_id,
        month=date(2026, 8, 1), source="grid", evidence_id=piece("b", "2026-10-01"),
    )  # fmt: skip
    assert codes(small, statement) == set(), "valid on a day of October"
    write("hours.Statement", before.pk, evidence_id=piece("c", "2026-09-30"))
    assert codes(small, statement) == {"W104"}
    write("hours.Statement", statement.pk, evidence_id=piece("d", "2027-09-30"))
    assert codes(small, statement) == set()
