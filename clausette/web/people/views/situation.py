"""« Éligibilité en une minute »: the publics that a situation opens, and the papers to ask for."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.participants.queries import admitted_options, answer_of
from clausette.participants.rules import Answer, Criterion
from clausette.reference.queries import categories
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.doors import action
from clausette.web.people.common import crumbs, href
from clausette.web.people.forms.situation import SituationForm


@action("facilitator", "prescriber", methods=("GET", "POST"))
def ask(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form and its answer. Sent in the body: a situation is never in an address, and nothing is kept."""
    asked = request.method == "POST"
    publics, may_add = categories(), actor.can("facilitator")
    admitted = admitted_options(actor) if may_add else None
    initial = {"le": clock.today().isoformat()}
    form = SituationForm(request.POST if asked else None, publics=publics, admitted=admitted, initial=initial)
    good = asked and form.is_valid()
    found = proved = None
    if good:
        found, proved = answer_of(form.situation()), answer_of(form.situation(proved=True))
    context = {
        "form": form,
        "options_href": href(actor, "people:options") if may_add else "",
        "asked": asked,
        "focus": not request.headers.get("HX-Request"),
        "crumbs": crumbs(actor),
        "badge": _badge(proved) if proved else None,
        "sentence": _sentence(found, proved) if found and proved else "",
        "open": [_paper(one) for one in found.criteria if not one.refusal] if found else [],
        "refusals": found.refusals if found else (),
        "next": LinkButton("Ajouter un participant", href(actor, "people:create"), "secondary") if may_add else None,
    }
    return TemplateResponse(request, "people/situation.html", context, status=400 if asked and not good else 200)


def _badge(proved: Answer) -> Badge:
    if proved.verdict == "eligible":
        return Badge("Éligible si les pièces le confirment", "ok")
    if proved.verdict == "incomplete":
        return Badge("Il manque un renseignement", "wait")
    return Badge("Aucun public reconnu à ce jour", "neutral")


def _sentence(found: Answer, proved: Answer) -> str:
    retained = proved.retained or found.retained
    if retained is None:
        return "Vérifiez les situations cochées et les dates, ou demandez l'avis motivé d'un prescripteur."
    told = f"Public le plus solide : {retained.row.label}."
    if proved.until is None:
        return told
    if retained.row.title_ends and retained.row.code != "SIAE":
        return f"{told} Valable tant que le titre court, trois mois au plus."
    return f"{told} Pièces vues ce jour, l'embauche est possible jusqu'au {format_date(proved.until)}."


def _paper(one: Criterion) -> tuple[str, tuple[str, ...]]:
    """A public and what is still to be asked or seen for it."""
    return one.row.label, one.missing or ("Rien d'autre à demander.",)
