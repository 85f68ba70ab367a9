"""Default rules of a structure, and the conditions of one engagement."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments import permissions
from clausette.commitments.queries import Conditions, conditions_of, default_conditions, usual_counting
from clausette.hours.operations import change_default_rules, change_rules
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.reference.queries import parameters_on
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.contracts.forms.conditions import (
    ConditionsForm,
    EngagementConditionsForm,
    conditions_initial,
)
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.doing import done, sent
from clausette.web.contracts.views.engagement_life import changing, crumbs_of
from clausette.web.contracts.views.outsiders import Outsiders
from clausette.web.doors import action


def usual() -> Conditions:
    """The conditions of a structure that never wrote any: the usage of the day."""
    return Conditions(penalty_multiplier=parameters_on(clock.today())["penalty_multiplier"])


@action("facilitator", methods=("GET", "POST"))
def default_rules(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the structure proposes for each new engagement."""
    demand(permissions.can_set_defaults(actor))
    held = default_conditions(actor=actor, owner_org_id=actor.organisation_id) or usual()
    form = ConditionsForm(**sent(request), initial=conditions_initial(held))
    form.say_counting(usual_counting(on=clock.today()))

    outside = Outsiders()

    def write() -> None:
        with outside.noted():
            outside.left = change_default_rules(
                actor=actor, on=clock.today(), decided=form.decided(), options=form.options()
            )

    if done(request, form, write, "Les règles par défaut sont enregistrées."):
        after = "hours:all_outside" if outside.to_correct(form) else "contracts:default_rules"
        return HttpResponseRedirect(href(actor, after))
    context = {
        "form": form,
        "title": "Règles par défaut des engagements",
        "lead": "Ce que la structure propose pour chaque nouvel engagement d'insertion.",
        "intro": "Les engagements déjà enregistrés gardent leurs publics, leurs modalités, leurs relevés et leur "
        "pénalité. Les règles de comptage, elles, s'appliquent tout de suite à ceux qui n'en disent rien.",
        "crumbs": Breadcrumb((Crumb("Structure", href(actor, "account:members")),)),
        "verb": "Enregistrer les règles",
        "cancel": href(actor, "account:members"),
        "rules_href": "",
        "outside_href": href(actor, "hours:all_outside"),
        **outside.shown(request, actor, form),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/conditions.html", context, status=status)


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
        "valued_href": href(actor, "contracts:valued", uid=uid),
        "outside_href": href(actor, "hours:outside", uid=uid),
        **outside.shown(request, actor, form),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/conditions.html", context, status=status)
