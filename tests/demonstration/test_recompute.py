"""Acts of the world computed again from the journal alone: the same to the byte, and the same figures as the tables."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from clausette.commitments.queries import commitments_visible_to
from clausette.hours.queries import progress_of
from clausette.reports.queries import recomputed
from clausette.reports.queries.recomputed import penalty_told
from clausette.reports.recomputing.replay import Told
from config.world.script import World
from tests.hats import TODAY, as_owner

pytestmark = pytest.mark.slow
AFTER = datetime(2999, 1, 1, tzinfo=UTC)  # the journal is signed by the hour of the machine


def test_each_attestation_is_the_same_to_the_byte(world: World) -> None:
    with as_owner():
        found = list(recomputed.recompute_all())
    assert len(found) >= 2
    assert all(one.ok for one in found), [(one.number, one.differs, one.broken) for one in found if not one.ok]
    assert all(one.events > 20 for one in found)


def test_a_line_that_the_journal_does_not_tell_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = recomputed.told_of_contract

    def without_a_line(contract: int, until: datetime) -> list[Told]:
        told = whole(contract, until)
        gone = next(one for one in told if one.kind == "hours.hoursline" and one.before is None)
        return [one for one in told if one.uid != gone.uid]

    monkeypatch.setattr(recomputed, "told_of_contract", without_a_line)
    with as_owner():
        one = next(iter(recomputed.recompute_all()))
    assert (one.same_stored, one.same_facts, one.same_file, one.ok) == (True, False, False, False)
    assert {name for name, _, _ in one.differs} >= {"figures", "months"}


def test_every_engagement_has_the_figures_of_the_tables(world: World) -> None:
    for structure in ("plie", "mde"):
        with world.stage.structure(structure) as actor:
            owed = dict(commitments_visible_to(actor).order_by("id").values_list("id", "uid"))
            done = progress_of(actor=actor, commitment_ids=list(owed), as_of=TODAY)
        with as_owner():
            told = {pk: penalty_told(engagement=uid, as_of=TODAY, until=AFTER) for pk, uid in owed.items()}
        for pk, one in told.items():
            assert not one.broken, (structure, pk, one.broken)
            assert Decimal(one.validated) == done[pk].validated, (structure, pk)
            assert (Decimal(one.due) if one.due else None) == done[pk].due_firm, (structure, pk)
