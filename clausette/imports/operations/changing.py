"""Published changes of a contract followed: kept when a file is applied, then said to be dealt with."""

from datetime import date
from uuid import UUID

from clausette.imports import permissions
from clausette.imports.models import ImportBatch, OfficialChange
from clausette.imports.queries.changes import changes_visible_to
from clausette.imports.queries.held import HeldHere
from clausette.imports.rules import Published, official_changes
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse

LONGEST_NOTE = 300


def note_changes(batch: ImportBatch, said: Published, held: HeldHere, *, on: date) -> int:
    """Keep, inside the running operation, what a record changes of a contract held; return how many are new.

    Called before the contract is written: `held` is what was there. The same change told twice is kept once.
    """
    plans = official_changes(said, held.facts, tied=held.known.fingerprint is not None)
    if not plans:
        return 0
    kept = OfficialChange.objects.filter(contract_id=held.id)
    known = set(kept.order_by("id").values_list("kind", "mark"))
    new = [plan for plan in plans if (plan.kind.value, plan.mark) not in known]
    for plan in new:
        created(
            OfficialChange(
                owner_org_id=batch.owner_org_id,
                contract_id=held.id,
                batch=batch,
                kind=plan.kind,
                mark=plan.mark,
                source=plan.source,
                before=plan.before,
                after=plan.after,
                published_on=plan.published_on,
                seen_on=on,
            )
        )
    return len(new)


@operation("imports.change.closed")
def close_change(*, actor: Actor, uid: UUID, on: date, note: str = "") -> UUID:
    """Say that a published change is dealt with, on a day, and what was done; return the uid of the contract.

    Raises NotAllowed, Absent, WrongState (dealt with already), Invalid (note too long).
    """
    demand(permissions.can_import(actor))
    seen = changes_visible_to(actor)
    row = lock(seen, uid=uid)
    if row.dealt_on is not None:
        raise WrongState(f"Ce changement est déjà traité, le {format_date(row.dealt_on)}.")
    note = collapse(note)
    if len(note) > LONGEST_NOTE:
        raise Invalid({"note": f"{LONGEST_NOTE} caractères au plus."})
    because(note)
    change(row, dealt_on=on, dealt_by_id=actor.account_id, dealt_note=note)
    found = seen.filter(pk=row.pk).values_list("contract__uid", flat=True).first()
    if found is None:
        raise Absent("procurement.Contract")
    return found
