"""The nature of hours as payroll writes it: worked, training, what counts for nothing, what is not hours at all."""

import re
from dataclasses import dataclass
from functools import lru_cache

from clausette.hours.enums import HoursKind
from clausette.kernel.text import search_key


@dataclass(frozen=True, slots=True)
class Nature:
    """What a word of the file means. `kind`: it counts so. `uncounted`: the word of what counts for nothing.

    `money`: a sum of money, not hours. `supposed`: the word is not known, work is supposed.
    """

    kind: HoursKind | None = None
    uncounted: str = ""
    money: bool = False
    supposed: bool = False


WORK, TRAINING = Nature(HoursKind.WORK), Nature(HoursKind.TRAINING)
MONEY = Nature(money=True)
# in this order: « prime de panier sur absence » is money, « absence formation » is an absence
_MONEY = re.compile(
    r"\b(?:primes?|indemnites?|indem|ind|paniers?|ifm|iccp|acomptes?|cotisations?|frais|mutuelle|net|brut|transport|"
    r"trajets?|zone|igd|tickets?|remboursements?|retenue|csg|crds|gratification)\b"
)
_UNCOUNTED = (
    (re.compile(r"\b(?:intemperies?|cibtp)\b"), "intempéries"),
    (re.compile(r"\b(?:conges?|cp|rtt|recup|recuperation|ferie|feries|jour ferie|repos)\b"), "congés"),
    (re.compile(r"\b(?:absences?|abs|maladie|accident|arret|carence|activite partielle|chomage|greve)\b"), "absence"),
    (re.compile(r"\b(?:tutorat|tuteur)\b"), "tutorat"),
    (re.compile(r"\b(?:stage|pmsmp|immersion)\b"), "stage"),
)
_TRAINING = re.compile(r"\b(?:formations?|cfa|h form)\b")
_WORK = re.compile(
    r"\b(?:travail|travaillees?|trav|normales?|base|salaire|supp?|supplementaires?|complementaires?|hs|hc|hn|heures?|h|"
    r"nuit|jour|mission|production|chantier|dimanche|samedi|effectif|effectives?|reelles?|realisees?|25|50)\b"
)


@lru_cache(maxsize=4096)
def nature_of(text: str) -> Nature:
    """Return what a nature written in a file means; nothing written: work."""
    key = search_key(text)
    if not key:
        return WORK
    if _MONEY.search(key):
        return MONEY
    for words, told in _UNCOUNTED:
        if words.search(key):
            return Nature(uncounted=told)
    if _TRAINING.search(key):
        return TRAINING
    return WORK if _WORK.search(key) else Nature(HoursKind.WORK, supposed=True)
