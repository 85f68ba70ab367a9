"""What the format's description cannot say: fields that contradict each other. Remarks only (practice)."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from clausette.imports.decp import pick, values
from clausette.imports.decp.build import contractors_of, is_framework
from clausette.imports.decp.phrases import shown
from clausette.imports.decp.pick import Understood
from clausette.imports.decp.results import Problem

_ID_TO_AVOID = re.compile(r'[&"\\<,;\s]')
_PLACES = {
    "Code postal": (r"\d{5}", "cinq chiffres"),
    "Code commune": (r"(\d{2}|2[AB])\d{3}", "cinq caractères (69266, 2A004)"),
    "Code département": (r"\d{2}|2[AB]|9[78]\d", "deux ou trois caractères (69, 2A, 974)"),
    "Code région": (r"\d{2}", "deux chiffres"),
    "Code pays": (r"[A-Z]{2}", "deux lettres majuscules"),
}


def check(read: Understood, *, on: date | None = None) -> list[Problem]:
    """Remarks about the fields taken together; `on`: the day of reading, to see dates in the future."""
    checks = (_exclusive, _identifiers, _dates, _group, _framework, _subcontracts, _numbers, _place)
    return [*(problem for one in checks for problem in one(read)), *_future(read, on)]


def check_concession(read: Understood, *, on: date | None = None) -> list[Problem]:
    """The same for a concession."""
    checks = (_exclusive, _identifiers, _dates, _start, _numbers)
    return [*(problem for one in checks for problem in one(read)), *_future(read, on)]


def _start(read: Understood) -> Iterable[Problem]:
    signed_on, starts_on = pick.day(read, "dateSignature"), pick.day(read, "dateDebutExecution")
    if signed_on is not None and starts_on is not None and starts_on < signed_on:
        sentence = "Début d'exécution : il précède la signature de la concession."
        yield Problem("dateDebutExecution", str(starts_on), sentence)


# Where the days of a record stand: list, wrapper, day, its name.
_LATER = (
    ("modifications", "modification", "dateNotificationModification", "Date de notification de la modification"),
    ("modifications", "modification", "dateSignatureModification", "Date de signature de la modification"),
    ("actesSousTraitance", "acteSousTraitance", "dateNotification", "Date de notification de l'acte"),
    (
        "modificationsActesSousTraitance",
        "modificationActeSousTraitance",
        "dateNotificationModificationSousTraitance",
        "Date de notification de la modification de l'acte",
    ),
)
_FIRST = (
    ("dateNotification", "Date de notification"),
    ("dateSignature", "Date de signature"),
    ("datePublicationDonnees", "Date de publication"),
)


def _days(read: Understood) -> Iterable[tuple[str, str, date]]:
    """Path, name and value of each day of what follows the beginning."""
    for key, wrapper, inner, label in _LATER:
        for index, item in pick.numbered(read, key):
            day = pick.day(item, inner)
            if day is not None:
                yield f"{key}[{index}].{wrapper}.{inner}", label, day


def _future(read: Understood, on: date | None) -> Iterable[Problem]:
    if on is None:
        return
    first = ((key, label, pick.day(read, key)) for key, label in _FIRST)
    for path, label, day in (*first, *_days(read)):
        if day is not None and day > on:
            yield Problem(path, str(day), f"{label} : cette date est à venir.")


def _exclusive(read: Understood) -> Iterable[Problem]:
    alone = (
        ("considerationsSociales", "considerationSociale", values.NO_SOCIAL),
        ("considerationsEnvironnementales", "considerationEnvironnementale", values.NO_ENVIRONMENTAL),
        ("techniques", "technique", values.NOTHING),
        ("modalitesExecution", "modaliteExecution", values.NOTHING),
    )
    for key, inner, nothing in alone:
        given = pick.texts(read, key, inner)
        if nothing in given and len(given) > 1:
            others = ", ".join(f"« {value} »" for value in given if value != nothing)
            sentence = f"« {nothing} » ne peut pas aller avec {others} : à vérifier auprès de l'acheteur."
            yield Problem(f"{key}.{inner}", shown(list(given)), sentence)


def _identifiers(read: Understood) -> Iterable[Problem]:
    number, framework = pick.text(read, "id"), pick.text(read, "idAccordCadre")
    for path, value in (("id", number), ("idAccordCadre", framework)):
        met = sorted(set(_ID_TO_AVOID.findall(value or "")))
        if met:
            names = ", ".join("espace" if mark.isspace() else f"« {mark} »" for mark in met)
            yield Problem(path, shown(value), f"Numéro : caractères déconseillés par le format : {names}.")
    if number is not None and number == framework:
        yield Problem("idAccordCadre", number, "Numéro de l'accord-cadre : c'est celui du marché lui-même.")


def _dates(read: Understood) -> Iterable[Problem]:
    concession = "dateSignature" in read
    begun_on = pick.day(read, "dateSignature" if concession else "dateNotification")
    published_on = pick.day(read, "datePublicationDonnees")
    if begun_on is None:
        return
    told = "la signature de la concession" if concession else "la notification du marché"
    if published_on is not None and published_on < begun_on:
        yield Problem("datePublicationDonnees", str(published_on), f"Date de publication : elle précède {told}.")
    for path, label, day in _days(read):
        if day < begun_on:
            yield Problem(path, str(day), f"{label} : elle précède {told}.")


def _group(read: Understood) -> Iterable[Problem]:
    kind, firms = pick.text(read, "typeGroupementOperateurs"), contractors_of(read)
    if kind is None or not firms:
        return
    # A framework agreement may be awarded to several firms that form no group.
    if kind == values.NO_GROUP and len(firms) > 1 and not is_framework(read):
        sentence = f"Groupement : {len(firms)} titulaires sont donnés, sans groupement."
        yield Problem("typeGroupementOperateurs", kind, sentence)
    if kind != values.NO_GROUP and len(firms) == 1:
        sentence = "Groupement : un seul titulaire est donné ; les cotraitants sont à ajouter."
        yield Problem("typeGroupementOperateurs", kind, sentence)


def _framework(read: Understood) -> Iterable[Problem]:
    techniques = pick.texts(read, "techniques", "technique")
    if is_framework(read) and techniques and values.FRAMEWORK not in techniques:
        sentence = (
            "Techniques : les modalités sont celles d'un accord-cadre, la technique ne le dit pas ; "
            "le montant est lu comme un maximum."
        )
        yield Problem("techniques.technique", shown(list(techniques)), sentence)


def _subcontracts(read: Understood) -> Iterable[Problem]:
    acts = pick.groups(read, "actesSousTraitance")
    if acts and pick.flag(read, "sousTraitanceDeclaree") is False:
        sentence = "Sous-traitance déclarée : « false », mais des actes de sous-traitance sont donnés."
        yield Problem("sousTraitanceDeclaree", "false", sentence)
    known = {pick.whole(act, "id") for act in acts}
    for index, change in pick.numbered(read, "modificationsActesSousTraitance"):
        number = pick.whole(change, "id")
        if number is not None and number not in known:
            path = f"modificationsActesSousTraitance[{index}].modificationActeSousTraitance.id"
            sentence = f"Numéro de l'acte modifié : aucun acte de sous-traitance n'a le numéro {number}."
            yield Problem(path, str(number), sentence)


def _numbers(read: Understood) -> Iterable[Problem]:
    wrapped = (
        ("modifications", "modification", "modifications"),
        ("actesSousTraitance", "acteSousTraitance", "actes"),
    )
    for key, wrapper, plural in wrapped:
        numbers = [(index, pick.whole(item, "id")) for index, item in pick.numbered(read, key)]
        counts = Counter(number for _, number in numbers if number is not None)
        for index, number in numbers:
            if number is not None and counts[number] > 1:
                sentence = f"Numéro {number} : plusieurs {plural} portent ce numéro."
                yield Problem(f"{key}[{index}].{wrapper}.id", str(number), sentence)


def _place(read: Understood) -> Iterable[Problem]:
    place = pick.group(read, "lieuExecution")
    code, kind = pick.text(place, "code"), pick.text(place, "typeCode")
    if code is None or kind not in _PLACES:
        return
    pattern, expected = _PLACES[kind]
    if not re.fullmatch(pattern, code, re.ASCII):
        sentence = f"Code du lieu : pour « {kind} », {expected} sont attendus."
        yield Problem("lieuExecution.code", shown(code), sentence)
