"""A firm names its sub-contractor on a contract; the facilitator says yes, or no and why."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.kernel.french import HARD, format_date
from clausette.kernel.siret import format_siret
from clausette.procurement import operations, permissions
from clausette.procurement.enums import AskedState
from clausette.procurement.queries import AskedLine, asked_line, asked_of_own, contract_key, leads_in
from clausette.web.account.common import site_of
from clausette.web.addresses import address_of as href
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import PostButton
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.inputs import FreeText, Siret
from clausette.web.refusals import add_refusal, answered, form_page
from clausette.web.typed import posted

TONES: dict[AskedState, Tone] = {
    AskedState.WAITING: "wait",
    AskedState.ACCEPTED: "ok",
    AskedState.REFUSED: "danger",
    AskedState.WITHDRAWN: "neutral",
}


class Ask(forms.Form):
    """The sub-contractor, and the person to invite there."""

    name = FreeText("Nom de l'entreprise sous-traitante", max_length=200)
    siret = Siret()
    email = forms.EmailField(
        label="Adresse électronique de qui déclarera ses heures", max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    full_name = FreeText("Prénom et nom de cette personne", max_length=150, required=False)


class Refuse(forms.Form):
    """Why not."""

    reason = FreeText("Motif, lu par l'entreprise", max_length=300)


def _crumbs(actor: Actor, uid: UUID, name: str) -> Breadcrumb:
    marche = Crumb(name, href(actor, "contracts:show", uid=uid))
    return Breadcrumb((Crumb("Marchés", href(actor, "contracts:list")), marche))


@action("contractor", methods=("GET", "POST"))
def ask(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Name the sub-contractor; below, what was asked before and what became of it."""
    contract = contract_key(actor, uid)
    leads = leads_in(actor=actor, contract_id=contract.id)
    demand(permissions.can_ask_subcontractor(actor, leads=leads, state=contract.state))
    form, here = Ask(posted(request)), href(actor, "subcontracting:ask", uid=uid)

    def act() -> object:
        said = {name: form.cleaned_data[name] for name in ("name", "siret", "email", "full_name")}
        entry = operations.AskedEntry(**said)
        return operations.ask_subcontractor(actor=actor, contract_uid=uid, entry=entry)

    told = "La demande est envoyée au facilitateur : l'invitation partira quand il l'aura acceptée."
    done = answered(request, form, act, told, lambda _: here)
    if done is not None:
        return done
    lines = asked_of_own(actor=actor, contract_id=contract.id)
    context = {
        "crumbs": _crumbs(actor, uid, contract.common_name),
        "title": "Inviter un sous-traitant",
        "lead": contract.common_name,
        "verb": "Demander au facilitateur",
        "cancel": href(actor, "contracts:show", uid=uid),
        "asked": _asked(actor, lines, get_token(request)) if lines else None,
        "count": len(lines),
    }
    return form_page(request, "subcontracting/ask.html", form, context)


def _asked(actor: Actor, lines: tuple[AskedLine, ...], token: str) -> Table:
    def state(line: AskedLine) -> Badge:
        return Badge(line.state.label, TONES[line.state])

    def take_back(line: AskedLine) -> PostButton | None:
        address = href(actor, "subcontracting:withdraw", uid=line.uid)
        return PostButton("Retirer", address, "secondary", about=line.name, token=token) if line.waits else None

    columns: tuple[Column[AskedLine], ...] = (
        Column("Entreprise", lambda line: line.name),
        Column("SIRET", lambda line: format_siret(line.siret)),
        Column("Demandée le", lambda line: line.asked_at.astimezone(clock.PARIS).date(), "date"),
        Column("État", state),
        Column("Motif", lambda line: line.reason),
        Column("Retirer", take_back),
    )
    return Table("Vos demandes sur ce marché", columns, lines)


@action("contractor")
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take a request back."""
    line = asked_line(actor=actor, uid=uid)
    _done(request, lambda: operations.withdraw_asked(actor=actor, uid=uid, at=clock.now()), "La demande est retirée.")
    return HttpResponseRedirect(href(actor, "subcontracting:ask", uid=line.contract_uid))


def _done(request: HttpRequest, act: Callable[[], object], told: str) -> None:
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, told)


@action("facilitator", methods=("GET", "POST"))
def answer(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Accept: the sub-contractor takes part and is invited. Refuse: with the reason."""
    line = asked_line(actor=actor, uid=uid)
    back = href(actor, "contracts:show", uid=line.contract_uid)
    form = Refuse(request.POST if request.POST.get("acte") == "refuser" else None)
    if request.method == "POST" and request.POST.get("acte") == "accepter":
        told = f"{line.name} prend part au marché. Son invitation part par courriel, s'il n'a encore personne ici."
        _done(
            request,
            lambda: operations.accept_asked(
                actor=actor, uid=uid, on=clock.today(), at=clock.now(), site=site_of(request)
            ),
            told,
        )
        return HttpResponseRedirect(back)
    if form.is_bound and form.is_valid():
        try:
            operations.refuse_asked(actor=actor, uid=uid, reason=form.cleaned_data["reason"], at=clock.now())
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La demande est refusée : l'entreprise lit votre motif.")
            return HttpResponseRedirect(back)
    context = {
        "crumbs": _crumbs(actor, line.contract_uid, line.contract_name), "line": line, "facts": _facts(line),
        "cancel": back, "form": form,
    }  # fmt: skip
    return TemplateResponse(request, "subcontracting/answer.html", context, status=400 if form.errors else 200)


def _facts(line: AskedLine) -> Facts:
    on = format_date(line.asked_at.astimezone(clock.PARIS).date())
    person = " ".join(part for part in (line.full_name, f"({line.email})" if line.full_name else line.email) if part)
    answer = f"{line.state.label}{f'{HARD}: {line.reason}' if line.reason else ''}"
    return Facts(
        (
            Fact("Sous-traitant", line.name),
            Fact("SIRET", format_siret(line.siret)),
            Fact("Pour le compte de", line.head_name),
            Fact("Demandé", f"le {on} par {line.asked_by}"),
            Fact("Personne à inviter", person) if line.waits else Fact("Réponse", answer),
        )
    )
