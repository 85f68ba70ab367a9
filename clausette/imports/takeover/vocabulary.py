"""Words of workbooks to the closed lists of the house."""

from collections.abc import Mapping
from enum import Enum

from clausette.hours.enums import TypedKind
from clausette.imports.takeover.keys import key as key_of
from clausette.participants.enums import Sex
from clausette.placements.enums import Modality, PlacementEnd, WorkContractKind
from clausette.procurement.enums import ContractKind, ContractNature

K, M, C, E = ContractKind, Modality, WorkContractKind, PlacementEnd
CONTRACT_KINDS: Mapping[str, ContractKind] = {
    "ac": K.FRAMEWORK, "accord cadre a bons de commande": K.FRAMEWORK, "bdc": K.ORDER, "commande": K.ORDER,
    "marche public": K.PUBLIC_CONTRACT, "marche de travaux": K.PUBLIC_CONTRACT, "mapa": K.PUBLIC_CONTRACT,
    "prive": K.PRIVATE, "ms": K.SUBSEQUENT, "delegation": K.DSP, "dsp": K.DSP,
}  # fmt: skip
NATURES: Mapping[str, ContractNature] = {
    "travail": ContractNature.WORKS, "tx": ContractNature.WORKS, "service": ContractNature.SERVICES,
    "prestation": ContractNature.SERVICES, "prestations": ContractNature.SERVICES,
    "fourniture": ContractNature.SUPPLIES,
}  # fmt: skip
MODALITIES: Mapping[str, Modality] = {
    "embauche directe": M.DIRECT, "direct": M.DIRECT, "directe": M.DIRECT, "embauche": M.DIRECT, "entreprise": M.DIRECT,
    "etti": M.ETTI, "mise a disposition etti": M.ETTI, "ai": M.AI, "association intermediaire": M.AI, "geiq": M.GEIQ,
    "eatt": M.EATT, "ett": M.ETT, "interim": M.ETT, "interim classique": M.ETT, "ei": M.SUBCONTRACT_EI,
    "entreprise d insertion": M.SUBCONTRACT_EI, "sous traitance ei": M.SUBCONTRACT_EI, "aci": M.SUBCONTRACT_ACI,
    "chantier d insertion": M.SUBCONTRACT_ACI, "ea": M.EA, "esat": M.ESAT, "regie": M.REGIE,
    "regie de quartier": M.REGIE, "autre": M.OTHER,
}  # fmt: skip
WORK_KINDS: Mapping[str, WorkContractKind] = {
    "interim": C.TEMP_MISSION, "mission": C.TEMP_MISSION, "ctt": C.TEMP_MISSION, "contrat de mission": C.TEMP_MISSION,
    "mission interim": C.TEMP_MISSION, "apprentissage": C.APPRENTICESHIP, "alternance": C.PROFESSIONALISATION,
    "contrat pro": C.PROFESSIONALISATION, "pro": C.PROFESSIONALISATION, "professionnalisation": C.PROFESSIONALISATION,
    "cddi": C.CDDI, "cdd insertion": C.CDDI, "cdd d insertion": C.CDDI, "cddu": C.CDDU, "cdii": C.TEMP_CDI,
    "cdd": C.CDD, "cdi": C.CDI,
}  # fmt: skip
ENDS: Mapping[str, PlacementEnd] = {
    "fin de contrat": E.TERM, "terme": E.TERM, "fin": E.TERM, "fin de mission": E.TERM, "demission": E.RESIGNATION,
    "abandon": E.RESIGNATION, "licenciement": E.DISMISSAL, "fin de periode d essai": E.TRIAL_BY_EMPLOYER,
    "rupture conventionnelle": E.EARLY_AGREED, "cdi": E.EARLY_FOR_JOB, "formation": E.EARLY_FOR_JOB,
    "fin de chantier": E.END_OF_CONTRACT, "fin du marche": E.END_OF_CONTRACT,
}  # fmt: skip
SEXES: Mapping[str, Sex] = {
    "f": Sex.FEMALE, "femme": Sex.FEMALE, "mme": Sex.FEMALE, "madame": Sex.FEMALE,
    "feminin": Sex.FEMALE, "mlle": Sex.FEMALE,
    "h": Sex.MALE, "m": Sex.MALE, "homme": Sex.MALE, "monsieur": Sex.MALE, "mr": Sex.MALE, "masculin": Sex.MALE,
    "x": Sex.OTHER,
}  # fmt: skip
HOURS_KINDS: Mapping[str, TypedKind] = {"t": TypedKind.WORK, "f": TypedKind.TRAINING, "prod": TypedKind.WORK}
PUBLICS: Mapping[str, str] = {
    "deld": "DELD", "demandeur d emploi longue duree": "DELD", "demandeur d emploi de longue duree": "DELD",
    "chomeur longue duree": "DELD", "rsa": "RSA", "brsa": "RSA", "beneficiaire du rsa": "RSA", "ass": "ASS",
    "aah": "AAH",
    "th": "RQTH", "travailleur handicape": "RQTH", "boeth": "RQTH", "oeth": "RQTH", "siae": "SIAE", "iae": "SIAE",
    "pass iae": "SIAE", "plie": "PLIE", "senior": "SENIOR", "avis motive": "AVIS_MOTIVE",
    "jeune": "JEUNE_SQ", "jeune sans qualification": "JEUNE_SQ", "moins de 26 ans": "JEUNE_SQ",
    "mission locale": "JEUNE_ACC", "autre": "AVIS_MOTIVE", "autres": "AVIS_MOTIVE",
}  # fmt: skip

LISTS: Mapping[str, tuple[type[Enum], Mapping[str, Enum]]] = {
    "contract_kind": (ContractKind, CONTRACT_KINDS),
    "nature": (ContractNature, NATURES),
    "modality": (Modality, MODALITIES),
    "work_kind": (WorkContractKind, WORK_KINDS),
    "end_reason": (PlacementEnd, ENDS),
    "sex": (Sex, SEXES),
    "hours_kind": (TypedKind, HOURS_KINDS),
}


def word_of(code: str, text: str) -> str | None:
    """Return the value of the closed list of a field, None when the word is unknown."""
    choices, synonyms = LISTS[code]
    key = key_of(text)
    for choice in choices:
        if key in (key_of(str(choice.value)), key_of(str(getattr(choice, "label", "")))):
            return str(choice.value)
    found = synonyms.get(key)
    return str(found.value) if found is not None else None


def words_of(code: str) -> tuple[str, ...]:
    """The words shown in the list of a column of the template."""
    return tuple(str(getattr(choice, "label", choice.value)) for choice in LISTS[code][0])


def public_of(text: str, known: Mapping[str, str]) -> str | None:
    """Return the code of an eligible public from its code, its label or a usual word. `known`: code → label."""
    key = key_of(text)
    for code, label in known.items():
        if key in (key_of(code), key_of(label)):
            return code
    code = PUBLICS.get(key, "")
    return code if code in known else None


JUSTICE = ("ppsmj", "main de justice", "detention", "detenu", "spip", "bracelet", "sortant de prison", "tig")


def says_justice(text: str) -> bool:
    """Say whether a word tells a measure of justice: it is never kept for a person (art. 10 GDPR, MODEL §4)."""
    key = f" {key_of(text)} "
    return any(f" {word} " in key or (len(word) > 4 and word in key) for word in JUSTICE)
