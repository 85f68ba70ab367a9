"""The mandates of a firm: the list, giving one, prolonging it, withdrawing it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.queries import StatementFilters, StatementLine, list_statements
from clausette.imports.queries.hours_files import list_hours_files
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.kernel.french import format_date, format_month
from clausette.procurement import operations, permissions
from clausette.procurement.enums import DECLARING
from clausette.procurement.queries import (
    MandateLine,
    contracts_visible_to,
    mandate_line,
    mandates_given,
    takes_part,
)
from clausette.web.account.common import site_of
from clausette.web.addresses import address_of as href
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import Confirm
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.hourfiles.views.start import sent_files
from clausette.web.hours.views.common import statement_badge
from clausette.web.mandates.forms import Give, Until
from clausette.web.mandates.words import ALL, back_to, link_of, state_of
from clausette.web.refusals import answered, form_page
from clausette.web.typed import posted

LINK_SENT = "Un nouveau lien part par courriel : il vaut trente jours. Le précédent n'ouvre plus rien."
FIRMS = ("contractor", "employer")


def _crumbs(actor: Actor, *last: Crumb) -> Breadcrumb:
    return Breadcrumb((Crumb("Structure", href(actor, "account:members")), *last))


def _under(actor: Actor) -> Breadcrumb:
    return _crumbs(actor, Crumb("Mandats de déclaration", back_to(actor)))


@page(*FIRMS)
def given(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who may declare for the firm, on what, until when; those that ended below."""
    on, lines = clock.today(), mandates_given(actor=actor)
    running = [line for line in lines if line.is_open(on)]
    over = [line for line in lines if not line.is_open(on)]
    context = {
        "crumbs": _crumbs(actor),
        "running": _table(actor, "Mandats en cours", running, on) if running else None,
        "over": _table(actor, "Mandats terminés ou retirés", over, on) if over else None,
        "over_count": len(over),
        "give_href": href(actor, "mandates:give"),
        "reason": permissions.can_give_mandate(actor).reason,
    }
    return TemplateResponse(request, "mandates/list.html", context)


def _table(actor: Actor, title: str, lines: list[MandateLine], on: date) -> Table:
    columns: tuple[Column[MandateLine], ...] = (
        Column("Donné à", lambda line: line.name),
        Column("Marchés", lambda line: line.contract_name or ALL),
        Column("Du", lambda line: line.starts_on, "date"),
        Column("Au", lambda line: line.ends_on, "date"),
        Column("État", lambda line: state_of(line, on)),
    )
    return Table(title, columns, lines, row_href=lambda line: href(actor, "mandates:show", uid=line.uid))


