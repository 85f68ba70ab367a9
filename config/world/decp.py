"""An official file of our own (DECP v2.0.3): five records, of which one is already typed; then it is taken in.

The typed one has an avenant and a sub-contractor that its facilitator did not know of: they wait on « Ma journée ».
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from clausette.imports.operations import apply_batch, take_in_decp
from clausette.kernel.months import add_months
from clausette.procurement.queries import contracts_visible_to
from config.world.buying import Market, Signed
from config.world.cast import BODY
from config.world.plan import Bought
from config.world.stage import Stage, at


@dataclass(frozen=True, slots=True)
class Published:
    """One record: `months` before the end of the world, notified. Amount in euros without tax."""

    number: str
    buyer: str
    firms: tuple[str, ...]
    title: str
    cpv: str
    amount: int
    duration: int
    months: int
    social: str = "Clause sociale"
    technique: str = "Sans objet"
    modality: str = "Tranches"
    ccag: str = "Travaux"
    avenant: tuple[int, int] | None = None
    """New amount, new duration: five months after the notification, with a sub-contractor declared two before."""


SUBCONTRACTOR = "87654321600017"  # a firm that nobody has named yet
RECORDS = (
    Published(
        "2026-V-003", "metropole", ("voirie",), "Réaménagement des voiries du quartier Bellevue", "45233140-2",
        2_100_000, 19, 10, avenant=(2_205_000, 21),
    ),
    Published(
        "2026-T-027", "metropole", ("ferrand", "castan"), "Extension de l'accueil de loisirs des Coquelicots",
        "45214200-2", 1_380_000, 14, 2,
    ),
    Published(
        "2026-S-011", "metropole", ("paysages",), "Entretien des espaces verts, accord-cadre à bons de commande",
        "77310000-6", 1_200_000, 48, 3, technique="Accord-cadre", modality="Bons de commande",
        ccag="Fournitures courantes et services",
    ),
    Published(
        "D-2026-058", "departement", ("rivoire",), "Mise aux normes électriques de quatre collèges", "45311000-0",
        860_000, 12, 2,
    ),
    Published(
        "OH-2026-09", "bailleur", ("proprete",), "Nettoyage des parties communes du patrimoine", "90911200-8",
        540_000, 36, 1, ccag="Fournitures courantes et services", modality="Sans objet",
    ),
)  # fmt: skip


def official_file(as_of: date) -> bytes:
    """The bytes of the file, as a buyer's portal publishes it."""
    records = [_record(one, as_of) for one in RECORDS]
    return json.dumps({"marches": {"marche": records}}, ensure_ascii=False, indent=1).encode("utf-8")


def _record(one: Published, as_of: date) -> dict[str, Any]:
    notified = add_months(as_of.replace(day=3), -one.months)
    firms = [{"titulaire": {"typeIdentifiant": "SIRET", "id": BODY[firm].siret}} for firm in one.firms]
    return {
        **(_later(one.avenant, notified) if one.avenant else {}),
        "id": one.number,
        "acheteur": {"id": BODY[one.buyer].siret},
        "nature": "Marché",
        "objet": one.title,
        "codeCPV": one.cpv,
        "techniques": {"technique": [one.technique]},
        "modalitesExecution": {"modaliteExecution": [one.modality]},
        "marcheInnovant": False,
        "ccag": one.ccag,
        "offresRecues": 3,
        "attributionAvance": True,
        "tauxAvance": 0.05,
        "typeGroupementOperateurs": "Solidaire" if len(firms) > 1 else "Pas de groupement",
        "sousTraitanceDeclaree": one.avenant is not None,
        "procedure": "Procédure adaptée",
        "lieuExecution": {"code": "99", "typeCode": "Code département"},
        "dureeMois": one.duration,
        "dateNotification": notified.isoformat(),
        "datePublicationDonnees": min(add_months(notified, 1), as_of).isoformat(),
        "montant": one.amount,
        "typesPrix": {"typePrix": ["Définitif révisable"]},
        "formePrix": "Forfaitaire",
        "titulaires": firms,
        "considerationsSociales": {"considerationSociale": [one.social]},
        "considerationsEnvironnementales": {
            "considerationEnvironnementale": ["Pas de considération environnementale"]
        },
    }


def _later(avenant: tuple[int, int], notified: date) -> dict[str, Any]:
    """An avenant and an act of sub-contracting, as published after the notification."""
    amount, months = avenant
    act = {
        "id": 1,
        "sousTraitant": {"typeIdentifiant": "SIRET", "id": SUBCONTRACTOR},
        "dureeMois": 4,
        "dateNotification": add_months(notified, 3).isoformat(),
        "datePublicationDonnees": add_months(notified, 4).isoformat(),
        "montant": 96_000,
        "variationPrix": "Révisable",
    }
    change = {
        "id": 1,
        "dateNotificationModification": add_months(notified, 5).isoformat(),
        "datePublicationDonneesModification": add_months(notified, 6).isoformat(),
        "montant": amount,
        "dureeMois": months,
    }
    return {"actesSousTraitance": [{"acteSousTraitance": act}], "modifications": [{"modification": change}]}


def import_records(stage: Stage, market: Market) -> UUID:
    """The facilitator takes the file in as published; return the batch."""
    as_of = stage.calendar.as_of
    with stage.structure("plie") as actor:
        name = f"decp-{as_of:%Y-%m}.json"
        batch = take_in_decp(actor=actor, name=name, data=official_file(as_of), on=as_of)
        apply_batch(actor=actor, batch_uid=batch, at=at(as_of), on=as_of)
        numbers = {one.number: one for one in RECORDS}
        made = (
            contracts_visible_to(actor).filter(official_id__in=numbers, source="decp").order_by("official_id")
        )
        for number, uid, pk, title in made.values_list("official_id", "uid", "id", "title"):
            told = numbers[number]
            plan = Bought(number, "plie", title, title, told.buyer, number, told.amount)
            market.contracts[number] = Signed(plan, uid, pk)
    return batch
