"""The documents issued: their list, each of them, its files."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_date, plural
from clausette.reports.enums import Audience, FileFormat, ReportKind
from clausette.reports.queries import (
    FileLine,
    ReportContent,
    ReportFilters,
    ReportLine,
    ReportSheet,
    list_reports,
    report_content,
    report_sheet,
)
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import ButtonStyle, LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Sort, Table
from clausette.web.doors import page
from clausette.web.reports.common import READERS, href
from clausette.web.reports.forms import ReportFilter
from clausette.web.reports.papers import on_screen


@page(*READERS)
def documents(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The documents issued, fifty a page."""
    form = ReportFilter(request.GET, today=clock.today())
    form.is_valid()
    sort = Sort.asked(request, {"Document": "numero", "Établi le": "date", "Objet": "objet"}, default="-date")
    found = list_reports(actor=actor, filters=_filters(form, sort), page=page_number(request))
    context = {
        "form": form,
        "count": plural(found.total, "document"),
        "table": _table(actor, found.rows, sort, filtered=form.narrows),
        "pagination": Pagination(found.total, page_number(request), "documents", request.GET),
        "total": found.total,
        "new": LinkButton("Nouveau document", href(actor, "reports:new"), "primary")
        if actor.can("facilitator")
        else "",
        "verify": LinkButton("Vérifier un document", href(actor, "reports:verify")),
    }
    return TemplateResponse(request, "reports/list.html", context)


def _filters(form: ReportFilter, sort: Sort) -> ReportFilters:
    asked = form.cleaned_data
    return ReportFilters(
        words=asked.get("mots", ""),
        kind=asked.get("nature", ""),
        year=int(asked["annee"]) if asked.get("annee") else None,
        only_current=bool(asked.get("en_vigueur")),
        sort=f"-{sort.current}" if sort.descending else sort.current,
    )


def _state(row: ReportLine) -> Badge:
    if row.replaced_by:
        return Badge(f"remplacé par {row.replaced_by}", "neutral")
    if row.audience == Audience.OWN:
        return Badge("copie de la structure", "warn")
    return Badge("en vigueur", "ok")


def _table(actor: Actor, rows: tuple[ReportLine, ...], sort: Sort, *, filtered: bool) -> Table:
    columns: tuple[Column[ReportLine], ...] = (
        Column("Document", lambda row: f"{row.kind_label} {row.number}"),
        Column("Établi le", lambda row: row.issued_on, "date"),
        Column("Objet", lambda row: row.subject),
        Column("Période", lambda row: row.period),
        Column("Pour", lambda row: row.contractor_name or row.recipient_name),
        Column("État", _state),
        Column("Fichier", lambda row: "PDF"),
    )
    return Table(
        "Documents établis",
        columns,
        rows,
        row_href=lambda row: href(actor, "reports:show", uid=row.uid),
        links={
            "Objet": lambda row: (
                href(actor, "contracts:show", uid=row.contract_uid) if row.contract_uid else ""
            ),
            "Fichier": lambda row: href(actor, "reports:pdf", uid=row.uid),
        },
        sort=sort,
        empty=_empty(actor, filtered=filtered),
    )


def _empty(actor: Actor, *, filtered: bool) -> EmptyState:
    if filtered:
        return EmptyState("Aucun document ne correspond", "Enlevez un mot ou un filtre.", icon="search")
    if not actor.can("facilitator"):
        why = "Le facilitateur établit bilans et attestations d'heures. Vous les téléchargez ici dès qu'ils existent."
        return EmptyState("Aucun document pour l'instant", why, icon="report")
    button = LinkButton("Nouveau document", href(actor, "reports:new"), "primary")
    why = (
        "Un bilan dit à un maître d'ouvrage ce qui est dû et réalisé ; une attestation certifie les heures d'une "
        "entreprise ; un point d'étape tient sur une page. Établi, un document ne change plus."
    )
    return EmptyState("Aucun document établi", why, button, icon="report")


@page(*READERS)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """A document: the figures of the paper, its hash, what it replaces."""
    sheet = report_sheet(actor=actor, uid=uid)
    line = sheet.line
    who = line.contractor_name or line.recipient_name
    context = on_screen(sheet.facts) | {
        "sheet": sheet,
        "subject": ", ".join(dict.fromkeys(part for part in (line.subject, who, line.period) if part)),
        "crumbs": Breadcrumb((Crumb("Documents", href(actor, "reports:list")),)),
        "state": _state(line),
        "files": [_button(actor, line, one) for one in sheet.files],
        "waiting": _waiting(sheet),
        "again": href(actor, "reports:show", uid=uid),
        "replace": _replace(actor, sheet),
        "send": _send(actor, sheet),
        "replaced_href": (
            href(actor, "reports:show", uid=line.replaced_by_uid) if line.replaced_by_uid else ""
        ),
        "frozen": _frozen(actor, sheet),
    }
    return TemplateResponse(request, "reports/show.html", context)


