"""Levels of training: from the words or numbers of a file to the codes of the list of the ASP.

The numbers turned round on 1 January 2019 (decree 2019-14): « niveau 3 » is a CAP today, « niveau III » was a BTS. A
number alone is never read without its nomenclature.
"""

import re
from collections.abc import Mapping

from clausette.kernel.text import search_key
from clausette.participants.enums import TrainingNomenclature as N

_NUMBERS: Mapping[N, Mapping[str, str]] = {
    N.BEFORE_2019: {
        "vi": "70", "6": "70", "vbis": "60", "5bis": "60", "v": "51", "5": "51", "iv": "40", "4": "40", "iii": "30",
        "3": "30", "ii": "20", "2": "20", "i": "10", "1": "10",
    },
    N.SINCE_2019: {
        "infra3": "70", "2": "70", "1": "70", "3": "51", "4": "40", "5": "30", "6": "20", "7": "10", "8": "10",
    },
}  # fmt: skip
_WORDS = (
    ("non certifiant", "00"), ("jamais scolarise", "01"), ("sans diplome", "70"), ("scolarite obligatoire", "70"),
    ("brevet des colleges", "70"), ("dnb", "70"), ("sans le diplome", "50"), ("brevet de technicien superieur", "30"),
    ("capacite en droit", "40"), ("bac pro", "41"), ("baccalaureat professionnel", "41"),
    ("brevet professionnel", "41"), ("brevet de technicien", "41"),
    ("bac+8", "10"), ("bac+5", "10"), ("doctorat", "10"), ("master", "10"), ("ingenieur", "10"), ("bac+4", "20"),
    ("bac+3", "20"), ("licence", "20"), ("maitrise", "20"), ("bac+2", "30"), ("bts", "30"), ("dut", "30"),
    ("deug", "30"),
    ("baccalaureat", "40"), ("bac", "40"), ("cap", "51"), ("bep", "51"),
)  # fmt: skip
_CODES = frozenset({"00", "01", "10", "20", "30", "40", "41", "50", "51", "60", "70"})


def level_from(text: str, nomenclature: N) -> str | None:
    """Return the code of a level written in words (« CAP »), as a number (« niveau V ») or as a code (« 51 »).

    « » when nothing is written, None when it is not understood. The lowest level of its number is taken.
    """
    said = re.sub(r"\s*\+\s*", "+", search_key(text.replace("+", " plus ")).replace(" plus ", "+"))
    if not said:
        return ""
    if said in _CODES:
        return said
    number = re.sub(r"^niv(eau)?(?= )|[\s.]", "", said)
    if number in _NUMBERS[nomenclature]:
        return _NUMBERS[nomenclature][number]
    return next((code for word, code in _WORDS if re.search(rf"\b{re.escape(word)}s?\b", said)), None)
