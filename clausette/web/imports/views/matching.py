"""« Publications à rapprocher » and « Marchés clausés que vous ne suivez pas »."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from clausette.imports.operations import accept_match, follow_record, leave_match, leave_record
from clausette.imports.queries import Proposed, RecordLine, proposed_matches, record_line, unfollowed
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.siret import format_siret
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table, Under
from clausette.web.doors import action, page
from clausette.web.imports.forms import LeaveForm
from clausette.web.imports.views.common import READERS, href, show_href

SIRET_DIGITS = 14


def _buyer(row: RecordLine) -> str:
    return format_siret(row.buyer_siret) if len(row.buyer_siret) == SIRET_DIGITS else row.buyer_siret


def _crumbs(actor: Actor) -> Breadcrumb:
    return Breadcrumb((Crumb("Imports", href(actor, "imports:list")),))


def _pair(one: Proposed) -> dict[str, str]:
    """What names the purchase awaited, in a form."""
    return {"etude": str(one.study_uid)} if one.study_uid else {"marche": str(one.contract_uid)}


def matches_table(request: HttpRequest, actor: Actor, rows: Sequence[Proposed]) -> Table:
    """The records that may be purchases awaited, each with its two gestures."""

    def gesture(label: str, name: str, style: str) -> Column[Proposed]:
        return Column(
            label,
            lambda one: PostButton(
                label, href(actor, name, uid=one.record.uid), style,  # type: ignore[arg-type]  # a literal style
                about=f"{one.record.title}, pour {one.name}", fields=_pair(one), token=get_token(request),
            ),
        )  # fmt: skip

    columns: list[Column[Proposed]] = [
        Column("Publié", lambda one: one.record.title),
        Column("Ressemble à", lambda one: one.name),
        gesture("C'est le même", "imports:accept_match", "secondary"),
        gesture("Ce n'est pas le même", "imports:leave_match", "quiet"),
    ]

    def awaited(one: Proposed) -> str:
        if one.study_uid:
            return href(actor, "advice:study", uid=one.study_uid)
        return href(actor, "contracts:show", uid=one.contract_uid)

    told = ", ".join
    under = {
        "Publié": Under("Publication", lambda one: told([one.record.amount, one.record.begun])),
        "Ressemble à": Under("Pourquoi", lambda one: told(one.match.reasons)),
    }
    return Table(
        "Publications à rapprocher", columns, rows, under=under, links={"Ressemble à": awaited},
        row_href=lambda one: show_href(actor, one.record.batch_uid, position=one.record.position),
        empty=EmptyState(
            "Aucune publication à rapprocher",
            "Quand un fichier importé contient un marché qui ressemble à une étude acceptée ou à un marché qui n'est "
            "pas encore attribué, il vient ici.",
        ),
    )  # fmt: skip


@page(*READERS)
def matches(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All that may be a purchase awaited, out of every file imported."""
    rows = proposed_matches(actor=actor)
    context = {"table": matches_table(request, actor, rows), "crumbs": _crumbs(actor)}
    return TemplateResponse(request, "imports/matches.html", context)


def _awaited(request: HttpRequest) -> dict[str, UUID | None]:
    found: dict[str, UUID | None] = {}
    for name, field in (("study_uid", "etude"), ("contract_uid", "marche")):
        try:
            found[name] = UUID(request.POST.get(field, ""))
        except ValueError:
            found[name] = None
    return found


@action("facilitator")
def accept(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The record is the purchase awaited: its contract gets what was published."""
    made = accept_match(actor=actor, row_uid=uid, on=clock.today(), **_awaited(request))
    messages.success(request, "Le marché publié est rapproché : titulaires, dates et montant sont complétés.")
    return HttpResponseRedirect(href(actor, "contracts:show", uid=made))


@action("facilitator")
def leave(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The record is another purchase: it is not proposed for this one again."""
    leave_match(actor=actor, row_uid=uid, on=clock.today(), **_awaited(request))
    messages.success(request, "C'est noté : cette publication n'est plus proposée pour cet achat.")
    return HttpResponseRedirect(href(actor, "imports:matches"))


@page(*READERS)
def clauses(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The published contracts with a social clause, around here, that nobody here follows."""
    number = page_number(request)
    found = unfollowed(actor=actor, offset=(number - 1) * 50)

    def follow(row: RecordLine) -> PostButton:
        address = href(actor, "imports:follow_record", uid=row.uid)
        return PostButton("Suivre", address, "secondary", about=row.title, token=get_token(request))

    columns: list[Column[RecordLine]] = [
        Column("Objet", lambda row: row.title),
        Column("Acheteur", _buyer),
        Column("Montant HT", lambda row: row.amount),
        Column("Notifié", lambda row: row.begun),
        Column("Lieu", lambda row: row.place),
        Column("Suivre", follow),
        Column(
            "Laisser",
            lambda row: LinkButton(
                "Laisser", href(actor, "imports:leave_record", uid=row.uid), "quiet", about=row.title
            ),
        ),
    ]
    why = "Ils viennent des fichiers DECP importés : importez celui de votre département pour les voir."
    table = Table(
        "Marchés clausés non suivis", columns, found.rows, empty=EmptyState("Aucun marché clausé à signaler", why),
        row_href=lambda row: show_href(actor, row.batch_uid, position=row.position),
    )  # fmt: skip
    context = {
        "table": table,
        "crumbs": _crumbs(actor),
        "departments": ", ".join(found.departments),
        "pagination": Pagination(found.total, number, "marchés", request.GET) if found.total else "",
    }
    return TemplateResponse(request, "imports/clauses.html", context)


@action("facilitator")
def follow(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Follow a published contract."""
    made = follow_record(actor=actor, row_uid=uid, on=clock.today())
    messages.success(request, "Le marché est créé depuis sa publication. Ajoutez son engagement d'insertion.")
    return HttpResponseRedirect(href(actor, "contracts:show", uid=made))


@action("facilitator", methods=("GET", "POST"))
def leave_one(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Leave a published contract, with the reason."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    back = href(actor, "imports:clauses")
    if form.is_bound and form.is_valid():
        leave_record(actor=actor, row_uid=uid, reason=form.cleaned_data["reason"], on=clock.today())
        messages.success(request, "C'est noté : ce marché n'est plus signalé.")
        return HttpResponseRedirect(back)
    found = record_line(actor=actor, uid=uid)
    context = {"form": form, "row": found, "crumbs": _crumbs(actor), "cancel": back}
    return TemplateResponse(request, "imports/leave.html", context, status=400 if form.is_bound else 200)
