"""Official files made for the tests: one good record, changed as a test needs."""

import copy
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import stdnum.luhn

from clausette.imports.operations import take_in_decp
from clausette.kernel.actor import Actor
from tests.hats import TODAY, acting

SAMPLES = Path(__file__).parent / "samples"
BUYER, FIRM, OTHER = (
    "73282932000074",
    "44306184100047",
    "38012986646850",
)  # those of tests.procurement.builders


def record(number: str = "2026-01", **values: Any) -> dict[str, Any]:
    """A good record of one firm, without modification nor subcontractor; `values` replace its keys (None: absent)."""
    sample = json.loads((SAMPLES / "decp_marche.json").read_text(encoding="utf-8"))["marches"]["marche"][0]
    one: dict[str, Any] = copy.deepcopy(sample)
    for key in ("actesSousTraitance", "modifications", "modificationsActesSousTraitance"):
        del one[key]
    one |= {
        "id": number,
        "acheteur": {"id": BUYER},
        "titulaires": firms(FIRM),
        "sousTraitanceDeclaree": False,
    }
    one |= {"typeGroupementOperateurs": "Pas de groupement", **values}
    return {key: value for key, value in one.items() if value is not None}


def firms(*ids: str) -> list[dict[str, Any]]:
    """The list « titulaires » of these SIRET."""
    return [{"titulaire": {"typeIdentifiant": "SIRET", "id": one}} for one in ids]


def official_file(*records: Any, concessions: tuple[Any, ...] = ()) -> bytes:
    """The bytes of a file of these records."""
    lists: dict[str, Any] = {"marche": list(records)}
    if concessions:
        lists["contrat-concession"] = list(concessions)
    return json.dumps({"marches": lists}, ensure_ascii=False).encode()


def siret(number: int) -> str:
    """A SIRET with a right key, different for each number."""
    body = f"{990000000 + number:09d}"[:8]
    siren = body + str(stdnum.luhn.calc_check_digit(body))
    nic = f"{siren}{number % 10000:04d}"
    return nic + str(stdnum.luhn.calc_check_digit(nic))


def take(who: Actor, *records: Any, name: str = "decp.json", concessions: tuple[Any, ...] = ()) -> UUID:
    """Take in a file of these records; return the batch."""
    with acting(who) as actor:
        data = official_file(*records, concessions=concessions)
        return take_in_decp(actor=actor, name=name, data=data, on=TODAY)
