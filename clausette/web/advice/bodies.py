"""A body typed by hand: one of the directory when it is known there, else the text alone."""

from uuid import UUID

from django import forms

from clausette.access.queries import find_organisations, organisation_with_siret
from clausette.kernel.actor import Actor
from clausette.kernel.siret import clean_siret
from clausette.kernel.text import search_key

LONGEST = 200


def read_body(form: forms.Form, field: str, actor: Actor) -> tuple[str, UUID | None] | None:
    """Return the name typed in a field, with the body of the directory it names; None when refused at the field.

    « Ville de Nordre (SIRET) », or a SIRET alone, is the body of that number. A name alone is the body that alone
    bears it, and stays a text otherwise.
    """
    text = str(form.cleaned_data[field])
    name, _, inside = text.rpartition("(") if text.endswith(")") else ("", "", text)
    number = "".join(char for char in inside.removesuffix(")") if not char.isspace())
    if not (number.isascii() and number.isdigit()):
        same = _bearing(actor, text)
        return (same[0], same[1]) if same else (text[:LONGEST], None)
    try:
        card = organisation_with_siret(actor=actor, siret=clean_siret(number))
    except ValueError as error:
        form.add_error(field, str(error))
        return None
    if card is not None:
        return card.name, card.uid
    if not name.strip():
        form.add_error(field, "Aucun organisme connu n'a ce SIRET : écrivez le nom.")
        return None
    return name.strip()[:LONGEST], None


def _bearing(actor: Actor, text: str) -> tuple[str, UUID] | None:
    """The only body of this name, if there is one."""
    cards = find_organisations(actor=actor, words=text, limit=12)
    same = [card for card in cards if search_key(card.name) == search_key(text)]
    return (same[0].name, same[0].uid) if len(same) == 1 else None
