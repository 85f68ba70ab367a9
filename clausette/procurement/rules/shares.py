"""Shares inside a group (firms, or maîtres d'ouvrage of a groupement de commandes): 0 to 1, together at most 1."""

from collections.abc import Iterable
from decimal import Decimal

from clausette.kernel.french import format_percent


def wrong_shares(shares: Iterable[Decimal | None]) -> str:
    """Return the sentence that refuses these shares, « » when they hold; None is a share not known."""
    known = [share for share in shares if share is not None]
    if any(not 0 < share <= 1 for share in known):
        return "Une part va de plus de 0 % à 100 %."
    total = sum(known, Decimal(0))
    return f"Les parts font {format_percent(total)} : elles ne peuvent dépasser 100 %." if total > 1 else ""
