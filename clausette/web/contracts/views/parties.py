"""Who takes part: award to a group of firms, sharing with another structure."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.access.enums import BodyKind, Capability
from clausette.access.queries import find_organisations
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, Refusal
from clausette.kernel.operation import isolated
from clausette.procurement import operations, permissions
from clausette.procurement.enums import GroupKind, PartyRole
from clausette.procurement.operations import MemberEntry
from clausette.procurement.queries import ContractSheet, contract_sheet, known_organisations
from clausette.web.components.notices import Confirm
from clausette.web.contracts.forms.organisations import OrganisationChoice, read_organisation, settle
from clausette.web.contracts.forms.parties import AwardForm, ShareForm, rows_asked
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.contract import crumbs
from clausette.web.doors import action
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted


def _sheet(actor: Actor, uid: UUID) -> ContractSheet:
    sheet = contract_sheet(actor=actor, uid=uid)
    demand(permissions.can_change_contract(actor, owner_org_id=sheet.owner_org_id, state=sheet.state))
    return sheet


def _award_form(request: HttpRequest, actor: Actor, sheet: ContractSheet, *, only_more: bool) -> AwardForm:
    asked = request.GET.get("lot", "") or next(
        (str(lot.uid) for lot in sheet.lots if not lot.contractors), ""
    )
    first: dict[str, object] = {"lot": asked, "notified_on": sheet.notified_on}
    return AwardForm(
        None if only_more or request.method != "POST" else request.POST,
        # one more line asked: what is typed is kept, nothing is judged yet
        initial=request.POST.dict() if only_more else first,
        lots=sheet.lots,
        firms=known_organisations(actor=actor, role=PartyRole.CONTRACTOR),
        rows=rows_asked(request.POST),
    )


@action("facilitator", methods=("GET", "POST"))
def award_contract(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say who is titulaire of a contract or a lot, alone or with cotraitants."""
    sheet = _sheet(actor, uid)
    only_more = request.method == "POST" and "more" in request.POST
    form = _award_form(request, actor, sheet, only_more=only_more)
    if request.method == "POST" and not only_more:
        form.is_valid()
        firms = _firms(form, actor)
        if firms is not None:
            try:
                _award(actor, sheet, form, *firms)
            except Refusal as refusal:
                add_refusal(form, _at_group(refusal))
            else:
                messages.success(request, "L'attribution est enregistrée.")
                return HttpResponseRedirect(href(actor, "contracts:show", uid=uid))
    refused = bool(form.is_bound and form.errors)
    context = {
        "form": form,
        "sheet": sheet,
        "crumbs": crumbs(actor, sheet),
        "cancel": href(actor, "contracts:show", uid=uid),
        "group_open": only_more or form.group_open,
    }
    return TemplateResponse(request, "contracts/award.html", context, status=400 if refused else 200)


Member = tuple[OrganisationChoice, int]


def _firms(form: AwardForm, actor: Actor) -> tuple[OrganisationChoice, list[Member]] | None:
    """The titulaire and the cotraitants as chosen; None when an error was written in the form."""
    contractor = read_organisation(form, "contractor", actor)
    members = list(_members(form, actor))
    if contractor is None or form.errors:
        return None
    return contractor, members


def _members(form: AwardForm, actor: Actor) -> Iterator[Member]:
    for index in range(form.rows):
        choice = read_organisation(form, f"member{index}", actor)
        if choice is not None:
            yield choice, index
        elif form.share(index) is not None and not form.cleaned_data.get(f"member{index}"):
            form.add_error(f"member{index}", "Écrivez à qui va cette part.")


def _award(
    actor: Actor, sheet: ContractSheet, form: AwardForm, contractor: OrganisationChoice, members: list[Member]
) -> None:
    def firm(choice: OrganisationChoice) -> UUID:
        return settle(choice, actor=actor, capability=Capability.CONTRACTOR, body_kind=BodyKind.COMPANY)

    with isolated():
        operations.award(
            actor=actor,
            contract_uid=sheet.uid,
            contractor_uid=firm(contractor),
            lot_uid=UUID(form.cleaned_data["lot"]) if form.cleaned_data["lot"] else None,
            members=[MemberEntry(firm(choice), form.share(index)) for choice, index in members],
            amount_ht=form.cleaned_data["amount_ht"],
            notified_on=form.cleaned_data["notified_on"],
            group_kind=GroupKind(form.cleaned_data["group_kind"] or GroupKind.JOINT),
            on=clock.today(),
        )


def _at_group(refusal: Refusal) -> Refusal:
    """What is refused of the group is written at its first line."""
    if isinstance(refusal, Invalid):
        return Invalid(
            {("member0" if name == "members" else name): told for name, told in refusal.errors.items()}
        )
    return refusal


@action("facilitator", methods=("GET", "POST"))
def share(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Open a contract to another structure facilitatrice."""
    sheet = _sheet(actor, uid)
    held = {row.organisation.uid for row in sheet.shares} | {sheet.owner.uid}
    found = find_organisations(actor=actor, capability=Capability.FACILITATOR, limit=500)
    structures = [(str(card.uid), card.name) for card in found if card.uid not in held]
    form = ShareForm(posted(request), structures=structures, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.share_contract(
                actor=actor,
                contract_uid=uid,
                structure_uid=UUID(form.cleaned_data["structure"]),
                on=form.cleaned_data["on"],
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le marché est partagé.")
            return HttpResponseRedirect(href(actor, "contracts:show", uid=uid))
    refused = bool(form.is_bound and form.errors)
    context = {
        "form": form,
        "sheet": sheet,
        "crumbs": crumbs(actor, sheet),
        "cancel": href(actor, "contracts:show", uid=uid),
        "structures": structures,
    }
    return TemplateResponse(request, "contracts/share.html", context, status=400 if refused else 200)


@action("facilitator", methods=("GET", "POST"))
def revoke(request: HttpRequest, actor: Actor, *, uid: UUID, structure: UUID) -> HttpResponse:
    """Close a contract to a structure, after a confirmation."""
    sheet = contract_sheet(actor=actor, uid=uid)
    demand(permissions.can_pilot(actor, owner_org_id=sheet.owner_org_id))
    back = href(actor, "contracts:show", uid=uid)
    name = next((row.organisation.name for row in sheet.shares if row.organisation.uid == structure), "")
    if not name:
        raise Absent("procurement.ContractParty")
    if request.method == "POST":
        operations.revoke_share(actor=actor, contract_uid=uid, structure_uid=structure, at=clock.now())
        messages.success(request, f"Le marché n'est plus partagé avec {name}.")
        return HttpResponseRedirect(back)
    confirm = Confirm(
        f"Retirer le partage avec {name} ?",
        "Retirer le partage",
        back,
        (
            f"{name} ne verra plus ce marché, ni ses heures, dès maintenant.",
            "Ce qu'elle a saisi reste enregistré.",
        ),
        danger=True,
    )
    return TemplateResponse(request, "layout/confirm.html", {"confirm": confirm, "form": None})
