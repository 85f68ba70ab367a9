"""From advice to follow-up: the contract of an accepted study, then its titulaires and what they owe."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.advice.operations import award_study, follow_study
from clausette.advice.queries import FollowSheet, follow_sheet
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal, WrongState
from clausette.kernel.operation import isolated
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import contract_sheet, known_organisations
from clausette.web.advice.follow_forms import AwardForm, FollowForm, award_initial
from clausette.web.advice.views.common import href
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.contracts.forms.organisations import read_organisation, settle
from clausette.web.doors import action
from clausette.web.refusals import add_refusal


def follow_context(actor: Actor, uid: UUID) -> dict[str, object]:
    """The block « Suivi » of the page of a study: its contract, or the next gesture that leads to it."""
    sheet = follow_sheet(actor=actor, uid=uid)
    contract = href(actor, "contracts:show", uid=sheet.contract_uid) if sheet.contract_uid else ""
    gesture = None
    if sheet.followable:
        gesture = LinkButton("Créer le marché", href(actor, "advice:follow_study", uid=uid), "primary")
    elif sheet.awardable:
        gesture = LinkButton("Attribuer et engager", href(actor, "advice:award_study", uid=uid), "primary")
    return {"follow": sheet, "follow_contract_href": contract, "follow_gesture": gesture}


@action("facilitator", methods=("GET", "POST"))
def follow(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Make the contract of an accepted study, with its lots."""
    sheet = follow_sheet(actor=actor, uid=uid)
    if not sheet.followable and request.method == "GET":
        raise WrongState("Cette étude a déjà son marché, ou l'acheteur ne l'a pas encore acceptée.")
    buyer = f"{sheet.buyer_name} ({sheet.buyer_siret})" if sheet.buyer_siret else sheet.buyer_name
    form = FollowForm(
        request.POST if request.method == "POST" else None, initial={"common_name": sheet.title, "buyer": buyer},
        buyers=known_organisations(actor=actor, role=PartyRole.BUYER),
    )  # fmt: skip
    if form.is_bound:
        form.is_valid()
        choice = read_organisation(form, "buyer", actor)
        if choice is not None and not form.errors:
            try:
                with isolated():
                    made = follow_study(
                        actor=actor, study_uid=uid, buyer_uid=settle(choice, actor=actor, capability="buyer"),
                        common_name=form.cleaned_data["common_name"], on=clock.today(),
                    )  # fmt: skip
            except Refusal as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, "Le marché est créé avec ses lots. Il attend ses titulaires.")
                return HttpResponseRedirect(href(actor, "contracts:show", uid=made))
    context = {"form": form, **_around(actor, sheet)}
    return TemplateResponse(request, "advice/follow.html", context, status=400 if form.is_bound else 200)


@action("facilitator", methods=("GET", "POST"))
def award(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Award the contract of a study lot by lot, and write the engagements with the hours of the study."""
    sheet = follow_sheet(actor=actor, uid=uid)
    if not sheet.awardable and request.method == "GET":
        raise WrongState("Le marché de cette étude n'attend pas de titulaire.")
    on = clock.today()
    form = AwardForm(
        request.POST if request.method == "POST" else None, plans=sheet.plans,
        initial=award_initial(sheet, on, _titulaires(actor, sheet)),
        firms=known_organisations(actor=actor, role=PartyRole.CONTRACTOR),
    )  # fmt: skip
    if form.is_bound:
        form.is_valid()
        choices = form.choices(actor)
        if not choices and not form.errors:
            form.add_error("firm_0", "Donnez au moins un titulaire.")
        if not form.errors:
            try:
                with isolated():
                    made = award_study(
                        actor=actor, study_uid=uid, awards=form.awards(actor, choices),
                        starts_on=form.cleaned_data["starts_on"], ends_on=form.cleaned_data["ends_on"], on=on,
                        notified_on=form.cleaned_data["notified_on"],
                    )  # fmt: skip
            except Refusal as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, "Le marché est attribué et les engagements d'insertion sont écrits.")
                return HttpResponseRedirect(href(actor, "contracts:show", uid=made))
    context = {"form": form, **_around(actor, sheet)}
    return TemplateResponse(request, "advice/award.html", context, status=400 if form.is_bound else 200)


def _titulaires(actor: Actor, sheet: FollowSheet) -> dict[str, str]:
    """Who is titulaire already, by lot (« » for the whole contract): an official file may have said it."""
    if sheet.contract_uid is None:
        return {}
    found = contract_sheet(actor=actor, uid=sheet.contract_uid).awards
    return {one.lot_number: one.contractor.name for one in found if one.ended_on is None}


def _around(actor: Actor, sheet: FollowSheet) -> dict[str, object]:
    here = href(actor, "advice:study", uid=sheet.uid)
    crumbs = Breadcrumb((Crumb("Études", href(actor, "advice:studies")), Crumb(sheet.title, here)))
    return {"sheet": sheet, "crumbs": crumbs, "cancel": here}
