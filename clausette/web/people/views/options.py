"""Which publics « sur option » the structure admits."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from clausette.participants import operations
from clausette.participants.queries import admitted_options
from clausette.reference.enums import PublicGroup
from clausette.reference.queries import categories
from clausette.web.doors import action
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted


class OptionsForm(forms.Form):
    """One box for each public « sur option »."""

    categories = forms.MultipleChoiceField(
        label="Publics sur option admis", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # those of a form
        self.fields["categories"].choices = choices  # type: ignore[attr-defined]  # ChoiceField


@action("facilitator", methods=("GET", "POST"))
def options(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The setting of the structure, used wherever eligibility is answered."""
    choices = [(row.code, row.label) for row in categories() if row.group == PublicGroup.B_OPTION and row.stored]
    initial = {"categories": sorted(admitted_options(actor))}
    form, back = OptionsForm(posted(request), choices=choices, initial=initial), href(actor, "people:situation")
    if request.method == "POST" and not form.is_bound:
        form = OptionsForm({}, choices=choices)  # every box unticked sends nothing
    if request.method == "POST" and form.is_valid():
        try:
            operations.admit_options(actor=actor, codes=form.cleaned_data["categories"])
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Les publics sur option sont enregistrés.")
            return HttpResponseRedirect(href(actor, "people:options"))
    context = {
        "crumbs": crumbs(actor), "cancel": back, "known": "", "title": "Publics sur option", "verb": "Enregistrer",
        "lead": "Ces publics dépendent des usages du territoire et des pièces du marché. Ceux qui sont cochés sont "
        "reconnus par votre structure ; un engagement d'insertion peut en admettre d'autres pour son marché.",
    }  # fmt: skip
    return form_page(request, "people/form.html", form, context)
