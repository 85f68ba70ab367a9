"""Choosing a body: by its SIRET or its name among those known, or typed on the spot with name and SIRET."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict

from clausette.access.enums import BodyKind
from clausette.access.operations import register_organisation
from clausette.access.queries import (
    OrganisationCard,
    find_organisations,
    organisation_with_siret,
    organisations,
)
from clausette.kernel.actor import Actor
from clausette.kernel.siret import clean_siret
from clausette.kernel.text import collapse, search_key
from clausette.web.contracts.forms.fields import ProposingInput
from clausette.web.inputs import FreeText

SEVERAL = "Choisissez ci-dessous l'organisme que vous voulez dire, ou donnez le SIRET d'un nouveau."
NOBODY = "Aucun organisme connu ne porte ce nom : donnez son SIRET pour l'enregistrer."
NAMELESS = "Aucun organisme connu n'a ce SIRET : écrivez son nom pour l'enregistrer."


@dataclass(frozen=True, slots=True)
class OrganisationChoice:
    """A known body (`card`) or a new one by its name and its valid SIRET."""

    card: OrganisationCard | None
    name: str = ""
    siret: str = ""


def proposals(known: tuple[tuple[str, str], ...]) -> list[str]:
    """« Bâti Ouche (44306184100047) »: what is proposed while typing."""
    return [f"{name} ({siret})" if siret else name for name, siret in known]


def add_organisation_fields(
    form: forms.Form, name: str, label: str, known: tuple[tuple[str, str], ...], *, required: bool = True
) -> None:
    """Give a form the fields of a choice: `name` (name or SIRET) and `name_siret` (SIRET of a new one)."""
    form.fields[name] = FreeText(
        label=label,
        required=required,
        max_length=240,
        widget=ProposingInput(proposals(known)),
        help_text="Nom ou SIRET.",
    )
    about = "" if label == "Organisme" else f" ({label.lower()})"
    form.fields[f"{name}_siret"] = forms.CharField(
        label=f"SIRET, si c'est un nouvel organisme{about}",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def _digits(text: str) -> str:
    """The SIRET written alone or at the end, between brackets; "" when there is none."""
    inside = text.rpartition("(")[2].removesuffix(")") if text.endswith(")") else text
    bare = "".join(char for char in inside if char not in " .-\u00a0\u202f")
    return bare if bare.isascii() and bare.isdigit() and len(bare) >= 9 else ""


def _picked(form: forms.Form, name: str, actor: Actor) -> OrganisationCard | None:
    raw = str(form.data.get(form.add_prefix(f"{name}_pick"), ""))
    try:
        uid = UUID(raw)
    except ValueError:
        return None
    return organisations(actor=actor, uids=[uid]).get(uid)


def _offer(form: forms.Form, name: str, cards: list[OrganisationCard]) -> None:
    """Show the bodies that may be meant as radio buttons, just under the field."""
    choices = [
        (str(card.uid), " · ".join(part for part in (card.name, card.commune_name, card.siret) if part))
        for card in cards
    ]
    form.fields[f"{name}_pick"] = forms.ChoiceField(
        label="Est-ce l'un de ceux-ci ?", choices=choices, widget=forms.RadioSelect, required=False
    )
    order = list(form.fields)
    order.remove(f"{name}_pick")
    order.insert(order.index(name) + 1, f"{name}_pick")
    form.order_fields(order)


def _refuse(form: forms.Form, name: str, sentence: str) -> None:
    form.add_error(name, sentence)


def _by_siret(
    form: forms.Form, name: str, actor: Actor, text: str, written: str
) -> OrganisationChoice | None:
    """`written`: digits found in the name's field, or typed in the SIRET's field."""
    own_field = bool(form.cleaned_data.get(f"{name}_siret"))
    field = f"{name}_siret" if own_field else name
    try:
        siret = clean_siret(written)
    except ValueError as error:
        _refuse(form, field, str(error))
        return None
    card = organisation_with_siret(actor=actor, siret=siret)
    if card is not None:
        return OrganisationChoice(card)
    if own_field and not _digits(text):
        return OrganisationChoice(None, text, siret)
    data = QueryDict(mutable=True)
    data.update(form.data)  # the SIRET goes to its own field: only the name is still to be typed
    data[form.add_prefix(name)], data[form.add_prefix(f"{name}_siret")] = "", written
    form.data = data
    _refuse(form, name, NAMELESS)
    return None


def read_organisation(form: forms.Form, name: str, actor: Actor) -> OrganisationChoice | None:
    """Return what the fields `name` mean, None when nothing is typed or when an error was written at the field.

    Call it on a form that is valid so far, before any write.
    """
    text = collapse(str(form.cleaned_data.get(name) or ""))
    written = str(form.cleaned_data.get(f"{name}_siret") or "")
    if not text and not written:
        return None
    picked = _picked(form, name, actor)
    if picked is not None:
        return OrganisationChoice(picked)
    if not text:
        _refuse(form, name, "Écrivez le nom de ce nouvel organisme.")
        return None
    if written or _digits(text):
        return _by_siret(form, name, actor, text, written or _digits(text))
    return _by_name(form, name, actor, text)


def _by_name(form: forms.Form, name: str, actor: Actor, text: str) -> OrganisationChoice | None:
    cards = find_organisations(actor=actor, words=text, limit=12)
    same = [card for card in cards if search_key(card.name) == search_key(text)]
    if len(same) == 1:
        return OrganisationChoice(same[0])
    if not cards:
        _refuse(form, name, NOBODY)
        return None
    _offer(form, name, cards)
    _refuse(form, name, SEVERAL)
    return None


def settle(
    choice: OrganisationChoice, *, actor: Actor, capability: str, body_kind: BodyKind = BodyKind.OTHER
) -> UUID:
    """Return the uid of the body chosen, registered now if it is new. Call it inside the write (`isolated`)."""
    if choice.card is not None and capability in choice.card.capabilities:
        return choice.card.uid
    if choice.card is not None and not choice.card.siret:
        return choice.card.uid
    return register_organisation(
        actor=actor,
        name=choice.card.name if choice.card else choice.name,
        siret=choice.card.siret if choice.card else choice.siret,
        body_kind=choice.card.body_kind if choice.card else body_kind,
        capabilities=(capability,),
    )
