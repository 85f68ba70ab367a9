"""Hours without names are proposed for correction as lines are."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clausette.hours.errors import AlreadyDone
from clausette.hours.models import CollectiveHours, CorrectionProposal
from clausette.hours.operations import (
    accept_proposal,
    correct_collective,
    decline_proposal,
    propose_correction,
    submit_statement,
    validate_statement,
    withdraw_proposal,
)
from clausette.hours.queries import effect_of, progress_of, proposal, proposals_of, proposals_waiting
from clausette.journal.models import Event
from clausette.kernel.errors import Absent, Conflict, Invalid, NotAllowed, WrongState
from clausette.kernel.integrity import violated_constraint
from clausette.kernel.operation import writing
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import World, world
from tests.hours.test_operations_collective import attest

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
WHY = "Attestation de Karim Benali mal lue"


@pytest.fixture
def w() -> World:
    """October: 240 h of 3 people attested as a whole, declared by the firm, validated."""
    small = world()
    with acting(small.pilot) as pilot:
        uid = attest(pilot, small)
        submit_statement(actor=pilot, uid=uid, version=None, at=AT, on=TODAY)
        validate_statement(actor=pilot, uid=uid, version=None, at=AT, on=TODAY)
    return small


def whole(**values: Any) -> Any:
    with as_owner():
        return CollectiveHours.objects.get(**(values or {"corrects": None}))


def propose(w: World, hours: str = "200", who: Any = None, seen: str | None = None) -> Any:
    with acting(who or w.firm) as firm:
        return propose_correction(
            actor=firm, line_uid=whole().uid, hours=Decimal(hours), reason=WHY, at=AT, on=TODAY,
            seen=Decimal(seen) if seen else None,
        )  # fmt: skip


def row() -> Any:
    with as_owner():
        return CorrectionProposal.objects.latest("id")


def counted(w: World) -> Any:
    with acting(w.pilot) as pilot:
        return progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk].validated


def test_nothing_counts_before_it_is_accepted_then_a_row_cites_it(w: World) -> None:
    made = propose(w)
    assert propose(w).already
    assert counted(w) == 240
    with acting(w.pilot) as pilot:
        (waits,) = proposals_waiting(actor=pilot)
        shown = proposal(actor=pilot, uid=made.uid)
        effect = effect_of(actor=pilot, line=shown, on=TODAY)
        assert [waits.count, waits.change, effect.month_before] == [1, -40, 240]
        assert [shown.whole, shown.person, shown.worth, shown.reason] == [True, "", 240, WHY]
        accept_proposal(actor=pilot, uid=made.uid, at=AT, on=TODAY)
        with pytest.raises(AlreadyDone):
            accept_proposal(actor=pilot, uid=made.uid, at=AT, on=TODAY)
    assert counted(w) == 200
    new = whole(corrects__isnull=False)
    assert [new.hours, new.people, new.state, row().state, row().correction] == [
        -40, 3, "validated", "accepted", new.uid,
    ]  # fmt: skip
    assert "Karim" not in new.reason, "the reason of the declarant stays with its proposal"
    with as_owner():
        assert Event.objects.filter(verb="hours.proposal.accepted", contract_id=w.contract.pk).count() == 1


def test_bounds_are_those_of_so_many_people_and_zero_is_allowed(w: World) -> None:
    for hours, said in (("2233", "744"), ("240", "vaut déjà"), ("-1", "négatif")):
        with pytest.raises(Invalid, match=said):
            propose(w, hours)
    with pytest.raises(Conflict):
        propose(w, "200", seen="230")
    propose(w, "900")
    with pytest.raises(WrongState, match="déjà proposée"):
        propose(w, "0")
    with acting(w.firm) as firm:
        withdraw_proposal(actor=firm, uid=row().uid, at=AT)
    propose(w, "0")
    with pytest.raises((NotAllowed, Absent)):
        propose(w, "10", who=w.etti)
    with pytest.raises(NotAllowed, match="corrigez"):
        propose(w, "10", who=w.pilot)


def test_declined_it_stays_and_corrected_otherwise_it_has_no_object(w: World) -> None:
    propose(w)
    with acting(w.pilot) as pilot:
        decline_proposal(actor=pilot, uid=row().uid, reason="L'attestation dit 240 h", at=AT)
    propose(w, "100")
    with acting(w.pilot) as pilot:
        correct_collective(
            actor=pilot, uid=whole().uid, new_hours=Decimal(210), reason="Attestation relue", at=AT, on=TODAY
        )
    assert row().state == "moot"
    with acting(w.firm) as firm:
        found = proposals_of(actor=firm, statement_id=row().statement_id)
    assert [(one.state.value, one.end_reason) for one in found] == [
        ("moot", ""), ("declined", "L'attestation dit 240 h"),
    ]  # fmt: skip
    assert counted(w) == 210


def test_the_database_holds_one_that_waits_on_hours_that_are_there(w: World) -> None:
    propose(w)
    held = row()
    values = {
        name: getattr(held, name)
        for name in ("statement_id", "contract_id", "declarant_id", "month", "commitment_id", "validated", "reason",
                     "proposed_at", "proposed_by_id")
    }  # fmt: skip
    for more, told in (({"kind": "work"}, "hours_proposal_open_once"), ({"kind": "training"}, "hours_proposal_line")):
        with acting(w.firm), writing("test"), pytest.raises(IntegrityError) as refused, transaction.atomic():
            CorrectionProposal.objects.create(hours=Decimal(5), **values, **more)
        assert violated_constraint(refused.value) == told
