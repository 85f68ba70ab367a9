"""Inside a group of firms: what each member owes, has done, and what the others would owe if it stopped there."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class MemberDue:
    """One firm, by its opaque key. Hours; `share` from 0 to 1, None when it has none."""

    firm: int
    share: Decimal | None
    due: Decimal
    done: Decimal

    @property
    def left(self) -> Decimal:
        """Hours of its share still to do; what it does beyond lowers nobody else's."""
        return max(ZERO, self.due - self.done)


def member_dues(
    due: Decimal, shares: Mapping[int, Decimal], done: Mapping[int, Decimal]
) -> tuple[MemberDue, ...]:
    """Return what each firm owes of the hours due firm at term, to the hundredth, in the order of `shares`.

    The last share takes the rounding when shares make the whole: parts add up to `due`. Firms that only have hours
    come after, without share.
    """
    found: dict[int, Decimal] = {
        firm: (due * share).quantize(CENT, rounding=ROUND_DOWN) for firm, share in shares.items()
    }
    if shares and sum(shares.values(), ZERO) == 1:
        last = next(reversed(found))
        found[last] += due - sum(found.values(), ZERO)
    told = [MemberDue(firm, shares[firm], hours, done.get(firm, ZERO)) for firm, hours in found.items()]
    others = [MemberDue(firm, None, ZERO, hours) for firm, hours in done.items() if firm not in shares]
    return (*told, *others)


def taken_over(failing: int, members: Mapping[int, MemberDue]) -> dict[int, Decimal]:
    """Return what each other member of a groupement solidaire would owe if this one did nothing more.

    Each answers for the whole towards the buyer (R2142-20 CCP); between them, in proportion of their shares, the last
    one taking the rounding. Empty when nothing is left, or when nobody else has a share.
    """
    left = members[failing].left
    others = {key: one.share for key, one in members.items() if key != failing and one.share}
    whole = sum(others.values(), ZERO)
    if left == 0 or whole == 0:
        return {}
    found = {key: (left * share / whole).quantize(CENT, rounding=ROUND_DOWN) for key, share in others.items()}
    last = next(reversed(found))
    found[last] += left - sum(found.values(), ZERO)
    return found
