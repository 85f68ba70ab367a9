"""Default rules of a structure, and the conditions of one engagement: publics, modalities, statements, counting."""

from datetime import date
from typing import Unpack
from uuid import UUID

from clausette.commitments import permissions
from clausette.commitments.models import StructureDefaults
from clausette.commitments.models.conditions import CONDITIONS
from clausette.commitments.operations.creating import EngagementOptions, Options, columns
from clausette.commitments.operations.writing import locked
from clausette.commitments.queries.visibility import defaults_visible_to
from clausette.commitments.rules import check_expected, check_since, held_on
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse

REPLACED = "Remplacées par d'autres du même jour."


@operation("commitments.defaults.changed")
def change_defaults(
    *, actor: Actor, on: date, starts_on: date | None = None, reason: str = "", **options: Unpack[Options]
) -> UUID:
    """Write what the structure proposes for each new engagement from a day on (None: from the start); return the uid.

    Options left out stay those of that day. Counting rules and controls of the engagements that say nothing follow
    them from that month on, until the next rules; those of the same day are replaced. Raises NotAllowed, Invalid.
    """
    demand(permissions.can_set_defaults(actor))
    values = columns(options)
    seen = defaults_visible_to(actor).filter(owner_org_id=actor.organisation_id, withdrawn_on=None)
    rows = list(seen.order_by("id"))
    check_since(starts_on, on=on, anything=bool(rows), reason=reason)
    held = held_on(rows, starts_on or date.min)
    before = {name: getattr(held, name) for name in CONDITIONS} if held else {}
    if held and before == before | values:
        raise Invalid({"": "Ce sont déjà les règles de ce jour : rien n'est changé."})
    if held and held.starts_on == starts_on:
        change(lock(seen, pk=held.pk), withdrawn_on=on, withdrawn_reason=REPLACED)
    told = collapse(reason)[:300]
    because(told)
    said = StructureDefaults(
        owner_org_id=actor.organisation_id, starts_on=starts_on, reason=told, **(before | values)
    )
    return created(said).uid


@operation("commitments.defaults.withdrawn")
def withdraw_defaults(*, actor: Actor, uid: UUID, on: date, reason: str) -> UUID:
    """Take back default rules typed wrong: those before them hold in their place. Return the uid.

    Raises NotAllowed, Absent, WrongState (already withdrawn, or from the start), Invalid.
    """
    demand(permissions.can_set_defaults(actor))
    row = lock(defaults_visible_to(actor).filter(owner_org_id=actor.organisation_id), uid=uid)
    if row.withdrawn_on is not None:
        raise WrongState("Ces règles sont déjà retirées.")
    if row.starts_on is None:
        raise WrongState("Les premières règles ne se retirent pas : dites-en d'autres, depuis le début.")
    told = collapse(reason)[:300]
    if not told:
        raise Invalid({"reason": "Donnez le motif du retrait."})
    because(told)
    return change(row, withdrawn_on=on, withdrawn_reason=told).uid


@operation("commitments.commitment.changed")
def change_conditions(*, actor: Actor, uid: UUID, **options: Unpack[EngagementOptions]) -> UUID:
    """Change the conditions of an engagement; not its hours due (by a version), nor its controls (by a dated rule).

    Raises NotAllowed, Absent, WrongState (settled), Invalid.
    """
    row = locked(actor, uid)
    if "controls_off" in options:
        raise Invalid({"controls_off": "Un contrôle s'éteint à partir d'un jour : dites-le sur la page « Contrôles »."})
    check_expected(options.get("expected_from"), starts_on=row.starts_on)
    values = columns(options)
    if not values:
        raise Invalid({"": "Rien n'est changé."})
    change(row, **values)
    return row.uid
