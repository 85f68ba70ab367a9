"""Paths of people: training, interviews, exits and what comes after; the structure that follows them alone reads."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.isolation.world import World

# persons with a path told: those of each structure, one of whom is at work on a shared contract
TOLD = {"A1": "A", "A3": "A", "B1": "B", "C2": "C"}


def walked(world: "World") -> None:
    """Write a training action, an interview and an exit for some persons; the prescriber who referred sees none."""
    for name, owner in TOLD.items():
        whose = {
            "participant": world.rows[f"participant {name}"], "owner_org_id": world.org(owner),
            "noted_by_id": world.members[owner].account_id,
        }  # fmt: skip
        kept = {**whose, "withdrawn_reason": ""}
        world.plant(
            f"training {name}", "outcomes.TrainingAction", {owner}, **kept, kind="safety", starts_on=date(2026, 2, 2),
            hours_planned=Decimal(35),
        )  # fmt: skip
        world.plant(f"interview {name}", "outcomes.Interview", {owner}, **kept, kind="call", on=date(2026, 2, 2))
        left = world.plant(
            f"exit {name}", "outcomes.PathExit", {owner}, **kept, exited_on=date(2026, 2, 1), reason="training",
            confirmed_on=date(2026, 2, 2),
        )  # fmt: skip
        world.plant(
            f"point {name}", "outcomes.FollowUp", {owner}, **whose, exit=left, point=0, situation="training",
            answered_on=date(2026, 2, 2),
        )  # fmt: skip
