"""The buyer's side of a contract, whom to call, and the colleague in charge."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.access.queries import members
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent
from clausette.kernel.french import plural
from clausette.procurement import operations, permissions
from clausette.procurement.enums import DECLARING, PartyRole
from clausette.procurement.queries import (
    ContactLine,
    ContractFilters,
    contact_line,
    contract_of_party,
    contract_sheet,
    deposits_on,
    known_organisations,
    list_contracts,
    parties_visible_to,
    shares_contract,
)
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, Tab, Tabs
from clausette.web.components.notices import Confirm
from clausette.web.contracts.forms.buyers import (
    BuyerForm,
    ContactForm,
    EndPartyForm,
    PortfolioForm,
    ShareOfBuyerForm,
    share_of,
)
from clausette.web.contracts.forms.organisations import OrganisationChoice, read_organisation, settle
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.doing import changeable, done, form_page, sent
from clausette.web.doors import action

MOST = 500


@action("facilitator", methods=("GET", "POST"))
def admit_buyer(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Add a maître d'ouvrage of the groupement, a coordonnateur, a mandataire, an AMO, a maître d'œuvre."""
    sheet = changeable(actor, uid)
    known = known_organisations(actor=actor, role=PartyRole.BUYER)
    form = BuyerForm(**sent(request), known=known, initial={"valid_from": clock.today()})
    if form.is_bound:
        form.is_valid()
        body = read_organisation(form, "organisation", actor)
        told = "L'intervenant est ajouté."
        if body is not None and done(request, form, lambda: _admit(actor, uid, form, body), told):
            return HttpResponseRedirect(href(actor, "contracts:show", uid=uid))
    intro = (
        "Le coordonnateur, le mandataire et l'AMO lisent ce que lit le maître d'ouvrage ; le maître d'œuvre lit le "
        "marché, pas ses heures. Les parts d'un groupement de commandes font 100 % au plus."
    )
    return form_page(
        request, actor, sheet, form, title="Ajouter du côté du maître d'ouvrage", verb="Ajouter", intro=intro
    )


def _admit(actor: Actor, uid: UUID, form: BuyerForm, body: OrganisationChoice) -> None:
    values = form.cleaned_data
    operations.admit_for_buyer(
        actor=actor,
        contract_uid=uid,
        organisation_uid=settle(body, actor=actor, capability="buyer"),
        role=PartyRole(values["role"]),
        valid_from=values["valid_from"],
        valid_to=values["valid_to"],
        share=share_of(form),
    )


