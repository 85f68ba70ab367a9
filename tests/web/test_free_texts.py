"""A social security number is refused in every text that is kept, in whatever form it is typed."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

import clausette.web
from clausette.web.inputs import FreeText
from clausette.web.inputs.text import LineInput

WITH_KEY = ("1 84 12 76 451 089 46", "184127645108946", "2 85 07 2A 004 052 12", "190032B03304284")
SUSPECT = "1 84 12 76 451 089"
HARMLESS = ("732 829 320 00074", "06 12 34 56 78", "FR76 3000 6000 0112 3456 7890 189", "2026-T-041")
# texts that are never kept (filters of lists), that are read as something else, or that no page lets another read
NOT_KEPT = {
    "mots", "q", "tri", "etat", "marche", "declarant", "engagement", "titulaire", "mo", "participant", "au", "texte",
    "choice", "next", "code", "password", "again", "current", "contractor_siret", "place_code",
    "objet", "fingerprint", "voir", "nature", "annee", "structure", "travail", "cpv", "typed_name", "word",
}  # fmt: skip


def _forms() -> Iterator[type[forms.Form]]:
    for module in pkgutil.walk_packages(clausette.web.__path__, "clausette.web."):
        if ".management" in module.name or ".components" in module.name:
            continue
        for _, found in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(found, forms.Form) and found.__module__ == module.name:
                yield found


def _plain(field: forms.Field) -> bool:
    """A text that is not read as a number, a date, an address or a choice."""
    return type(field) is forms.CharField


FORMS = sorted(set(_forms()), key=lambda form: f"{form.__module__}.{form.__name__}")
FREE = [
    pytest.param(field, id=f"{form.__name__}.{name}")
    for form in FORMS
    for name, field in form.base_fields.items()
    if isinstance(field, FreeText)
]


def test_every_text_that_is_kept_is_a_free_text() -> None:
    plain = {
        f"{form.__module__.removeprefix('clausette.web.')}.{form.__name__}.{name}"
        for form in FORMS
        for name, field in form.base_fields.items()
        if _plain(field) and name not in NOT_KEPT
    }
    assert plain == set()
    assert len(FREE) > 25


@pytest.mark.parametrize("field", FREE)
def test_fifteen_characters_with_their_key_are_refused(field: FreeText) -> None:
    for number in WITH_KEY:
        with pytest.raises(forms.ValidationError, match="sécurité sociale"):
            field.clean(f"Lot {number}"[: field.max_length or 300])


def _complaint(field: FreeText, text: str) -> str:
    """What the field says of this text, « » when it takes it."""
    try:
        field.clean(text)
    except forms.ValidationError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("field", FREE)
def test_thirteen_suspect_characters_ask_and_the_rest_passes(field: FreeText) -> None:
    confirmed = LineInput().value_from_datadict({"texte": SUSPECT, "texte_sans_nir": "oui"}, {}, "texte")
    assert confirmed is not None
    assert "confirmez" in _complaint(field, SUSPECT)
    for harmless in (*HARMLESS, confirmed):
        assert "sécurité sociale" not in _complaint(field, harmless)
