"""What concerns a structure in an official file: its buyers, those of its studies, its departments."""

from clausette.access.queries import own_organisation
from clausette.advice.queries import studies_visible_to
from clausette.advice.rules import department_of
from clausette.imports.decp import Interest
from clausette.imports.queries.held import SIREN_DIGITS
from clausette.kernel.actor import Actor
from clausette.procurement.queries import territory_of


def departments_of(*, actor: Actor) -> frozenset[str]:
    """Return the departments of a structure: those of its contracts, of its buyers and its own (two queries)."""
    own = own_organisation(actor=actor)
    codes = {*territory_of(actor=actor).codes, own.commune_code}
    return frozenset(found for code in codes if (found := department_of(code)))


def interest_of(*, actor: Actor) -> Interest:
    """Return the legal bodies and the departments that concern a structure (three queries)."""
    studied = studies_visible_to(actor).exclude(buyer__siret=None).order_by()
    sirets = studied.values_list("buyer__siret", flat=True).distinct()
    bodies = {siret[:SIREN_DIGITS] for siret in sirets if siret}
    return Interest(territory_of(actor=actor).bodies | bodies, departments_of(actor=actor))
