"""Pieces of referrals and time: erased with the person, gone with one never answered, purged after a decision."""

import json
from datetime import date, timedelta
from uuid import UUID

import pytest

from clausette.files.models import StoredFile
from clausette.files.queries import unclaimed
from clausette.kernel.months import add_months
from clausette.participants.enums import EvidenceKind, Funding
from clausette.participants.models import EvidenceRule, ReferralPiece
from clausette.participants.operations import accept_referral
from clausette.privacy.enums import HoldReason
from clausette.privacy.models import PurgeBatch
from clausette.privacy.operations import set_hold
from clausette.privacy.queries.export import as_json, everything_held
from clausette.privacy.queries.files import files_leaving
from tests.hats import TODAY, acting, as_owner
from tests.participants.referral_builders import Desk, desk
from tests.participants.test_operations_pieces import CAF, HEALTH, accepted, send
from tests.placements.builders import decide
from tests.privacy.test_erasing_order import erase
from tests.privacy.test_purge_files import told

pytestmark = pytest.mark.django_db


def kept(cast: Desk) -> UUID:
    """A person whose piece is kept with a favourable decision."""
    with as_owner():
        EvidenceRule.objects.create(
            owner_org_id=cast.structure.organisation_id, kind=EvidenceKind.CAF, funding=Funding.ORDINARY, is_kept=True
        )
    _, person = accepted(cast, CAF)
    decide(cast.structure, person)
    return person


def gone() -> tuple[bool, str, bool]:
    """Whether nobody claims the bytes any more, the state of the piece, whether it still says what it is."""
    with as_owner():
        file, piece = StoredFile.objects.get(), ReferralPiece.objects.get()
        return unclaimed([file.sha256]) == [file.sha256], piece.state, piece.sealed is not None


def test_a_piece_kept_leaves_thirty_days_after_the_decision_told_to_the_structure() -> None:
    cast = desk()
    kept(cast)
    last = TODAY + timedelta(days=30)
    with acting(cast.structure) as actor:
        assert [(one.files, one.first_on) for one in files_leaving(actor=actor, on=last)] == [(1, last)]
    assert told(last)["evidence"]["gone"] == 0
    assert gone() == (False, "kept", True)
    assert told(last + timedelta(days=1), "--dry-run")["evidence"]["due"] == 1
    assert told(last + timedelta(days=1))["evidence"]["gone"] == 1
    assert gone() == (True, "destroyed", True)
    assert told(last + timedelta(days=1))["evidence"]["due"] == 0
    with as_owner():
        batch = PurgeBatch.objects.get()
    assert (batch.category, batch.owner_org_id) == ("evidence", cast.structure.organisation_id)


def test_a_piece_that_waits_for_a_decision_leaves_six_months_after_it_was_received() -> None:
    accepted(desk(), CAF)
    last = add_months(TODAY, 6)
    assert told(last)["evidence"]["due"] == 0
    assert told(last + timedelta(days=1))["evidence"]["gone"] == 1


def test_the_piece_of_somebody_held_stays() -> None:
    cast = desk()
    person = kept(cast)
    with acting(cast.structure) as actor:
        set_hold(actor=actor, participant_uid=person, reason=HoldReason.FSE, until=date(2031, 12, 31), on=TODAY)
    found = told(TODAY + timedelta(days=60))["evidence"]
    assert (found["gone"], found["held"]) == (0, [{"until": "persons", "count": 1}])
    assert gone()[1] == "kept"


def test_a_referral_never_answered_takes_its_pieces_with_it() -> None:
    send(desk(), CAF)
    last = add_months(TODAY, 6)
    assert told(last)["referral"]["gone"] == 0
    assert told(last + timedelta(days=1))["referral"]["gone"] == 1
    assert gone() == (True, "destroyed", False)


def test_what_a_piece_was_goes_with_the_reasons() -> None:
    cast = desk()
    kept(cast)
    found = told(add_months(TODAY, 12))
    assert found["reason"]["gone"] == 1
    assert gone() == (True, "destroyed", False)
    assert told(add_months(TODAY, 12))["reason"]["due"] == 0


def test_erased_with_the_person() -> None:
    cast = desk()
    erase(cast.structure, kept(cast))
    assert gone() == (True, "destroyed", False)
    with as_owner():
        assert StoredFile.objects.get().name == "fichier effacé"


def test_the_person_is_told_which_pieces_are_held_of_them() -> None:
    cast = desk()
    uid = send(cast, CAF, HEALTH)
    with acting(cast.structure) as actor:
        person = accept_referral(actor=actor, uid=uid, on=TODAY)
        held = json.loads(json.dumps(as_json(everything_held(actor=actor, uid=person, on=TODAY))))
    rows = {one["table"]: one["rows"] for one in held["sections"]}["participants.ReferralPiece"]
    assert [(row["kind"], row["state"]) for row in rows] == [
        (EvidenceKind.CAF.label, "Remise à la vérification"), (EvidenceKind.RQTH.label, "Vue, non conservée"),
    ]  # fmt: skip
