"""The page ``/composants``: every component in every state, tested for accessibility."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

from clausette.web.components import samples
from clausette.web.components.fields import FileInput
from clausette.web.doors import public


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom d'usage", help_text="Celui que vous employez au téléphone.")
    hours = forms.CharField(label="Heures dues", widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    amount = forms.IntegerField(label="Nombre de personnes", required=False, min_value=1)
    ends_on = forms.DateField(label="Fin", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(label="Type", choices=(("", "Choisir"), ("m", "Marché"), ("c", "Concession")))
    device = forms.ChoiceField(
        label="Levier juridique",
        choices=(("x", "Condition d'exécution"), ("r", "Marché réservé")),
        widget=forms.RadioSelect,
        help_text="Un seul par engagement.",
    )
    note = forms.CharField(label="Remarque", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    shared = forms.BooleanField(
        label="Suivi avec une autre structure", required=False, help_text="Elle verra ce marché."
    )
    evidence = forms.FileField(
        label="Pièce justificative",
        required=False,
        widget=FileInput(limit="10 Mo", kinds=("PDF", "JPEG", "PNG"), accept=".pdf,.jpg,.jpeg,.png"),
    )


class SampleFilters(forms.Form):
    """Filters of a list."""

    etat = forms.ChoiceField(
        label="État", required=False, choices=(("", "Tous"), ("ouvert", "En cours"), ("clos", "Clos"))
    )
    texte = forms.CharField(
        label="Nom ou numéro", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    tri = forms.CharField(required=False, widget=forms.HiddenInput)


def _refused() -> SampleForm:
    form = SampleForm(
        {"name": "Gymnase", "hours": "douze", "amount": "0", "ends_on": "", "kind": "m"}, auto_id="refus_%s"
    )
    form.is_valid()
    form.add_error("hours", "« douze » n'est pas un nombre d'heures. Écrivez par exemple 7,5 ou 7h30.")
    form.add_error("shared", "Cette structure n'existe pas.")
    form.add_error(None, "La date de fin précède celle de l'avenant.")
    return form


@public()
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    shown: dict[str, Any] = {
        "buttons": samples.buttons(),
        "badges": samples.badges(),
        "flashes": samples.flashes(),
        "figures": samples.figures(),
        "next_actions": samples.next_actions(get_token(request)),
        "grids": samples.grids(),
        "empty": samples.EMPTY,
        "form": SampleForm(auto_id="neuf_%s"),
        "refused": _refused(),
        "filter_form": SampleFilters({"etat": "ouvert", "texte": ""}, auto_id="filtre_%s"),
        **samples.paths(),
        **samples.tables(),
    }
    return render(request, "components/gallery.html", shown)
