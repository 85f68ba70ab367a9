"""A CPV code as a buyer writes it: known or not, and the nature of purchase that it tells."""

import re

from clausette.advice.rules.labour import cpv_digits
from clausette.procurement.enums import ContractNature
from clausette.reference.facts.cpv import CPV_GROUPS

_LEADING = re.compile(r"\s*([0-9]{2,8}(?:\s*-\s*[0-9](?![0-9]))?)")
_WORKS, _SOFTWARE, _FIRST_SERVICE = 45, 48, 50


def known_cpv(text: str) -> str:
    """Return the eight digits of a code of the nomenclature; a label written after the code is left aside.

    « 45442100-8 Peinture » → « 45442100 », « 4544 » → « 45440000 ». Raises ValueError with the sentence to show: not a
    code, or a division or group that does not exist.
    """
    found = _LEADING.match(text)
    digits = cpv_digits(found[1] if found and not text[found.end() :][:1].isalnum() else text)
    shown = text.strip()[:20]
    if digits[:2] not in CPV_GROUPS:
        raise ValueError(f"« {shown} » n'est pas un code CPV connu : il n'y a pas de division {digits[:2]}.")
    if digits[2:3] not in ("", "0") and digits[2] not in CPV_GROUPS[digits[:2]]:
        raise ValueError(f"« {shown} » n'est pas un code CPV connu : il n'y a pas de groupe {digits[:3]}.")
    return digits.ljust(8, "0")


def nature_of_cpv(cpv: str) -> ContractNature:
    """Return the nature told by the division: 45 works, 03 to 44 and 48 supplies, 50 to 98 services (regulation (EC)
    213/2008). `cpv`: at least two digits."""
    division = int(cpv[:2])
    if division == _WORKS:
        return ContractNature.WORKS
    return (
        ContractNature.SERVICES if division >= _FIRST_SERVICE and division != _SOFTWARE else ContractNature.SUPPLIES
    )


def nature_told(cpv: str) -> str:
    """Return the nature to write when nobody said it: that of the code, « » without a code."""
    return nature_of_cpv(cpv).value if cpv[:2].isdigit() and len(cpv) >= 2 else ""
