"""How a French name sounds: names that are said alike have one key.

Source: own rule. It follows the idea of FONEM (Bouchard, Brard and Lavoie, « FONEM : un code de transcription
phonétique pour la reconstitution automatique des familles saguenayennes », Population 36-6, 1981): the spellings of one
sound are written in one way, from the beginning of the word to its end, and the letters that are not said are dropped.
The correspondences between spellings and sounds are those of French spelling (Catach, « L'orthographe », PUF). It is
made to bring names together for a person to compare, never to decide.
"""

import re
from functools import lru_cache

_E = "(?=[eiy])"
_END = r"\b"
_CLOSED = r"(?![aeiouynm])"
# in order; « 1 2 3 » : the three nasal vowels, « $ » : ch
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|sh|ch(?=[aeiouy])", "$"),
        (r"chr", "kr"),
        (r"ch" + _END, "k"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"gh", "g"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
        (r"sc" + _E, "s"),
        (r"cqu|qu|ck|q", "k"),
        (r"c" + _E, "s"),
        (r"c", "k"),
        (r"gu" + _E, "G"),
        (r"ge(?=[aou])|g" + _E, "j"),
        (r"gn", "N"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"w", "v"),
        (r"eau|aul(?=[tdx])|au", "o"),
        (r"oeu|oe(?=[^aeiouy])|eu", "e"),
        (r"(?:ain|ein|aim|eim|yn|ym|in|im|un|um)" + _CLOSED, "2"),
        (r"(?:an|am|en|em|aen)" + _CLOSED, "1"),
        (r"(?:on|om)" + _CLOSED, "3"),
        (r"ill?(?=[aeou])|y", "i"),
        (r"ei|ai|ae|ay|ey", "e"),
        (r"ou", "u"),
        (r"(?<=[a-zA-Z$1-3])(?:[tdpse]|ks|er)+" + _END, ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def sound_of(word: str) -> str:
    """Return the key of the sound of one word given as a key (lower case, no accent); « » for no word.

    « dupond » and « dupont » → « dup3 »; « thibault » and « tibo » → « tibo ».
    """
    sound = word
    for pattern, replacement in _SPELLINGS:
        sound = pattern.sub(replacement, sound)
    return sound or word
