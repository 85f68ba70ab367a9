"""Reading the list of communes of the package « decoupage-administratif » (data: Licence Ouverte). Pure."""

import json
from dataclasses import dataclass

from clausette.kernel.text import search_key
from clausette.reference.districts import UnknownShape

KEPT = ("commune-actuelle", "arrondissement-municipal")
_SHORT = {"st": "saint", "ste": "sainte"}


@dataclass(frozen=True, slots=True)
class CommuneRecord:
    """A commune as the list tells it."""

    code: str
    name: str
    postcodes: tuple[str, ...]
    population: int

    @property
    def sort_key(self) -> str:
        """What it is sought by."""
        return search_key(self.name)


def spelt_out(text: str) -> str:
    """Return the key under which a commune is sought: « St-Étienne » and « Saint Étienne » have the same."""
    return " ".join(_SHORT.get(word, word) for word in search_key(text).split())


def read_communes(data: bytes) -> list[CommuneRecord]:
    """Return the communes of today and the arrondissements of Paris, Lyon and Marseille. Raises UnknownShape."""
    try:
        said = json.loads(data)
        return [
            CommuneRecord(
                one["code"], one["nom"], tuple(one.get("codesPostaux") or ()), int(one.get("population") or 0)
            )
            for one in said
            if one.get("type") in KEPT
        ]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnknownShape("Ce fichier n'est pas la liste des communes (JSON).") from error
