"""One contract: its page, its creation, its changes, its life."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import isolated
from clausette.procurement import operations, permissions
from clausette.procurement.enums import ContractState, PartyRole
from clausette.procurement.queries import ContractSheet, contract_sheet, known_organisations, operation_names
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.contracts.forms.contract import (
    ContractForm,
    LotsForm,
    NewContractForm,
    initial_of,
)
from clausette.web.contracts.forms.organisations import OrganisationChoice, read_organisation, settle
from clausette.web.contracts.views.common import READERS, day_asked, href
from clausette.web.contracts.views.contract_page import contract_context
from clausette.web.contracts.views.exchanges_side import exchanges_context
from clausette.web.doors import action, page
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted


@page(*READERS)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The page of a contract: engagements, lots, who takes part, state, history."""
    sheet = contract_sheet(actor=actor, uid=uid)
    if request.GET.get("bloc") == "echanges":
        return TemplateResponse(request, "contracts/exchanges_of.html", exchanges_context(actor, sheet))
    every = request.GET.get("fil") == "tout"
    context = contract_context(actor, sheet, day_asked(request), every_event=every)
    if "complet" in request.GET and context["note_exchange"]:
        context |= exchanges_context(actor, sheet) | {"complete": True}
    return TemplateResponse(request, "contracts/contract.html", context)


def crumbs(actor: Actor, sheet: ContractSheet) -> Breadcrumb:
    """Path to a page under a contract."""
    return Breadcrumb(
        (
            Crumb("Marchés", href(actor, "contracts:list")),
            Crumb(sheet.common_name, href(actor, "contracts:show", uid=sheet.uid)),
        )
    )


def _new_form(request: HttpRequest, actor: Actor) -> NewContractForm:
    return NewContractForm(
        request.POST if request.method == "POST" else None,
        operations=operation_names(actor=actor),
        buyers=known_organisations(actor=actor, role=PartyRole.BUYER),
        initial={"state": ContractState.RUNNING},
    )


@action("facilitator", methods=("GET", "POST"))
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Record a contract: two fields, lots pasted, the rest when it is known."""
    demand(permissions.can_create_contract(actor))
    form = _new_form(request, actor)
    if request.method == "POST":
        form.is_valid()  # the buyer is read even beside other errors: all of them are said at once
        buyer = read_organisation(form, "buyer", actor)
        if buyer is not None and not form.errors:
            try:
                uid = _create(actor, form, buyer)
            except Refusal as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(
                    request, "Le marché est enregistré. Indiquez maintenant qui en est titulaire."
                )
                return HttpResponseRedirect(href(actor, "contracts:show", uid=uid))
    refused = bool(form.is_bound and form.errors)
    folded = set(form.errors) - {"common_name", "buyer", "buyer_siret", "lots"}
    context = {
        "form": form,
        "cancel": href(actor, "contracts:list"),
        "unfolded": bool(folded) or form.rest_typed,
    }
    return TemplateResponse(request, "contracts/create.html", context, status=400 if refused else 200)


def _create(actor: Actor, form: NewContractForm, buyer: OrganisationChoice) -> UUID:
    """Everything or nothing: the buyer if it is new, the operation if it is new, the contract and its lots."""
    with isolated():
        details = form.details()
        details["state"] = form.cleaned_data["state"] or ContractState.RUNNING
        if form.cleaned_data["new_operation"]:
            details["operation_uid"] = operations.create_operation(
                actor=actor, name=form.cleaned_data["new_operation"]
            )
        return operations.create_contract(
            actor=actor,
            common_name=form.cleaned_data["common_name"],
            buyer_uid=settle(buyer, actor=actor, capability="buyer"),
            lots=form.cleaned_data["lots"],
            on=clock.today(),
            **details,
        )


def _changeable(actor: Actor, uid: UUID) -> ContractSheet:
    sheet = contract_sheet(actor=actor, uid=uid)
    demand(permissions.can_change_contract(actor, owner_org_id=sheet.owner_org_id, state=sheet.state))
    return sheet


@action("facilitator", methods=("GET", "POST"))
def change(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Change what is known of a contract."""
    sheet = _changeable(actor, uid)
    form = ContractForm(
        posted(request), operations=operation_names(actor=actor), initial=initial_of(sheet)
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_contract(
                actor=actor, uid=uid, common_name=form.cleaned_data["common_name"], **form.details()
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le marché est modifié.")
            return HttpResponseRedirect(href(actor, "contracts:show", uid=uid))
    return _form_page(request, actor, sheet, form, "Modifier le marché", "Enregistrer")


@action("facilitator", methods=("GET", "POST"))
def lots(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Add lots pasted from a spreadsheet."""
    sheet = _changeable(actor, uid)
    form = LotsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            added = operations.add_lots(actor=actor, contract_uid=uid, lots=form.cleaned_data["lots"])
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, "Le lot est ajouté." if len(added) == 1 else f"{len(added)} lots sont ajoutés."
            )
            return HttpResponseRedirect(href(actor, "contracts:show", uid=uid))
    return _form_page(request, actor, sheet, form, "Ajouter des lots", "Ajouter ces lots")


def _form_page(
    request: HttpRequest,
    actor: Actor,
    sheet: ContractSheet,
    form: ContractForm | LotsForm,
    title: str,
    verb: str,
) -> HttpResponse:
    refused = bool(form.is_bound and form.errors)
    context = {
        "form": form,
        "sheet": sheet,
        "crumbs": crumbs(actor, sheet),
        "title": title,
        "verb": verb,
        "cancel": href(actor, "contracts:show", uid=sheet.uid),
    }
    return TemplateResponse(request, "contracts/form.html", context, status=400 if refused else 200)
