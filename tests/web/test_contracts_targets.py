"""The page of the sub-targets of an engagement: who reads it, what it says, what it masks."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.hats import as_owner
from tests.hours.builders import World, made, world
from tests.hours.test_queries_targets import _person as person
from tests.web.contracts_world import MARK, Browser
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]


@pytest.fixture
def small() -> World:
    demonstration()
    return world()


def _target(small: World, kind: str, base: str = "hours", share: str = "0.25") -> None:
    version: Any
    with as_owner():
        version = small.commitment._meta.apps.get_model("commitments.CommitmentVersion").objects.get(
            commitment_id=small.commitment.pk
        )
    made(
        "commitments.SubTarget", version_id=version.pk, commitment_id=small.commitment.pk,
        contract_id=small.contract.pk, kind=kind, base=base, share=Decimal(share),
    )  # fmt: skip


def test_who_reads_the_page(small: World) -> None:
    path = f"engagements/{small.commitment.uid}/objectifs/"
    people = (small.pilot, small.stranger, small.buyer, small.firm, small.etti)
    assert [Browser(who).get(path).status for who in people] == [200, 404, 200, 200, 403]
    assert "Aucun objectif particulier" in Browser(small.pilot).get(path).text


def test_what_is_asked_done_and_left_is_said_to_the_structure_and_masked_for_the_parties(small: World) -> None:
    _target(small, "women")
    person(small, "Un", sex="f", hours="40")
    person(small, "Deux", hours="60")
    path = f"engagements/{small.commitment.uid}/objectifs/"
    told = Browser(small.pilot).get(path).text
    for shown in ("2 personnes, 100 h validées avec leur nom", "208,25 h", "40 h", "168,25 h", "de l'objectif"):
        assert shown in told
    assert "masqué" not in told
    for who in (small.buyer, small.firm):
        hidden = Browser(who).get(path).text
        assert ("masqué" in hidden, "208,25 h" in hidden, "168,25 h" in hidden) == (True, True, False)
        assert "Seuil de masquage : 5 personnes" in hidden
    page = Browser(small.pilot).get(f"engagements/{small.commitment.uid}/").text
    assert f"engagements/{small.commitment.uid}/objectifs/" in page


def test_a_day_before_the_hours_says_nobody(small: World) -> None:
    _target(small, "qpv", "people", "0.5")
    person(small, "Un", hours="40")
    text = Browser(small.pilot).get(f"engagements/{small.commitment.uid}/objectifs/?au=2026-08-01").text
    assert "0 personne, 0 h validées" in text


def test_as_many_queries_with_three_sub_targets_as_with_one(small: World) -> None:
    path, counts = f"engagements/{small.commitment.uid}/objectifs/", []
    pilot = Browser(small.pilot)
    pilot.get(path)
    for kinds in (("women",), ("qpv", "cdi")):
        for kind in kinds:
            _target(small, kind)
        with CaptureQueriesContext(connection) as asked:
            assert pilot.get(path).status == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20