@action("facilitator", methods=("GET", "POST"))
def end_party(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say which day is the last of a role."""
    sheet = changeable(actor, contract_of_party(actor=actor, uid=uid))
    party = next((one for one in sheet.parties if one.uid == uid), None)
    if party is None or party.revoked_at is not None:
        raise Absent("procurement.ContractParty")
    main = party.role == PartyRole.BUYER and party.organisation.uid == sheet.buyer.uid
    demand(
        permissions.can_end_party(
            actor,
            owner_org_id=sheet.owner_org_id,
            state=sheet.state,
            role=party.role,
            main_buyer=main,
            ended=party.valid_to is not None,
        )
    )
    form = EndPartyForm(**sent(request), initial={"valid_to": clock.today()})

    def write() -> None:
        operations.end_party(
            actor=actor, party_uid=uid, valid_to=form.cleaned_data["valid_to"], reason=form.cleaned_data["reason"]
        )

    if done(request, form, write, f"{party.organisation.name} : le rôle est terminé."):
        return HttpResponseRedirect(href(actor, "contracts:show", uid=sheet.uid))
    intro = f"{party.organisation.name}, {party.role_label.lower()}. Ce qui a été saisi jusque-là reste."
    return form_page(request, actor, sheet, form, title="Terminer un rôle", verb="Terminer ce rôle", intro=intro)


@action("facilitator", methods=("GET", "POST"))
def set_share(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Set the share of a maître d'ouvrage in its groupement de commandes."""
    sheet = changeable(actor, contract_of_party(actor=actor, uid=uid))
    party = next((one for one in sheet.parties if one.uid == uid and one.role == PartyRole.BUYER), None)
    if party is None or party.revoked_at is not None:
        raise Absent("procurement.ContractParty")
    form = ShareOfBuyerForm(**sent(request), initial={"share": party.share})

    def write() -> None:
        operations.set_share(actor=actor, party_uid=uid, share=share_of(form))

    if done(request, form, write, f"La part de {party.organisation.name} est enregistrée."):
        return HttpResponseRedirect(href(actor, "contracts:show", uid=sheet.uid))
    intro = f"{party.organisation.name}. Les parts d'un groupement de commandes font 100 % au plus."
    return form_page(request, actor, sheet, form, title="Part dans le groupement", verb="Enregistrer", intro=intro)


@action("facilitator", methods=("GET", "POST"))
def add_contact(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Keep whom to call at one of the organisations of a contract."""
    sheet = contract_sheet(actor=actor, uid=uid)
    shares = shares_contract(actor=actor, contract_id=sheet.id)
    demand(permissions.can_keep_contacts(actor, owner_org_id=sheet.owner_org_id, shares=shares))
    here = {str(row.organisation.uid): row.organisation.name for row in sheet.parties if row.revoked_at is None}
    first = {"organisation": str(sheet.buyer.uid)}
    form = ContactForm(**sent(request), organisations=list(here.items()), initial=first)

    def write() -> None:
        operations.add_contact(
            actor=actor,
            contract_uid=uid,
            organisation_uid=UUID(form.cleaned_data["organisation"]),
            details=form.details(),
        )

    if done(request, form, write, "Le contact est enregistré."):
        return HttpResponseRedirect(href(actor, "contracts:show", uid=uid))
    intro = "Ces coordonnées restent à votre structure : personne d'autre ne les lit."
    return form_page(
        request, actor, sheet, form, title="Ajouter un contact", verb="Enregistrer le contact", intro=intro
    )


@action("facilitator", methods=("GET", "POST"))
def change_contact(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Change a contact, or say that it is no longer the right one."""
    contact = contact_line(actor=actor, uid=uid)
    sheet = contract_sheet(actor=actor, uid=contact.contract_uid)
    names = ("name", "function", "email", "phone")
    form = ContactForm(**sent(request), initial={name: getattr(contact, name) for name in names})
    back = href(actor, "contracts:show", uid=sheet.uid)

    def write() -> None:
        operations.change_contact(actor=actor, uid=uid, details=form.details())

    if done(request, form, write, "Le contact est modifié."):
        return HttpResponseRedirect(back)
    context = {
        "form": form,
        "sheet": sheet,
        "contact": contact,
        "cancel": back,
        "close_href": href(actor, "contracts:close_contact", uid=uid),
        **_deposit(actor, sheet.id, contact),
        "crumbs": Breadcrumb((Crumb("Marchés", href(actor, "contracts:list")), Crumb(sheet.common_name, back))),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/contact.html", context, status=status)


def _deposit(actor: Actor, contract_id: int, contact: ContactLine) -> dict[str, object]:
    """The deposit that a contact has on the contract, or the way to open one, or why not."""
    on = clock.today()
    held = next(
        (
            one
            for one in deposits_on(actor=actor, contract_id=contract_id)
            if one.is_open(on)
            and one.email == contact.email.lower()
            and one.organisation_uid == contact.organisation_uid
        ),
        None,
    )
    if held is not None:
        link = LinkButton("Voir ce dépôt", href(actor, "deposits:show", uid=held.uid))
        return {"deposit": link, "deposit_open": True}
    declares = parties_visible_to(actor).filter(
        contract_id=contract_id, organisation__uid=contact.organisation_uid, role__in=DECLARING, revoked_at=None
    )
    refused = "" if contact.email else "Ajoutez d'abord son adresse électronique."
    if not declares.exists():
        refused = "Cet organisme ne déclare pas d'heures sur ce marché."
    address = href(actor, "deposits:open", uid=contact.uid)
    return {"deposit": LinkButton("Ouvrir un dépôt sans compte", address, disabled=refused), "deposit_open": False}


@action("facilitator", methods=("GET", "POST"))
def close_contact(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Close a contact, after a confirmation."""
    contact = contact_line(actor=actor, uid=uid)
    back = href(actor, "contracts:show", uid=contact.contract_uid)
    if request.method == "POST":
        operations.close_contact(actor=actor, uid=uid, on=clock.today())
        messages.success(request, f"{contact.name} n'est plus un contact de ce marché.")
        return HttpResponseRedirect(back)
    confirm = Confirm(
        f"Fermer le contact {contact.name} ?",
        "Fermer ce contact",
        back,
        ("Il ne sera plus proposé. Le journal garde sa trace.",),
    )
    return TemplateResponse(request, "layout/confirm.html", {"confirm": confirm, "form": None})


@action("facilitator", methods=("GET", "POST"))
def portfolio(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Hand contracts over from one colleague to another, in one act."""
    demand(permissions.can_create_contract(actor))
    found = list_contracts(actor=actor, filters=ContractFilters(owned=True), size=MOST)
    people = [(str(one.uid), one.full_name) for one in members(actor=actor)]
    whose = dict(people).get(request.GET.get("de", ""), "")
    rows = [row for row in found.rows if not whose or row.referent_name == whose]
    named = [(str(row.uid), _told(row.common_name, row.buyer_name, row.referent_name)) for row in rows]
    form = PortfolioForm(**sent(request), contracts=named, members=people)
    form.fields["contracts"].initial = [uid for uid, _ in named] if whose else request.GET.getlist("marche")
    moved: list[int] = []

    def write() -> None:
        values = form.cleaned_data
        moved.append(
            operations.hand_over(
                actor=actor,
                contract_uids=[UUID(one) for one in values["contracts"]],
                to_member_uid=None if values["to"] == "personne" else UUID(values["to"]),
                reason=values["reason"],
            )
        )

    if form.is_bound and done(request, form, write, "Le portefeuille est transmis."):
        messages.info(request, f"{plural(moved[-1], 'marché')} : le référent a changé.")
        return HttpResponseRedirect(href(actor, "contracts:list"))
    context = {
        "form": form,
        "cancel": href(actor, "contracts:list"),
        "total": len(found.rows),
        "tabs": _portfolios(actor, people, whose),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/portfolio.html", context, status=status)


def _told(name: str, buyer: str, referent: str) -> str:
    return f"{name} · {buyer} · {referent or 'sans référent'}"


def _portfolios(actor: Actor, people: list[tuple[str, str]], whose: str) -> Tabs:
    """All the contracts, or those of one colleague: then all of them are ticked."""
    one_by_one = [
        Tab(name, href(actor, "contracts:portfolio", query={"de": uid}), name == whose) for uid, name in people
    ]
    return Tabs([Tab("Tous", href(actor, "contracts:portfolio"), not whose), *one_by_one], "Portefeuilles")
