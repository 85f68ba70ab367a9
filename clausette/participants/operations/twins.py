"""One person once: pairs that look alike are kept, looked for over the structure, and settled by a person."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from itertools import combinations
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.participants import permissions
from clausette.participants.enums import PairState
from clausette.participants.errors import LikelyTwins
from clausette.participants.models import Participant, Resemblance
from clausette.participants.queries.twins import (
    Found,
    described_rows,
    followed_by,
    look_alikes,
    pairs_visible_to,
    twin_of,
)
from clausette.participants.rules.likeness import Likeness, blocks, likeness

LARGEST_BLOCK = 60
"""A block of more records says nothing: « inconnu » born on a 1st of January."""


def compare(
    actor: Actor, row: Participant, phone: str, email: str, different_from: Collection[UUID] | None, on: date
) -> None:
    """Keep the pairs that a person just written makes. `different_from`: those already said to be somebody else.

    None: nobody is there to answer, the pairs are proposed later. Raises LikelyTwins when one was not answered.
    """
    found = look_alikes(
        actor=actor, last_name=row.last_name, first_name=row.first_name, birth_date=row.birth_date, phone=phone,
        email=email, commune_name=row.commune_name, known_as=row.pk,
    )  # fmt: skip
    held = {(pair.first_id, pair.second_id): pair for pair in _pairs_of(actor, row.pk)}
    answered = set(different_from or ())
    asked = [one for one in found if one.uid not in answered and _key(one.id, row.pk) not in _settled(held)]
    if different_from is not None and asked:
        raise LikelyTwins(tuple(twin_of(one) for one in asked))
    pairs = {_key(one.id, row.pk): (one, one.uid in answered) for one in found}
    for key, (one, different) in pairs.items():
        _keep(actor, row.owner_org_id, key, one.likeness, held.get(key), on if different else None)
    for key, pair in held.items():
        if key not in pairs and pair.state == PairState.OPEN:
            change(lock(pairs_visible_to(actor), pk=pair.pk), state=PairState.CLOSED)


def _key(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _pairs_of(actor: Actor, person: int) -> list[Resemblance]:
    rows = pairs_visible_to(actor)
    return [*rows.filter(first_id=person).order_by("id"), *rows.filter(second_id=person).order_by("id")]


def _settled(held: Mapping[tuple[int, int], Resemblance]) -> set[tuple[int, int]]:
    return {key for key, pair in held.items() if pair.state == PairState.DIFFERENT}


def _keep(
    actor: Actor,
    owner: int,
    key: tuple[int, int],
    found: Likeness,
    held: Resemblance | None,
    different_on: date | None,
) -> bool:
    """Write a pair, or what changed of it; say whether something was written. What was settled stays settled."""
    reasons = [reason.value for reason in found.reasons]
    decided = (
        {"state": PairState.DIFFERENT, "settled_on": different_on, "settled_by_id": actor.account_id}
        if different_on
        else {"state": PairState.OPEN}
    )
    if held is None:
        first, second = key
        created(
            Resemblance(
                owner_org_id=owner, first_id=first, second_id=second, score=found.score, reasons=reasons, **decided
            )
        )
        return True
    same = (held.score, held.reasons) == (found.score, reasons) and held.state == decided["state"]
    if held.state == PairState.DIFFERENT or same:
        return False
    change(lock(pairs_visible_to(actor), pk=held.pk), score=found.score, reasons=reasons, **decided)
    return True


@operation("participants.resemblance.settled")
def settle_different(*, actor: Actor, uid: UUID, on: date) -> UUID:
    """Say that two persons are not the same: the pair is never proposed again.

    Raises Absent, NotAllowed, WrongState.
    """
    demand(permissions.can_create_participant(actor))
    row = lock(pairs_visible_to(actor), uid=uid)
    if row.state != PairState.OPEN:
        raise WrongState("Ce doublon possible n'est plus à examiner.")
    change(row, state=PairState.DIFFERENT, settled_on=on, settled_by_id=actor.account_id)
    return row.uid


@operation("participants.resemblance.sought")
def seek_twins(*, actor: Actor) -> int:
    """Compare all the persons of the structure with one another; return how many pairs are to be looked at.

    Raises NotAllowed, WrongState (nobody to compare).
    """
    demand(permissions.can_create_participant(actor))
    first = followed_by(actor).order_by("id").first()
    if first is None:
        raise WrongState("Aucune personne n'est enregistrée : il n'y a rien à comparer.")
    lock(followed_by(actor), pk=first.pk)  # two searches at once would write the same pairs
    people = described_rows(followed_by(actor))
    met: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, (_, one) in people.items():
        for block in blocks(one):
            met[block].append(pk)
    together = {
        pair for block in met.values() if 1 < len(block) <= LARGEST_BLOCK for pair in combinations(block, 2)
    }
    found = {pair: likeness(people[pair[0]][1], people[pair[1]][1]) for pair in together}
    likely = {pair: how for pair, how in found.items() if how.likely}
    held = {(pair.first_id, pair.second_id): pair for pair in pairs_visible_to(actor).order_by("id")}
    for pair in sorted(likely):
        _keep(actor, actor.organisation_id, pair, likely[pair], held.get(pair), None)
    for pair, row in held.items():
        if pair not in likely and row.state == PairState.OPEN:
            change(lock(pairs_visible_to(actor), pk=row.pk), state=PairState.CLOSED)
    return pairs_visible_to(actor).filter(state=PairState.OPEN).count()


def close_pairs(actor: Actor, person: int) -> list[int]:
    """A record that is no more makes no pair: close those that were to be looked at; return their numbers."""
    open_ones = [pair for pair in _pairs_of(actor, person) if pair.state == PairState.OPEN]
    for pair in open_ones:
        change(lock(pairs_visible_to(actor), pk=pair.pk), state=PairState.CLOSED)
    return [pair.pk for pair in open_ones]


__all__ = ["Found", "close_pairs", "compare", "seek_twins", "settle_different"]
