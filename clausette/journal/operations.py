"""The recorder that the kernel's operations call. Not itself an operation: it is the journal of all of them."""

from collections.abc import Collection, Sequence

from django.db.models import Model

from clausette.journal import rules
from clausette.journal.models import Event
from clausette.kernel.bulk import insert_keyed
from clausette.kernel.operation import Change


def ordinary_fields(model: type[Model]) -> Collection[str]:
    """Return the field names that the model declares not personal (none when it declares nothing)."""
    privacy = getattr(model, "Privacy", None)
    return frozenset(getattr(privacy, "ordinary", ()))


def _contract_of(change: Change) -> int | None:
    if change.contract_id is not None:
        return change.contract_id
    if change.row._meta.label_lower == "procurement.contract":
        return int(change.row.pk)
    found = getattr(change.row, "contract_id", None)
    return int(found) if found is not None else None


def _event(change: Change) -> Event:
    row, ordinary = change.row, ordinary_fields(type(change.row))
    owner = getattr(row, "owner_org_id", None) or getattr(row, "registered_by_id", None)
    current = {
        f.name: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname in row.__dict__
    }
    return Event(
        verb=change.verb,
        account_id=change.actor.account_id,
        account_name=change.actor.account_name,
        organisation_id=change.actor.organisation_id,
        acting_org=change.actor.mandate.holder_id if change.actor.mandate else None,
        owner_org=owner,
        subject_type=row._meta.label_lower,
        subject_uid=getattr(row, "uid", None),
        subject_label=rules.label(current, ordinary),
        contract_id=_contract_of(change),
        before=rules.written(change.before, ordinary),
        after=(rules.written(change.after, ordinary) or {}) | change.beside,
        reason=change.reason,
    )


def record(changes: Sequence[Change]) -> None:
    """Append one event per change, in the transaction of the operation."""
    insert_keyed(map(_event, changes))
