"""Likely twins of each structure, how to reach a person, two records reunited: nobody else knows."""

from datetime import date
from typing import TYPE_CHECKING

from tests.hats import TODAY, noon

if TYPE_CHECKING:
    from tests.isolation.world import World


def alike(world: "World") -> None:
    """Write contacts, a pair and a reunion for A and B; the prescriber who referred reads contacts."""
    for owner, first, second, prescriber in (("A", "A1", "A3", "P"), ("B", "B1", "B2", "")):
        one, other = world.rows[f"participant {first}"], world.rows[f"participant {second}"]
        whose = {"owner_org_id": world.org(owner)}
        world.plant(
            f"reach {first}", "participants.PersonContact", {owner, *([prescriber] if prescriber else [])}, **whose,
            participant=one, phone_mark="", email_mark="",
        )  # fmt: skip
        world.plant(
            f"pair {owner}", "participants.Resemblance", {owner}, **whose, first=one, second=other, score=88,
            reasons=["same_names"], state="open",
        )  # fmt: skip
        gone = world.plant(
            f"gone {owner}", "participants.Participant", {owner}, **whose, birth_date=date(1990, 5, 17), merged_into=one
        )  # fmt: skip
        world.plant(
            f"reunion {owner}", "participants.Reunion", {owner}, **whose, kept=one, gone=gone, moved={},
            reunited_at=noon(TODAY), reunited_by_id=world.members[owner].account_id,
        )  # fmt: skip
