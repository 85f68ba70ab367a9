"""Who knocks: a member of each kind of body, and those whose rights are missing, ended or half."""

from dataclasses import dataclass

from django.test import Client

from clausette.kernel.actor import Actor
from tests.hats import sign_in
from tests.isolation.world import World


@dataclass(frozen=True, slots=True)
class Principal:
    """One browser. `org`: whose address it uses and whose rows it may see; `live`: its rights are open."""

    name: str
    org: str
    slug: str
    role: str
    cookie: str
    actor: Actor | None

    @property
    def live(self) -> bool:
        """Whether the doors of its organisation open."""
        return self.actor is not None


ROLES = {
    "A": "facilitator", "B": "facilitator", "C": "facilitator", "M": "buyer", "H": "buyer", "N": "buyer",
    "F1": "firm", "F2": "firm", "G": "firm", "E": "employer", "P": "prescriber", "Q": "prescriber",
}  # fmt: skip
HALF = {
    "second": "member",
    "no_factor": "no factor",
    "revoked": "revoked",
    "asleep": "asleep",
    "nobody": "nobody",
}


def seated(world: World) -> list[Principal]:
    """Write a session for everybody; return the browsers."""
    found = [Principal("anonymous", "", world.members["A"].slug, "anonymous", "", None)]
    found += [
        Principal(org, org, actor.slug, ROLES[org], _cookie(actor.account_id), actor)
        for org, actor in world.members.items()
    ]
    a = world.members["A"]
    for name, role in HALF.items():
        live = name == "second"
        actor = Actor(
            world.others[name], "", a.organisation_id, a.organisation_name, a.slug, a.capabilities, False
        )
        found.append(
            Principal(
                name, "A" if live else "", a.slug, role, _cookie(world.others[name]), actor if live else None
            )
        )
    return found


def _cookie(account: int) -> str:
    return sign_in(Client(), account)
