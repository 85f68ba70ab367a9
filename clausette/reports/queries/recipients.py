"""To whom a document of a marché may be sent: the contacts of its maître d'ouvrage that have an address."""

from clausette.kernel.actor import Actor
from clausette.procurement.queries import ContactLine, contacts_of, contract_keys


def recipients_of(*, actor: Actor, contract_id: int | None) -> tuple[ContactLine, ...]:
    """Return the contacts, kept by the actor's structure, of the maître d'ouvrage of a marché (two queries)."""
    key = contract_keys(actor, [contract_id]).get(contract_id) if contract_id is not None else None
    if key is None or contract_id is None:
        return ()
    held = contacts_of(actor=actor, contract_id=contract_id)
    return tuple(one for one in held if one.email and one.organisation_uid == key.buyer_uid)
