"""Operations (projects): their list, their page, what is typed of them."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments.queries import list_commitments
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.french import format_euros, plural
from clausette.procurement import operations, permissions
from clausette.procurement.enums import OperationRole, PartyRole
from clausette.procurement.queries import (
    ContractLine,
    OperationBody,
    OperationLine,
    OperationSheet,
    known_organisations,
    list_operations,
    operation_of_party,
    operation_sheet,
)
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import Confirm, EmptyState
from clausette.web.components.tables import Table, Under
from clausette.web.contracts.forms.buyers import ProjectBodyForm, ProjectForm
from clausette.web.contracts.forms.organisations import OrganisationChoice, read_organisation, settle
from clausette.web.contracts.views.common import READERS, day_asked, href, state_badge
from clausette.web.contracts.views.contract_page import owed_by, owed_table
from clausette.web.contracts.views.doing import done, sent
from clausette.web.contracts.views.lists import area_tabs
from clausette.web.doors import action, page


@page("facilitator", "buyer")
def projects(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The operations, with how many contracts each."""
    columns: list[Column[OperationLine]] = [
        Column("Opération", lambda row: row.name),
        Column("ANRU", lambda row: Badge("ANRU", "info") if row.is_anru else None),
        Column("Marchés", lambda row: row.contracts or None, "int"),
        Column("Montant HT", lambda row: row.amount_ht, "euros"),
    ]
    rows = list_operations(actor=actor)
    why = "Une opération réunit les marchés d'un même projet, ses maîtres d'ouvrage, ses quartiers et ses financeurs."
    reason = permissions.can_create_contract(actor).reason
    create = LinkButton("Nouvelle opération", href(actor, "contracts:create_project"), "primary", reason)
    table = Table(
        "Opérations", columns, rows, row_href=lambda row: href(actor, "contracts:project", uid=row.uid),
        empty=EmptyState("Aucune opération", why, None if reason else create, icon="market"),
    )  # fmt: skip
    context = {"table": table, "tabs": area_tabs(actor, "contracts:projects"), "create": create}
    return TemplateResponse(request, "contracts/projects.html", context)


def _crumbs(actor: Actor, sheet: OperationSheet | None = None) -> Breadcrumb:
    first = (Crumb("Marchés", href(actor, "contracts:list")), Crumb("Opérations", href(actor, "contracts:projects")))
    last = (Crumb(sheet.name, href(actor, "contracts:project", uid=sheet.uid)),) if sheet else ()
    return Breadcrumb((*first, *last))


def _bodies(actor: Actor, sheet: OperationSheet, reason: str) -> Table:
    def leaving(row: OperationBody) -> object:
        return LinkButton(
            "Retirer", href(actor, "contracts:leave_project", uid=row.uid), "quiet", reason, about=row.name
        )

    left: Column[OperationBody] = Column("Retirer", leaving)
    columns: list[Column[OperationBody]] = [
        Column("Organisme", lambda row: row.name),
        Column("Rôle", lambda row: row.role.label),
        *([left] if actor.can("facilitator") else []),
    ]
    why = "Les maîtres d'ouvrage et les financeurs du projet ; ils ne lisent que les marchés où ils ont un rôle."
    return Table("Maîtres d'ouvrage et financeurs", columns, sheet.bodies, empty=EmptyState("Personne encore", why))


def _contracts(actor: Actor, sheet: OperationSheet) -> Table:
    columns: list[Column[ContractLine]] = [
        Column("Marché", lambda row: row.common_name),
        Column("Maître d'ouvrage", lambda row: row.buyer_name),
        Column("Titulaires", lambda row: ", ".join(row.contractors)),
        Column("Montant HT", lambda row: row.amount_ht, "euros"),
        Column("État", lambda row: state_badge(row.state)),
    ]
    return Table(
        "Marchés de l'opération",
        columns,
        sheet.contracts,
        row_href=lambda row: href(actor, "contracts:show", uid=row.uid),
        under={"Marché": Under("Forme", lambda row: row.kind_label)},
        totals={"Montant HT": sheet.amount_ht} if len(sheet.contracts) > 1 else {},
        empty=EmptyState("Aucun marché", "Choisissez cette opération sur la fiche d'un marché.", icon="market"),
    )


