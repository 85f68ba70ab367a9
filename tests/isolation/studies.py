"""Studies of each structure: a purchase, its lot, a calculation kept; what a structure sets for itself."""

from decimal import Decimal
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
        world.plant(
            f"tendercheck {owner}", "advice.TenderCheck", {owner}, **whose, study=study, checked_on=TODAY,
            hours="same", text="same", checked_by_id=world.members[owner].account_id,
        )  # fmt: skip
        world.plant(
            f"left {owner}", "imports.LeftRecord", {owner}, **whose, study=study, left_on=TODAY,
            left_by_id=world.members[owner].account_id,
        )  # fmt: skip
        _set(world, owner)


def spoken(world: "World") -> None:
    """An exchange on each contract, noted by the structure that follows it: nobody else reads it."""
    for name, deal in world.deals.items():
        pilot = world.members[deal.pilot]
        world.plant(
            f"exchange {name}", "procurement.Exchange", {deal.pilot}, contract=deal.row, kind="call", on=TODAY,
            owner_org_id=pilot.organisation_id, organisation_id=world.org(deal.buyer), noted_by_id=pilot.account_id,
        )  # fmt: skip


def _set(world: "World", owner: str) -> None:
    """A purchase programme, a value, an offer of insertion and a template of a structure: nobody else sees them."""
    from tests.isolation.world import stored

    whose, account = {"owner_org_id": world.org(owner)}, world.members[owner].account_id
    file = stored(world, f"bought {owner}", owner)
    world.plant(
        f"programme {owner}", "advice.Programme", {owner}, **whose, source="workbook", file=file, sha256=owner * 64,
        columns={}, remarks=[], brought_on=TODAY, brought_by_id=account,
    )  # fmt: skip
    world.plant(
        f"value {owner}", "advice.OwnValue", {owner}, **whose, trade="painting", kind="hourly_cost",
        value=Decimal(36), starts_on=TODAY, set_by_id=account,
    )  # fmt: skip
    world.plant(
        f"offer {owner}", "advice.InsertionOffer", {owner}, **whose, trade="painting", monthly_hours=Decimal(120),
        stated_on=TODAY,
    )  # fmt: skip
    world.plant(
        f"template {owner}", "advice.OwnTemplate", {owner}, **whose, kind="avis", number=1, file=file,
        brought_by_id=account,
    )  # fmt: skip
