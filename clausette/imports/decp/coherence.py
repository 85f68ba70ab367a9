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
    found = [problem for one in checks for problem in one(read)]
    notified_on = pick.day(read, "dateNotification")
    if on is not None and notified_on is not None and notified_on > on:
        found.append(
            Problem("dateNotification", str(notified_on), "Date de notification : cette date est à venir.")
        )
    return found


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
    notified_on, published_on = pick.day(read, "dateNotification"), pick.day(read, "datePublicationDonnees")
    if notified_on is None:
        return
    if published_on is not None and published_on < notified_on:
        sentence = "Date de publication : elle précède la notification du marché."
        yield Problem("datePublicationDonnees", str(published_on), sentence)
    later = (
        ("modifications", "dateNotificationModification", "modification"),
        ("actesSousTraitance", "dateNotification", "acteSousTraitance"),
    )
    for key, inner, wrapper in later:
        for index, item in pick.numbered(read, key):
            day = pick.day(item, inner)
            if day is not None and day < notified_on:
                sentence = "Date de notification : elle précède celle du marché."
                yield Problem(f"{key}[{index}].{wrapper}.{inner}", str(day), sentence)


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
