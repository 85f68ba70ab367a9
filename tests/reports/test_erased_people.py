"""Once somebody is erased: what was issued stays; what is issued after counts the same hours, public unknown."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from clausette.hours.models import Statement
from clausette.hours.operations import validate_statement
from clausette.kernel.sealing import keyring
from clausette.participants.models import EligibilityCheck, EligibilityReason, Participant
from clausette.participants.sealing import Reason, seal_reason
from clausette.placements.models import Placement
from clausette.privacy.enums import ErasureReason
from clausette.privacy.operations import erase_person
from clausette.reports.enums import Audience
from clausette.reports.models import Report
from clausette.reports.queries import verified
from tests.agenda.builders import AT, filled
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import World
from tests.reports.test_followup_operations import draft, issued

pytestmark = pytest.mark.django_db
PUBLIC = "Public retenu"


def decided_for(w: World, code: str) -> Participant:
    """The public retenu of Lemaire is written with their decision, sealed; their work is over."""
    with as_owner():
        person = Participant.objects.get(pk=w.lemaire.participant_id)
        check = EligibilityCheck.objects.get(participant=person)
        row = EligibilityReason(check_made=check, participant=person, is_main=True)
        ring = keyring([person.uid], make=True)
        row.sealed = seal_reason(ring, person=person.uid, row=row.uid, reason=Reason(code))
        row.save(force_insert=True)
        ended = TODAY - timedelta(days=1)
        Placement.objects.filter(pk=w.lemaire.pk).update(ended_on=ended, end_reason="other")
        october = Statement.objects.get(state="submitted")
    with acting(w.pilot) as pilot:
        validate_statement(
            actor=pilot, uid=october.uid, version=None, justifications={"W104": "Feuilles vues."}, at=AT, on=TODAY
        )
    return person


def by_public(w: World) -> tuple[Any, ...]:
    facts = draft(w, audience=Audience.OWN).facts
    (found,) = [one for one in facts.breakdowns if one.title == PUBLIC]
    return facts.totals.in_period, facts.participants, [(row.label, row.people, row.hours) for row in found.rows]


def test_what_is_issued_stays_and_the_hours_of_who_is_erased_still_count() -> None:
    w = filled()
    person = decided_for(w, "RSA")
    hours, people, (retained, unknown) = by_public(w)
    assert "RSA" in retained[0]
    assert (hours, people, retained[1:], unknown) == (
        Decimal("361.5"), 2, (1, Decimal("261.5")), ("non renseigné", 1, Decimal(100)),
    )  # fmt: skip
    uid = issued(w, audience=Audience.OWN)
    with as_owner():
        kept = Report.objects.get(uid=uid)
        facts, digest = kept.facts, kept.facts_sha256
    with acting(w.pilot) as pilot:
        erase_person(
            actor=pilot, participant_uid=person.uid, reason=ErasureReason.REQUEST, on=TODAY, typed_name="David Lemaire"
        )
    with as_owner():
        kept.refresh_from_db()
        assert (kept.facts, kept.facts_sha256) == (facts, digest)
    with acting(w.pilot) as pilot:
        assert verified(actor=pilot, sha256=digest)
    assert by_public(w) == (hours, people, [("non renseigné", 2, Decimal("361.5"))])
