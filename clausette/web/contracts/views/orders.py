"""A bon de commande or a marché subséquent is made from the page of its accord-cadre."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import WrongState
from clausette.procurement import operations
from clausette.procurement.enums import ContractKind, PartyRole
from clausette.procurement.queries import (
    ContractSheet,
    contractors_of,
    framework_orders,
)
from clausette.web.contracts.forms.life import OrderForm
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.doing import changeable, done, form_page, sent
from clausette.web.contracts.views.framework import left_told
from clausette.web.doors import action


def buyers_of(sheet: ContractSheet) -> list[tuple[str, str]]:
    """The maîtres d'ouvrage of a contract today, for a choice: its own first."""
    members = [
        row for row in sheet.parties
        if row.role == PartyRole.BUYER and row.revoked_at is None and row.valid_to is None
    ]  # fmt: skip
    named = {str(sheet.buyer.uid): sheet.buyer.name}
    return list((named | {str(row.organisation.uid): row.organisation.name for row in members}).items())


@action("facilitator", methods=("GET", "POST"))
def create_order(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Record a bon de commande or a marché subséquent."""
    sheet = changeable(actor, uid)
    if sheet.kind != ContractKind.FRAMEWORK:
        raise WrongState("Seul un accord-cadre reçoit des commandes et des marchés subséquents.")
    known = framework_orders(actor=actor, uid=uid)
    firms = [(str(one), name) for one, name in contractors_of(actor=actor, contract_id=sheet.id)]
    form = OrderForm(
        **sent(request),
        lots=sheet.lots,
        firms=firms,
        buyers=buyers_of(sheet),
        initial={"common_name": f"{sheet.common_name}, commande {len(known.orders) + 1}"},
    )
    made: list[UUID] = []

    def write() -> None:
        made.append(
            operations.create_order(actor=actor, framework_uid=uid, entry=form.entry(), on=clock.today())
        )

    if done(request, form, write, "La commande est enregistrée."):
        return HttpResponseRedirect(href(actor, "contracts:show", uid=made[-1]))
    return form_page(
        request, actor, sheet, form, title="Nouvelle commande", verb="Enregistrer la commande",
        intro=f"{left_told(known.ceiling)} Le maximum de l'accord-cadre ne fixe aucune heure : chaque commande a "
        "son propre engagement d'insertion.",
    )  # fmt: skip
