"""The facilitator opens a « dépôt sans compte » for a contact, gives its word by telephone, extends it, closes it."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.kernel.french import format_date
from clausette.procurement import operations, permissions
from clausette.procurement.queries import (
    DepositLine,
    contact_line,
    contract_key,
    deposit_line,
    shares_contract,
)
from clausette.procurement.rules.deposits import usual_end
from clausette.web.account.common import site_of
from clausette.web.addresses import address_of as href
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import Confirm
from clausette.web.deposits.words import state_of
from clausette.web.doors import action, page
from clausette.web.inputs import FrenchDate
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted


class LastDay(forms.Form):
    """The last day of a deposit."""

    ends_on = FrenchDate(label="Dernier jour", help_text="Ce jour-là compris. Ensuite, le lien n'ouvre plus rien.")


def _crumbs(actor: Actor, uid: UUID, name: str) -> Breadcrumb:
    marche = Crumb(name, href(actor, "contracts:show", uid=uid))
    return Breadcrumb((Crumb("Marchés", href(actor, "contracts:list")), marche))


@action("facilitator", methods=("GET", "POST"))
def open_one(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask until when, open the deposit, show its access word once."""
    contact, on = contact_line(actor=actor, uid=uid), clock.today()
    key = contract_key(actor, contact.contract_uid)
    shares = shares_contract(actor=actor, contract_id=key.id)
    demand(permissions.can_keep_contacts(actor, owner_org_id=key.owner_org_id, shares=shares))
    form = LastDay(posted(request), initial={"ends_on": usual_end(on, key.ends_on)})
    if request.method == "POST" and form.is_valid():
        try:
            done = operations.open_deposit(
                actor=actor, contact_uid=uid, ends_on=form.cleaned_data["ends_on"], on=on, at=clock.now(),
                site=site_of(request),
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return _told(request, actor, done.uid, done.word, opened=True)
    context = {
        "form": form,
        "contact": contact,
        "crumbs": _crumbs(actor, contact.contract_uid, key.common_name),
        "title": "Ouvrir un dépôt sans compte",
        "lead": f"{contact.name}, {contact.organisation_name} · {key.common_name}",
        "verb": "Ouvrir le dépôt et envoyer le lien",
        "cancel": href(actor, "contracts:change_contact", uid=uid),
    }
    return TemplateResponse(request, "deposits/open.html", context, status=400 if form.is_bound else 200)


def _told(request: HttpRequest, actor: Actor, uid: UUID, word: str, *, opened: bool = False) -> HttpResponse:
    """The page that shows an access word: once, never kept by the browser."""
    line = deposit_line(actor=actor, uid=uid)
    context = {
        "line": line,
        "word": word,
        "opened": opened,
        "crumbs": _crumbs(actor, line.contract_uid, line.contract_name),
        "show_href": href(actor, "deposits:show", uid=uid),
    }
    return TemplateResponse(request, "deposits/word.html", context)


@page("facilitator")
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """One deposit: who, until when, when they last came; what may be done."""
    line, on = deposit_line(actor=actor, uid=uid), clock.today()
    context = {
        "line": line,
        "open": line.is_open(on),
        "facts": _facts(line, on),
        "crumbs": _crumbs(actor, line.contract_uid, line.contract_name),
        **{f"{name}_href": href(actor, f"deposits:{name}", uid=uid) for name in ("word", "send", "extend", "revoke")},
    }
    return TemplateResponse(request, "deposits/show.html", context)


def _facts(line: DepositLine, on: date) -> Facts:
    seen = format_date(line.seen_at.astimezone(clock.PARIS).date()) if line.seen_at else "jamais"
    opened = format_date(line.opened_on.astimezone(clock.PARIS).date())
    return Facts(
        (
            Fact("Personne", line.name),
            Fact("Adresse électronique", line.email),
            Fact("Entreprise", line.organisation_name),
            Fact("État", state_of(line, on).capitalize()),
            Fact("Dernière venue", seen),
            Fact("Ouvert", f"le {opened} par {line.opened_by}"),
        )
    )


def _back(request: HttpRequest, actor: Actor, uid: UUID, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, NotAllowed):
        raise refusal
    messages.error(request, refusal.message)
    return HttpResponseRedirect(href(actor, "deposits:show", uid=uid))


@action("facilitator")
def word(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Give another access word, shown once."""
    try:
        given = operations.give_word(actor=actor, uid=uid, on=clock.today())
    except Refusal as refusal:
        return _back(request, actor, uid, refusal)
    return _told(request, actor, uid, given)


@action("facilitator")
def send(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Send the link again."""
    try:
        operations.send_deposit_link(
            actor=actor, uid=uid, on=clock.today(), at=clock.now(), site=site_of(request)
        )
    except Refusal as refusal:
        return _back(request, actor, uid, refusal)
    messages.success(request, "Le lien est renvoyé. Le mot d'accès ne change pas.")
    return HttpResponseRedirect(href(actor, "deposits:show", uid=uid))


@action("facilitator", methods=("GET", "POST"))
def extend(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Change the last day."""
    line = deposit_line(actor=actor, uid=uid)
    back = href(actor, "deposits:show", uid=uid)
    form = LastDay(posted(request), initial={"ends_on": line.ends_on})
    if request.method == "POST" and form.is_valid():
        day: date = form.cleaned_data["ends_on"]
        try:
            operations.extend_deposit(actor=actor, uid=uid, ends_on=day, on=clock.today())
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"Le dépôt reste ouvert jusqu'au {format_date(day)}.")
            return HttpResponseRedirect(back)
    context: dict[str, Any] = {
        "form": form,
        "crumbs": _crumbs(actor, line.contract_uid, line.contract_name),
        "title": "Changer le dernier jour",
        "lead": f"{line.name}, {line.organisation_name}",
        "verb": "Enregistrer",
        "cancel": back,
    }
    return TemplateResponse(request, "layout/form.html", context, status=400 if form.is_bound else 200)


@action("facilitator", methods=("GET", "POST"))
def revoke(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Close the deposit on its contract, after a confirmation."""
    line = deposit_line(actor=actor, uid=uid)
    back = href(actor, "deposits:show", uid=uid)
    if request.method == "POST":
        try:
            operations.revoke_deposit(actor=actor, uid=uid, on=clock.today(), at=clock.now())
        except Refusal as refusal:
            return _back(request, actor, uid, refusal)
        messages.success(request, f"{line.name} ne déclare plus sans compte sur ce marché.")
        return HttpResponseRedirect(href(actor, "contracts:show", uid=line.contract_uid))
    confirm = Confirm(
        f"Retirer le dépôt sans compte de {line.name} ?", "Retirer ce dépôt", back,
        ("Le lien n'ouvre plus ce marché, tout de suite.", "Les heures déjà déclarées restent, à son nom."),
    )  # fmt: skip
    return TemplateResponse(request, "layout/confirm.html", {"confirm": confirm, "form": None})
