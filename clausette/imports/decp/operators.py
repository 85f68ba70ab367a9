"""Read a firm (contractor or subcontractor): the kind of identifier and the identifier, checked together.

A firm that cannot be identified prevents what depends on it (for a contractor, the award): writing half of a
group of firms would be false. A foreign or overseas identifier is kept as written: no key is known for it.
"""

from stdnum.eu import vat
from stdnum.fr import siret as siret_number

from clausette.imports.decp import values
from clausette.imports.decp.phrases import folded, shown, was_read
from clausette.imports.decp.place import Place
from clausette.imports.decp.results import Contractor
from clausette.imports.decp.scalars import read_choice, read_siret, read_text

LONGEST_ID = 60


def read_operator(value: object, place: Place) -> Contractor | None:
    """The firm, or None with a sentence saying why it cannot be identified."""
    if not isinstance(value, dict):
        place.say(value, f"un objet est attendu, {was_read(value)}.")
        return None
    written = value.get("id")
    at_id = place.inner("id", place.label, None)
    if written is None or (isinstance(written, str) and folded(written) == "nc"):
        at_id.say(written, "l'entreprise n'est pas identifiée.")
        return None
    text = read_text(written, at_id)
    if text is None:
        return None
    kind = _kind(value.get("typeIdentifiant"), text, place)
    return _identified(kind, text, at_id) if kind else None


def _kind(written: object, number: str, place: Place) -> str | None:
    at_kind = place.inner("typeIdentifiant", f"{place.label}, type d'identifiant", None)
    if isinstance(written, str) and written.strip() in values.ID_TYPES:
        return written.strip()
    if siret_number.is_valid("".join(number.split())):
        at_kind.remark(written, "le type manque ou est inconnu ; le numéro est un SIRET et il est lu ainsi.")
        return values.SIRET
    if written is None:
        at_kind.say(None, "ce champ obligatoire manque.")
        return None
    return read_choice(values.ID_TYPES, written, at_kind)


def _identified(kind: str, text: str, place: Place) -> Contractor | None:
    if kind == values.SIRET:
        number = read_siret(text, place)
        return Contractor(kind, number) if number else None
    if len(text) > LONGEST_ID:
        place.say(text, f"l'identifiant a {len(text)} caractères, {LONGEST_ID} au plus sont lus.")
        return None
    number = "".join(text.split()).upper()
    if kind == values.VAT and not vat.is_valid(number):
        place.remark(text, f"« {shown(text)} » n'est pas un numéro de TVA européen ; il est gardé tel quel.")
    return Contractor(kind, number)
