"""What two engagements say of a surplus carried from one to the other."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from clausette.commitments.enums import ActKind, ValuedMatter
from clausette.commitments.models import Commitment
from clausette.commitments.queries.figures import figures_for
from clausette.commitments.queries.valuing import valued_by
from clausette.commitments.queries.visibility import acts_visible_to
from clausette.commitments.rules import Giving, Receiving, in_force
from clausette.kernel.actor import Actor

ZERO = Decimal(0)


def surplus_received(*, actor: Actor, commitment_ids: Collection[int]) -> Decimal:
    """Return the hours of surplus that acts in force carry to these engagements, together (one query)."""
    rows = acts_visible_to(actor).filter(
        to_commitment_id__in=list(commitment_ids), kind=ActKind.CARRY_OVER, withdrawn_on=None
    )
    return rows.order_by().aggregate(total=Sum("hours"))["total"] or ZERO


def giving_of(*, actor: Actor, row: Commitment, buyer: int, on: date) -> Giving:
    """Return what is known of the engagement that gives (two queries)."""
    said = figures_for(actor=actor, commitment_ids=[row.pk], as_of=on)[row.pk]
    due = None if said.followed else said.firm_at_term
    return Giving(row.contractor_id, buyer, due, row.closed_on, said.provisional)


def receiving_of(*, actor: Actor, row: Commitment, buyer: int, starts_on: date, on: date) -> Receiving:
    """Return what is known of the engagement that receives, its rule of the month of `starts_on` (four queries)."""
    said = figures_for(actor=actor, commitment_ids=[row.pk], as_of=on)[row.pk]
    rules = valued_by(actor=actor, commitment_ids=[row.pk]).get(row.pk, ())
    return Receiving(
        firm=row.contractor_id, buyer=buyer, starts_on=row.starts_on, ends_on=row.ends_on,
        due=None if said.followed else said.firm_at_term, rule=in_force(rules, ValuedMatter.CARRY_OVER, starts_on),
        carried=surplus_received(actor=actor, commitment_ids=[row.pk]),
    )  # fmt: skip


def beyond_rules(*, actor: Actor, row: Commitment, on: date | None = None) -> Decimal:
    """Return the hours of surplus already carried to an engagement, when its rules would not take them all; else 0.

    `on`: a day whose hours due are looked at, when it is later than the last carry-over. One query without any.
    """
    acts = acts_visible_to(actor).filter(to_commitment_id=row.pk, kind=ActKind.CARRY_OVER, withdrawn_on=None)
    carried = dict(acts.order_by("starts_on").values_list("starts_on").annotate(total=Sum("hours")))
    if not carried:
        return ZERO
    rules = valued_by(actor=actor, commitment_ids=[row.pk]).get(row.pk, ())
    figures = figures_for(actor=actor, commitment_ids=[row.pk], as_of=max(*carried, on or date.min))[row.pk]
    total = sum(carried.values(), ZERO)
    for month in carried:
        rule = in_force(rules, ValuedMatter.CARRY_OVER, month)
        most = rule.most(figures.firm_at_term) if rule and rule.admitted else None
        if most is None or total > most:
            return total
    return ZERO
