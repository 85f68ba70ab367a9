"""The conditions of one engagement."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments.queries import conditions_of
from clausette.hours.operations import change_rules
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.web.contracts.forms.conditions import EngagementConditionsForm, conditions_initial
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.doing import done, sent
from clausette.web.contracts.views.engagement_life import changing, crumbs_of
from clausette.web.contracts.views.outsiders import Outsiders
from clausette.web.doors import action


@action("facilitator", methods=("GET", "POST"))
def conditions(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """What one engagement says besides its hours, and what it takes from its structure."""
    sheet = changing(actor, uid)
    known = conditions_of(actor=actor, uid=uid, on=clock.today())
    started = {"expected_from": known.expected_from}
    form = EngagementConditionsForm(**sent(request), initial=conditions_initial(known.own) | started)
    form.say_counting(known.inherited, known.structure.counting if known.structure else None)
    if known.structure:
        form.say_structure(known.structure)

    outside = Outsiders()

    def write() -> None:
        with outside.noted():
            outside.left = change_rules(
                actor=actor, uid=uid, on=clock.today(), decided=form.decided(), options=form.options()
            )

    if done(request, form, write, "Les conditions de l'engagement sont enregistrées."):
        back = href(actor, "contracts:commitment", uid=uid)
        return HttpResponseRedirect(href(actor, "hours:outside", uid=uid) if outside.to_correct(form) else back)
    context = {
        "form": form,
        "title": "Conditions de l'engagement",
        "lead": f"{sheet.contract.common_name} · {sheet.contractor_name}",
        "intro": "Les heures dues et leurs dates changent par une nouvelle version ; le reste se règle ici.",
        "crumbs": crumbs_of(actor, sheet),
        "verb": "Enregistrer les conditions",
        "cancel": href(actor, "contracts:commitment", uid=uid),
        "rules_href": href(actor, "contracts:default_rules"),
        "controls_href": href(actor, "contracts:controls", uid=uid),
        "valued_href": href(actor, "contracts:valued", uid=uid),
        "outside_href": href(actor, "hours:outside", uid=uid),
        **outside.shown(request, actor, form),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/conditions.html", context, status=status)
