"""Surplus of an engagement: what it is, what of it can be carried, what acts carried in and out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, Sum

from clausette.commitments.enums import ActKind
from clausette.commitments.rules import excess
from clausette.hours.queries.acts import creditable_of
from clausette.hours.queries.found import KEPT
from clausette.hours.queries.progress import progress_of
from clausette.hours.queries.visible import lines_visible_to
from clausette.hours.rules.acts import Creditable
from clausette.kernel.actor import Actor

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Surplus:
    """Hours validated for good beyond those due. `due`: None without figure. `lines`: the validated lines, by name."""

    due: Decimal | None
    validated: Decimal
    lines: tuple[Creditable, ...]

    @property
    def hours(self) -> Decimal:
        """All of it; hours under reserve are no part of it."""
        return ZERO if self.due is None else excess(self.due, self.validated)

    @property
    def available(self) -> Decimal:
        """What can be carried: hours without names and balances taken over stay where they are."""
        return min(self.hours, sum((line.left for line in self.lines), ZERO))


def surplus_of(*, actor: Actor, commitment_id: int, on: date) -> Surplus:
    """Return the surplus of a visible engagement as known on a day (one query more than its progress)."""
    done = progress_of(actor=actor, commitment_ids=[commitment_id], as_of=on)[commitment_id]
    lines = creditable_of(actor, commitment_id, lambda month: month <= on)
    return Surplus(done.due_firm, done.validated - done.makeup.reserved, tuple(lines))


@dataclass(frozen=True, slots=True)
class Carried:
    """Hours of surplus that count here and were worked elsewhere; that were worked here and count elsewhere."""

    received: Decimal = ZERO
    given: Decimal = ZERO


def carried_of(*, actor: Actor, commitment_id: int, as_of: date) -> Carried:
    """Return what acts carried to an engagement and from it, months up to a day (one query)."""
    rows = lines_visible_to(actor).filter(
        commitment_id=commitment_id, month__lte=as_of, state__in=KEPT, act__kind=ActKind.CARRY_OVER
    )
    here = Q(act__to_commitment_id=F("commitment_id"))
    said = rows.order_by().aggregate(
        received=Sum("hours", filter=here, default=ZERO), given=Sum("hours", filter=~here, default=ZERO)
    )
    return Carried(said["received"], -said["given"])
