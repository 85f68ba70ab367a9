"""Keys for search and sort, computed in Python and stored beside the text."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def collapse(text: str) -> str:
    """Return `text` with every run of white space made one space, and trimmed."""
    return " ".join(text.split())


def strip_accents(text: str) -> str:
    """Return `text` without diacritics; letters keep their case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def search_key(text: str) -> str:
    """Return the key under which `text` is sought: lower case, no accent, œ → oe, punctuation → space.

    « L'École  Pasteur » and « l ecole pasteur » have the same key. The key of a key is itself.
    """
    lowered = strip_accents(text.casefold().translate(_LIGATURES)).casefold().translate(_LIGATURES)
    return _NOT_WORD.sub(" ", lowered).strip()
