"""Counting rules changed under hours already validated: they are told, kept with a reason, or brought to zero."""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from clausette.commitments.operations import EngagementOptions, Options, change_conditions, change_defaults
from clausette.commitments.queries import commitment_key, commitments_visible_to, default_conditions
from clausette.commitments.rules import Counting
from clausette.hours.errors import OutsideRules
from clausette.hours.operations.common import plain_text
from clausette.hours.operations.correcting import correct_line
from clausette.hours.queries.outside import outside_rules, outside_shown
from clausette.hours.rules.outside import Outside, newly_outside
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.french import format_hours
from clausette.kernel.operation import about, because, isolated, operation, watch

COUNTED = ("cdi_months", "work_study", "training_cap", "validity_months")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of the hours that new rules leave outside: kept, or to be corrected; and why."""

    keep: bool
    reason: str


def change_rules(
    *, actor: Actor, uid: UUID, on: date, decided: Decided | None, options: EngagementOptions
) -> list[Outside]:
    """Change the conditions of an engagement; return the hours validated that its new rules would not take.

    Raises OutsideRules when there are some and nothing is decided, and what `change_conditions` raises.
    """
    key = commitment_key(actor, uid)
    return recounted(
        actor, on, [key.id], decided, lambda: change_conditions(actor=actor, uid=uid, **options)
    )


def change_default_rules(
    *, actor: Actor, on: date, decided: Decided | None, options: Options, starts_on: date | None = None,
    reason: str = "",
) -> list[Outside]:  # fmt: skip
    """Change the default rules of the structure from a day on; return the same over the engagements it is référente of.

    Raises OutsideRules when there are some and nothing is decided, and what `change_defaults` raises.
    """

    def write() -> object:
        return change_defaults(actor=actor, on=on, starts_on=starts_on, reason=reason, **options)

    held = default_conditions(actor=actor, owner_org_id=actor.organisation_id, on=starts_on or date.min)
    if asdict(held.counting if held else Counting()) == {name: options.get(name) for name in COUNTED}:
        write()
        return []
    return recounted(actor, on, None, decided, write)


def recounted(
    actor: Actor, on: date, ids: Collection[int] | None, decided: Decided | None, write: Callable[[], object]
) -> list[Outside]:
    """Write new rules; return the hours validated that they leave outside. Raises OutsideRules when none decides."""
    before = outside_rules(actor=actor, on=on, commitment_ids=ids)
    with isolated():
        write()
        fresh = newly_outside(before, outside_rules(actor=actor, on=on, commitment_ids=ids))
        if fresh and decided is None:
            raise OutsideRules(fresh)
        if fresh and decided is not None:
            for commitment in sorted({one.commitment for one in fresh}):
                own = [one for one in fresh if one.commitment == commitment]
                decide_outside(actor=actor, commitment_id=commitment, outside=own, decided=decided)
    return fresh


@operation("hours.outside.decided")
def decide_outside(*, actor: Actor, commitment_id: int, outside: Collection[Outside], decided: Decided) -> int:
    """Keep in the history of the contract what becomes of the hours that new rules leave outside. Raises Invalid."""
    reason = plain_text(
        decided.reason, field="outside_reason", least=5, most=200, missing="Dites pourquoi, en quelques mots."
    )
    row = watch(commitments_visible_to(actor).get(pk=commitment_id))
    about(contract_id=row.contract_id)
    total = format_hours(sum((one.hours for one in outside), ZERO))
    fate = "restent comptées" if decided.keep else "sont à corriger"
    because(f"{total} validées hors des nouvelles règles {fate} : {reason}")
    return commitment_id


@operation("hours.outside.corrected")
def correct_outside(
    *, actor: Actor, commitment_uid: UUID, reason: str, at: datetime, on: date
) -> int:
    """Bring to zero, by lines that cite them, the validated lines that the rules of today do not take; return how many.

    Hours beyond a cap of training, and those under reserve, are left to be looked at one by one.
    Raises WrongState (none), Invalid, NotAllowed, Absent.
    """
    key = commitment_key(actor, commitment_uid)
    found = outside_rules(actor=actor, on=on, commitment_ids=[key.id])
    lines = [one.line_uid for one in outside_shown(actor=actor, found=found) if one.may_be_corrected]
    if not lines:
        raise WrongState("Aucune ligne validée n'est hors des règles : il n'y a rien à corriger.")
    if not reason.strip():
        raise Invalid({"reason": "Dites pourquoi ces lignes sont corrigées."})
    row = watch(commitments_visible_to(actor).get(pk=key.id))
    about(contract_id=row.contract_id)
    because(reason)
    for uid in lines:
        if uid is not None:
            correct_line(actor=actor, line_uid=uid, new_hours=ZERO, reason=reason, at=at, on=on)
    return len(lines)
