"""Who is who in the demonstration: bodies with a SIRET of valid key, people with a reserved e-mail domain."""

from dataclasses import dataclass

from clausette.access.enums import BodyKind as Kind
from clausette.access.enums import Capability as Can
from clausette.access.enums import MemberRole


@dataclass(frozen=True, slots=True)
class Body:
    """A body. `number` makes its SIRET; facilitators are installed, the others registered by a facilitator."""

    key: str
    name: str
    kind: Kind
    capabilities: tuple[Can, ...]
    number: int
    commune: str

    @property
    def siret(self) -> str:
        """A SIRET that passes its key, of a SIREN that was never given (9990…)."""
        siren = _keyed(f"9990{self.number:04d}")
        return _keyed(f"{siren}0001")


def _keyed(digits: str) -> str:
    """Add the last digit that makes the number pass Luhn's key."""
    total = 0
    for rank, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if rank % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"


FIRM = (Can.CONTRACTOR, Can.EMPLOYER)
TOWN, HILL, PORT = "Valmorel-sur-Orselle", "Saint-Aubin-les-Monts", "Port-Orselle"

BODIES = (
    Body("plie", "PLIE du Val d'Orselle", Kind.PLIE, (Can.FACILITATOR, Can.PRESCRIBER), 1, TOWN),
    Body("mde", "Maison de l'emploi des Trois Rivières", Kind.MDE, (Can.FACILITATOR,), 2, PORT),
    Body("metropole", "Orselle Métropole", Kind.METROPOLIS, (Can.BUYER,), 3, TOWN),
    Body("bailleur", "Orselle Habitat", Kind.LANDLORD, (Can.BUYER,), 4, TOWN),
    Body("departement", "Département de la Haute-Orselle", Kind.DEPARTMENT, (Can.BUYER, Can.FUNDER), 5, TOWN),
    Body("ferrand", "Bâtiments Ferrand", Kind.COMPANY, FIRM, 6, TOWN),
    Body("castan", "Menuiseries Castan", Kind.COMPANY, FIRM, 7, HILL),
    Body("rivoire", "Électricité Rivoire", Kind.COMPANY, FIRM, 8, TOWN),
    Body("voirie", "Routes et Réseaux d'Orselle", Kind.COMPANY, FIRM, 9, PORT),
    Body("proprete", "Clairevoie Propreté", Kind.COMPANY, FIRM, 10, TOWN),
    Body("paysages", "Paysages du Lauzet", Kind.COMPANY, FIRM, 11, HILL),
    Body("etti", "Passerelle Intérim", Kind.ETTI, (Can.EMPLOYER,), 12, TOWN),
    Body("etti2", "Coup d'Envoi Intérim", Kind.ETTI, (Can.EMPLOYER,), 13, PORT),
    Body("geiq", "GEIQ Bâtisseurs d'Orselle", Kind.GEIQ, (Can.EMPLOYER,), 14, TOWN),
    Body("jardins", "Les Jardins de la Presle", Kind.ACI, FIRM, 15, HILL),
    Body("compta", "Cabinet Delorme", Kind.COMPANY, (), 17, TOWN),
    Body("mission", "Mission locale des Rives d'Orselle", Kind.LOCAL_MISSION, (Can.PRESCRIBER,), 16, TOWN),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who signs in: `part` is what they come to do, in a few words."""

    key: str
    full_name: str
    body: str
    part: str
    role: MemberRole = MemberRole.ADMIN

    @property
    def email(self) -> str:
        """An address of a reserved domain: no mail can leave."""
        return f"{self.key}@{self.body}.example"


PEOPLE = (
    Person("nadia", "Nadia Berthier", "plie", "facilitatrice", MemberRole.MEMBER),
    Person("helene", "Hélène Vasseur", "plie", "directrice, administratrice de la structure"),
    Person("karim", "Karim Benali", "mde", "facilitateur"),
    Person("marc", "Marc Tissot", "metropole", "acheteur"),
    Person("sophie", "Sophie Aubry", "bailleur", "acheteuse"),
    Person("elodie", "Élodie Garnier", "departement", "acheteuse"),
    Person("ines", "Inès Ferrand", "ferrand", "entreprise titulaire"),
    Person("bruno", "Bruno Castan", "castan", "entreprise titulaire"),
    Person("paul", "Paul Lacombe", "etti", "entreprise de travail temporaire d'insertion"),
    Person("julie", "Julie Perrin", "etti2", "entreprise de travail temporaire d'insertion"),
    Person("thomas", "Thomas Reynaud", "geiq", "groupement d'employeurs"),
    Person("agnes", "Agnès Delorme", "compta", "comptable d'une entreprise"),
    Person("zoe", "Zoé Marchal", "mission", "prescriptrice"),
)

BODY = {body.key: body for body in BODIES}
PERSON = {person.key: person for person in PEOPLE}
STRUCTURES = ("plie", "mde")
VOICE = {"plie": "nadia", "mde": "karim"}
"""Who acts for each structure in the story."""
