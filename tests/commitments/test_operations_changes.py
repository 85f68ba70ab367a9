"""What becomes of an engagement: suspended and taken up, parts decided, reopened; what is refused and why."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from clausette.commitments.enums import (
    CommitmentKind,
    PartStatus,
    SubTargetBase,
    SubTargetKind,
    VersionReason,
    WorkStudyCounting,
)
from clausette.commitments.models import Commitment
from clausette.commitments.operations import (
    PartEntry,
    TargetEntry,
    Terms,
    add_version,
    change_conditions,
    change_defaults,
    close_commitment,
    create_commitment,
    decide_parts,
    reopen_commitment,
    resume_commitment,
    suspend_commitment,
)
from clausette.commitments.queries import CommitmentSheet, commitment_sheet
from clausette.journal.models import Event
from clausette.kernel.errors import Conflict, Invalid, NotAllowed, WrongState
from clausette.procurement.operations import change_contract
from tests.commitments.builders import commitment
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db
START, END = date(2026, 1, 1), date(2026, 12, 31)
YEAR: dict[str, Any] = {
    "kind": CommitmentKind.FIXED, "terms": Terms(minimum_hours=Decimal(365)), "starts_on": START, "ends_on": END,
}  # fmt: skip
BASE = PartEntry("Base", PartStatus.FIRM, START, END, Decimal(365))
OPTION = PartEntry("Tranche 2", PartStatus.CONDITIONAL, date(2027, 1, 1), date(2027, 3, 31), Decimal(90))


@pytest.fixture
def people() -> Cast:
    return cast()


def _sheet(people: Cast, uid: UUID, on: date = TODAY) -> CommitmentSheet:
    with acting(people.pilot) as actor:
        return commitment_sheet(actor=actor, uid=uid, as_of=on)


def test_the_schedule_stops_and_the_term_gives_the_days_back(people: Cast) -> None:
    uid = commitment(people, contract(people), **YEAR)
    with acting(people.pilot) as actor:
        suspend_commitment(actor=actor, uid=uid, on=date(2026, 3, 1), comment="Chantier arrêté")
    assert _sheet(people, uid, date(2026, 6, 30)).figures.to_date == 59
    with acting(people.pilot) as actor:
        resume_commitment(
            actor=actor, uid=uid, on=date(2026, 4, 1), comment="Reprise", ends_on=date(2027, 1, 31), after=2
        )
    assert _sheet(people, uid, date(2026, 2, 28)).figures.to_date == 59
    assert _sheet(people, uid, date(2026, 3, 31)).figures.to_date == 59
    after = _sheet(people, uid, date(2026, 4, 1))
    assert (after.figures.to_date, after.figures.firm_at_term) == (Decimal(60), Decimal(365))
    assert after.ends_on == after.parts[0].ends_on == date(2027, 1, 31)
    assert [line.reason_label for line in after.versions] == ["Reprise", "Suspension", "Version initiale"]


def test_a_suspension_is_said_once_and_taken_up_after_it(people: Cast) -> None:
    uid = commitment(people, contract(people), **YEAR)
    day = date(2026, 3, 1)
    with acting(people.pilot) as actor:
        with pytest.raises(Invalid, match="n'est pas suspendu"):
            resume_commitment(actor=actor, uid=uid, on=day, comment="Reprise")
        with pytest.raises(Invalid, match="Donnez le motif"):
            suspend_commitment(actor=actor, uid=uid, on=day, comment=" ")
        suspend_commitment(actor=actor, uid=uid, on=day, comment="Arrêt")
        with pytest.raises(Invalid, match="déjà suspendu depuis le 1er"):
            suspend_commitment(actor=actor, uid=uid, on=date(2026, 4, 1), comment="Arrêt")
        with pytest.raises(Invalid, match="suit la suspension"):
            resume_commitment(actor=actor, uid=uid, on=day, comment="Reprise")


def test_an_optional_tranche_becomes_firm_from_its_day(people: Cast) -> None:
    terms = Terms(minimum_hours=Decimal(455))
    uid = commitment(people, contract(people), **YEAR | {"terms": terms, "parts": (BASE, OPTION)})
    with acting(people.pilot) as actor:
        decide_parts(
            actor=actor, uid=uid, reason=VersionReason.CONFIRMATION, ranks=[1], on=date(2026, 10, 1), comment="OS n° 4"
        )
    before, after = _sheet(people, uid, date(2026, 9, 30)), _sheet(people, uid, date(2026, 10, 1))
    assert (before.figures.firm_at_term, before.figures.possible) == (Decimal(365), Decimal(90))
    assert (after.figures.firm_at_term, after.figures.possible) == (Decimal(455), Decimal(0))
    assert after.ends_on == date(2027, 3, 31)


def test_a_reconduction_not_made_cancels_its_part_and_nothing_else(people: Cast) -> None:
    terms = Terms(minimum_hours=Decimal(455))
    uid = commitment(people, contract(people), **YEAR | {"terms": terms, "parts": (BASE, OPTION)})
    with acting(people.pilot) as actor:
        decide_parts(actor=actor, uid=uid, reason=VersionReason.NOT_RENEWED, ranks=[1], on=TODAY)
        with pytest.raises(Invalid, match="n'est plus conditionnelle"):
            decide_parts(actor=actor, uid=uid, reason=VersionReason.RENEWAL, ranks=[1], on=TODAY)
        with pytest.raises(Invalid, match="au moins une partie"):
            decide_parts(actor=actor, uid=uid, reason=VersionReason.RENEWAL, ranks=[], on=TODAY)
    after = _sheet(people, uid)
    assert (after.figures.firm_at_term, after.figures.possible, after.ends_on) == (Decimal(365), Decimal(0), END)
    assert after.parts[1].status == PartStatus.CANCELLED


def test_an_avenant_older_than_the_contract_is_refused(people: Cast) -> None:
    market = contract(people)
    with acting(people.pilot) as actor:
        change_contract(actor=actor, uid=market, notified_on=date(2026, 2, 1))
    uid = commitment(people, market, **YEAR)
    with acting(people.pilot) as actor, pytest.raises(Invalid) as refused:
        add_version(
            actor=actor, uid=uid, reason=VersionReason.AMENDMENT, effective_on=date(2026, 1, 15),
            terms=Terms(minimum_hours=Decimal(400)),
        )  # fmt: skip
    assert refused.value.errors["effective_on"].startswith("Le marché est notifié le 1er")


def test_a_reduction_lowers(people: Cast) -> None:
    uid = commitment(people, contract(people), **YEAR)
    with acting(people.pilot) as actor, pytest.raises(Invalid, match="Une réduction baisse"):
        add_version(
            actor=actor, uid=uid, reason=VersionReason.REDUCTION, effective_on=TODAY,
            terms=Terms(minimum_hours=Decimal(365)),
        )  # fmt: skip


def test_a_settled_engagement_is_reopened_with_a_reason_only(people: Cast) -> None:
    uid = commitment(people, contract(people), **YEAR)
    with acting(people.pilot) as actor:
        with pytest.raises(WrongState, match="n'est pas soldé"):
            reopen_commitment(actor=actor, uid=uid, reason="Erreur")
        close_commitment(actor=actor, uid=uid, on=TODAY)
        with pytest.raises(Invalid, match="Dites pourquoi"):
            reopen_commitment(actor=actor, uid=uid, reason="  ")
        reopen_commitment(actor=actor, uid=uid, reason="Heures retrouvées")
    with as_owner():
        assert Commitment.objects.get(uid=uid).closed_on is None
        assert Event.objects.get(verb="commitments.commitment.reopened").reason == "Heures retrouvées"
    with acting(people.firm) as actor, pytest.raises(NotAllowed):
        reopen_commitment(actor=actor, uid=uid, reason="Pour voir")


def test_a_clause_added_to_a_running_contract(people: Cast) -> None:
    with acting(people.pilot) as actor:
        uid = create_commitment(
            actor=actor, contract_uid=contract(people), contractor_uid=people.uid("firm"), on=TODAY,
            added_on=date(2026, 6, 1), **YEAR,
        )  # fmt: skip
    line = _sheet(people, uid).versions[0]
    assert (line.reason, line.effective_on) == (VersionReason.ADDED_CLAUSE, date(2026, 6, 1))
    assert _sheet(people, uid, date(2026, 5, 31)).version is None


WOMEN = TargetEntry(SubTargetKind.WOMEN, SubTargetBase.PEOPLE, Decimal("0.3"))


def test_sub_targets_are_kept_by_the_next_version(people: Cast) -> None:
    uid = commitment(people, contract(people), **YEAR | {"targets": (WOMEN,)})
    with acting(people.pilot) as actor:
        suspend_commitment(actor=actor, uid=uid, on=TODAY, comment="Arrêt")
        with pytest.raises(Invalid, match="donné deux fois"):
            add_version(
                actor=actor, uid=uid, reason=VersionReason.AMENDMENT, effective_on=TODAY, terms=YEAR["terms"],
                targets=(WOMEN, WOMEN),
            )  # fmt: skip
        with pytest.raises(Conflict):
            suspend_commitment(actor=actor, uid=uid, on=TODAY, comment="Arrêt", after=1)
    assert [line.targets for line in _sheet(people, uid).versions] == [(WOMEN,), (WOMEN,)]


def test_counting_rules_are_those_of_the_market_then_of_the_structure(people: Cast) -> None:
    uid = commitment(people, contract(people), **YEAR)
    assert _sheet(people, uid).counting.cdi_months == 24  # dated parameter
    with acting(people.pilot) as actor:
        change_defaults(actor=actor, on=TODAY, cdi_months=12, work_study=WorkStudyCounting.COMPANY)
    found = _sheet(people, uid).counting
    assert (found.cdi_months, found.work_study, found.own) == (12, WorkStudyCounting.COMPANY, frozenset())
    with acting(people.pilot) as actor:
        change_conditions(actor=actor, uid=uid, cdi_months=48, due_day=15)
        with pytest.raises(Invalid, match="de 1 à 120"):
            change_conditions(actor=actor, uid=uid, cdi_months=0)
    found = _sheet(people, uid).counting
    assert (found.cdi_months, found.own) == (48, frozenset({"cdi_months"}))
    with acting(people.buyer) as actor:
        assert commitment_sheet(actor=actor, uid=uid, as_of=TODAY).counting == found
        with pytest.raises(NotAllowed):
            change_defaults(actor=actor, on=TODAY, cdi_months=12)
