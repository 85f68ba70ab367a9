"""Official files made for the tests: one good record, changed as a test needs."""

import copy
import json
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

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


def avenant(number: int, **values: Any) -> dict[str, Any]:
    """A published modification; `values` replace its keys (None: absent)."""
    one: dict[str, Any] = {
        "id": number, "dateNotificationModification": "2026-09-10", "montant": 1_048_000.25,
        "datePublicationDonneesModification": "2026-09-30", **values,
    }  # fmt: skip
    return {"modification": {key: value for key, value in one.items() if value is not None}}


def act(number: int, firm: str = OTHER, **values: Any) -> dict[str, Any]:
    """A declared subcontract."""
    one = {
        "id": number, "sousTraitant": {"typeIdentifiant": "SIRET", "id": firm}, "dureeMois": 4, "montant": 84500.5,
        "dateNotification": "2026-04-20", "datePublicationDonnees": "2026-05-04", "variationPrix": "Ferme", **values,
    }  # fmt: skip
    return {"acteSousTraitance": one}


def act_changed(number: int, **values: Any) -> dict[str, Any]:
    """A change of a declared subcontract."""
    one = {
        "id": number, "dateNotificationModificationSousTraitance": "2026-07-01", "montant": 90000,
        "datePublicationDonnees": "2026-07-15", **values,
    }  # fmt: skip
    return {"modificationActeSousTraitance": one}


def concession(number: str = "DSP-01", **values: Any) -> dict[str, Any]:
    """A good concession of one firm; `values` replace its keys (None: absent)."""
    one: dict[str, Any] = {
        "id": number, "autoriteConcedante": {"id": BUYER}, "nature": "Délégation de service public",
        "objet": "Exploitation du réseau de chaleur des Quatre-Vents", "procedure": "Procédure négociée ouverte",
        "dureeMois": 120, "dateSignature": "2026-02-10", "datePublicationDonnees": "2026-02-20",
        "dateDebutExecution": "2026-04-01", "valeurGlobale": 12_500_000.5, "montantSubventionPublique": 0,
        "concessionnaires": [{"concessionnaire": {"typeIdentifiant": "SIRET", "id": FIRM}}],
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
        "considerationsEnvironnementales": {"considerationEnvironnementale": ["Clause environnementale"]},
        **values,
    }  # fmt: skip
    return {key: value for key, value in one.items() if value is not None}


def year(day: str = "2026-10-01") -> dict[str, Any]:
    """What is published of one year of a concession."""
    tariff = {"tarif": {"intituleTarif": "Abonnement", "tarif": 14.29}}
    figures = {"datePublicationDonneesExecution": day, "depensesInvestissement": 250_000, "tarifs": [tariff]}
    return {"donneesAnnuelles": figures}


def as_xml(*records: Any, concessions: tuple[Any, ...] = (), head: str = "") -> str:
    """The same records, written as the XML of the official format has them; booleans in French."""
    inside = [*(("marche", one) for one in records), *(("contrat-concession", one) for one in concessions)]
    return f"{head}<marches>{''.join(_element(name, value) for name, value in inside)}</marches>"


def _element(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"<{name}>{''.join(_inside(key, item) for key, item in value.items())}</{name}>"
    if isinstance(value, bool):
        return f"<{name}>{'oui' if value else 'non'}</{name}>"
    return f"<{name}>{escape(str(value))}</{name}>"


def _inside(key: str, value: Any) -> str:
    """A list is either the wrapped objects of a group, or one element repeated."""
    if not isinstance(value, list):
        return _element(key, value)
    if all(isinstance(item, dict) for item in value):
        wrapped = "".join(_inside(name, inner) for item in value for name, inner in item.items())
        return f"<{key}>{wrapped}</{key}>"
    return "".join(_element(key, item) for item in value)
