"""Data protection in the dense world: what keeps a person, what they were told, which papers a structure keeps."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.isolation.world import World

START = date(2026, 1, 5)


def kept(world: "World") -> None:
    """A hold, a line of erasure and a notice for one person of each structure, a choice of papers for each."""
    for owner, name in (("A", "A1"), ("B", "B1"), ("C", "C1")):
        person, judge = world.rows[f"participant {name}"], world.members[owner].account_id
        own = {"owner_org_id": world.org(owner), "participant": person}
        world.plant(
            f"hold {name}", "privacy.RetentionHold", {owner}, **own, reason="fse", until=date(2032, 12, 31),
            review_on=date(2027, 1, 5), set_on=START, set_by_id=judge,
        )  # fmt: skip
        world.plant(
            f"erasure {name}", "privacy.Erasure", {owner}, **own, erased_on=START, erased_by_id=judge, reason="request"
        )
        world.plant(
            f"notice {name}", "privacy.NoticeGiven", {owner}, **own, given_on=START, given_by_id=judge, means="hand"
        )
        world.plant(
            f"papers {owner}", "participants.EvidenceRule", {owner}, owner_org_id=world.org(owner), kind="caf",
            funding="fse", is_kept=True,
        )  # fmt: skip
        world.plant(
            f"purge {owner}", "privacy.PurgeBatch", {owner}, owner_org_id=world.org(owner), category="reason",
            as_of=START, gone=3,
        )  # fmt: skip
