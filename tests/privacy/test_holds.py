"""Holds, notices and the choice of papers: who sets them, until when they count, what is refused."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from clausette.access.enums import MemberRole
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from clausette.participants.enums import EvidenceKind, EvidenceMeans, Funding
from clausette.participants.models import EvidenceRule
from clausette.participants.operations import CategoryEntry, choose_evidence, decide_eligibility
from clausette.participants.queries import kept_evidence, participant_key
from clausette.privacy.enums import HoldReason, NoticeMeans
from clausette.privacy.operations.holds import give_notice, lift_hold, review_hold, set_hold
from clausette.privacy.queries.holds import all_holds_of, holds_of, notices_of, open_holds
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import person
from tests.world import member, two_structures

pytestmark = pytest.mark.django_db
UNTIL = date(2031, 12, 31)


def test_a_hold_counts_until_its_last_day_for_its_structure_only() -> None:
    two = two_structures()
    uid = person(two.first, "Zoé", "Lhoest")
    with acting(two.first) as actor:
        key = participant_key(actor, uid)
        set_hold(actor=actor, participant_uid=uid, reason=HoldReason.FSE, until=UNTIL, on=TODAY)
        held = holds_of(actor=actor, participant_ids=[key.id], on=UNTIL)[key.id]
        assert [(line.reason, line.until, line.person_name) for line in held] == [("fse", UNTIL, "Zoé Lhoest")]
        assert held[0].review_on == TODAY.replace(year=TODAY.year + 1)
        assert holds_of(actor=actor, participant_ids=[key.id], on=UNTIL + timedelta(days=1)) == {}
    with acting(two.second) as other:
        assert holds_of(actor=other, participant_ids=[key.id], on=TODAY) == {}
        with pytest.raises(Absent):
            set_hold(actor=other, participant_uid=uid, reason=HoldReason.FSE, until=UNTIL, on=TODAY)


def test_an_administrator_lifts_a_hold_once_and_a_member_does_not() -> None:
    two = two_structures()
    uid = person(two.first, "Zoé", "Lhoest")
    colleague = member(two.first, "lea@lys.example", MemberRole.MEMBER)
    with acting(colleague) as actor:
        hold = set_hold(actor=actor, participant_uid=uid, reason=HoldReason.DISPUTE, until=UNTIL, on=TODAY)
        with pytest.raises(NotAllowed, match="Seul un administrateur"):
            lift_hold(actor=actor, uid=hold, on=TODAY)
        with pytest.raises(Refusal, match="déjà une conservation prolongée"):
            set_hold(actor=actor, participant_uid=uid, reason=HoldReason.DISPUTE, until=UNTIL, on=TODAY)
    with acting(two.first) as actor:
        later = TODAY + timedelta(days=90)
        review_hold(actor=actor, uid=hold, on=later)
        (line,) = open_holds(actor=actor, on=later)
        assert line.review_on == later.replace(year=later.year + 1)
        lift_hold(actor=actor, uid=hold, on=later)
        assert open_holds(actor=actor, on=later) == ()
        (lifted,) = all_holds_of(actor=actor, participant_id=participant_key(actor, uid).id)
        assert lifted.lifted_on == later
        assert not lifted.open_on(later)
        with pytest.raises(WrongState):
            lift_hold(actor=actor, uid=hold, on=later)


@pytest.mark.parametrize("until", [TODAY, TODAY - timedelta(days=1), date(2126, 12, 31)])
def test_a_hold_ends_later_and_within_reason(until: date) -> None:
    two = two_structures()
    uid = person(two.first, "Zoé", "Lhoest")
    with acting(two.first) as actor, pytest.raises(Invalid) as caught:
        set_hold(actor=actor, participant_uid=uid, reason=HoldReason.AUDIT, until=until, on=TODAY)
    assert set(caught.value.errors) == {"until"}


def test_the_notice_says_when_and_by_whom() -> None:
    two = two_structures()
    uid = person(two.first, "Zoé", "Lhoest")
    with acting(two.first) as actor:

        def give(given_on: date) -> None:
            give_notice(
                actor=actor, participant_uid=uid, means=NoticeMeans.HAND, wording="2026-11", given_on=given_on, on=TODAY
            )

        give(TODAY)
        (line,) = notices_of(actor=actor, participant_id=participant_key(actor, uid).id)
        assert (line.given_on, line.given_by, line.means) == (TODAY, "Ana", "hand")
        with pytest.raises(Refusal, match="déjà notée"):
            give(TODAY)
        with pytest.raises(Invalid):
            give(TODAY + timedelta(days=1))


def decide(uid: UUID, code: str, means: EvidenceMeans, funding: Funding, actor: Actor) -> None:
    entry = CategoryEntry(code, True, TODAY, means, TODAY + timedelta(days=300), funding)
    decide_eligibility(actor=actor, participant_uid=uid, categories=[entry], eligible=True, on=TODAY)


def test_a_paper_is_kept_only_where_the_structure_chose_so() -> None:
    two = two_structures()
    uid = person(two.first, "Zoé", "Lhoest")
    with acting(two.first) as actor:
        with pytest.raises(Invalid) as caught:
            decide(uid, "RSA", EvidenceMeans.KEPT, Funding.FSE, actor)
        assert "Votre structure ne conserve pas cette pièce" in caught.value.errors["means"]
        assert choose_evidence(actor=actor, kept=[(EvidenceKind.CAF, Funding.FSE)]) == 1
        with pytest.raises(Invalid):
            decide(uid, "RSA", EvidenceMeans.KEPT, Funding.ORDINARY, actor)
        decide(uid, "RSA", EvidenceMeans.KEPT, Funding.FSE, actor)
        assert choose_evidence(actor=actor, kept=[]) == 1
        assert kept_evidence(actor=actor) == frozenset()


@pytest.mark.parametrize("code", ["RQTH", "AAH", "REFUGIE"])
def test_health_and_private_papers_are_never_kept(code: str) -> None:
    two = two_structures()
    uid = person(two.first, "Zoé", "Lhoest")
    with acting(two.first) as actor:
        with pytest.raises(Invalid):
            choose_evidence(actor=actor, kept=[(EvidenceKind.RQTH, Funding.FSE)])
        choose_evidence(actor=actor, kept=[(EvidenceKind.OTHER, Funding.ORDINARY)])
        with pytest.raises(Invalid) as caught:
            decide(uid, code, EvidenceMeans.KEPT, Funding.ORDINARY, actor)
    assert "conservée" in caught.value.errors["means"]
    with as_owner(), pytest.raises(IntegrityError, match="participants_evidencerule_health"), transaction.atomic():
        EvidenceRule.objects.create(owner_org_id=two.first.organisation_id, kind="rqth", funding="fse", is_kept=True)
