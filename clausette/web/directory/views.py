"""The organisations registered by one's structure; the card of one of them, or of one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from clausette.access.enums import BodyKind
from clausette.access.operations import change_organisation
from clausette.access.queries import (
    OrganisationCard,
    RegisteredLine,
    get_organisation,
    may_complete,
    registered_organisations,
)
from clausette.access.rules import is_nameless
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.siret import format_siret
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.directory.forms import CardForm, FilterForm
from clausette.web.doors import action, page
from clausette.web.refusals import add_refusal

TO_COMPLETE = "a-completer"


def _href(actor: Actor, name: str, **values: object) -> str:
    return reverse(f"directory:{name}", kwargs={"slug": actor.slug, **values})


def _siret(card: OrganisationCard) -> str | None:
    return format_siret(card.siret) if card.siret else None


def _state(line: RegisteredLine) -> Badge:
    if not line.completing:
        return Badge("tenue par ses membres", "neutral")
    return Badge("à compléter", "wait") if line.nameless else Badge("nommée", "ok")


def _table(actor: Actor, lines: list[RegisteredLine], empty: EmptyState) -> Table:
    def act(line: RegisteredLine) -> LinkButton | None:
        if not line.completing:  # the badge beside says why; one sentence on every line would be noise
            return None
        href = _href(actor, "change", uid=line.card.uid)
        verb = "Compléter" if line.nameless else "Modifier"
        return LinkButton(verb, href, "secondary", about=line.card.name)

    def invited(line: RegisteredLine) -> LinkButton | None:
        """The first person of a body that has nobody yet: how a firm or a buyer comes in."""
        if not line.completing or line.nameless:
            return None
        address = reverse("account:invite_first", kwargs={"slug": actor.slug, "uid": line.card.uid})
        return LinkButton("Inviter", address, "quiet", about=line.card.name)

    columns: tuple[Column[RegisteredLine], ...] = (
        Column("Organisme", lambda line: line.card.name),
        Column("Type", lambda line: line.card.body_kind.label),
        Column("SIRET", lambda line: _siret(line.card)),
        Column("Commune", lambda line: line.card.commune_name or None),
        Column("Fiche", _state),
        Column("Modifier", act),
        Column("Inviter", invited),
    )
    return Table("Organismes enregistrés", columns, lines, empty=empty)


def _empty(filtered: bool, to_complete: bool) -> EmptyState:
    if to_complete:
        return EmptyState(
            "Aucune fiche à compléter", "Tous les organismes que vous avez enregistrés ont un nom."
        )
    if filtered:
        return EmptyState("Aucun organisme trouvé", "Essayez une partie du nom ou le début du SIRET.")
    return EmptyState(
        "Aucun organisme enregistré",
        "Les maîtres d'ouvrage et les entreprises que vous enregistrez, ou qu'un import apporte, sont ici.",
    )


@page("facilitator")
def organisations(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The bodies registered by the structure, by name; « à compléter » keeps those known by their number only."""
    form = FilterForm(request.GET)
    form.is_valid()
    words, nameless = form.cleaned_data.get("mots", ""), form.cleaned_data.get("voir") == TO_COMPLETE
    number = page_number(request)
    lines, total = registered_organisations(
        actor=actor, words=words, nameless=nameless, offset=(number - 1) * 50
    )
    context = {
        "form": form,
        "table": _table(actor, lines, _empty(bool(words), nameless and not words)),
        "total": total,
        "pagination": Pagination(total, number, "organismes", request.GET),
    }
    part = "#results" if request.headers.get("HX-Request") else ""
    return TemplateResponse(request, f"directory/list.html{part}", context)


def _saved(actor: Actor, card: OrganisationCard, form: CardForm) -> bool:
    """Write the card; a refusal goes to its field."""
    data = form.cleaned_data
    same_place = data["commune_name"] == card.commune_name
    try:
        change_organisation(
            actor=actor, uid=card.uid, name=data["name"], body_kind=BodyKind(data["body_kind"]),
            commune_code=card.commune_code if same_place else "", commune_name=data["commune_name"],
        )  # fmt: skip
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _after(actor: Actor, uid: UUID) -> str:
    """Where one goes next: the cards still to complete, or the page of one's own structure."""
    own = get_organisation(actor=actor, uid=uid).id == actor.organisation_id
    if own or not actor.can("facilitator"):
        return reverse("account:members", kwargs={"slug": actor.slug})
    return f"{_href(actor, 'list')}?voir={TO_COMPLETE}"


@action(methods=("GET", "POST"))
def change(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Complete or correct the card of a body: one registered here, or one's own."""
    card = get_organisation(actor=actor, uid=uid)
    demand(may_complete(actor=actor, uid=uid))
    initial = {
        "name": "" if is_nameless(card.name) else card.name,
        "body_kind": card.body_kind,
        "commune_name": card.commune_name,
    }
    form = CardForm(request.POST if request.method == "POST" else None, initial=initial)
    back = _after(actor, uid)
    if request.method == "POST" and form.is_valid() and _saved(actor, card, form):
        messages.success(request, f"La fiche de « {form.cleaned_data['name']} » est enregistrée.")
        return HttpResponseRedirect(back)
    own = card.id == actor.organisation_id
    parent = Crumb("Structure" if own else "Organismes", back if own else _href(actor, "list"))
    context = {
        "form": form,
        "card": card,
        "crumbs": Breadcrumb((parent,)),
        "facts": Facts((Fact("SIRET", _siret(card)), Fact("Nom actuel", card.name))),
        "back": back,
    }
    return TemplateResponse(request, "directory/change.html", context, status=400 if form.is_bound else 200)
