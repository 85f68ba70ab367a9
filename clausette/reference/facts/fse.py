"""Common indicators of the FSE+ on participants: code, words, moment, how each is computed here, or why it is not.

Source: règlement (UE) 2021/1057, annexe I; the list and the definitions are from memory, to be checked against the
toolbox of the Commission. EECO18 and EECO19 are about bodies, not persons: they are not here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from clausette.reference.enums import Reliability

Moment = Literal["entry", "exit", "later"]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator. `not_computed`: « » when it is computed, else the French reason."""

    code: str
    label: str
    moment: Moment
    rule: str
    sensitive: bool = False
    not_computed: str = ""
    starts_on: date = date(2021, 7, 1)
    source: str = "Règlement (UE) 2021/1057, annexe I (de mémoire, à vérifier)"
    reliability: Reliability = Reliability.HIGH


_SURVEY = "non calculé : enquête de l'autorité de gestion"

INDICATORS: tuple[IndicatorRow, ...] = (
    IndicatorRow(
        "EECO01", "Participants", "entry", "personnes entrées ; qui revient compte une fois, par sa première entrée"
    ),
    IndicatorRow("EECO02", "Chômeurs, y compris de longue durée", "entry", "demandeurs d'emploi à l'entrée"),
    IndicatorRow(
        "EECO03", "Chômeurs de longue durée", "entry",
        "plus de 6 mois de chômage avant 25 ans, plus de 12 mois à partir de 25 ans", reliability=Reliability.MEDIUM,
    ),
    IndicatorRow("EECO04", "Personnes inactives", "entry", "ni en emploi ni demandeur d'emploi"),
    IndicatorRow("EECO05", "Personnes en emploi, indépendants compris", "entry", "en emploi à l'entrée"),
    IndicatorRow("EECO06", "Enfants de moins de 18 ans", "entry", "âge le jour de l'entrée"),
    IndicatorRow("EECO07", "Jeunes de 18 à 29 ans", "entry", "âge le jour de l'entrée"),
    IndicatorRow("EECO08", "Participants de 55 ans et plus", "entry", "âge le jour de l'entrée"),
    IndicatorRow("EECO09", "Au plus le premier cycle du secondaire", "entry", "niveau CITE 0 à 2"),
    IndicatorRow("EECO10", "Deuxième cycle du secondaire ou post-secondaire", "entry", "niveau CITE 3 ou 4"),
    IndicatorRow("EECO11", "Enseignement supérieur", "entry", "niveau CITE 5 à 8"),
    IndicatorRow("EECO12", "Participants handicapés", "entry", "réponse oui ; refus permis", sensitive=True),
    IndicatorRow("EECO13", "Ressortissants de pays tiers", "entry", "nationalité hors Union", sensitive=True),
    IndicatorRow(
        "EECO14", "Participants d'origine étrangère", "entry", "réponse oui ; refus permis", sensitive=True,
        reliability=Reliability.MEDIUM,
    ),
    IndicatorRow(
        "EECO15", "Minorités", "entry", "", sensitive=True,
        not_computed="non calculé : non recueilli par personne en France",
    ),
    IndicatorRow("EECO16", "Sans-abri ou exclus du logement", "entry", "réponse oui ; refus permis", sensitive=True),
    IndicatorRow(
        "EECO17", "Participants de zones rurales", "entry", "",
        not_computed="non calculé : demande le degré d'urbanisation (DEGURBA) de chaque commune",
    ),
    IndicatorRow("EECR01", "En recherche d'emploi à la sortie", "exit", "inactif à l'entrée, en recherche à la sortie"),
    IndicatorRow("EECR02", "En formation à la sortie", "exit", "pas en formation à l'entrée, en formation à la sortie"),
    IndicatorRow("EECR03", "Qualification obtenue à la sortie", "exit", "réponse oui à la sortie"),
    IndicatorRow("EECR04", "En emploi à la sortie", "exit", "pas en emploi à l'entrée, en emploi à la sortie"),
    IndicatorRow("EECR05", "En emploi six mois après", "later", "", not_computed=_SURVEY),
    IndicatorRow("EECR06", "Situation améliorée six mois après", "later", "", not_computed=_SURVEY),
)  # fmt: skip
