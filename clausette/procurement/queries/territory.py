"""Where a structure works and for whom, as its own contracts tell."""

from dataclasses import dataclass

from clausette.kernel.actor import Actor
from clausette.procurement.queries.visibility import contracts_visible_to

SIREN_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Territory:
    """Codes of the places of execution and of the communes of the buyers, as written; nine digits of the buyers."""

    codes: frozenset[str]
    bodies: frozenset[str]


def territory_of(*, actor: Actor) -> Territory:
    """Return the places and the buyers of the contracts that the structure follows itself (one query)."""
    rows = contracts_visible_to(actor).filter(owner_org_id=actor.organisation_id).order_by()
    found = set(rows.values_list("place_code", "buyer__commune_code", "buyer__siret").distinct())
    codes = {code for place, commune, _ in found for code in (place, commune) if code}
    return Territory(frozenset(codes), frozenset(siret[:SIREN_DIGITS] for *_, siret in found if siret))
