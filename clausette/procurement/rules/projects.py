"""Quartiers prioritaires of an operation: the codes of 2024 (QN…) and those of 2015 (QP…)."""

import re
from dataclasses import dataclass

MOST_CODES = 50
# 2024: « QN00101M », « QN02A01M »; 2015: « QP059001 » (decrees 2023-1314, 2024-1212 and 2014-1750)
_CODE = re.compile(r"QN(?:[0-9]{3}|02[AB])[0-9]{2}[A-Z]|QP[0-9]{6}")
_CUT = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class CodesRead:
    """Codes in capitals, once each, and the texts that are none."""

    codes: tuple[str, ...]
    wrong: tuple[str, ...]


def parse_qpv_codes(text: str) -> CodesRead:
    """Read codes parted by spaces, commas or lines. Never raises."""
    found = [one.upper() for one in _CUT.split(text) if one]
    codes = dict.fromkeys(one for one in found if _CODE.fullmatch(one))
    return CodesRead(tuple(codes), tuple(dict.fromkeys(one for one in found if not _CODE.fullmatch(one))))
