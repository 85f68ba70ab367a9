"""Find the numbers of persons that a piece may not carry: social security (NIR) and bank accounts (IBAN)."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from clausette.kernel.french import plural
from clausette.kernel.nir import IbanFinding, find_ibans, find_nir

_SEPARATORS = r"[ \t./\-\u00a0\u2009\u202f\u2010-\u2015_]"
# Twelve digits at least, cut or not; a Corsican department has its A or B.
_RUN = re.compile(rf"\d(?:{_SEPARATORS}{{0,3}}[\dABab]){{11,}}")
# what any of these runs begins with, in UTF-8: all beyond ASCII may be a figure or a separator
_LONG = re.compile(rb"[0-9\x80-\xff][0-9ABab \t./_\-\x80-\xff]{11}")
# the same runs, weaker and sooner: a byte that one may have becomes a zero, any other nothing that follows one
_ANY = bytes(48 if chr(one) in "0123456789ABab \t./_-" or one >= 0x80 else 32 for one in range(256))
_LONGEST_IBAN = 42  # with its spaces
NIR, IBAN = "un numéro de sécurité sociale", "un numéro de compte bancaire (IBAN)"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a number stands in a text (from, to), and its name in a sentence."""

    start: int
    end: int
    label: str


_COUNTED = {
    NIR: ("numéro de sécurité sociale", "numéros de sécurité sociale"),
    IBAN: ("numéro de compte bancaire (IBAN)", "numéros de compte bancaire (IBAN)"),
}


def counted(spans: Iterable[Span]) -> str:
    """Return « 2 numéros de sécurité sociale, 1 numéro de compte bancaire (IBAN) »."""
    counts = Counter(span.label for span in spans)
    return ", ".join(plural(counts[label], *words) for label, words in _COUNTED.items() if counts[label])


def line_of_nir(text: str) -> int:
    """Return the line (from 1) of the first certain number of `text`, 0 when there is none."""
    for run in _RUN.finditer(text):
        found = find_nir(_with_iban_head(text, run.start(), run.end()))
        if found is not None and found.certainty == "certain":
            return text.count("\n", 0, run.start()) + 1
    return 0


def may_hold_nir(data: bytes) -> bool:
    """Say whether a text in UTF-8, its tags included, may have a run of figures long enough for `line_of_nir`.

    Twelve bytes in a row that a run may have. First whether twelve such bytes follow one another at all, which a sheet
    of figures does not have either and is known forty times sooner.
    """
    return b"0" * 12 in data.translate(_ANY) and _LONG.search(data) is not None


def private_spans(text: str) -> list[Span]:
    """Return every number of `text` that a piece may not carry, in order.

    A social security number without its key counts when it is cut as persons cut it (« 1 85 05 78 006 084 »).
    """
    ibans = find_ibans(text)
    rest = _blanked(text, ibans)
    spans = [Span(one.start, one.end, IBAN) for one in ibans]
    for run in _RUN.finditer(rest):
        piece = run.group()
        while (found := find_nir(piece)) is not None:
            if found.certainty == "certain" or not piece[found.start : found.end].isalnum():
                spans.append(Span(run.start() + found.start, run.start() + found.end, NIR))
            piece = piece[: found.start] + "#" * (found.end - found.start) + piece[found.end :]
    return sorted(spans, key=lambda span: span.start)


def _blanked(text: str, ibans: list[IbanFinding]) -> str:
    for one in ibans:
        text = text[: one.start] + "#" * (one.end - one.start) + text[one.end :]
    return text


def _with_iban_head(text: str, start: int, end: int) -> str:
    """The run, with the two letters before it and what follows when it may be an IBAN, which passes."""
    head = text[max(start - 2, 0) : start]
    return (
        head + text[start : max(end, start + _LONGEST_IBAN)]
        if len(head) == 2 and head.isalpha()
        else text[start:end]
    )