def _button(actor: Actor, line: ReportLine, one: FileLine) -> LinkButton:
    style: ButtonStyle = "primary" if one.format == FileFormat.PDF else "secondary"
    reason = "" if one.is_ready else "Ce fichier est en préparation."
    return LinkButton(f"Télécharger le {one.format.name}", _address(actor, line, one.format), style, reason)


def _address(actor: Actor, line: ReportLine, chosen: FileFormat) -> str:
    if chosen == FileFormat.PDF:
        return href(actor, "reports:pdf", uid=line.uid)
    return href(actor, "reports:file", uid=line.uid, chosen=chosen)


def _waiting(sheet: ReportSheet) -> str:
    """« 1 fichier prêt sur 3 » while the worker sets the others."""
    if not sheet.waiting:
        return ""
    total = len(sheet.files)
    ready = plural(total - sheet.waiting, "fichier prêt", "fichiers prêts")
    return f"{ready} sur {total}. Ses chiffres sont arrêtés ; vous pouvez quitter cette page et y revenir."


def _replace(actor: Actor, sheet: ReportSheet) -> LinkButton | str:
    if not actor.can("facilitator"):
        return ""
    line, query = sheet.line, {"remplace": str(sheet.line.uid)}
    if line.kind == ReportKind.CERTIFICATE and line.commitment_uid:
        address = href(actor, "reports:issue", uid=line.commitment_uid, query=query)
    else:
        address = href(actor, "reports:new", query=query | _asked_again(line))
    return LinkButton("Établir une correction", address, disabled=sheet.can_replace.reason)


def _send(actor: Actor, sheet: ReportSheet) -> LinkButton | str:
    if not actor.can("facilitator"):
        return ""
    address = href(actor, "reports:send", uid=sheet.line.uid)
    return LinkButton("Envoyer au maître d'ouvrage", address, disabled=sheet.can_send.reason)


def _asked_again(line: ReportLine) -> dict[str, str]:
    """What was asked of this document, as the form of a new one writes it."""
    if line.commitment_uid:
        subject = f"commitment:{line.commitment_uid}"
    elif line.contract_uid:
        subject = f"contract:{line.contract_uid}"
    elif line.operation_uid:
        subject = f"operation:{line.operation_uid}:{line.recipient_uid}"
    else:
        subject = f"{'firm' if line.kind == ReportKind.YEAR_CERTIFICATE else 'buyer'}:{line.recipient_uid}"
    days = {
        "du": line.starts_on.isoformat() if line.starts_on else "",
        "au": line.ends_on.isoformat() if line.ends_on else "",
    }
    return {"nature": line.kind, "objet": subject, "periode": "autre", "diffusion": line.audience} | days


def _frozen(actor: Actor, sheet: ReportSheet) -> Facts:
    """What proves that the document is the one that was issued."""
    line = sheet.line
    intact = "Les chiffres conservés sont ceux du papier." if sheet.is_intact else "Les chiffres diffèrent."
    facts = [
        Fact("Établi le", format_date(line.issued_on)),
        Fact("Par", f"{sheet.issued_by}, {line.owner_name}"),
        Fact("Objet", line.subject, _subject(actor, line)),
        Fact("Diffusion", line.audience.label),
        Fact("Modèle", sheet.template_version),
        Fact("Empreinte des chiffres", sheet.facts_sha256, help=intact),
        *(
            Fact(f"Empreinte du {one.format.name}", one.sha256, help=plural(one.size // 1000, "ko", "ko"))
            for one in sheet.files
        ),
    ]
    if line.replaces_uid:
        old = href(actor, "reports:show", uid=line.replaces_uid)
        facts.insert(2, Fact("Annule et remplace", line.replaces_number, old))
    return Facts(facts)


def _subject(actor: Actor, line: ReportLine) -> str:
    if line.commitment_uid:
        return href(actor, "contracts:commitment", uid=line.commitment_uid)
    return href(actor, "contracts:show", uid=line.contract_uid) if line.contract_uid else ""


@page(*READERS)
def pdf(_request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The document itself, as issued: the same bytes for everybody."""
    return _given(report_content(actor=actor, uid=uid), inline=True)


@page(*READERS)
def file(_request: HttpRequest, actor: Actor, *, uid: UUID, chosen: FileFormat) -> HttpResponse:
    """The same document in another format."""
    return _given(report_content(actor=actor, uid=uid, chosen=chosen), inline=False)


def _given(content: ReportContent, *, inline: bool) -> HttpResponse:
    response = HttpResponse(content.data, content_type=content.content_type)
    response["Content-Disposition"] = content_disposition_header(not inline, content.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{content.sha256}"'
    return response
