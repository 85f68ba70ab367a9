"""« Vos valeurs » and « Offres d'insertion »: what a structure sets for itself before it advises."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from clausette.advice.enums import ValueKind
from clausette.advice.operations import set_value, state_offer, withdraw_offer
from clausette.advice.queries import OfferLine, list_offers, own_figures, proposal_of_trade, trades
from clausette.advice.rules import OwnFigure, TradeProposal
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_euros, format_percent, format_short_date
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import known_organisations
from clausette.web.advice.bodies import read_body
from clausette.web.advice.own_forms import OfferForm, ValueForm
from clausette.web.advice.views.common import href, tabs
from clausette.web.components.buttons import PostButton
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table, Under
from clausette.web.doors import action
from clausette.web.refusals import add_refusal


@dataclass(frozen=True, slots=True)
class _Offer:
    line: OfferLine
    trade: str


@action("facilitator", methods=("GET", "POST"))
def values(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The usual values of each trade beside those of the structure, and the form that sets one."""
    on = clock.today()
    rows = trades(on)
    form = ValueForm(
        request.POST if request.method == "POST" else None, trades=rows, initial={"starts_on": on.isoformat()}
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            set_value(
                actor=actor, trade=said["trade"], kind=ValueKind(said["kind"]), value=form.figure(),
                starts_on=said["starts_on"], source=said["source"],
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La valeur est enregistrée : elle remplace l'usuelle dans les calculs.")
            return HttpResponseRedirect(href(actor, "advice:values"))
    context = {"tabs": tabs(actor, "advice:values"), "form": form, "table": _values(actor, on)}
    return TemplateResponse(request, "advice/values.html", context, status=400 if form.is_bound else 200)


def _values(actor: Actor, on: date) -> Table:
    own = own_figures(actor=actor, on=on)
    found = [proposal_of_trade(row.code, on=on, own=own) for row in trades(on)]
    rows = [one for one in found if one is not None]
    rows.sort(key=lambda one: one.own_share is None and one.own_cost is None)
    columns: list[Column[TradeProposal]] = [
        Column("Métier", lambda one: one.row.trade),
        Column("Part de main-d'œuvre retenue", lambda one: format_percent(one.share, places=2)),
        Column("Coût horaire retenu", _cost),
    ]
    unders = {
        "Part de main-d'œuvre retenue": Under("Origine", _share_source),
        "Coût horaire retenu": Under("Origine", _cost_source),
    }
    return Table("Valeurs par métier", columns, rows, narrow="cards", under=unders)


def _own(figure: OwnFigure, usual: str) -> str:
    told = f"votre valeur depuis le {format_short_date(figure.starts_on)}, {figure.source}"
    return f"{told} (usuelle : {usual})" if usual else told


def _share_source(one: TradeProposal) -> str:
    if one.own_share:
        return _own(one.own_share, format_percent(one.row.share))
    return one.row.source


def _cost(one: TradeProposal) -> str | None:
    cost = one.own_cost or one.cost
    return f"{format_euros(cost.value)}/h" if cost else None


def _cost_source(one: TradeProposal) -> str | None:
    if one.own_cost:
        return _own(one.own_cost, f"{format_euros(one.cost.value)}/h" if one.cost else "")
    return f"{one.cost.source} ({one.cost.reliability.label.lower()})" if one.cost else None


@action("facilitator", methods=("GET", "POST"))
def offers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the structures of insertion can do, and the form that keeps an offer."""
    on = clock.today()
    known = known_organisations(actor=actor, role=PartyRole.EMPLOYER)
    form = OfferForm(
        request.POST if request.method == "POST" else None, trades=trades(on), known=known,
        initial={"stated_on": on.isoformat()},
    )  # fmt: skip
    if form.is_valid() and (body := read_body(form, "provider_name", actor)) is not None:
        said = form.cleaned_data
        try:
            state_offer(
                actor=actor, provider_name=body[0], provider_uid=body[1], trade=said["trade"], place=said["place"],
                monthly_hours=said["monthly_hours"], stated_on=said["stated_on"],
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "L'offre d'insertion est enregistrée.")
            return HttpResponseRedirect(href(actor, "advice:offers"))
    context = {"tabs": tabs(actor, "advice:offers"), "form": form, "table": _offers(request, actor, on)}
    return TemplateResponse(request, "advice/offers.html", context, status=400 if form.is_bound else 200)


def _offers(request: HttpRequest, actor: Actor, on: date) -> Table:
    names = {row.code: row.trade for row in trades(on)}
    rows = [_Offer(line, names.get(line.trade, line.trade)) for line in list_offers(actor=actor)]

    def withdraw(row: _Offer) -> PostButton:
        address = href(actor, "advice:withdraw_offer", uid=row.line.uid)
        about = f"l'offre de {row.line.provider_name}, {row.trade}"
        return PostButton("Retirer", address, "quiet", about=about, token=get_token(request))

    columns: list[Column[_Offer]] = [
        Column("Structure d'insertion", lambda row: row.line.provider_name),
        Column("Métier", lambda row: row.trade),
        Column("Heures par mois", lambda row: row.line.monthly_hours, "hours"),
        Column("Geste", withdraw),
    ]
    why = "Ce que les SIAE, GEIQ, EA et ESAT du territoire savent faire aide à dire si une clause trouvera preneur."
    under = {
        "Structure d'insertion": Under("Où", lambda row: row.line.place or "partout"),
        "Heures par mois": Under("Dit le", lambda row: f"dit le {format_short_date(row.line.stated_on)}"),
    }
    empty = EmptyState("Aucune offre d'insertion", why)
    return Table("Offres", columns, rows, under=under, narrow="cards", empty=empty)


@action("facilitator")
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say that an offer no longer holds."""
    withdraw_offer(actor=actor, offer_uid=uid, on=clock.today())
    messages.success(request, "L'offre est retirée.")
    return HttpResponseRedirect(href(actor, "advice:offers"))
