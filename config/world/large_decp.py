"""A large official file, invented: as many records as asked, each as long as those that portals publish."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, BinaryIO

from clausette.access.enums import Capability
from config.world.cast import BODY

KNOWN_EVERY = 400
"""One record in so many is of a known buyer."""
CLAUSE_EVERY = 16
START = date(2025, 1, 2)
_TITLES = (
    "Travaux de rénovation énergétique du groupe scolaire, lot menuiseries extérieures et occultations",
    "Entretien des espaces verts et des terrains de sport communautaires, accord-cadre à bons de commande",
    "Nettoyage des locaux administratifs et des vitreries des bâtiments publics de la collectivité",
    "Réaménagement de la voirie et des réseaux divers du centre-bourg, tranche ferme et tranches optionnelles",
)
_CPV = ("45421000-4", "77310000-6", "90911200-8", "45233140-2")


def known_buyers() -> tuple[str, ...]:
    """SIRET of the buyers of the demonstration, so that its structures find their own records in the file."""
    return tuple(body.siret for body in BODY.values() if Capability.BUYER in body.capabilities)


def write_large(stream: BinaryIO, *, records: int, bodies: Sequence[str] = ()) -> int:
    """Write the file as it is made, without holding it; return its size in bytes."""
    size = stream.write(b'{"marches": {"marche": [')
    for number in range(records):
        text = json.dumps(_record(number, bodies), ensure_ascii=False, indent=1)
        size += stream.write((",\n" if number else "\n").encode() + text.encode())
    return size + stream.write(b"\n]}}\n")


@lru_cache(maxsize=100_000)
def siret_of(number: int) -> str:
    """A SIRET whose key is right, made of a number."""
    base = f"{20_000_000 + number:08d}"
    siren = next(f"{base}{digit}" for digit in range(10) if _luhn(f"{base}{digit}"))
    return next(f"{siren}0001{digit}" for digit in range(10) if _luhn(f"{siren}0001{digit}"))


def _luhn(digits: str) -> bool:
    doubled = (int(char) * (2 if place % 2 else 1) for place, char in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _record(number: int, bodies: Sequence[str]) -> dict[str, Any]:
    notified = START + timedelta(days=number % 680)
    known = bodies and number % KNOWN_EVERY == 0
    buyer = bodies[number // KNOWN_EVERY % len(bodies)] if known else siret_of(number % 9_000)
    social = "Clause sociale" if number % CLAUSE_EVERY == 0 else "Pas de considération sociale"
    return {
        "id": f"2025-{number:06d}",
        "acheteur": {"id": buyer},
        "nature": "Marché",
        "objet": f"{_TITLES[number % 4]}, opération n° {number}",
        "codeCPV": _CPV[number % 4],
        "techniques": {"technique": ["Sans objet"]},
        "modalitesExecution": {"modaliteExecution": ["Tranches"]},
        "marcheInnovant": False,
        "ccag": "Travaux",
        "offresRecues": number % 9 + 1,
        "attributionAvance": True,
        "tauxAvance": 0.05,
        "typeGroupementOperateurs": "Pas de groupement",
        "sousTraitanceDeclaree": False,
        "procedure": "Procédure adaptée",
        "lieuExecution": {"code": f"{number % 95 + 1:02d}{number % 700:03d}", "typeCode": "Code commune"},
        "dureeMois": number % 48 + 1,
        "dateNotification": notified.isoformat(),
        "datePublicationDonnees": (notified + timedelta(days=40)).isoformat(),
        "montant": 40_000.5 + number * 7,
        "typesPrix": {"typePrix": ["Définitif révisable"]},
        "formePrix": "Forfaitaire",
        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": siret_of(9_000 + number % 40_000)}}],
        "considerationsSociales": {"considerationSociale": [social]},
        "considerationsEnvironnementales": {
            "considerationEnvironnementale": ["Pas de considération environnementale"]
        },
    }
