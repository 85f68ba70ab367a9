"""The cast of procurement: two structures, two buyers, two firms, and contracts made through operations."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.access.models import Organisation
from clausette.kernel.actor import Actor
from clausette.procurement.operations import LotEntry, award, create_contract
from tests.hats import TODAY, acting, as_owner
from tests.world import body, member

SIRETS = ("73282932000074", "55208131766522", "44306184100047", "38012986646850", "54205118000066")


def organisation_uid(actor: Actor) -> UUID:
    """The uid of the organisation an actor acts for."""
    with as_owner():
        return Organisation.objects.get(pk=actor.organisation_id).uid


@dataclass(frozen=True)
class Cast:
    """Everybody is a member of an organisation of their own."""

    pilot: Actor
    stranger: Actor
    buyer: Actor
    other_buyer: Actor
    firm: Actor
    other_firm: Actor

    def uid(self, who: str) -> UUID:
        """The uid of the organisation of one of the cast."""
        return organisation_uid(getattr(self, who))


def cast() -> Cast:
    """Write the cast."""
    return Cast(
        pilot=member(body("PLIE du Lys", "facilitator"), "ana@lys.example"),
        stranger=member(body("Maison de l'emploi d'Ouche", "facilitator"), "bob@ouche.example"),
        buyer=member(body("Métropole du Lys", "buyer", siret=SIRETS[0]), "meg@metropole.example"),
        other_buyer=member(body("Habitat Ouche", "buyer", siret=SIRETS[1]), "hal@habitat.example"),
        firm=member(body("Bâti Ouche", "contractor", siret=SIRETS[2]), "bao@bati.example"),
        other_firm=member(body("Toitures Morel", "contractor", siret=SIRETS[3]), "tom@morel.example"),
    )


def contract(
    people: Cast, name: str = "Gymnase des Acacias", *, lots: int = 0, firm: str = "firm", number: str = ""
) -> UUID:
    """Record a contract of the métropole, awarded to a firm (to none with firm="")."""
    with acting(people.pilot) as actor:
        entries = [LotEntry(str(n), f"Lot numéro {n}") for n in range(1, lots + 1)]
        uid = create_contract(
            actor=actor,
            common_name=name,
            buyer_uid=people.uid("buyer"),
            official_id=number,
            consultation_on=date(2026, 1, 12),
            starts_on=date(2026, 3, 1),
            ends_on=date(2027, 6, 30),
            lots=entries,
            on=TODAY,
        )
        if firm:
            award(actor=actor, contract_uid=uid, contractor_uid=people.uid(firm), on=TODAY)
        return uid
