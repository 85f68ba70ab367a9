"""« Ma journée »: the first page of everyone, by the role of the organisation."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.procurement.queries import mandates_held
from clausette.web.components.lists import Tab, Tabs
from clausette.web.components.querystring import with_params
from clausette.web.desk.views import buyer, facilitator, firm, prescriber
from clausette.web.doors import page
from clausette.web.mandates.words import held_block

Context = dict[str, object]
ROLES: Mapping[str, tuple[str, frozenset[str], Callable[[HttpRequest, Actor], Context]]] = {
    "facilitateur": ("Facilitateur", frozenset({"facilitator"}), facilitator.context),
    "acheteur": ("Maître d'ouvrage", frozenset({"buyer"}), buyer.context),
    "entreprise": ("Entreprise", frozenset({"contractor", "employer"}), firm.context),
    "prescripteur": ("Prescripteur", frozenset({"prescriber"}), prescriber.context),
}


@page()
def day(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits today; one view per role when the organisation has several."""
    roles = [role for role, (_, wanted, _) in ROLES.items() if wanted & actor.capabilities]
    if not roles:
        on = clock.today()
        held = held_block(mandates_held(actor=actor, on=on))
        return TemplateResponse(request, "desk/day_none.html", {"today": on, "held": held if held.rows else ""})
    asked = request.GET.get("role", "")
    role = asked if asked in roles else roles[0]
    if role == "facilitateur" and request.GET.get("bloc") == "suite":
        return TemplateResponse(request, *facilitator.rest(request, actor))
    context = ROLES[role][2](request, actor)
    tabs = [Tab(ROLES[one][0], with_params(None, role=one), one == role) for one in roles]
    context["tabs"] = Tabs(tabs, "Vos rôles") if len(roles) > 1 else ""
    return TemplateResponse(request, f"desk/day_{role}.html", context)
