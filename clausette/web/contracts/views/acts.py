"""Acts in the life of a contract: an award ends, an avenant, a sub-contractor, an engagement settled."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.access.enums import BodyKind, Capability
from clausette.commitments.operations import close_commitment
from clausette.commitments.permissions import can_close
from clausette.commitments.queries import commitment_sheet
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import WrongState
from clausette.kernel.operation import isolated
from clausette.procurement import operations, permissions
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import (
    ContractSheet,
    contract_of_award,
    contract_sheet,
    known_organisations,
    shares_contract,
)
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.contracts.forms.acts import CloseForm, EndAwardForm, ModificationForm, SubcontractorForm
from clausette.web.contracts.forms.organisations import OrganisationChoice, read_organisation, settle
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.contract import crumbs
from clausette.web.contracts.views.doing import changeable, done
from clausette.web.doors import action


def _page(request: HttpRequest, form: forms.Form, cancel: str, **shown: object) -> HttpResponse:
    context = {"form": form, "cancel": cancel, **shown}
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/form.html", context, status=status)


@action("facilitator", methods=("GET", "POST"))
def end_award(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say that a titulaire no longer is, since when and why."""
    sheet = changeable(actor, contract_of_award(actor=actor, uid=uid))
    award = next(one for one in sheet.awards if one.uid == uid)
    if award.ended_on is not None:
        raise WrongState("Cette attribution est déjà terminée.")
    today, back = clock.today(), href(actor, "contracts:show", uid=sheet.uid)
    form = EndAwardForm(
        request.POST if request.method == "POST" else None, today=today, initial={"ended_on": today}
    )

    def write() -> None:
        values = form.cleaned_data
        operations.end_award(actor=actor, award_uid=uid, ended_on=values["ended_on"], reason=values["reason"])

    if done(request, form, write, f"L'attribution à {award.contractor.name} est terminée."):
        return HttpResponseRedirect(back)
    intro = (
        f"{award.contractor.name} ne sera plus titulaire après ce jour. Ses heures restent les siennes, "
        "et son engagement d'insertion se solde à part."
    )
    return _page(
        request, form, back, sheet=sheet, crumbs=crumbs(actor, sheet), title="Terminer l'attribution",
        verb="Terminer l'attribution", intro=intro,
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def amend(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Record an avenant of the contract."""
    sheet = changeable(actor, uid)
    following = max((row.number for row in sheet.modifications), default=0) + 1
    data = request.POST if request.method == "POST" else None
    form = ModificationForm(data, today=clock.today(), initial={"number": following})
    back = href(actor, "contracts:show", uid=uid)

    def write() -> None:
        operations.record_modification(actor=actor, contract_uid=uid, **form.cleaned_data)

    if done(request, form, write, "L'avenant est enregistré."):
        return HttpResponseRedirect(back)
    intro = (
        "La fiche du marché reste telle qu'elle est signée. Si l'avenant change les heures dues, ajoutez ensuite une "
        "version à l'engagement."
    )
    return _page(
        request, form, back, sheet=sheet, crumbs=crumbs(actor, sheet), title="Enregistrer un avenant",
        verb="Enregistrer l'avenant", intro=intro,
    )  # fmt: skip


def _heads(sheet: ContractSheet) -> list[tuple[str, str]]:
    """The firms of the contract, with the rank that a sub-contractor of theirs would have said by their role."""
    roles = (PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER, PartyRole.SUBCONTRACTOR)
    firms = [row for row in sheet.parties if row.role in roles and row.revoked_at is None]
    named = {
        str(row.organisation.uid): f"{row.organisation.name} ({row.role_label.lower()})"
        for row in firms[::-1]
    }
    return list(named.items())[::-1]


@action("facilitator", methods=("GET", "POST"))
def admit(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Let a sub-contractor take part in the contract, for one of its firms."""
    sheet = contract_sheet(actor=actor, uid=uid)
    shares = shares_contract(actor=actor, contract_id=sheet.id)
    demand(
        permissions.can_admit(
            actor,
            owner_org_id=sheet.owner_org_id,
            state=sheet.state,
            role=PartyRole.SUBCONTRACTOR,
            shares=shares,
        )
    )
    form = SubcontractorForm(
        request.POST if request.method == "POST" else None,
        heads=_heads(sheet),
        lots=sheet.lots,
        firms=known_organisations(actor=actor, role=PartyRole.SUBCONTRACTOR),
        initial={"valid_from": clock.today()},
    )
    back = href(actor, "contracts:show", uid=uid)
    if form.is_bound:
        form.is_valid()  # the firm is read even beside other errors: all of them are said at once
        firm = read_organisation(form, "subcontractor", actor)
        told = "Le sous-traitant prend part au marché."
        if firm is not None and done(request, form, lambda: _admit(actor, uid, form, firm), told):
            return HttpResponseRedirect(back)
    intro = "Le rang se déduit : un sous-traitant du titulaire est de rang 1, le sien de rang 2."
    return _page(
        request, form, back, sheet=sheet, crumbs=crumbs(actor, sheet), title="Ajouter un sous-traitant",
        verb="Ajouter ce sous-traitant", intro=intro,
    )  # fmt: skip


def _admit(actor: Actor, uid: UUID, form: SubcontractorForm, firm: OrganisationChoice) -> None:
    values = form.cleaned_data
    with isolated():
        operations.admit_party(
            actor=actor,
            contract_uid=uid,
            organisation_uid=settle(
                firm, actor=actor, capability=Capability.CONTRACTOR, body_kind=BodyKind.COMPANY
            ),
            role=PartyRole.SUBCONTRACTOR,
            head_uid=UUID(values["head"]),
            lot_uid=UUID(values["lot"]) if values.get("lot") else None,
            valid_from=values["valid_from"],
        )


@action("facilitator", methods=("GET", "POST"))
def close(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Settle an engagement: it changes no more."""
    today = clock.today()
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=today)
    contract = sheet.contract
    owner, state = contract.owner_org_id, contract.state
    demand(can_close(actor, owner_org_id=owner, contract_state=state, closed_on=sheet.closed_on))
    form = CloseForm(request.POST if request.method == "POST" else None, today=today, initial={"on": today})
    back = href(actor, "contracts:commitment", uid=uid)

    def write() -> None:
        close_commitment(actor=actor, uid=uid, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"])

    if done(request, form, write, "L'engagement d'insertion est soldé."):
        return HttpResponseRedirect(back)
    path = Breadcrumb(
        (
            Crumb(contract.common_name, href(actor, "contracts:show", uid=contract.uid)),
            Crumb(sheet.contractor_name, back),
        )
    )
    intro = (
        "Un engagement soldé ne reçoit plus de version, et aucun mois n'est attendu après ce jour. "
        "Ses heures restent consultables."
    )
    return _page(
        request, form, back, sheet=contract, crumbs=path, title="Solder l'engagement",
        verb="Solder l'engagement", intro=intro,
    )  # fmt: skip
