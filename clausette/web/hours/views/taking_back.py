"""« Reprendre le relevé », « Annuler aucune heure »: what a firm sent is its own until control."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.hours.operations import take_back
from clausette.hours.queries import place_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.web.doors import action
from clausette.web.hours.views.common import href
from clausette.web.hours.views.statement import version_of


@action("contractor", "employer", deposit=True)
def take_back_month(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Make the statement a draft again, and come back to its month."""
    contract, month = place_of(actor=actor, uid=uid)
    try:
        take_back(actor=actor, uid=uid, version=version_of(request))
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Le relevé est repris : il ne compte plus tant que vous ne l'envoyez pas de nouveau.")
    return HttpResponseRedirect(href(actor, "hours:month", uid=contract, month=month))
