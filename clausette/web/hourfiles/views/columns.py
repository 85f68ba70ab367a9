"""What each column is: looked at, corrected, kept for the sender's next file."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.imports import permissions
from clausette.imports.enums_hours import HoursFileState
from clausette.imports.hours_files.plans import SURE, HoursPlan, answered, missing
from clausette.imports.operations.hours_files import ColumnsAnswer, map_hours_columns
from clausette.imports.queries.hours_files import HoursFileSheet, hours_file_sheet
from clausette.imports.takeover.findings import letter
from clausette.imports.takeover.mapping import ColumnPlan
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.doors import action
from clausette.web.hourfiles.common import BOTH, READERS, crumbs, href, state_badge
from clausette.web.hourfiles.forms import answers_of, field_choices, month_text


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column on the page."""

    name: str
    letter: str
    column: ColumnPlan
    choices: list[tuple[str, str]]
    badge: Badge


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """One sheet on the page. `missing`: what its lines cannot do without."""

    number: int
    plan: HoursPlan
    columns: list[ColumnChoice]
    month: str
    missing: str
    error: str


@action(*READERS, mandate=True, methods=BOTH)
def columns(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Show the columns with how sure each guess is; keep the answers and read the lines."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    demand(permissions.can_change_hours_file(actor, state=sheet.state))
    if request.method != "POST":
        return _page(request, actor, sheet, sheet.plans, {})
    answers, wrong = answers_of(request.POST, sheet.plans)
    if wrong:
        return _page(request, actor, sheet, _as_said(sheet.plans, answers), wrong, status=400)
    try:
        map_hours_columns(actor=actor, batch_uid=uid, answers=answers, on=clock.today())
    except Invalid as refusal:
        return _page(request, actor, sheet, _as_said(sheet.plans, answers), refusal.errors, status=400)
    messages.success(request, "Les colonnes sont retenues : votre prochain fichier sera lu ainsi.")
    return HttpResponseRedirect(href(actor, "show", uid=uid))


def _as_said(plans: tuple[HoursPlan, ...], answers: list[ColumnsAnswer]) -> tuple[HoursPlan, ...]:
    by_sheet = {one.sheet: one for one in answers}
    return tuple(
        answered(plan, taken=one.taken, fields=one.columns, month=one.month)
        if (one := by_sheet.get(plan.sheet)) else plan
        for plan in plans
    )  # fmt: skip


def _page(
    request: HttpRequest, actor: Actor, sheet: HoursFileSheet, plans: tuple[HoursPlan, ...], errors: dict[str, str], *,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    first = sheet.state is HoursFileState.COLUMNS
    context = {
        "sheet": sheet,
        "state": state_badge(sheet.state),
        "crumbs": crumbs(actor, sheet),
        "sheets": [_sheet(number, plan, errors) for number, plan in enumerate(plans)],
        "errors": list(errors.items()),
        "back": LinkButton(
            "Abandonner" if first else "Annuler", href(actor, "cancel" if first else "show", uid=sheet.uid), "quiet"
        ),
    }
    return TemplateResponse(request, "hourfiles/columns.html", context, status=status)


def _sheet(number: int, plan: HoursPlan, errors: dict[str, str]) -> SheetChoice:
    lacks = " et ".join(missing(plan)) if plan.taken else ""
    return SheetChoice(
        number, plan, [_column(number, column) for column in plan.columns], month_text(plan.month), lacks,
        errors.get(plan.sheet, plan.refusal),
    )  # fmt: skip




def _column(number: int, column: ColumnPlan) -> ColumnChoice:
    return ColumnChoice(
        f"colonne-{number}-{column.place}", letter(column.place), column, field_choices(column.field), _badge(column)
    )


def _badge(column: ColumnPlan) -> Badge:
    if not column.field:
        return Badge("non lue", "neutral")
    if column.confidence >= 90:
        return Badge("reconnue", "ok")
    sure = column.confidence >= SURE
    return Badge(f"probable ({column.confidence} %)" if sure else "à vérifier", "info" if sure else "warn")
