"""Find social security numbers in a long text: only runs of digits long enough are looked at closely."""

import re

from clausette.kernel.nir import find_nir

_SEPARATORS = r"[ \t./\-\u00a0\u2009\u202f\u2010-\u2015_]"
# Twelve digits at least, cut or not; a Corsican department has its A or B.
_RUN = re.compile(rf"\d(?:{_SEPARATORS}{{0,3}}[\dABab]){{11,}}")
_LONGEST_IBAN = 42  # with its spaces


def line_of_nir(text: str) -> int:
    """Return the line (from 1) of the first certain number of `text`, 0 when there is none."""
    for run in _RUN.finditer(text):
        found = find_nir(_with_iban_head(text, run.start(), run.end()))
        if found is not None and found.certainty == "certain":
            return text.count("\n", 0, run.start()) + 1
    return 0


def _with_iban_head(text: str, start: int, end: int) -> str:
    """The run, with the two letters before it and what follows when it may be an IBAN, which passes."""
    head = text[max(start - 2, 0) : start]
    return (
        head + text[start : max(end, start + _LONGEST_IBAN)]
        if len(head) == 2 and head.isalpha()
        else text[start:end]
    )
