"""The attestation of an engagement: what it would say, then its issue."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Conflict, NotAllowed, Refusal
from clausette.kernel.french import format_date, format_month, plural
from clausette.reports.operations import issue_certificate
from clausette.reports.queries import Draft, ReportSheet, draft_certificate, report_sheet
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.doors import action
from clausette.web.reports.common import href
from clausette.web.reports.forms import IssueForm, ReplaceForm
from clausette.web.reports.papers import on_screen


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
