"""Likely twins of each structure, how to reach a person, two records reunited: nobody else knows."""

from datetime import date
from typing import TYPE_CHECKING

from tests.hats import TODAY, noon

if TYPE_CHECKING:
    from tests.isolation.world import World


def reach(world: "World", name: str, owner: str, prescriber: str = "") -> None:
    """Write how to reach a person, and who referred them: read by the structure and that prescriber alone."""
    referral = {"referred_by_id": world.org(prescriber), "referred_on": TODAY} if prescriber else {}
    world.plant(
        f"reach {name}", "participants.PersonContact", {owner, *([prescriber] if prescriber else [])},
        owner_org_id=world.org(owner), participant=world.rows[f"participant {name}"], phone_mark="", email_mark="",
        **referral,
    )  # fmt: skip


def referred(world: "World", name: str, owner: str, prescriber: str) -> None:
    """Write who referred a person, when somebody did."""
    if prescriber:
        reach(world, name, owner, prescriber)


def alike(world: "World") -> None:
    """Write contacts, a pair and a reunion for A and B; the prescriber who referred reads contacts."""
    for owner, first, second, prescriber in (("A", "A1", "A3", "P"), ("B", "B1", "B2", "")):
        one, other = world.rows[f"participant {first}"], world.rows[f"participant {second}"]
        whose = {"owner_org_id": world.org(owner)}
        if not prescriber:
            reach(world, first, owner)
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