@action(*FIRMS, methods=("GET", "POST"))
def give(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give a mandate."""
    demand(permissions.can_give_mandate(actor))
    on = clock.today()
    rows = contracts_visible_to(actor).filter(takes_part(actor, *DECLARING, contract="pk"))
    known = list(rows.order_by("sort_key", "id").values_list("uid", "common_name"))
    form = Give(posted(request), contracts=known, initial={"starts_on": on})
    body = form.body(actor) if form.is_valid() else None

    def act() -> object:
        data = form.cleaned_data
        entry = operations.MandateEntry(
            data["starts_on"], data["ends_on"], holder_uid=body.uid if body else None, email=data["email"],
            full_name=data["full_name"], contract_uid=form.contract_uid(),
        )  # fmt: skip
        return operations.give_mandate(actor=actor, entry=entry, on=on, site=site_of(request))

    told = (
        f"{body.name} peut déclarer vos heures ; un courriel prévient ses administrateurs dans Clausette."
        if body
        else "Le lien part par courriel : il vaut trente jours."
    )
    done = answered(request, form, act, f"Le mandat est donné. {told}", lambda _: back_to(actor))
    if done is not None:
        return done
    context = {
        "crumbs": _under(actor),
        "title": "Donner un mandat de déclaration",
        "lead": actor.organisation_name,
        "verb": "Donner ce mandat",
        "cancel": back_to(actor),
    }
    return form_page(request, "mandates/give.html", form, context)


@page(*FIRMS)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """One mandate: to whom, on what, until when, what was declared by it."""
    line, on = mandate_line(actor=actor, uid=uid), clock.today()
    found = list_statements(actor=actor, filters=StatementFilters(mandate_id=line.id), on=on)
    files = list_hours_files(actor=actor, mandate_id=line.id)
    context = {
        "line": line,
        "crumbs": _under(actor),
        "facts": _facts(line, on),
        "open": line.is_open(on),
        "declared": _declared(actor, found.rows) if found.rows else None,
        "count": found.total,
        "files": sent_files(actor, files, "Fichiers d'heures envoyés par ce mandat") if files else None,
        "files_count": len(files),
        "reason": permissions.can_give_mandate(actor).reason,
        "send_href": href(actor, "mandates:send", uid=uid) if line.waits else "",
        "extend_href": href(actor, "mandates:extend", uid=uid),
        "revoke_href": href(actor, "mandates:revoke", uid=uid),
    }
    return TemplateResponse(request, "mandates/show.html", context)


def _facts(line: MandateLine, on: date) -> Facts:
    given_on = format_date(line.given_at.astimezone(clock.PARIS).date())
    person = [Fact("Adresse électronique", line.email)] if line.email else []
    link = [Fact("Lien", link_of(line, clock.now()))] if line.waits and line.is_open(on) else []
    return Facts(
        (
            Fact("Donné à", line.name),
            *person,
            Fact("Marchés", line.contract_name or ALL),
            Fact("Dates", f"du {format_date(line.starts_on)} au {format_date(line.ends_on)}"),
            Fact("État", state_of(line, on)),
            *link,
            Fact("Donné", f"le {given_on} par {line.given_by}"),
        )
    )


def _declared(actor: Actor, rows: tuple[StatementLine, ...]) -> Table:
    columns: tuple[Column[StatementLine], ...] = (
        Column("Mois", lambda row: format_month(row.month)),
        Column("Marché", lambda row: row.contract_name),
        Column("Heures", lambda row: row.hours, "hours"),
        Column("État", lambda row: statement_badge(row.state, is_nil=row.is_nil)),
    )

    def address(row: StatementLine) -> str:
        return href(actor, "hours:statement", uid=row.uid)

    return Table("Relevés transmis par ce mandat", columns, rows, row_href=address)


@action(*FIRMS, methods=("GET", "POST"))
def extend(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Change the last day."""
    demand(permissions.can_give_mandate(actor))
    line, back = mandate_line(actor=actor, uid=uid), href(actor, "mandates:show", uid=uid)
    form = Until(posted(request), initial={"ends_on": line.ends_on})

    def act() -> object:
        return operations.extend_mandate(
            actor=actor, uid=uid, ends_on=form.cleaned_data["ends_on"], on=clock.today()
        )

    done = answered(request, form, act, "Le dernier jour du mandat est enregistré.", lambda _: back)
    if done is not None:
        return done
    context = {
        "crumbs": _under(actor), "title": "Changer le dernier jour", "lead": line.name, "verb": "Enregistrer",
        "cancel": back,
    }  # fmt: skip
    return form_page(request, "layout/form.html", form, context)


@action(*FIRMS)
def send(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Send the link again to who has not accepted yet."""
    back = HttpResponseRedirect(href(actor, "mandates:show", uid=uid))
    try:
        operations.send_mandate_link(
            actor=actor, uid=uid, on=clock.today(), at=clock.now(), site=site_of(request)
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return back
    messages.success(request, LINK_SENT)
    return back


@action(*FIRMS, methods=("GET", "POST"))
def revoke(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Withdraw a mandate, after a confirmation."""
    demand(permissions.can_give_mandate(actor))
    line, back = mandate_line(actor=actor, uid=uid), href(actor, "mandates:show", uid=uid)
    if request.method == "POST":
        try:
            operations.revoke_mandate(actor=actor, uid=uid, on=clock.today(), at=clock.now())
        except NotAllowed:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(back)
        messages.success(request, f"{line.name} ne déclare plus vos heures.")
        return HttpResponseRedirect(back_to(actor))
    confirm = Confirm(
        f"Retirer le mandat de {line.name} ?", "Retirer ce mandat", back,
        ("Ses pages de vos heures se ferment aussitôt.", "Les relevés déjà transmis restent, et disent par qui.",
         "Un fichier d'heures qu'il n'a pas confirmé reste parmi les vôtres : à vous d'en décider."),
    )  # fmt: skip
    return TemplateResponse(request, "layout/confirm.html", {"confirm": confirm, "form": None})
