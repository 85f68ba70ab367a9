"""World S as loaded: its size, its figures, and who may see what, worked out twice."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausette.commitments.queries import commitment_sheet, commitments_visible_to, legal_line
from clausette.hours.queries import lines_visible_to, progress_of, statements_visible_to
from clausette.kernel.actor import Actor
from clausette.participants.queries import participants_visible_to
from clausette.placements.queries import placements_visible_to
from clausette.procurement.queries import contract_key, contracts_visible_to
from clausette.reports.queries import reports_visible_to
from config.world.cast import PEOPLE
from config.world.manifest import manifest
from config.world.script import World, exists
from tests.hats import TODAY

pytestmark = pytest.mark.slow
SEEN: dict[str, Callable[[Actor], Any]] = {
    "contract": contracts_visible_to,
    "commitment": commitments_visible_to,
    "participant": participants_visible_to,
    "placement": placements_visible_to,
    "statement": statements_visible_to,
    "line": lines_visible_to,
    "report": reports_visible_to,
}


@pytest.fixture(scope="module")
def told(world: World) -> dict[str, Any]:
    """The inventory."""
    return manifest(world, scale="S", seed=1, as_of=TODAY)


def test_its_size(world: World, told: dict[str, Any]) -> None:
    sizes = {name: len(rows) for name, rows in told["objects"].items()}
    contracts = {uid for case in world.cases.values() for uid in case.contracts.values()}
    people = {uid for case in world.cases.values() for uid in case.people.values()}
    assert (sizes["contract"], sizes["participant"]) == (25 + len(contracts), 60 + len(people))
    assert (sizes["report"], sizes["batch"]) == (10, 1)
    assert sizes["statement"] > 200
    states = {row["state"] for row in told["objects"]["statement"]}
    assert states == {"draft", "waiting", "returned", "validated"}


def test_it_is_a_demonstration(world: World) -> None:
    assert exists()


@pytest.mark.parametrize("person", [person.key for person in PEOPLE])
def test_everybody_sees_what_the_story_says_and_nothing_else(
    world: World, told: dict[str, Any], person: str
) -> None:
    with world.stage.acting(person) as actor:
        for name, visible_to in SEEN.items():
            expected = told["relations"][person][name]
            seen = {str(uid) for uid in visible_to(actor).values_list("uid", flat=True)}
            # corrections are lines too: the story does not name them
            hidden = {*expected["foreign"], *expected["revoked"]}
            assert {*expected["own"], *expected["shared"]} <= seen, name
            assert seen & hidden == set(), name


def test_833_hours_due_700_validated(world: World) -> None:
    due = world.market.owed["ecole"]
    with world.stage.structure("plie") as actor:
        sheet = commitment_sheet(actor=actor, uid=due.uid, as_of=TODAY)
        progress = progress_of(actor=actor, commitment_ids=[sheet.id], as_of=TODAY)[sheet.id]
    assert (progress.due_firm, progress.validated, progress.declared) == (
        Decimal(833),
        Decimal(700),
        Decimal(0),
    )
    assert (progress.missing_months, progress.pending_months) == ((), ())


@pytest.mark.parametrize(("key", "article"), [("mediatheque", "article 14"), ("bonheur", "L2112-2-1")])
def test_the_article_is_the_one_of_the_day(world: World, key: str, article: str) -> None:
    with world.stage.structure("plie") as actor:
        line = legal_line(contract_key(actor, world.market.contracts[key].uid))
    assert line is not None
    assert article in line.articles


def test_one_of_each_situation(world: World) -> None:
    with world.stage.structure("plie") as actor:
        found = progress_of(actor=actor, as_of=TODAY)
        rows = commitments_visible_to(actor).values_list("uid", "id")
        ids = dict(rows)
    of = {key: found[ids[due.uid]] for key, due in world.market.owed.items() if due.uid in ids}
    assert of["creche"].missing_months == (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1))
    assert of["bellevue"].due_possible == Decimal(400)
    assert of["berges"].due_firm is None
    assert of["tilleuls"].due_firm == Decimal(1200)
    assert of["nettoyage"].raw is not None
    assert of["nettoyage"].raw > 1
    assert of["cedres"].raw is not None
    assert of["cedres"].raw < Decimal("0.3")
