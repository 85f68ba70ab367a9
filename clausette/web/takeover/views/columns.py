"""What each sheet and each column is: looked at, corrected, kept for the next time."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.imports import permissions
from clausette.imports.enums_takeover import TakeoverState
from clausette.imports.operations.takeover import SheetAnswer, map_columns
from clausette.imports.queries.takeover import TakeoverSheet, takeover_sheet
from clausette.imports.takeover.checks import SURE, missing_columns
from clausette.imports.takeover.fields import SheetKind
from clausette.imports.takeover.findings import letter
from clausette.imports.takeover.mapping import ColumnPlan, SheetPlan, plan_from
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.doors import action
from clausette.web.takeover.common import READERS, crumbs, href, state_badge
from clausette.web.takeover.forms import answers_of, field_choices, kind_choices


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

    name: str
    plan: SheetPlan
    kinds: list[tuple[str, str]]
    columns: list[ColumnChoice]
    missing: str
    error: str
    taken: bool


@action(*READERS, methods=("GET", "POST"))
def columns(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Show the columns with how sure each guess is; keep the answers and read the lines."""
    sheet = takeover_sheet(actor=actor, uid=uid)
    demand(permissions.can_change_takeover(actor, state=sheet.state))
    if request.method != "POST":
        return _page(request, actor, sheet, sheet.plans, {})
    answers = answers_of(request.POST, sheet.plans)
    if request.POST.get("montrer"):  # another kind was chosen: its fields are offered, nothing is kept yet
        return _page(request, actor, sheet, _answered(sheet.plans, answers), {})
    try:
        map_columns(actor=actor, batch_uid=uid, answers=answers, on=clock.today())
    except Invalid as refusal:
        return _page(request, actor, sheet, _answered(sheet.plans, answers), refusal.errors, status=400)
    messages.success(
        request, "Les colonnes sont retenues : le prochain classeur de cette forme sera lu ainsi."
    )
    return HttpResponseRedirect(href(actor, "show", uid=uid))


def _answered(plans: tuple[SheetPlan, ...], answers: list[SheetAnswer]) -> tuple[SheetPlan, ...]:
    by_sheet = {one.sheet: one for one in answers}
    return tuple(
        plan_from(
            plan, {"kind": one.kind, "columns": {str(place): code for place, code in one.columns.items()}}
        )
        if (one := by_sheet.get(plan.sheet))
        else plan
        for plan in plans
    )


def _page(
    request: HttpRequest,
    actor: Actor,
    sheet: TakeoverSheet,
    plans: tuple[SheetPlan, ...],
    errors: dict[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    first = sheet.state is TakeoverState.COLUMNS
    context = {
        "sheet": sheet,
        "state": state_badge(sheet.state),
        "crumbs": crumbs(actor, sheet),
        "sheets": [_sheet(number, plan, errors) for number, plan in enumerate(plans)],
        "errors": list(errors.items()),
        "back": LinkButton(
            "Abandonner" if first else "Annuler",
            href(actor, "cancel" if first else "show", uid=sheet.uid),
            "quiet",
        ),
    }
    return TemplateResponse(request, "takeover/columns.html", context, status=status)


def _sheet(number: int, plan: SheetPlan, errors: dict[str, str]) -> SheetChoice:
    return SheetChoice(
        f"feuille-{number}",
        plan,
        kind_choices(),
        [_column(number, plan.kind, column) for column in plan.columns],
        ", ".join(missing_columns(plan)),
        errors.get(plan.sheet, ""),
        plan.kind is not SheetKind.IGNORED,
    )


def _column(number: int, kind: SheetKind, column: ColumnPlan) -> ColumnChoice:
    return ColumnChoice(
        f"colonne-{number}-{column.place}",
        letter(column.place),
        column,
        field_choices(kind, column.field),
        _badge(column),
    )


def _badge(column: ColumnPlan) -> Badge:
    if not column.field:
        return Badge("non reprise", "neutral")
    if column.confidence >= 90:
        return Badge("reconnue", "ok")
    return Badge(f"probable ({column.confidence} %)" if column.confidence >= SURE else "à vérifier",
                 "info" if column.confidence >= SURE else "warn")  # fmt: skip
