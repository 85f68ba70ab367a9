"""Validated hours of one engagement counted on another under a signed act (MODEL §3): the lines that say so.

A validated line never changes: what the act takes from it is a line that corrects it, what it gives a new line of the
other engagement that says where the hours were worked. The two make zero.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from clausette.hours.enums import LineState
from clausette.hours.models import HoursLine
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.operation import created


class Ends(NamedTuple):
    """The act, the contract where the hours were worked, the engagement that receives them."""

    act: int
    worked: int
    to_contract: int
    to_commitment: int


def alone_with(actor: Actor, lines: Collection[int]) -> None:
    """Hold the statements of these lines, then the lines, before the engagements: the order of every writer."""
    rows = lines_visible_to(actor).filter(pk__in=lines)
    held = rows.order_by().values("statement_id")
    list(
        statements_visible_to(actor).filter(pk__in=held).order_by("id").select_for_update(of=("self",), no_key=True)
    )
    list(rows.order_by("id").select_for_update(of=("self",), no_key=True))


def credit(actor: Actor, ends: Ends, line: HoursLine, hours: Decimal, reason: str, on: date) -> list[int]:
    """Take hours from one line, give them to the other engagement; return the lines whose worth changes.

    The caller holds the line and watches its hours.
    """
    shared = under_act(line, ends.act, ends.worked, reason, on)
    created(
        HoursLine(
            contract_id=line.contract_id, commitment_id=line.commitment_id, hours=-hours, corrects_id=line.pk, **shared
        )
    )  # fmt: skip
    held = lines_visible_to(actor).filter(
        statement_id=line.statement_id, placement_id=line.placement_id, kind=line.kind, corrects=None,
        commitment_id=ends.to_commitment,
    )  # fmt: skip
    receiving = held.order_by("id").values_list("pk", flat=True).first()
    created(
        HoursLine(
            contract_id=ends.to_contract, commitment_id=ends.to_commitment, hours=hours, corrects_id=receiving, **shared
        )
    )  # fmt: skip
    return [line.pk, *([receiving] if receiving else [])]


def under_act(line: HoursLine, act_id: int, worked: int, reason: str, on: date) -> dict[str, object]:
    """Return what a line made under an act has of the line that it comes from."""
    return {
        "statement_id": line.statement_id, "worked_contract_id": worked, "act_id": act_id,
        "worked_month_id": line.worked_month_id, "placement_id": line.placement_id, "month": line.month,
        "declarant_id": line.declarant_id, "kind": line.kind, "state": LineState.VALIDATED, "reason": reason,
        "reporting_org_id": line.reporting_org_id, "added_on": on, "prior_id": line.prior_id,
    }  # fmt: skip
