"""Cells that only a person has: telephone, postcode, priority district, level of training."""

import re
from collections.abc import Callable, Mapping, Sequence

from clausette.imports.takeover.keys import key as key_of
from clausette.kernel.text import collapse
from clausette.participants.enums import TrainingNomenclature
from clausette.participants.rules.contacts import contact_errors
from clausette.participants.rules.levels import level_from
from clausette.reference.districts import CODE

LEVELS: Mapping[str, TrainingNomenclature] = {
    "level": TrainingNomenclature.SINCE_2019,
    "level_before_2019": TrainingNomenclature.BEFORE_2019,
}
YES, NO = "oui", "non"
_YES = frozenset({"oui", "o", "vrai", "1", "qpv", "en qpv"})
_NO = frozenset({"non", "n", "faux", "0", "hors qpv", "aucun", "pas en qpv"})
_UNKNOWN = frozenset({"non renseigne", "inconnu", "ne sait pas", "nsp"})
_ROMAN = re.compile(r"(?:niv(?:eau)? )?(?:vi|v ?bis|v|iv|iii|ii|i)")
_ARABIC = re.compile(r"(?:niv(?:eau)? )?[1-8]")


def read_phone(text: str) -> str:
    """Return a telephone; the zero that spreadsheets take off the head of a number is put back. Raises ValueError."""
    plain = collapse(text).removesuffix(".0")
    if plain.isascii() and plain.isdigit():
        abroad = plain.startswith("33") and len(plain) == 11
        plain = f"0{plain}" if len(plain) == 9 else f"+{plain}" if abroad else plain
    if said := contact_errors(plain, ""):
        raise ValueError(said["phone"])
    return plain


def read_email(text: str) -> str:
    """Return an e-mail. Raises ValueError."""
    plain = text.strip().removeprefix("mailto:")
    if said := contact_errors("", plain):
        raise ValueError(said["email"])
    return plain


def read_postcode(text: str) -> str:
    """Return the five digits, the zero of « 01000 » put back. Raises ValueError."""
    digits = re.sub(r"\s", "", text.strip().removesuffix(".0"))
    digits = digits.zfill(5) if digits.isdigit() and len(digits) == 4 else digits
    if not re.fullmatch(r"[0-9]{5}", digits):
        raise ValueError("Un code postal a cinq chiffres.")
    return digits


def read_district(text: str) -> str:
    """Return the code of a priority district, YES or NO. Raises ValueError."""
    key = key_of(text)
    if key in _YES or key in _NO:
        return YES if key in _YES else NO
    code = re.sub(r"\s", "", text).upper()
    if not CODE.match(code):
        raise ValueError("Écrivez le code du quartier (QN05901M ou QP059001), oui ou non.")
    return code


def read_level(code: str, text: str) -> str | None:
    """Return the code of a level by the nomenclature of its column, None when it is said unknown. Raises ValueError."""
    if key_of(text) in _UNKNOWN:
        return None
    level = level_from(text, LEVELS[code])
    if not level:
        shown = collapse(text)[:40]
        raise ValueError(f"« {shown} » n'est pas un niveau connu : écrivez un diplôme (CAP, bac) ou son numéro.")
    return level


def is_level(text: str) -> bool:
    """Say whether a text may be a level, by either nomenclature."""
    return key_of(text) in _UNKNOWN or any(level_from(text, one) for one in LEVELS.values())


def level_column(values: Sequence[str]) -> tuple[str, int]:
    """Return which nomenclature the numbers of a column follow, and how sure: Roman ones are of before 2019.

    « 5 » was a CAP before 2019 and is a bac + 2 since: nothing tells which, somebody is asked.
    """
    keys = [key_of(value) for value in values if value.strip()]
    if any(_ROMAN.fullmatch(key) for key in keys):
        return "level_before_2019", 90
    return "level", 55 if any(_ARABIC.fullmatch(key) for key in keys) else 100


READERS: Mapping[str, Callable[[str], str]] = {
    "phone": read_phone, "email": read_email, "postcode": read_postcode, "district": read_district,
}  # fmt: skip
