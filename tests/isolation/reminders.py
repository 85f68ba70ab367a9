"""Reminders of each marché, the letters behind them, the ladder and the texts of each structure."""

from datetime import date
from typing import TYPE_CHECKING

from tests.hats import TODAY

if TYPE_CHECKING:
    from tests.isolation.world import World

CHASED = {"C1": "F1", "C2": "F1", "C3": "F2", "C4": "G"}


def chased(world: "World") -> None:
    """A letter is its structure's; a reminder is read by who follows or bought the marché, and by the firm chased."""
    for name, firm in CHASED.items():
        deal = world.deals[name]
        account, owner = world.members[deal.pilot].account_id, {"owner_org_id": world.org(deal.pilot)}
        about = {**owner, "contract": deal.row, "organisation_id": world.org(firm)}
        letter = world.plant(
            f"letter {name}", "agenda.Letter", {deal.pilot}, **owner, organisation_id=world.org(firm), told="firm",
            on=date(2026, 10, int(name[1:])), email=f"relance-{name.lower()}@exemple.fr", written_by_id=account,
            failed_on=TODAY,
        )  # fmt: skip
        world.plant(
            f"reminder {name}", "agenda.Reminder", deal.pilots | {deal.buyer, firm}, **about, letter=letter,
            month=date(2026, 9, 1), step="after", on=letter.on, told="firm",
        )  # fmt: skip
        world.plant(
            f"postponement {name}", "agenda.Postponement", {deal.pilot}, **about, until=TODAY, put_by_id=account
        )
    for owner_name in ("A", "B", "C"):
        whose, account = {"owner_org_id": world.org(owner_name)}, world.members[owner_name].account_id
        world.plant(
            f"rung {owner_name}", "agenda.ReminderRung", {owner_name}, **whose, step="after", days=4, is_on=True,
            starts_on=TODAY, set_by_id=account,
        )  # fmt: skip
        world.plant(
            f"remindertext {owner_name}", "agenda.ReminderText", {owner_name}, **whose, kind="after",
            set_by_id=account,
        )  # fmt: skip
