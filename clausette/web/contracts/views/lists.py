"""The list of contracts."""

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.procurement import permissions
from clausette.procurement.enums import ContractState
from clausette.procurement.queries import ContractFilters, ContractLine, list_contracts
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Tab, Tabs
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Sort, Table
from clausette.web.contracts.views.common import href, state_badge
from clausette.web.contracts.views.own_list import own_contracts, own_table
from clausette.web.doors import page
from clausette.web.routes import opens_to

COLUMNS: tuple[Column[ContractLine], ...] = (
    Column("Marché", lambda row: row.common_name),
    Column("Maître d'ouvrage", lambda row: row.buyer_name),
    Column("Titulaires", lambda row: ", ".join(row.contractors)),
    Column("Lots", lambda row: row.lots or None, "int"),
    Column("Référent", lambda row: row.referent_name),
    Column("Fin", lambda row: row.ends_on, "date"),
    Column("État", lambda row: state_badge(row.state)),
)
LEADS = {
    True: "Ce qui est acheté, par qui, et les heures d'insertion qui en découlent.",
    False: "Heures dues au terme, à valider, validées et restantes, marché par marché.",
}
SORTS = {"Marché": "nom", "Maître d'ouvrage": "mo", "Fin": "fin", "État": "etat"}


class FilterForm(forms.Form):
    """Filters of the list; they live in the address."""

    mots = forms.CharField(
        label="Nom, numéro, maître d'ouvrage ou entreprise", required=False, max_length=100
    )
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *ContractState.choices])
    miens = forms.BooleanField(label="Mes marchés seulement", required=False)
    tri = forms.CharField(required=False, widget=forms.HiddenInput)


def area_tabs(actor: Actor, current: str) -> Tabs | str:
    """Contracts, firms, buyers, operations: the ways into the same portfolio that are open to the actor."""
    named = (
        ("Marchés", "contracts:list"),
        ("Entreprises", "contracts:firms"),
        ("Maîtres d'ouvrage", "contracts:buyers"),
        ("Opérations", "contracts:projects"),
    )
    tabs = [Tab(label, href(actor, name), name == current) for label, name in named if opens_to(actor, name)]
    if len(tabs) == 1:
        return ""
    return Tabs(
        tabs,
        "Marchés, entreprises, maîtres d'ouvrage, opérations",
    )


def _empty(actor: Actor, form: forms.Form) -> EmptyState:
    if any(form.data.get(name) for name in ("mots", "etat", "miens")):
        return EmptyState("Aucun marché ne correspond", "Enlevez un mot ou changez l'état.", icon="search")
    decision = permissions.can_create_contract(actor)
    button = LinkButton(
        "Nouveau marché", href(actor, "contracts:create"), "primary", disabled=decision.reason
    )
    why = "Il relie un maître d'ouvrage, des entreprises et des heures d'insertion. Deux informations suffisent."
    return EmptyState("Aucun marché suivi", why, button if decision else None, icon="market")


def _followed(actor: Actor, rows: Sequence[ContractLine], sort: Sort, empty: EmptyState) -> Table:
    return Table(
        "Marchés suivis",
        COLUMNS,
        rows,
        row_href=lambda row: href(actor, "contracts:show", uid=row.uid),
        links={"Maître d'ouvrage": lambda row: href(actor, "contracts:buyer", uid=row.buyer_uid)},
        sort=sort,
        empty=empty,
    )


@page("facilitator", "buyer", "contractor", "employer")
def contracts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The contracts in which the organisation takes part, fifty a page."""
    form = FilterForm(request.GET)
    if not actor.can("facilitator"):
        del form.fields["miens"]  # only a structure has référents
    form.is_valid()
    sort = Sort.asked(request, SORTS, default="nom")
    found = list_contracts(
        actor=actor,
        filters=ContractFilters(
            words=form.cleaned_data.get("mots", ""),
            state=form.cleaned_data.get("etat", ""),
            referent_id=actor.account_id if form.cleaned_data.get("miens") else None,
            sort=f"-{sort.current}" if sort.descending else sort.current,
        ),
        page=page_number(request),
    )
    if actor.can("facilitator"):
        table = _followed(actor, found.rows, sort, _empty(actor, form))
    else:
        table = own_table(actor, own_contracts(actor, found.rows, clock.today()), sort, _empty(actor, form))
    decision = permissions.can_create_contract(actor)
    context = {
        "form": form,
        "table": table,
        "pagination": Pagination(
            found.total, page_number(request), "marchés", request.GET, singular="marché"
        ),
        "tabs": area_tabs(actor, "contracts:list"),
        "total": found.total,
        "dense": not actor.can("facilitator"),
        "lead": LEADS[actor.can("facilitator")],
        "create": LinkButton(
            "Nouveau marché", href(actor, "contracts:create"), "primary", disabled=decision.reason
        ),
        "portfolio_href": href(actor, "contracts:portfolio") if actor.can("facilitator") else "",
        "import_href": href(actor, "imports:create") if actor.can("facilitator") else "",
    }
    name = "contracts/list.html#results" if request.headers.get("HX-Request") else "contracts/list.html"
    return TemplateResponse(request, name, context)
