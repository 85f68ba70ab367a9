"""Dated rules said or withdrawn where hours already validated may rest on them."""

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.commitments.operations import say_valued, withdraw_defaults, withdraw_valued
from clausette.commitments.queries import commitment_key, valued_line
from clausette.commitments.rules import Valued
from clausette.hours.errors import OutsideRules
from clausette.hours.operations.recounting import recounted
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_hours


def say_rule(*, actor: Actor, uid: UUID, rule: Valued, on: date, document_uid: UUID | None = None) -> None:
    """Write a valuation rule of an engagement (`uid`), from a day on.

    Refused when hours validated would no more be taken (ADR 0013): it starts later, or they are corrected first.
    Raises Invalid (by field), NotAllowed, Absent, WrongState.
    """
    owed = commitment_key(actor, uid).id
    _guarded(
        actor, on, [owed], "starts_on", lambda: say_valued(actor=actor, uid=uid, rule=rule, document_uid=document_uid)
    )


def withdraw_rule(*, actor: Actor, uid: UUID, on: date, reason: str) -> None:
    """Take back a valuation rule typed wrong, unless hours validated rest on it.

    Raises Invalid (« reason »), NotAllowed, Absent, WrongState.
    """
    owed = commitment_key(actor, valued_line(actor=actor, uid=uid).commitment_uid).id
    _guarded(actor, on, [owed], "reason", lambda: withdraw_valued(actor=actor, uid=uid, on=on, reason=reason))


def withdraw_default_rules(*, actor: Actor, uid: UUID, on: date, reason: str) -> None:
    """Take back default rules of the structure typed wrong, unless hours validated rest on them.

    Raises Invalid (« reason »), NotAllowed, Absent, WrongState.
    """
    _guarded(actor, on, None, "reason", lambda: withdraw_defaults(actor=actor, uid=uid, on=on, reason=reason))


def _guarded(
    actor: Actor, on: date, owed: Collection[int] | None, field: str, write: Callable[[], object]
) -> None:
    try:
        recounted(actor, on, owed, None, write)
    except OutsideRules as refusal:
        hours = format_hours(sum((one.hours for one in refusal.found), Decimal(0)))
        sentence = (
            f"{hours} déjà validées ne seraient plus admises : corrigez-les d'abord, ou faites partir la nouvelle "
            "règle d'un mois plus récent."
        )
        raise Invalid({field: sentence}) from refusal
