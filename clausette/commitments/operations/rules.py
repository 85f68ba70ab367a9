"""Default rules of a structure, and the conditions of one engagement: publics, modalities, statements, counting."""

from typing import Unpack
from uuid import UUID

from clausette.commitments import permissions
from clausette.commitments.models import StructureDefaults
from clausette.commitments.operations.creating import EngagementOptions, Options, columns
from clausette.commitments.operations.writing import locked
from clausette.commitments.queries.visibility import defaults_visible_to
from clausette.commitments.rules import check_expected
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, created, lock, operation


@operation("commitments.defaults.changed")
def change_defaults(*, actor: Actor, **options: Unpack[Options]) -> UUID:
    """Write what the structure proposes for each new engagement; those recorded keep theirs. Return the uid.

    Counting rules apply at once to the engagements that say nothing of them. Raises NotAllowed, Invalid.
    """
    demand(permissions.can_set_defaults(actor))
    values = columns(options)
    seen = defaults_visible_to(actor).filter(owner_org_id=actor.organisation_id)
    if not seen.exists():
        return created(StructureDefaults(owner_org_id=actor.organisation_id, **values)).uid
    return change(lock(seen, owner_org_id=actor.organisation_id), **values).uid


@operation("commitments.commitment.changed")
def change_conditions(*, actor: Actor, uid: UUID, **options: Unpack[EngagementOptions]) -> UUID:
    """Change the conditions of an engagement, hours due excepted (those change by a version).

    Raises NotAllowed, Absent, WrongState (settled), Invalid.
    """
    row = locked(actor, uid)
    check_expected(options.get("expected_from"), starts_on=row.starts_on)
    values = columns(options)
    if not values:
        raise Invalid({"": "Rien n'est changé."})
    change(row, **values)
    return row.uid