@page(*READERS)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The page of an operation: its bodies, its contracts, the hours due and done."""
    sheet = operation_sheet(actor=actor, uid=uid)
    as_of = day_asked(request)
    lines = list_commitments(actor=actor, contract_ids=[row.id for row in sheet.contracts], as_of=as_of)
    owed = owed_by(actor, lines, as_of)
    reason = permissions.can_change_operation(actor, owner_org_id=sheet.owner_org_id).reason
    facts = [
        Fact("Programme ANRU", "Oui" if sheet.is_anru else "Non"),
        Fact("Quartiers prioritaires", ", ".join(sheet.qpv_codes) or None),
        Fact("Structure", sheet.owner_name),
        Fact("Montant HT des marchés", format_euros(sheet.amount_ht) if sheet.amount_ht else None),
    ]
    context = {
        "sheet": sheet,
        "crumbs": _crumbs(actor),
        "count": plural(len(sheet.contracts), "marché"),
        "owed": owed_table(actor, owed, as_of, behind={}, with_contract=True) if owed else None,
        "contracts": _contracts(actor, sheet),
        "bodies": _bodies(actor, sheet, reason),
        "facts": Facts(facts),
        "change": LinkButton("Modifier", href(actor, "contracts:change_project", uid=uid), disabled=reason),
        "join": LinkButton("Ajouter un organisme", href(actor, "contracts:join_project", uid=uid), disabled=reason),
        "facilitator": actor.can("facilitator"),
    }
    return TemplateResponse(request, "contracts/project.html", context)


def _form(
    request: HttpRequest, actor: Actor, form: forms.Form, title: str, verb: str, sheet: OperationSheet | None = None
) -> HttpResponse:
    back = href(actor, "contracts:project", uid=sheet.uid) if sheet else href(actor, "contracts:projects")
    context = {
        "form": form, "crumbs": _crumbs(actor, sheet), "title": title, "verb": verb, "cancel": back,
        "sheet": {"common_name": sheet.name if sheet else ""},
    }  # fmt: skip
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/form.html", context, status=status)


@action("facilitator", methods=("GET", "POST"))
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Record an operation."""
    demand(permissions.can_create_contract(actor))
    form, made = ProjectForm(**sent(request)), list[UUID]()

    def write() -> None:
        made.append(operations.create_operation(actor=actor, **form.cleaned_data))

    if done(request, form, write, "L'opération est enregistrée."):
        return HttpResponseRedirect(href(actor, "contracts:project", uid=made[-1]))
    return _form(request, actor, form, "Nouvelle opération", "Enregistrer l'opération")


def _changeable(actor: Actor, uid: UUID) -> OperationSheet:
    sheet = operation_sheet(actor=actor, uid=uid)
    demand(permissions.can_change_operation(actor, owner_org_id=sheet.owner_org_id))
    return sheet


@action("facilitator", methods=("GET", "POST"))
def change(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Change what is known of an operation."""
    sheet = _changeable(actor, uid)
    initial = {"name": sheet.name, "is_anru": sheet.is_anru, "qpv_codes": " ".join(sheet.qpv_codes)}
    form = ProjectForm(**sent(request), initial=initial)

    def write() -> None:
        operations.change_operation(actor=actor, uid=uid, **form.cleaned_data)

    if done(request, form, write, "L'opération est modifiée."):
        return HttpResponseRedirect(href(actor, "contracts:project", uid=uid))
    return _form(request, actor, form, "Modifier l'opération", "Enregistrer", sheet)


@action("facilitator", methods=("GET", "POST"))
def join(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Name a maître d'ouvrage or a funder."""
    sheet = _changeable(actor, uid)
    form = ProjectBodyForm(**sent(request), known=known_organisations(actor=actor, role=PartyRole.BUYER))
    if form.is_bound:
        form.is_valid()
        body = read_organisation(form, "organisation", actor)
        if body is not None and done(request, form, lambda: _join(actor, uid, form, body), "L'organisme est ajouté."):
            return HttpResponseRedirect(href(actor, "contracts:project", uid=uid))
    return _form(request, actor, form, "Ajouter un organisme à l'opération", "Ajouter", sheet)


def _join(actor: Actor, uid: UUID, form: ProjectBodyForm, body: OrganisationChoice) -> None:
    role = OperationRole(form.cleaned_data["role"])
    capability = "funder" if role == OperationRole.FUNDER else "buyer"
    operations.add_operation_party(
        actor=actor, uid=uid, organisation_uid=settle(body, actor=actor, capability=capability), role=role
    )


@action("facilitator", methods=("GET", "POST"))
def leave(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say that a body no longer takes part, after a confirmation."""
    sheet = _changeable(actor, operation_of_party(actor=actor, uid=uid))
    back = href(actor, "contracts:project", uid=sheet.uid)
    if request.method == "POST":
        operations.end_operation_party(actor=actor, party_uid=uid, on=clock.today())
        messages.success(request, "L'organisme est retiré de l'opération.")
        return HttpResponseRedirect(back)
    name = next((one.name for one in sheet.bodies if one.uid == uid), "cet organisme")
    confirm = Confirm(
        f"Retirer {name} de l'opération ?", "Retirer cet organisme", back, ("Ses marchés ne changent pas.",)
    )
    return TemplateResponse(request, "layout/confirm.html", {"confirm": confirm, "form": None})
