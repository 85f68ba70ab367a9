"""The tender read beside our advice: hours, and sentences (trade practice; no rule of law).

Two sentences are the same when they differ by spaces, case, quotes or final punctuation alone; what was to be completed
in ours may hold anything in theirs.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from clausette.advice.enums import Compared

CLOSE = 0.6
"""Ratio (0–1) from which a sentence of the tender is ours, changed."""
_HOLE = re.compile(r"\[à compléter[^\]]*\]")
_ENDS = re.compile(r"(?<=[.!?;:])\s+(?=[A-ZÉÈÀÂÊÎÔÇ«\-])|[\r\n\t]+")
_MARK = "\u0001"
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "œ": "oe"}
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence advised, and the nearest of the tender (« » when nothing looks like it)."""

    advised: str
    found: str


@dataclass(frozen=True, slots=True)
class TenderReading:
    """The answer. `differences`: sentences of ours changed or absent, in our order."""

    hours: Compared
    text: Compared
    differences: tuple[Difference, ...]
    same: int
    total: int


def read_tender(
    *, advised_hours: Decimal | None, found_hours: Decimal | None, advised: Sequence[str], found: str
) -> TenderReading:
    """Compare hours (in hours, None: none advised, none found) and sentences. Pure; `found` is the text as pasted."""
    wanted = [piece for text in advised for piece in sentences(text)]
    theirs = {normal(piece): piece for piece in sentences(found)}
    whole = normal(found)
    apart = [one for one in wanted if not _held(one, theirs, whole)]
    words = {key: frozenset(key.split()) for key in theirs}
    differences = tuple(Difference(one, _nearest(one, theirs, words)) for one in apart)
    return TenderReading(
        compare_hours(advised_hours, found_hours),
        _verdict(len(wanted), differences),
        differences,
        len(wanted) - len(apart),
        len(wanted),
    )


def compare_hours(advised: Decimal | None, found: Decimal | None) -> Compared:
    """Same, different, or missing where hours were advised and none is found. Nothing advised, nothing found: same."""
    if found is None:
        return Compared.SAME if advised is None else Compared.MISSING
    return Compared.SAME if advised == found else Compared.DIFFERENT


def _verdict(total: int, differences: Sequence[Difference]) -> Compared:
    if not differences:
        return Compared.SAME
    lost = [one for one in differences if not one.found]
    return Compared.MISSING if len(lost) == total else Compared.DIFFERENT


def sentences(text: str) -> list[str]:
    """Cut a text into sentences and lines; pieces without a letter are left out."""
    pieces = (piece.strip(" -•\u00a0") for piece in _ENDS.split(text))
    return [piece for piece in pieces if any(char.isalpha() for char in piece)]


def normal(text: str) -> str:
    """The text as it is compared: no accent marks apart, no case, one space, no final punctuation."""
    marked = _HOLE.sub(_MARK, text)
    plain = unicodedata.normalize("NFKC", marked).translate(_SAME).casefold()
    plain = re.sub(r"\s*([:;?!%€\"'(),.])\s*", r"\1", " ".join(plain.split()))
    return plain.strip(" .;:,-")


def _held(one: str, theirs: dict[str, str], whole: str) -> bool:
    """Whether the tender says this sentence, as one of its own or inside a longer one."""
    wanted = normal(one)
    if _MARK not in wanted:
        return wanted in theirs or re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", whole) is not None
    pattern = ".{1,200}?".join(re.escape(part.strip()) for part in wanted.split(_MARK))
    return any(re.fullmatch(pattern, one) for one in theirs) or re.search(pattern, whole) is not None


def _nearest(one: str, theirs: dict[str, str], words: dict[str, frozenset[str]]) -> str:
    """The sentence of the tender that looks most like this one, « » below the threshold."""
    wanted = normal(one).replace(_MARK, "")
    ours = set(wanted.split())
    best, score = "", CLOSE
    for key, shown in theirs.items():
        if not ours or len(ours & words[key]) / len(ours) < CLOSE / 2:
            continue
        ratio = SequenceMatcher(None, wanted, key, autojunk=False).ratio()
        if ratio >= score:
            best, score = shown, ratio
    return best
