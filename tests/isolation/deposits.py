"""Who declares without an account for a firm on each marché; the structure that opened it reads it, alone."""

from datetime import date
from typing import TYPE_CHECKING

from tests import world as cast
from tests.hats import TODAY, as_owner, noon
from tests.isolation.reminders import CHASED

if TYPE_CHECKING:
    from tests.isolation.world import World

UNTIL = date(2027, 12, 31)


def deposited(world: "World") -> None:
    """One deposit by marché, for the firm that is chased there."""
    for name, firm in CHASED.items():
        deal = world.deals[name]
        with as_owner():
            account = cast.account(f"depot-{name.lower()}@sans-compte.invalid", f"Camille {name}, sans compte")
        who = {
            "owner_org_id": world.org(deal.pilot), "organisation_id": world.org(firm),
            "opened_by_id": world.members[deal.pilot].account_id,
        }  # fmt: skip
        row = world.plant(
            f"depositor {name}", "access.Deposit", {deal.pilot}, **who, account_id=account,
            email=f"depot-{name.lower()}@exemple.fr", token_hash=f"depot {name}", word_hash="!",
        )  # fmt: skip
        world.plant(
            f"deposit {name}", "procurement.DepositContract", {deal.pilot}, **who, deposit=row, contract=deal.row,
            ends_on=UNTIL,
        )  # fmt: skip
    mandated(world)


def mandated(world: "World") -> None:
    """One mandate by firm, held by somebody who is nobody's member: the firm that gave it reads it, alone."""
    for firm in ("F1", "F2", "G", "E"):
        with as_owner():
            account = cast.account(f"mandat-{firm.lower()}@exemple.fr", f"Dominique {firm}")
        world.plant(
            f"mandate {firm}", "procurement.Mandate", {firm}, organisation_id=world.org(firm), account_id=account,
            accepted_at=noon(TODAY), email=f"mandat-{firm.lower()}@exemple.fr", token_hash=f"mandat {firm}",
            starts_on=TODAY, ends_on=UNTIL, given_by_id=world.members[firm].account_id,
        )  # fmt: skip
    for name, firm in CHASED.items():
        deal = world.deals[name]
        world.plant(
            f"asked {name}", "procurement.AskedSubcontractor", deal.pilots | {firm}, contract=deal.row,
            head_id=world.org(firm), asked_by_id=world.members[firm].account_id, siret="12345678901234", reason="",
            email=f"sous-traitant-{name.lower()}@exemple.fr",
        )  # fmt: skip
