"""Notes of checks, homes, moved limits, options: beside the checks of the small world, by the same rights."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from clausette.kernel.sealing import keyring
from clausette.participants.words import MOVES, NOTES, seal_words

if TYPE_CHECKING:
    from tests.isolation.world import World

SINCE = date(2026, 1, 5)


def described(world: "World", name: str, owner: str, charge: set[str], seen: set[str]) -> None:
    """What is written beside the check of a person; sealed words may be found by those in charge only."""
    person, check = world.rows[f"participant {name}"], world.rows[f"check {name}"]
    decided = {"check_made": check, "participant": person}
    world.plant(f"facts {name}", "participants.DecisionFacts", charge, age=36, in_district=True, **decided)
    if f"options {owner}" not in world.rows:
        world.plant(
            f"options {owner}", "participants.AdmittedOptions", {owner}, owner_org_id=world.org(owner),
            categories=["FRR"],
        )  # fmt: skip
    ring = keyring([person.uid], make=True)
    note, move = uuid4(), uuid4()
    said = {"text": world.aviary.word()}
    row = world.plant(
        f"note {name}", "participants.CheckNote", charge, uid=note, kind="awaited", dated_on=SINCE,
        **decided, sealed=seal_words(ring, table=NOTES, person=person.uid, row=note, words=said),
    )  # fmt: skip
    number = int(said["text"][2:6])
    world.aviary.know(row, charge, [number])
    world.aviary.mark(number, "participants.CheckNote", "sealed", world.org(owner))
    world.plant(
        f"home {name}", "participants.Home", charge, participant=person, known_on=SINCE, in_district=True,
        means="typed", district_2024="QN00101M", district_2015="", commune_code="59350",
    )  # fmt: skip
    world.plant(
        f"move {name}", "participants.LimitMove", seen, uid=move, participant=person, owner_org_id=world.org(owner),
        kind="extension", months=3, starts_on=SINCE, decided_on=SINCE, decided_by_id=world.members[owner].account_id,
        sealed=seal_words(ring, table=MOVES, person=person.uid, row=move, words={"text": "Formation", "source": "CR"}),
    )  # fmt: skip

