"""Names written together."""

from clausette.imports.takeover.cells import Value
from clausette.imports.takeover.keys import key as key_of


def split_names(values: dict[str, Value], heading: str) -> None:
    """Cut « DUPONT Marie » in last and first name: capitals are the last name, else the order of the heading."""
    whole = values.pop("full_name", None)
    if not isinstance(whole, str) or "last_name" in values:
        return
    words = whole.replace(",", " ").split()
    capitals = [
        word for word in words if len(word) > 1 and word == word.upper() and any(c.isalpha() for c in word)
    ]
    others = [word for word in words if word not in capitals]
    if not (capitals and others):
        first_name_first = key_of(heading).startswith("prenom")
        capitals, others = (words[1:], words[:1]) if first_name_first else (words[:1], words[1:])
    if capitals:
        values["last_name"] = " ".join(capitals)
    if others and "first_name" not in values:
        values["first_name"] = " ".join(others)
