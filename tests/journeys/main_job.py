"""The story told by the main journey: its days, its names, its official file."""

import copy
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from clausette.access.demonstration import PASSWORD
from clausette.kernel import clock
from clausette.kernel.months import add_months, first_day, last_day
from config.world.cast import BODY
from tests.journeys.installation import ROOT
from tests.journeys.page import Journey

TODAY = clock.today()
FIRST = add_months(first_day(TODAY), -2)  # the month typed by the facilitator
SECOND = add_months(first_day(TODAY), -1)  # the month declared by the firm
DECIDED = FIRST - timedelta(days=5)
TERM = last_day(add_months(FIRST, 17))
NAME = "Extension de l'école des Quatre-Vents"
PLIE, FERRAND, METROPOLE = "plie-du-val-d-orselle", "batiments-ferrand", "orselle-metropole"
NADIA, INES, MARC = "nadia@plie.example", "ines@ferrand.example", "marc@metropole.example"
SAMPLE = ROOT / "tests/imports/samples/decp_marche.json"


def decp_record(number: str, **values: Any) -> dict[str, Any]:
    """A record of the official format, bought by the métropole of the demonstration; `values` replace its keys."""
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))["marches"]["marche"][0]
    one: dict[str, Any] = copy.deepcopy(sample)
    for key in ("actesSousTraitance", "modifications", "modificationsActesSousTraitance"):
        del one[key]
    titulaire = {"titulaire": {"typeIdentifiant": "SIRET", "id": BODY["ferrand"].siret}}
    return one | {
        "id": number, "acheteur": {"id": BODY["metropole"].siret}, "objet": NAME, "titulaires": [titulaire],
        "sousTraitanceDeclaree": False, "typeGroupementOperateurs": "Pas de groupement", "montant": 1_000_000,
        "dateNotification": f"{FIRST - timedelta(days=9)}", "datePublicationDonnees": f"{FIRST}", "dureeMois": 18,
        **values,
    }  # fmt: skip


def decp_file(folder: Path, *records: dict[str, Any]) -> Path:
    """Write an official file of these records."""
    path = folder / "decp-orselle.json"
    path.write_text(json.dumps({"marches": {"marche": list(records)}}, ensure_ascii=False), encoding="utf-8")
    return path


def come(journey: Journey, email: str, slug: str) -> Journey:
    """Sign in and arrive at « Ma journée »."""
    journey.sign_in(email, PASSWORD)
    journey.page.wait_for_url(f"**/o/{slug}/")
    return journey


def uid_of(address: str) -> str:
    """The uid in an address: « …/engagements/<uid>/ »."""
    return next(part for part in address.split("?")[0].split("/") if part.count("-") == 4 and len(part) == 36)
