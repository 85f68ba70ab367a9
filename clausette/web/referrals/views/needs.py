"""The needs of the structure, read by its prescribers; and who these prescribers are."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.participants import operations
from clausette.participants.enums import PrescriberKind
from clausette.participants.permissions import can_tell_needs
from clausette.participants.queries import NeedLine, TieLine, list_needs, prescribers_of
from clausette.procurement.queries import list_contracts
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.referrals.common import crumbs, href
from clausette.web.referrals.forms import NeedForm, PrescriberForm
from clausette.web.refusals import answered, form_page
from clausette.web.typed import posted

PUBLISHED, OPEN = "Besoins publiés", "Besoins ouverts"


def _columns(request: HttpRequest, actor: Actor, *, own: bool) -> tuple[Column[NeedLine], ...]:
    def act(row: NeedLine) -> PostButton | LinkButton | Badge:
        if not row.open:
            return Badge("clos", "neutral")
        if own:
            address = href(actor, "referrals:close", uid=row.uid)
            return PostButton("Clore", address, "secondary", about=row.title, token=get_token(request))
        address = href(actor, "referrals:propose", query={"besoin": row.uid})
        return LinkButton("Proposer", address, "secondary", about=row.title)

    last: Column[NeedLine] = Column("Clore" if own else "Proposer", act)
    structure: tuple[Column[NeedLine], ...] = () if own else (Column("Structure", lambda row: row.structure),)
    return (
        Column("Métier", lambda row: row.title),
        Column("Personnes", lambda row: row.people, "int"),
        Column("Commune", lambda row: row.commune_name or None),
        Column("Travail à partir du", lambda row: row.starts_on, "date"),
        Column("Candidats jusqu'au", lambda row: row.ends_on, "date"),
        *structure,
        last,
    )


@page("facilitator", "prescriber")
def needs(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The structure's own needs; for a prescriber, those open to it; both for a body that has the two trades."""
    tells, refers = actor.can("facilitator"), actor.can("prescriber")
    context = {
        "title": "Besoins" if tells and refers else PUBLISHED if tells else OPEN,
        "crumbs": crumbs(actor),
        "published": _table(request, actor, own=True) if tells else "",
        "open": _table(request, actor, own=False) if refers else "",
        "both": tells and refers,
        "tell": LinkButton("Publier un besoin", href(actor, "referrals:tell"), "primary") if tells else "",
        "lead": "Vos prescripteurs lisent le métier, le chantier, la commune et les dates. Rien d'autre du marché."
        if tells
        else "",
    }
    return TemplateResponse(request, "referrals/needs.html", context)


def _table(request: HttpRequest, actor: Actor, *, own: bool) -> Table:
    why = (
        "Publiez le métier, le nombre de personnes et la date : vos prescripteurs proposent des candidats."
        if own
        else "Les structures qui travaillent avec vous publient ici les postes à pourvoir."
    )
    empty = EmptyState("Aucun besoin publié" if own else "Aucun besoin ouvert", why, icon="people")
    rows = list_needs(actor=actor, own=own, on=clock.today())
    return Table(PUBLISHED if own else OPEN, _columns(request, actor, own=own), rows, empty=empty)


@action("facilitator", methods=("GET", "POST"))
def tell(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Publish a need."""
    demand(can_tell_needs(actor))
    rows = list_contracts(actor=actor, size=500).rows
    form = NeedForm(
        posted(request), contracts=[(str(row.uid), f"{row.common_name} · {row.buyer_name}") for row in rows]
    )
    back = href(actor, "referrals:needs")
    answer = answered(
        request, form, lambda: operations.tell_need(actor=actor, **form.values(), on=clock.today()),
        "Le besoin est publié : vos prescripteurs le lisent.", lambda _: back,
    )  # fmt: skip
    context: dict[str, object] = {
        "title": "Publier un besoin", "verb": "Publier", "cancel": back, "lead": "",
        "crumbs": crumbs(actor, Crumb("Besoins", back)),
    }  # fmt: skip
    return answer or form_page(request, "referrals/form.html", form, context)


@action("facilitator")
def close(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Nobody more is wanted."""
    operations.close_need(actor=actor, uid=uid, on=clock.today())
    messages.success(request, "Le besoin est clos : il n'est plus proposé.")
    return HttpResponseRedirect(href(actor, "referrals:needs"))


@action("facilitator", methods=("GET", "POST"))
def prescribers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The prescribers with whom the structure works, and one more."""
    demand(can_tell_needs(actor))
    form, here = PrescriberForm(posted(request)), href(actor, "referrals:prescribers")
    answer = answered(
        request, form,
        lambda: operations.tie_prescriber(
            actor=actor, name=form.cleaned_data["name"], siret=form.cleaned_data["siret"],
            commune_name=form.cleaned_data["commune_name"], kind=PrescriberKind(form.cleaned_data["kind"]),
            on=clock.today(),
        ),
        "Ce prescripteur peut maintenant vous proposer des candidats. Invitez sa première personne si besoin.",
        lambda _: here,
    )  # fmt: skip
    context: dict[str, object] = {
        "crumbs": crumbs(actor),
        "open": form.is_bound,
        "table": Table(
            "Prescripteurs", _tie_columns(request, actor), prescribers_of(actor=actor),
            empty=EmptyState("Aucun prescripteur", "Ajoutez ceux qui vous orientent des personnes.", icon="people"),
        ),
    }  # fmt: skip
    return answer or form_page(request, "referrals/prescribers.html", form, context)


def _tie_columns(request: HttpRequest, actor: Actor) -> tuple[Column[TieLine], ...]:
    def act(row: TieLine) -> PostButton | Badge:
        if row.ends_on:
            return Badge("arrêté", "neutral")
        address = href(actor, "referrals:untie", uid=row.uid)
        return PostButton("Arrêter", address, "secondary", about=row.name, token=get_token(request))

    def invite(row: TieLine) -> LinkButton | None:
        if row.ends_on:
            return None
        address = href(actor, "account:invite_first", uid=row.prescriber_uid)
        return LinkButton("Inviter", address, "quiet", about=row.name)

    return (
        Column("Prescripteur", lambda row: row.name),
        Column("Nature", lambda row: row.kind or None),
        Column("Depuis", lambda row: row.starts_on, "date"),
        Column("Inviter", invite),
        Column("Arrêter", act),
    )


@action("facilitator")
def untie(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Stop working with a prescriber."""
    operations.untie_prescriber(actor=actor, uid=uid, on=clock.today())
    messages.success(request, "Ce prescripteur ne propose plus de candidats ; il garde vos réponses.")
    return HttpResponseRedirect(href(actor, "referrals:prescribers"))
