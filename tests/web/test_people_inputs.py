"""Fields shared by the forms: what is read, what is refused and how, what is shown again."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from clausette.web.inputs import Amount, FreeText, FrenchDate, Hours, Month, Percent, Siret

NIR = "2 85 05 78 006 084 41"  # valid key
CORSICAN = "1 85 05 2A 006 084 35"


class Sample(forms.Form):
    """One of each."""

    text = FreeText("Texte", required=False, lines=3)
    line = FreeText("Ligne", required=False)
    day = FrenchDate("Jour", required=False)
    month = Month("Mois", required=False)
    hours = Hours("Heures", required=False, above=0, most=48)
    euros = Amount("Montant", required=False, least=0)
    percent = Percent("Part", required=False, most=100)
    siret = Siret(required=False)


def cleaned(**typed: str) -> dict[str, object]:
    form = Sample(typed)
    assert form.is_valid(), form.errors
    return {name: form.cleaned_data[name] for name in typed if name in form.cleaned_data}


def sentence(**typed: str) -> str:
    form = Sample(typed)
    assert not form.is_valid()
    (errors,) = form.errors.values()
    return str(errors[0])


def test_good_values_are_read() -> None:
    assert cleaned(
        line="  a   b ", day="3 mars 2026", month="10/2026", hours="7h30", euros="1 234,5 €", percent="5 %"
    ) == {
        "line": "a b", "day": date(2026, 3, 3), "month": date(2026, 10, 1), "hours": Decimal("7.5"),
        "euros": Decimal("1234.5"), "percent": Decimal(5),
    }  # fmt: skip
    assert cleaned(siret="732 829 320 00074") == {"siret": "73282932000074"}


@pytest.mark.parametrize(
    ("typed", "shown"), [("2026-10", "10/2026"), ("octobre 2026", "octobre 2026"), ("13/2026", "13/2026")]
)
def test_a_month_of_an_address_is_shown_as_people_write_it(typed: str, shown: str) -> None:
    assert f'value="{shown}"' in str(Sample({"month": typed})["month"])


def test_empty_values_are_none() -> None:
    assert cleaned(day="", hours="", siret="", line="") == {
        "day": None,
        "hours": None,
        "siret": "",
        "line": "",
    }


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("day", "31/02/2026", "Cette date n'existe pas dans le calendrier."),
        ("month", "13/2026", "Le mois va de 1 à 12."),
        ("hours", "0", "Écrivez un nombre supérieur à 0."),
        ("hours", "60", "Au plus 48\u00a0h."),
        ("euros", "-3", "Au moins 0\u00a0€."),
        ("percent", "120", "Au plus 100\u00a0%."),
        ("siret", "732 829 320 00075", "Ce SIRET n'existe pas : vérifiez ses chiffres."),
    ],
)
def test_bad_values_have_a_sentence_and_stay(field: str, typed: str, told: str) -> None:
    form = Sample({field: typed})
    assert form.errors[field] == [told]
    assert typed.replace(" ", "\u00a0") in str(form[field]) or typed in str(form[field])


def test_a_wrong_date_is_shown_in_a_text_input() -> None:
    assert 'type="text"' in str(Sample({"day": "31/02/2026"})["day"])
    assert 'type="date"' in str(Sample({"day": "2026-03-03"})["day"])


@pytest.mark.parametrize("text", [NIR, f"voir {NIR}.", CORSICAN])
def test_a_social_security_number_is_refused_even_confirmed(text: str) -> None:
    assert "numéro de sécurité sociale : retirez-le" in sentence(text=text, text_sans_nir="oui")
    assert "sans_nir" not in str(Sample({"text": text})["text"])


def test_thirteen_suspect_characters_ask_for_a_confirmation() -> None:
    typed = "dossier 2850578006084"
    form = Sample({"line": typed})
    assert "confirmez" in str(form.errors["line"][0])
    assert 'name="line_sans_nir"' in str(form["line"])
    assert cleaned(line=typed, line_sans_nir="oui") == {"line": typed}
    assert " checked" in str(Sample({"line": typed, "line_sans_nir": "oui"})["line"])


@pytest.mark.parametrize("text", ["732 829 320 00074", "06 12 34 56 78", "FR76 3000 6000 0112 3456 7890 189"])
def test_siret_phone_and_iban_pass(text: str) -> None:
    assert cleaned(text=text) == {"text": text}
