"""From world S to world M: who follows how many contracts, then the pouring. Runs as owner, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from clausette.access.queries import Seat, facilitator_seats
from clausette.access.rights import named_rights
from clausette.kernel.operation import isolated
from clausette.procurement.queries import contracts_visible_to
from config.world.bulk import Share, pour
from config.world.cast import PERSON, VOICE
from config.world.neighbours import TOWNS, install_structures, register_bodies
from config.world.stage import best_hat, hat

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How many contracts the structure of the demonstration follows in the end, and each of the other ones."""

    followed: int
    elsewhere: tuple[int, ...]
    firms: int


SIZES = {"M": Size(followed=400, elsewhere=(370,) * 7, firms=60)}


class NotGrown(Exception):
    """The world is already this large."""


def seat_of(structure: str) -> Seat:
    """The seat of the one who acts for a structure of world S."""
    return facilitator_seats(email=PERSON[VOICE[structure]].email)[0]


def is_grown() -> bool:
    """Say whether the structures of a larger world are here."""
    return bool(facilitator_seats(email=f"facilitateur@{TOWNS[0].lower()}.example"))


def grow(size: Size, *, as_of: date, say: Say = lambda _: None) -> int:
    """Pour the contracts that are missing over world S; return the number of hour lines written."""
    if is_grown():
        raise NotGrown
    with hat(""), isolated():
        say("structures, maîtres d'ouvrage, entreprises")
        main = seat_of("plie")
        with hat(best_hat()), named_rights(main.account_id, main.organisation_id) as actor:
            bodies = register_bodies(actor, firms=size.firms)
            own = contracts_visible_to(actor).filter(owner_org_id=actor.organisation_id).count()
        seats = [main, *install_structures(count=len(size.elsewhere), as_of=as_of)]
        shares, last = [], 0
        for one, wanted in zip(seats, (max(0, size.followed - own), *size.elsewhere), strict=True):
            shares.append(Share(one, last + 1, last + wanted))
            last += wanted
        say(f"{last} marchés, leurs engagements, leurs participants, leurs heures")
        return pour(shares, bodies, as_of=as_of)
