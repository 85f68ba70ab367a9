"""Pages of the documents."""

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import Conflict, NotAllowed, Refusal
from clausette.kernel.french import format_date, format_month, plural
from clausette.reports.operations import issue_certificate
from clausette.reports.queries import (
    Draft,
    ReportFilters,
    ReportLine,
    ReportSheet,
    draft_certificate,
    list_reports,
    report_content,
    report_sheet,
)
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Sort, Table
from clausette.web.doors import action, page
from clausette.web.reports.forms import IssueForm, ReplaceForm, ReportFilter
from clausette.web.reports.papers import on_screen

READERS = ("facilitator", "buyer", "contractor")


def href(actor: Actor, name: str, *, query: dict[str, str] | None = None, **kwargs: object) -> str:
    """Return the address of a page for the actor's organisation, « » when that page does not exist (yet)."""
    try:
        address = reverse(name, kwargs={"slug": actor.slug, **kwargs})
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(query)}" if query else address


@page(*READERS)
def documents(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The documents issued, fifty a page."""
    form = ReportFilter(request.GET)
    form.is_valid()
    sort = Sort.asked(
        request, {"Document": "numero", "Établi le": "date", "Marché": "marche"}, default="-date"
    )
    filters = ReportFilters(
        words=form.cleaned_data.get("mots", ""),
        only_current=bool(form.cleaned_data.get("en_vigueur")),
        sort=f"-{sort.current}" if sort.descending else sort.current,
    )
    found = list_reports(actor=actor, filters=filters, page=page_number(request))
    context = {
        "form": form,
        "count": plural(found.total, "document"),
        "table": _table(actor, found.rows, sort, filtered=bool(filters.words or filters.only_current)),
        "pagination": Pagination(found.total, page_number(request), "documents", request.GET),
        "total": found.total,
    }
    return TemplateResponse(request, "reports/list.html", context)


def _state(row: ReportLine) -> Badge:
    if row.replaced_by:
        return Badge(f"remplacé par {row.replaced_by}", "neutral")
    return Badge("en vigueur", "ok")


def _table(actor: Actor, rows: tuple[ReportLine, ...], sort: Sort, *, filtered: bool) -> Table:
    columns: tuple[Column[ReportLine], ...] = (
        Column("Document", lambda row: f"{row.kind_label} {row.number}"),
        Column("Établi le", lambda row: row.issued_on, "date"),
        Column("Marché", lambda row: row.contract_name),
        Column("Entreprise", lambda row: row.contractor_name),
        Column("État", _state),
        Column("Fichier", lambda row: "PDF"),
    )
    return Table(
        "Documents établis",
        columns,
        rows,
        row_href=lambda row: href(actor, "reports:show", uid=row.uid),
        links={
            "Marché": lambda row: href(actor, "contracts:show", uid=row.contract_uid),
            "Fichier": lambda row: href(actor, "reports:pdf", uid=row.uid),
        },
        sort=sort,
        empty=_empty(actor, filtered=filtered),
    )


def _empty(actor: Actor, *, filtered: bool) -> EmptyState:
    if filtered:
        return EmptyState("Aucun document ne correspond", "Enlevez un mot ou un filtre.", icon="search")
    if not actor.can("facilitator"):
        why = "Le facilitateur établit les attestations d'heures. Vous les téléchargez ici dès qu'elles existent."
        return EmptyState("Aucun document pour l'instant", why, icon="report")
    button = LinkButton("Choisir un marché", href(actor, "contracts:list"), "primary")
    why = (
        "Une attestation certifie les heures d'un engagement, à une date. Elle s'établit depuis la page de "
        "l'engagement, et ne change plus ensuite."
    )
    return EmptyState("Aucun document établi", why, button, icon="report")


@page(*READERS)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """A document: the figures of the paper, its hash, what it replaces."""
    sheet = report_sheet(actor=actor, uid=uid)
    context = on_screen(sheet.facts) | {
        "sheet": sheet,
        "crumbs": Breadcrumb((Crumb("Documents", href(actor, "reports:list")),)),
        "state": _state(sheet.line),
        "pdf": LinkButton("Télécharger le PDF", href(actor, "reports:pdf", uid=uid), "primary"),
        "replace": _replace(actor, sheet),
        "replaced_href": (
            href(actor, "reports:show", uid=sheet.line.replaced_by_uid) if sheet.line.replaced_by_uid else ""
        ),
        "frozen": _frozen(actor, sheet),
    }
    return TemplateResponse(request, "reports/show.html", context)


def _replace(actor: Actor, sheet: ReportSheet) -> LinkButton | str:
    if not actor.can("facilitator") or sheet.line.commitment_uid is None:
        return ""
    address = href(
        actor, "reports:issue", uid=sheet.line.commitment_uid, query={"remplace": str(sheet.line.uid)}
    )
    return LinkButton("Établir une correction", address, disabled=sheet.can_replace.reason)


def _frozen(actor: Actor, sheet: ReportSheet) -> Facts:
    """What proves that the document is the one that was issued."""
    line = sheet.line
    replaces = href(actor, "reports:show", uid=line.replaces_uid) if line.replaces_uid else ""
    facts = [
        Fact("Établi le", format_date(line.issued_on)),
        Fact("Par", f"{sheet.issued_by}, {line.owner_name}"),
        Fact("Engagement", line.contract_name, _commitment(actor, line)),
        Fact("Modèle", sheet.template_version),
        Fact(
            "Empreinte des chiffres",
            sheet.facts_sha256,
            help="Les chiffres conservés sont ceux du papier."
            if sheet.is_intact
            else "Les chiffres diffèrent.",
        ),
        Fact(
            "Empreinte du fichier",
            sheet.content_sha256,
            help=f"{plural(sheet.size // 1000, 'ko', 'ko')}, PDF",
        ),
    ]
    if replaces:
        facts.insert(2, Fact("Annule et remplace", line.replaces_number, replaces))
    return Facts(facts)


def _commitment(actor: Actor, line: ReportLine) -> str:
    return href(actor, "contracts:commitment", uid=line.commitment_uid) if line.commitment_uid else ""


@page(*READERS)
def pdf(_request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The document itself, as issued: the same bytes for everybody."""
    content = report_content(actor=actor, uid=uid)
    response = HttpResponse(content.data, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, content.name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{content.sha256}"'
    return response


@action("facilitator", methods=("GET", "POST"))
def issue(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """What the attestation would say, what is missing, and the button that issues it."""
    on = clock.today()
    replaced = _replaced(request, actor)
    form = _form(request, on, replacing=replaced is not None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = issue_certificate(
                actor=actor,
                commitment_uid=uid,
                as_of=form.cleaned_data["as_of"],
                replaces_uid=replaced.line.uid if replaced else None,
                reason=form.cleaned_data.get("reason", ""),
                on=on,
            )
        except (NotAllowed, Conflict):
            raise
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "L'attestation est établie. Elle ne changera plus.")
            return HttpResponseRedirect(href(actor, "reports:show", uid=issued))
    draft = draft_certificate(actor=actor, commitment_uid=uid, as_of=_day(request, form, on), on=on)
    demand(draft.can_issue)
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(
        request, "reports/issue.html", _context(actor, draft, form, replaced), status=status
    )


def _replaced(request: HttpRequest, actor: Actor) -> ReportSheet | None:
    raw = request.GET.get("remplace", "")
    try:
        return report_sheet(actor=actor, uid=UUID(raw)) if raw else None
    except ValueError:
        return None


def _form(request: HttpRequest, on: date, *, replacing: bool) -> IssueForm:
    kind = ReplaceForm if replacing else IssueForm
    if request.method == "POST":
        return kind(request.POST)
    return kind(initial={"as_of": _asked(request, on)})


def _asked(request: HttpRequest, on: date) -> date:
    """The day of `?au=`, else the end of last month."""
    try:
        return date.fromisoformat(request.GET.get("au", ""))
    except ValueError:
        return on.replace(day=1) - timedelta(days=1)


def _day(request: HttpRequest, form: IssueForm, on: date) -> date:
    """The day of the preview: what was typed when it can be, never after today."""
    return min(form.day(_asked(request, on)), on)


def _context(actor: Actor, draft: Draft, form: IssueForm, replaced: ReportSheet | None) -> dict[str, object]:
    back = href(actor, "contracts:commitment", uid=draft.commitment_uid)
    name = draft.facts.market.usual_name
    return on_screen(draft.facts) | {
        "crumbs": Breadcrumb((Crumb("Documents", href(actor, "reports:list")), Crumb(name, back))),
        "name": name,
        "firm": draft.facts.firm.name,
        "as_of": format_date(draft.facts.figures.as_of),
        "form": form,
        "replaced": replaced.line if replaced else None,
        "warnings": _warnings(draft),
        "contradictions": draft.contradictions,
        "back": back,
        "grid": href(actor, "contracts:commitment", uid=draft.commitment_uid),
    }


def _warnings(draft: Draft) -> list[str]:
    """What the reader of the document will notice: said before, never hidden."""
    told = []
    if draft.missing_months:
        count = plural(len(draft.missing_months), "mois sans relevé", "mois sans relevé")
        told.append(
            f"{count} : {_named(draft.missing_months)}. L'attestation dira «\u00a0relevé non reçu\u00a0»."
        )
    if draft.pending_months:
        count = plural(len(draft.pending_months), "mois à valider", "mois à valider")
        told.append(f"{count} : {_named(draft.pending_months)}. Ces heures n'y seront pas comptées.")
    if draft.facts.figures.validated == 0:
        told.append("Aucune heure n'est validée à cette date.")
    return told


def _named(months: tuple[date, ...]) -> str:
    shown = ", ".join(format_month(month) for month in months[:6])
    return f"{shown} et {len(months) - 6} autres" if len(months) > 6 else shown
