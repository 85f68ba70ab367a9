"""A firm proposes to correct a validated line: nothing counts before the structure accepts, by its own correction."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from clausette.access.enums import MemberRole
from clausette.hours.enums import ProposalState
from clausette.hours.errors import AlreadyDone, CorrectionImpossible
from clausette.hours.models import CorrectionProposal, HoursLine, Statement
from clausette.hours.operations import (
    accept_proposal,
    accept_proposals,
    accept_reopening,
    ask_reopening,
    correct_line,
    decline_proposal,
    propose_correction,
    submit_statement,
    validate_statement,
    withdraw_proposal,
)
from clausette.hours.queries import (
    effect_of,
    progress_of,
    proposal,
    proposals_answered,
    proposals_of,
    proposals_waiting,
)
from clausette.hours.queries.visible import proposals_visible_to
from clausette.journal.models import Event
from clausette.journal.queries import events_told
from clausette.kernel.errors import Absent, Conflict, Invalid, NotAllowed, Refusal, WrongState
from clausette.kernel.operation import writing
from clausette.procurement.operations import MandateEntry, give_mandate
from clausette.reports.recomputing.replay import Told, replay
from tests.files.builders import nir_with_key
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, uid_of, world
from tests.world import body, member

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
WHY = "Feuille d'heures mal lue"


@pytest.fixture
def w() -> World:
    small = world()
    with acting(small.pilot) as pilot:
        ref = small.save(pilot, OCT, small.entry(small.lemaire, "121.5"), small.entry(small.diallo, "100"))
        submit_statement(actor=pilot, uid=ref.uid, version=None, at=AT, on=TODAY)
        validate_statement(
            actor=pilot, uid=ref.uid, version=None, justifications={"W104": "Feuilles vues."}, at=AT, on=TODAY
        )
    return small


def line(w: World, **values: Any) -> Any:
    with as_owner():
        return HoursLine.objects.filter(placement=w.lemaire, **(values or {"corrects": None})).latest("id")


def propose(
    w: World, hours: str = "112", reason: str = WHY, who: Any = None, seen: str | None = None, uid: UUID | None = None
) -> Any:
    with acting(who or w.firm) as firm:
        return propose_correction(
            actor=firm, line_uid=uid or line(w).uid, hours=Decimal(hours), reason=reason, at=AT, on=TODAY,
            seen=Decimal(seen) if seen else None,
        )  # fmt: skip


def accept(w: World, uid: UUID) -> UUID:
    with acting(w.pilot) as pilot:
        return accept_proposal(actor=pilot, uid=uid, at=AT, on=TODAY)


def row(**values: Any) -> Any:
    with as_owner():
        return CorrectionProposal.objects.get(**values)


def correct(w: World, hours: str) -> None:
    with acting(w.pilot) as pilot:
        correct_line(
            actor=pilot, line_uid=line(w).uid, new_hours=Decimal(hours), reason="Vu au téléphone", at=AT, on=TODAY
        )


def counted(w: World) -> Decimal:
    with acting(w.pilot) as pilot:
        return progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk].validated


def test_nothing_counts_before_the_structure_accepts_and_its_own_operation_corrects(w: World) -> None:
    made = propose(w)
    assert propose(w).already
    assert counted(w) == Decimal("221.5")
    with acting(w.pilot) as pilot:
        (waits,) = proposals_waiting(actor=pilot)
        shown = proposal(actor=pilot, uid=made.uid)
        effect = effect_of(actor=pilot, line=shown, on=TODAY)
    assert (waits.count, waits.change, waits.first_uid) == (1, Decimal("-9.5"), made.uid)
    assert (shown.person, shown.validated, shown.hours, shown.change) == (
        "Lemaire David", Decimal("121.5"), Decimal(112), Decimal("-9.5"),
    )  # fmt: skip
    assert (effect.month_before, effect.validated_before) == (Decimal("221.5"), Decimal("221.5"))
    accept(w, made.uid)
    with pytest.raises(AlreadyDone):
        accept(w, made.uid)
    assert counted(w) == Decimal(212)
    new = line(w, corrects__isnull=False)
    assert (new.hours, new.state, new.reason) == (Decimal("-9.5"), "validated", f"Proposée par le déclarant : {WHY}")
    held = row()
    assert (held.state, held.correction, held.ended_by_id) == ("accepted", new.uid, w.pilot.account_id)
    with acting(w.firm) as firm:
        (told,) = proposals_answered(actor=firm, on=TODAY)
        assert (told.state, told.validated, told.worth) == (ProposalState.ACCEPTED, Decimal("121.5"), Decimal(112))
    with pytest.raises(WrongState, match="acceptée"), acting(w.firm) as firm:
        withdraw_proposal(actor=firm, uid=made.uid, at=AT)


def test_declined_with_a_reason_the_firm_reads_then_proposed_again_down_to_nothing(w: World) -> None:
    made = propose(w)
    with acting(w.pilot) as pilot:
        with pytest.raises(Invalid, match="Dites pourquoi"):
            decline_proposal(actor=pilot, uid=made.uid, reason="non", at=AT)
        decline_proposal(actor=pilot, uid=made.uid, reason="Le planning dit 121,5 h", at=AT)
        with pytest.raises(AlreadyDone):
            decline_proposal(actor=pilot, uid=made.uid, reason="Le planning dit 121,5 h", at=AT)
        with pytest.raises(WrongState, match="refusée"):
            accept_proposal(actor=pilot, uid=made.uid, at=AT, on=TODAY)
    with acting(w.firm) as firm:
        (told,) = proposals_answered(actor=firm, on=TODAY)
    assert (told.state, told.end_reason) == (ProposalState.DECLINED, "Le planning dit 121,5 h")
    accept(w, propose(w, "0", "N'a pas travaillé en octobre").uid)
    assert counted(w) == Decimal(100)


def test_one_at_a_time_and_withdrawn_by_its_side_only(w: World) -> None:
    made = propose(w)
    with pytest.raises(WrongState, match="retirez-la"):
        propose(w, "110")
    with acting(w.pilot) as pilot, pytest.raises(NotAllowed, match="corrigez la ligne elle-même"):
        withdraw_proposal(actor=pilot, uid=made.uid, at=AT)
    with acting(w.firm) as firm:
        with pytest.raises(NotAllowed):
            accept_proposal(actor=firm, uid=made.uid, at=AT, on=TODAY)
        withdraw_proposal(actor=firm, uid=made.uid, at=AT)
        with pytest.raises(AlreadyDone):
            withdraw_proposal(actor=firm, uid=made.uid, at=AT)
    with pytest.raises(WrongState, match="retirée"):
        accept(w, made.uid)
    assert not propose(w, "110").already


def test_what_may_not_be_proposed_is_said_and_nothing_is_written(w: World) -> None:
    for hours, reason, told in (
        ("121.5", WHY, "vaut déjà 121,5"),
        ("745", WHY, "au plus 744"),
        ("112", "non", "Dites pourquoi"),
        ("112", f"n° {nir_with_key()}", "sécurité sociale"),
    ):
        with pytest.raises(Invalid, match=told):
            propose(w, hours, reason)
    with pytest.raises(Conflict, match="elle vaut maintenant"):
        propose(w, seen="120")
    with pytest.raises(NotAllowed, match="corrigez la ligne elle-même"):
        propose(w, who=w.pilot)
    for other in (w.etti, w.buyer):
        with pytest.raises((Absent, NotAllowed)):
            propose(w, who=other)
    correct(w, "120")
    with pytest.raises(CorrectionImpossible, match="ligne d'origine"):
        propose(w, uid=line(w, corrects__isnull=False).uid)
    with as_owner():
        assert not CorrectionProposal.objects.exists()
        assert not Event.objects.filter(verb__startswith="hours.proposal").exists()


def test_corrected_otherwise_or_reopened_a_proposal_has_no_object(w: World) -> None:
    first = propose(w)
    correct(w, "115")
    with pytest.raises(WrongState, match="sans objet"):
        accept(w, first.uid)
    again = propose(w, "112", seen="115")
    assert row(uid=again.uid).validated == Decimal(115)
    colleague = member(w.pilot, "lea@lys.example", MemberRole.MEMBER)
    with as_owner():
        uid = Statement.objects.get().uid
    with acting(w.pilot) as pilot:
        asked = ask_reopening(actor=pilot, uid=uid, version=None, reason="Heures oubliées", at=AT, on=TODAY)
    with acting(colleague) as other:
        accept_reopening(actor=other, uid=asked.uid, at=AT, on=TODAY)
    with acting(w.firm) as firm:
        told = proposals_answered(actor=firm, on=TODAY)
    assert [one.state for one in told] == [ProposalState.MOOT, ProposalState.MOOT]
    with pytest.raises(CorrectionImpossible, match="n'est pas validé"):
        propose(w)


def test_a_control_that_refuses_the_correction_leaves_the_proposal_waiting(w: World) -> None:
    made = propose(w, "700")
    with pytest.raises(Refusal, match="700"):
        accept(w, made.uid)
    assert (row().state, counted(w)) == ("open", Decimal("221.5"))


def test_all_those_on_screen_are_accepted_and_what_a_control_refuses_waits(w: World) -> None:
    first = propose(w)
    with as_owner():
        other = HoursLine.objects.get(placement=w.diallo).uid
    second = propose(w, "700", uid=other)
    with acting(w.firm) as firm, pytest.raises(NotAllowed):
        accept_proposals(actor=firm, statement_uid=first.statement_uid, uids=[first.uid], at=AT, on=TODAY)
    with acting(w.pilot) as pilot:
        uids = [first.uid, second.uid]
        done = accept_proposals(actor=pilot, statement_uid=first.statement_uid, uids=uids, at=AT, on=TODAY)
        again = accept_proposals(actor=pilot, statement_uid=first.statement_uid, uids=[first.uid], at=AT, on=TODAY)
    assert (done.accepted, len(done.left), again.accepted) == (1, 1, 0)
    assert "700" in done.left[0]
    assert (row(uid=first.uid).state, row(uid=second.uid).state, counted(w)) == ("accepted", "open", Decimal(212))


def test_by_a_mandate_the_proposal_and_the_journal_name_both(w: World) -> None:
    durand = member(body("Cabinet Durand"), "claire@durand.example")
    with acting(w.firm) as firm:
        until = TODAY.replace(year=TODAY.year + 1)
        give_mandate(actor=firm, entry=MandateEntry(TODAY, until, holder_uid=uid_of(durand)), on=TODAY, site="")
    holder = (durand.account_id, w.firm.organisation_id)
    made = propose(w, who=holder)
    held = row()
    assert (held.mandated_name, held.mandate_id is not None) == ("Cabinet Durand", True)
    with as_owner():
        told = Event.objects.get(verb="hours.proposal.made")
        assert (told.organisation_id, told.acting_org) == (w.firm.organisation_id, durand.organisation_id)
    with acting(w.pilot) as pilot:
        assert proposal(actor=pilot, uid=made.uid).mandated_name == "Cabinet Durand"
    with acting(holder) as actor:
        withdraw_proposal(actor=actor, uid=made.uid, at=AT)


def test_nobody_else_reads_them_and_the_database_keeps_each_side(w: World) -> None:
    made = propose(w)
    for other in (w.etti, w.buyer):
        with acting(other) as actor:
            assert not proposals_visible_to(actor).exists()
            assert not CorrectionProposal.objects.exists()
            with pytest.raises(Absent):
                accept_proposal(actor=actor, uid=made.uid, at=AT, on=TODAY)
    refused = pytest.raises(IntegrityError, match="a proposal ends once")
    with acting(w.firm), writing("test"), refused, transaction.atomic():
        CorrectionProposal.objects.update(
            state="accepted", ended_at=AT, ended_by=w.firm.account_id, correction=made.uid
        )
    with acting(w.pilot), writing("test"):
        with pytest.raises(IntegrityError, match="a proposal ends once"), transaction.atomic():
            CorrectionProposal.objects.update(state="withdrawn", ended_at=AT, ended_by=w.pilot.account_id)
        with pytest.raises(IntegrityError, match="a proposal ends once"), transaction.atomic():
            CorrectionProposal.objects.update(hours=3)
    with acting(w.firm), writing("test"):
        for values in ({"placement_id": w.diallo.pk, "kind": "training"}, {"proposed_by_id": w.pilot.account_id}):
            held = CorrectionProposal.objects.get()
            held.pk, held.uid, held._state.adding = None, UUID(int=7), True
            held.placement_id = w.diallo.pk
            for name, value in values.items():
                setattr(held, name, value)
            with pytest.raises(IntegrityError), transaction.atomic():
                held.save(force_insert=True)


def test_the_journal_alone_tells_them_again(w: World) -> None:
    accept(w, propose(w).uid)
    propose(w, "110", "Encore une feuille")
    correct(w, "100")
    with as_owner():
        told = events_told(
            kinds=("hours.statement", "hours.hoursline", "hours.correctionproposal"), until=datetime.now(UTC),
            contracts=[w.contract.pk],
        )  # fmt: skip
    rows = replay([Told(one.kind, one.uid, one.before, one.after) for one in told])
    assert not rows.broken
    assert sorted(one["state"] for one in rows.of("hours.correctionproposal")) == ["accepted", "moot"]


def test_the_firm_reads_its_own_and_its_first_page_is_no_desk(w: World) -> None:
    propose(w)
    with acting(w.firm) as firm:
        (one,) = proposals_of(actor=firm, statement_id=row().statement_id)
        assert (one.waits, one.reason, proposals_waiting(actor=firm)) == (True, WHY, ())
