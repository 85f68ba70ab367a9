"""Studies of each structure: a purchase, its lot, a calculation kept."""

from typing import TYPE_CHECKING

from tests.hats import TODAY

if TYPE_CHECKING:
    from tests.isolation.world import World


def asked(world: "World") -> None:
    """Write one study for each structure; nobody else sees it, not even the buyer whose purchase it is."""
    for owner in ("A", "B", "C"):
        whose = {"owner_org_id": world.org(owner)}
        study = world.plant(
            f"study {owner}", "advice.Study", {owner}, **whose, state="under_study", asked_on=TODAY,
            answer_due_on=TODAY,
        )  # fmt: skip
        lot = world.plant(f"studylot {owner}", "advice.StudyLot", {owner}, **whose, study=study, number="1")
        world.plant(
            f"calibration {owner}", "advice.StudyCalibration", {owner}, **whose, study=study, lot=lot, method="lot",
            inputs={}, result={}, rule_version="calcul-2026.1", kept_by_id=world.members[owner].account_id,
        )  # fmt: skip
