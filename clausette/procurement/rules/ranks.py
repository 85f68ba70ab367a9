"""Rank of a sub-contractor (law of 31 December 1975: a sub-contractor may have sub-contractors)."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def rank_of(firm: K, heads: Mapping[K, K | None]) -> int:
    """Return 1 for who works for a titulaire or a cotraitant, one more for each sub-contractor above.

    `heads`: sub-contractor → the firm it works for (None: not known). A loop of heads ends the count.
    """
    rank, seen, above = 1, {firm}, heads.get(firm)
    while above is not None and above in heads and above not in seen:
        seen.add(above)
        rank, above = rank + 1, heads[above]
    return rank


def makes_loop(firm: K, head: K, heads: Mapping[K, K | None]) -> bool:
    """Say whether `firm` working for `head` would make a firm work for itself through others."""
    seen: set[K] = set()
    above: K | None = head
    while above is not None and above not in seen:
        if above == firm:
            return True
        seen.add(above)
        above = heads.get(above)
    return False
