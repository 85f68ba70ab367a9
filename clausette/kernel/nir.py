"""Find the social security number (NIR) in free text: we may not keep it.

A facilitator is not among those the decree 2019-341 allows to process the NIR. Fifteen characters with a
valid key are refused; thirteen with the structure of a NIR ask for a confirmation; SIRET, phone numbers and
IBAN pass.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stdnum import iban

_SEPARATORS = r"[ \t./\-\u00a0\u2009\u202f\u2010-\u2015_]"
# A word of digits, with the Corsican A or B that may follow a 2.
_WORD = r"[0-9]*2[ABab][0-9]*|[0-9]+"
_RUN = re.compile(rf"(?:{_WORD})(?:{_SEPARATORS}{{1,3}}(?:{_WORD}))*")
_WORDS = re.compile(_WORD)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?:[ \u00a0\u202f]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])"
)
_IBAN_HEAD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}")
_STRUCTURE = re.compile(
    r"[123478][0-9]{2}"
    r"(?:0[1-9]|1[0-2]|2[0-9]|3[0-9]|4[0-2]|[5-9][0-9])"  # month, or Insee's codes for unknown months
    r"(?:0[1-9]|[1-9][0-9]|2[AB])"
    r"[0-9]{6}"
)
_LONGEST = 15  # characters of a NIR with its key; a word has one at least
_NATURAL = frozenset({1, 3, 5, 7, 10, 13})  # where a person cuts: sex, year, month, department, town, order


@dataclass(frozen=True, slots=True)
class NirFinding:
    """Where a NIR stands in the text; the digits themselves are never repeated."""

    certainty: Literal["certain", "possible"]
    start: int
    end: int

    @property
    def sentence(self) -> str:
        """What to say to the person who typed it."""
        if self.certainty == "certain":
            return "Ce texte contient un numéro de sécurité sociale : retirez-le, il ne doit pas être enregistré."
        return "Ce texte ressemble à un numéro de sécurité sociale : confirmez que ce n'en est pas un."


def has_valid_key(characters: str) -> bool:
    """Say whether these 15 characters (2A and 2B allowed) carry the key 97 − (number mod 97)."""
    body, key = characters[:13].upper(), characters[13:]
    department = body[5:7]
    if department == "2A":
        body = body[:5] + "19" + body[7:]
    elif department == "2B":
        body = body[:5] + "18" + body[7:]
    if len(characters) != 15 or not (body.isdigit() and key.isdigit()):
        return False
    return int(key) == 97 - int(body) % 97


def _is_iban(text: str) -> bool:
    compact = "".join(char for char in text if char.isalnum()).upper()
    moved = compact[4:] + compact[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


@dataclass(frozen=True, slots=True)
class IbanFinding:
    """Where a bank account number stands in the text."""

    start: int
    end: int


def find_ibans(text: str) -> list[IbanFinding]:
    """Return the bank account numbers of `text`, with the length of their country and the right key, in order."""
    found: list[IbanFinding] = []
    for head in _IBAN_HEAD.finditer(text):
        match = _IBAN.match(text, head.start())
        if match is None or (found and head.start() < found[-1].end):
            continue
        ends = (at for at in range(match.end(), head.start() + 14, -1) if _ends_a_word(text, at))
        whole = next((at for at in ends if iban.is_valid(text[head.start() : at], check_country=False)), None)
        if whole is not None:
            found.append(IbanFinding(head.start(), whole))
    return found


def _ends_a_word(text: str, at: int) -> bool:
    return text[at - 1].isalnum() and not text[at : at + 1].isalnum()


def _without_iban(text: str) -> str:
    def blank(match: re.Match[str]) -> str:
        return "#" * len(match.group()) if _is_iban(match.group()) else match.group()

    return _IBAN.sub(blank, text)


def _windows(text: str) -> Iterator[tuple[str, bool, int, int]]:
    """Give each run of whole words as (characters, cut in natural places, start, end)."""
    for run in _RUN.finditer(text):
        words = [
            (word.group(), run.start() + word.start(), run.start() + word.end())
            for word in _WORDS.finditer(run.group())
        ]
        for first in range(len(words)):
            joined, natural = "", True
            for word, _, end in words[first : first + _LONGEST]:
                natural = natural and (not joined or len(joined) in _NATURAL)
                joined += word
                if len(joined) > _LONGEST:
                    break
                yield joined, natural, words[first][1], end


def _judge(characters: str, natural: bool) -> Literal["certain", "possible"] | None:
    characters = characters.upper()
    structured = _STRUCTURE.fullmatch(characters[:13]) is not None
    if len(characters) == 15 and characters[0] in "123478" and has_valid_key(characters):
        return "certain" if structured or natural else None
    return "possible" if len(characters) == 13 and structured and natural else None


def find_nir(text: str) -> NirFinding | None:
    """Return the first certain NIR of `text`, else the first possible one, else None.

    Digits may be separated by spaces, dots, dashes or slashes.
    """
    if sum(char.isdigit() for char in text) < 12:
        return None
    # One character for one: offsets in the finding stay those of the text given.
    plain = "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char for char in text
    )
    possible: NirFinding | None = None
    for characters, natural, start, end in _windows(_without_iban(plain)):
        certainty = _judge(characters, natural)
        if certainty == "certain":
            return NirFinding("certain", start, end)
        if certainty == "possible" and possible is None:
            possible = NirFinding("possible", start, end)
    return possible
