"""The name of a file, made fit to be shown and to be written on the disk of whoever downloads it."""

import re
import unicodedata

LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"|?*]')
# Writing marks that turn a name round on screen (« fdp.exe » shown « exe.pdf »).
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
# Names that Windows keeps for itself.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def clean_name(name: str) -> str:
    """Return the last part of `name` without path, control marks or characters refused by a system.

    « C:\\temp\\relevé oct.pdf » → « relevé oct.pdf ». Never empty; at most 120 characters, the ending kept.
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(
        " " if unicodedata.category(char)[0] in "CZ" else char
        for char in unicodedata.normalize("NFC", last)
        if char not in _INVISIBLE
    )
    plain = " ".join(_FORBIDDEN.sub("-", shown).split()).strip(". ")
    if not plain or _RESERVED.fullmatch(plain):
        plain = f"fichier {plain}".strip()
    return _shortened(plain)


def ending(name: str) -> str:
    """Return the extension in lower case, without the dot; "" when there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem and re.fullmatch(r"[A-Za-z0-9]{1,8}", last) else ""


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    extension = ending(name)
    kept = LONGEST - len(extension) - 2
    return f"{name[:kept].rstrip()}….{extension}" if extension else name[:LONGEST].rstrip()
