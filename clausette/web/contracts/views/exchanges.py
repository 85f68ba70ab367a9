"""Exchanges with the firms of a contract: noted in one click."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.procurement import permissions
from clausette.procurement.enums import ExchangeKind
from clausette.procurement.operations import note_exchange
from clausette.procurement.queries import contract_sheet, shares_contract
from clausette.web.components.buttons import Button
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.contracts.forms.exchanges import ExchangeForm
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.doing import done, sent
from clausette.web.contracts.views.exchanges_side import firms_of
from clausette.web.doors import action


@action("facilitator", methods=("GET", "POST"))
def note(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Note an exchange: the button pressed says how it took place."""
    sheet = contract_sheet(actor=actor, uid=uid)
    shares = shares_contract(actor=actor, contract_id=sheet.id)
    demand(permissions.can_keep_contacts(actor, owner_org_id=sheet.owner_org_id, shares=shares))
    firms, on = firms_of(sheet), clock.today()
    first = {"on": on.isoformat(), "organisation": next(iter(firms), "")}
    form = ExchangeForm(**sent(request), firms=list(firms.items()), initial=first)

    def write() -> None:
        said = form.cleaned_data
        note_exchange(
            actor=actor, contract_uid=uid, organisation_uid=UUID(said["organisation"]),
            kind=ExchangeKind(said["kind"]), on=said["on"], today=on, note=said["note"],
        )  # fmt: skip

    back = href(actor, "contracts:show", uid=uid)
    if done(request, form, write, "L'échange est noté."):
        return HttpResponseRedirect(back)
    context = {
        "form": form,
        "crumbs": Breadcrumb((Crumb("Marchés", href(actor, "contracts:list")), Crumb(sheet.common_name, back))),
        "buttons": [Button(kind.label, name="kind", value=kind.value, style="secondary") for kind in ExchangeKind],
        "cancel": back,
        "nobody": not firms,
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/exchange.html", context, status=status)
