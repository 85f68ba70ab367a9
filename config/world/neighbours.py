"""The bodies of world M: more structures, buyers, firms and lenders of people around those of world S."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.access.demonstration import PASSWORD
from clausette.access.enums import BodyKind, Capability, MemberRole
from clausette.access.install import install_organisation, make_account, seat
from clausette.access.operations import register_organisation
from clausette.access.queries import Seat, facilitator_seats, organisations, own_organisation
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from config.world.cast import BODY, Body
from config.world.names import LAST

TRADES = ("Maçonnerie", "Peinture", "Couverture", "Plomberie", "Paysages", "Travaux publics", "Propreté")
TOWNS = ("Aubenne", "Brissy", "Chanteloup", "Dorlisle", "Esparres", "Fontclair", "Grandval", "Hautmesnil", "Izeron")
FIRM = (Capability.CONTRACTOR, Capability.EMPLOYER)


@dataclass(frozen=True, slots=True)
class Bodies:
    """Internal numbers: maîtres d'ouvrage, the one that leads every groupement de commandes, titulaires, ETTI."""

    buyers: list[int]
    leader: int
    firms: list[int]
    employers: list[int]


def _body(number: int, name: str, kind: BodyKind, capabilities: tuple[Capability, ...], town: str) -> Body:
    return Body(f"m{number}", name, kind, capabilities, 1000 + number, town)


def register_bodies(actor: Actor, *, firms: int) -> Bodies:
    """Register the bodies of world M as a facilitator of world S does, found by their SIRET."""
    towns = [
        _body(n, f"Commune de {town}", BodyKind.MUNICIPALITY, (Capability.BUYER,), town)
        for n, town in enumerate(TOWNS)
    ]
    companies = [
        _body(100 + n, f"{TRADES[n % 7]} {LAST[n * 5 % len(LAST)]}", BodyKind.COMPANY, FIRM, TOWNS[n % 9])
        for n in range(firms)
    ]
    lenders = [
        _body(900 + n, f"{town} Intérim", BodyKind.ETTI, (Capability.EMPLOYER,), town)
        for n, town in enumerate(TOWNS[:5])
    ]
    known = [BODY[key] for key in ("metropole", "bailleur", "departement")]
    groups = [[*known, *towns], companies, lenders]
    uids = [[_registered(actor, one) for one in group] for group in groups]
    cards = organisations(actor=actor, uids=[uid for group in uids for uid in group])
    buyers, contractors, employers = ([cards[uid].id for uid in group] for group in uids)
    return Bodies(buyers, buyers[0], contractors, employers)


def _registered(actor: Actor, body: Body) -> UUID:
    return register_organisation(
        actor=actor, name=body.name, siret=body.siret, body_kind=body.kind, capabilities=body.capabilities,
        commune_name=body.commune,
    )  # fmt: skip


def install_structures(*, count: int, as_of: date) -> list[Seat]:
    """Write other structures as owner, each with one person who can sign in; return their seats."""
    since, seats = add_months(as_of, -36), []
    for n, town in enumerate(TOWNS[:count]):
        body = _body(950 + n, f"PLIE de {town}", BodyKind.PLIE, (Capability.FACILITATOR,), town)
        installer = install_organisation(
            name=body.name, body_kind=body.kind, capabilities=frozenset(body.capabilities), siret=body.siret,
            commune_name=town,
        )  # fmt: skip
        email = f"facilitateur@{town.lower()}.example"
        account = make_account(email=email, full_name=f"Alix {LAST[n]}", password=PASSWORD)
        uid = own_organisation(actor=installer).uid
        seat(account_id=account, organisation=uid, role=MemberRole.ADMIN, on=since)
        seats += facilitator_seats(email=email)
    return seats
