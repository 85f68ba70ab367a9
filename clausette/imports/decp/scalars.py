"""Read single values: texts, numbers, dates, choices. None and a sentence when they cannot be understood."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from stdnum.fr import siret as siret_number

from clausette.imports.decp import phrases
from clausette.imports.decp.place import Place
from clausette.imports.decp.shapes import Amount, Choice, Cpv, Day, Flag, Shape, Share, Siret, Text, Whole
from clausette.imports.decp.values import ALIASES

SIRET_DIGITS = 14
CENT = Decimal("0.01")
# Practice: no French public contract reaches this; such a figure is a typing error.
HIGHEST_AMOUNT = Decimal(100000000000)
EARLIEST, LATEST = 1990, 2100
_DIGITS = re.compile(r"-?\d{1,18}([.,]\d{1,10})?", re.ASCII)
_LONG_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(.*)", re.ASCII | re.DOTALL)
_CPV = re.compile(r"(\d{8})(-\d)?", re.ASCII)


def read_scalar(shape: Shape, value: object, place: Place) -> object:
    """The value understood, or None with a problem at this place."""
    match shape:
        case Text():
            return _text(shape, value, place)
        case Cpv():
            return _cpv(value, place)
        case Siret():
            return _siret(value, place)
        case Choice():
            return read_choice(shape.values, value, place)
        case Whole():
            return _whole(shape, value, place)
        case Amount():
            return _amount(shape, value, place)
        case Share():
            return _share(value, place)
        case Flag():
            return _flag(value, place)
        case Day():
            return _day(value, place)
        case _:
            return None


def read_text(value: object, place: Place) -> str | None:
    """A text that is not blank, without the spaces around it."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        place.say(value, "un texte est attendu, un nombre a été lu. Des zéros ont pu être perdus.")
        return None
    if not isinstance(value, str):
        place.say(value, f"un texte est attendu, {phrases.was_read(value)}.")
        return None
    if not value.strip():
        place.say(value, "le texte est vide.")
        return None
    return value.strip()


def _text(shape: Text, value: object, place: Place) -> str | None:
    text = read_text(value, place)
    if text is None or shape.longest is None or len(text) <= shape.longest:
        return text
    if shape.cut:
        place.remark(
            value,
            f"le texte a {len(text)} caractères : seuls les {shape.longest} premiers sont repris.",
        )
        return text[: shape.longest].rstrip()
    place.say(value, f"le texte a {len(text)} caractères, {shape.longest} au plus sont admis.")
    return None


def _cpv(value: object, place: Place) -> str | None:
    text = read_text(value, place)
    if text is None:
        return None
    found = _CPV.fullmatch(text)
    if found is None:
        place.say(value, "le code doit avoir huit chiffres, suivis parfois d'un tiret et d'un chiffre.")
        return None
    return found[1]


def _siret(value: object, place: Place) -> str | None:
    text = read_text(value, place)
    if text is None:
        return None
    return read_siret(text, place)


def read_siret(text: str, place: Place) -> str | None:
    """Fourteen digits whose key is right (La Poste's own rule included), spaces off."""
    number = "".join(text.split())
    if not (number.isascii() and number.isdigit()):
        place.say(text, "un SIRET n'a que des chiffres.")
        return None
    if len(number) != SIRET_DIGITS:
        lost = " Un zéro initial a pu être perdu." if len(number) == SIRET_DIGITS - 1 else ""
        place.say(text, f"un SIRET a 14 chiffres, {len(number)} ont été lus.{lost}")
        return None
    if not siret_number.is_valid(number):
        place.say(text, "la clé de ce SIRET est fausse, un chiffre est sans doute mal recopié.")
        return None
    return number


def read_choice(accepted: tuple[str, ...], value: object, place: Place) -> str | None:
    """One of the accepted values; written otherwise (case, accents) it is read, with a remark."""
    text = read_text(value, place)
    if text is None or text in accepted:
        return text
    written_otherwise = phrases.same_word(text, accepted) or ALIASES.get(accepted, {}).get(text)
    if written_otherwise:
        place.remark(value, f"« {phrases.shown(text)} » est lu comme « {written_otherwise} ».")
        return written_otherwise
    near = phrases.closest(text, accepted)
    if near:
        hint = f"la plus proche est « {near} »"
    else:
        hint = "les valeurs admises sont " + ", ".join(f"« {value} »" for value in accepted)
    place.say(value, f"valeur inconnue « {phrases.shown(text)} » ; {hint}.")
    return None


def _number(value: object, place: Place) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        place.say(value, f"un nombre est attendu, {phrases.was_read(value)}.")
        return None
    if not isinstance(value, str):
        return Decimal(value)
    text = value.strip()
    if _DIGITS.fullmatch(text):
        place.remark(value, "le nombre est écrit comme un texte ; il a été lu.")
        return Decimal(text.replace(",", "."))
    if _LONG_NUMBER.fullmatch(text):
        place.say(value, "ce nombre est trop grand pour être lu.")
    else:
        place.say(value, "un nombre est attendu, un texte a été lu.")
    return None


def _whole(shape: Whole, value: object, place: Place) -> int | None:
    number = _number(value, place)
    if number is None:
        return None
    if number != number.to_integral_value():
        place.say(value, "un nombre entier est attendu.")
    elif number < shape.least:
        place.say(value, f"le nombre doit être au moins {shape.least}.")
    elif number > shape.most:
        place.say(value, "ce nombre est invraisemblable.")
    else:
        return int(number)
    return None


def _amount(shape: Amount, value: object, place: Place) -> Decimal | None:
    """An amount of 1 € is written where the format asks for one and the buyer has none (practice): not taken."""
    number = _number(value, place)
    if number is None:
        return None
    if number < shape.least:
        place.say(value, f"le montant doit être au moins {shape.least} €.")
        return None
    if number == shape.least == 1:
        place.say(value, "1 € tient sans doute lieu de montant inconnu ; il n'est pas repris.")
        return None
    if number > HIGHEST_AMOUNT:
        place.say(value, "ce montant est invraisemblable.")
        return None
    cents = number.quantize(CENT, rounding=ROUND_HALF_UP)
    if cents != number:
        place.remark(value, "le montant est arrondi au centime.")
    return cents


def _share(value: object, place: Place) -> Decimal | None:
    number = _number(value, place)
    if number is None:
        return None
    if not 0 <= number <= 1:
        place.say(value, "une part entre 0 et 1 est attendue.")
        return None
    return number


def _flag(value: object, place: Place) -> bool | None:
    if isinstance(value, bool):
        return value
    written = {"true": True, "oui": True, "1": True, "false": False, "non": False, "0": False}
    text = str(value).strip().casefold() if isinstance(value, str | int) else ""
    if text in written:
        place.remark(value, "true ou false est attendu ; la valeur a été comprise.")
        return written[text]
    place.say(value, f"true ou false est attendu, {phrases.was_read(value)}.")
    return None


def _day(value: object, place: Place) -> date | None:
    text = read_text(value, place)
    if text is None:
        return None
    found = _DAY.fullmatch(text)
    if found is None:
        place.say(value, "une date est attendue sous la forme AAAA-MM-JJ.")
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        place.say(value, "cette date n'existe pas au calendrier.")
        return None
    if not EARLIEST <= day.year <= LATEST:
        place.say(value, "cette date est invraisemblable.")
        return None
    if found[4]:
        place.remark(value, "seul le jour est lu ; ce qui suit la date est laissé de côté.")
    return day
