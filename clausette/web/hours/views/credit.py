"""Hours worked on one contract, credited to another under a signed act of globalisation."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments.queries import act_line
from clausette.hours.operations import globalise
from clausette.hours.queries import ActSheet, act_sheet, may_credit
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_date, format_hours
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.doors import action
from clausette.web.hours.views.common import href
from clausette.web.inputs import Hours
from clausette.web.refusals import add_refusal


class CreditForm(forms.Form):
    """How many hours."""

    hours = Hours(
        "Heures à créditer", above=0, most=999_999,
        help_text="Prises sur les mois validés les plus anciens. Le territoire les compte là où elles sont faites.",
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def credit(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Show what the act still allows, and credit hours by it."""
    act, named = act_sheet(actor=actor, uid=uid), act_line(actor=actor, uid=uid)
    demand(may_credit(actor, act))
    form = CreditForm(request.POST) if request.method == "POST" else CreditForm()
    back = (
        href(actor, "contracts:commitment", uid=named.from_uid)
        if named.from_uid
        else href(actor, "hours:list")
    )
    if form.is_bound and form.is_valid():
        try:
            globalise(actor=actor, act_uid=uid, hours=form.cleaned_data["hours"], at=clock.now(), on=clock.today())
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            told = f"{format_hours(form.cleaned_data['hours'])} créditées à « {act.to_name} »."
            messages.success(request, told)
            return HttpResponseRedirect(back)
    nothing = _nothing_left(act)
    context = {
        "crumbs": Breadcrumb((Crumb(act.from_name or "Engagement", back),)),
        "act": act,
        "facts": _facts(act),
        "nothing": nothing,
        "form": form if form.is_bound or not nothing else None,
        "back": back,
    }
    return TemplateResponse(request, "hours/credit.html", context, status=400 if form.is_bound else 200)


def _nothing_left(act: ActSheet) -> tuple[str, str] | None:
    """Why nothing can be credited today, None when something can."""
    if act.facts.left <= 0:
        whole = format_hours(act.facts.ceiling)
        told = f"Les {whole} que l'acte permet sont créditées. Au-delà, il faut un nouvel acte."
        return "Le plafond de l'acte est atteint", told
    if act.available <= 0:
        told = "Les heures se créditent dès que leur relevé est validé, pour les mois que l'acte couvre."
        return "Aucune heure à créditer pour l'instant", told
    return None


def _facts(act: ActSheet) -> Facts:
    """What the act allows, what is done, what may be credited today."""
    facts = act.facts
    end = f" au {format_date(facts.ends_on)}" if facts.ends_on else ""
    return Facts(
        (
            Fact("Signé le", format_date(facts.signed_on)),
            Fact("Pour les heures", f"du {format_date(facts.starts_on)}{end}"),
            Fact("Plafond", format_hours(facts.ceiling)),
            Fact("Déjà créditées", format_hours(facts.credited)),
            Fact("Reste à créditer", format_hours(facts.left)),
            Fact(
                "Validées, encore disponibles", format_hours(act.available),
                help=f"Faites sur « {act.from_name} », créditées à aucun autre marché.",
            ),
        )
    )  # fmt: skip
