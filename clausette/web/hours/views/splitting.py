"""One monthly total of a work contract, split over the firms and the engagements where the person worked."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.enums import StatementSource
from clausette.hours.operations import split_total
from clausette.hours.queries import SplitSheet, split_sheet
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Conflict, Refusal
from clausette.kernel.french import format_hours, format_month, of_month
from clausette.kernel.months import add_months, first_day
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.doors import action
from clausette.web.hours.forms.choices import month_in
from clausette.web.hours.forms.splitting import SplitForm, shown
from clausette.web.hours.views.common import href
from clausette.web.refusals import add_refusal


@action("facilitator", "employer", methods=("GET", "POST"))
def split(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Show the month of a work contract, propose its split, or write it."""
    on = clock.today()
    month = month_in(request.GET.get("mois", "")) or add_months(first_day(on), -1)
    sheet = split_sheet(actor=actor, placement_uid=uid, month=month, on=on)
    if request.method != "POST":
        return _page(request, actor, sheet, SplitForm(sheet=sheet, initial=shown(sheet)))
    if request.POST.get("acte") == "proposer":
        return _propose(request, actor, sheet)
    form = SplitForm(request.POST, sheet=sheet)
    if not form.is_valid():
        return _page(request, actor, sheet, form, status=400)
    try:
        split_total(
            actor=actor, placement_uid=uid, month=month, total=form.cleaned_data["total"], parts=form.credits(),
            seen=request.POST.get("vu", ""), on=on,
            source=StatementSource.GRID if actor.can("facilitator") else StatementSource.PORTAL,
        )  # fmt: skip
    except Refusal as refusal:
        add_refusal(form, refusal)
        fresh = split_sheet(actor=actor, placement_uid=uid, month=month, on=on)
        return _page(request, actor, fresh, form, status=409 if isinstance(refusal, Conflict) else 400)
    messages.success(request, f"Le total {of_month(month)} est réparti. Il reste à transmettre les relevés.")
    return HttpResponseRedirect(_address(actor, uid, month))


def _propose(request: HttpRequest, actor: Actor, sheet: SplitSheet) -> HttpResponse:
    """Fill the parts in proportion of the presences; nothing is written."""
    asked = SplitForm({"total": request.POST.get("total", "")}, sheet=sheet)
    if not asked.is_valid():
        asked = SplitForm(request.POST, sheet=sheet)
        asked.is_valid()
        return _page(request, actor, sheet, asked, status=400)
    total = asked.cleaned_data["total"]
    form = SplitForm(sheet=sheet, initial={"total": total, **sheet.proposal(total)})
    told = "Proposition d'après les jours et les parts de présence : vérifiez-la, puis enregistrez."
    return _page(request, actor, sheet, form, proposal=told)


def _address(actor: Actor, uid: UUID, month: date) -> str:
    return f"{href(actor, 'hours:split', uid=uid)}?mois={month:%Y-%m}"


def _page(
    request: HttpRequest,
    actor: Actor,
    sheet: SplitSheet,
    form: SplitForm,
    *,
    proposal: str = "",
    status: int = 200,
) -> HttpResponse:
    note_reading(request, ReadingKind.IDENTITY, [sheet.person.participant_uid])
    on, person = clock.today(), sheet.person
    before, later = (_address(actor, sheet.placement_uid, add_months(sheet.month, way)) for way in (-1, 1))
    last = first_day(on) if sheet.month >= first_day(on) else None
    back = href(actor, "people:show", uid=person.participant_uid)
    context = {
        "crumbs": Breadcrumb((Crumb("Heures", href(actor, "hours:list")), Crumb(person.name, back))),
        "sheet": sheet,
        "form": form,
        "proposal": proposal,
        "refusal": sheet.may_split.reason,
        "facts": _facts(actor, sheet),
        "back": back,
        "earlier": LinkButton("Mois précédent", before, "quiet"),
        "later": LinkButton(
            "Mois suivant", later, "quiet",
            disabled="" if last is None else f"{format_month(on).capitalize()} est le dernier mois commencé.",
        ),
        "title": f"Répartir les heures {of_month(sheet.month)}",
        "statements": dict.fromkeys(
            (f"{part.contract_name}, {part.declarant_name}", href(actor, "hours:statement", uid=part.statement_uid))
            for part in sheet.parts
            if part.statement_uid
        ),
    }  # fmt: skip
    return TemplateResponse(request, "hours/split.html", context, status=status)


def _facts(actor: Actor, sheet: SplitSheet) -> Facts:
    """Where the month stands, and the hours that do not change here."""
    facts = [
        Fact(
            "Total déclaré", format_hours(sheet.stated) if sheet.stated is not None else "aucun pour ce mois"
        )
    ]
    facts += [
        Fact(f"{part.host_name}, « {part.contract_name} »", format_hours(part.hours) if part.hours else "aucune heure",
             help=f"{part.locked.capitalize()} : ne change plus ici.")
        for part in sheet.parts
        if part.locked
    ]  # fmt: skip
    if sheet.apart:
        facts.append(
            Fact("Autres heures du mois", format_hours(sheet.apart), help="Formation, ou autre déclarant.")
        )
    facts.append(Fact("Heures créditées", format_hours(sheet.credited)))
    if sheet.stated is not None:
        facts.append(Fact("Non créditées", format_hours(sheet.stated - sheet.credited)))
    return Facts(facts)
