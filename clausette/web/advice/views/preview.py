"""A programme before its studies are opened: its columns, its lines with what is said of each cell, its opening."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.advice.enums import Verdict
from clausette.advice.queries import ProgrammeSheet, programme_sheet
from clausette.advice.rules import Screened
from clausette.imports.operations.programmes import ProgrammeAnswer, confirm_programme, say_columns
from clausette.imports.programmes.plans import answered, plans_from
from clausette.imports.programmes.results import ReadLine, SheetPlan
from clausette.imports.queries.programmes import Preview, preview_of
from clausette.imports.takeover.findings import letter
from clausette.imports.takeover.mapping import ColumnPlan
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Invalid, NotAllowed, Refusal
from clausette.kernel.french import plural
from clausette.web.advice.programme_forms import ConfirmForm, answers_of, field_choices
from clausette.web.advice.views.common import href, verdict_badge
from clausette.web.advice.views.programmes import crumbs
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.refusals import add_refusal

Pair = tuple[ReadLine, Screened]


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
    """One sheet on the page."""

    name: str
    plan: SheetPlan
    columns: list[ColumnChoice]
    error: str


@action("facilitator", methods=("GET", "POST"))
def columns(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Show what each column seems to be; keep the answers, proposed for the buyer's next programme."""
    sheet = programme_sheet(actor=actor, uid=uid)
    plans = plans_from(sheet.columns.get("sheets", ()))
    if not plans:  # a notice or official records have no columns to look at
        return HttpResponseRedirect(href(actor, "advice:programme", uid=uid))
    if request.method != "POST":
        return _columns_page(request, actor, sheet, plans, {})
    answers = answers_of(request.POST, plans)
    try:
        say_columns(actor=actor, programme_uid=uid, answers=answers)
    except Invalid as refusal:
        return _columns_page(request, actor, sheet, _said(plans, answers), refusal.errors, status=400)
    messages.success(request, "Les colonnes sont retenues : elles seront proposées au prochain envoi de cet acheteur.")
    return HttpResponseRedirect(href(actor, "advice:programme", uid=uid))


def _said(plans: tuple[SheetPlan, ...], answers: dict[str, ProgrammeAnswer]) -> tuple[SheetPlan, ...]:
    return tuple(
        answered(plan, taken=answers[plan.sheet].taken, fields=answers[plan.sheet].columns) for plan in plans
    )


def _columns_page(
    request: HttpRequest, actor: Actor, sheet: ProgrammeSheet, plans: tuple[SheetPlan, ...],
    errors: dict[str, str], *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "sheet": sheet,
        "crumbs": crumbs(actor),
        "sheets": [_sheet(number, plan, errors.get(plan.sheet, "")) for number, plan in enumerate(plans)],
        "errors": list(errors.items()),
        "cancel": href(actor, "advice:programme", uid=sheet.uid),
    }
    return TemplateResponse(request, "advice/programme_columns.html", context, status=status)


def _sheet(number: int, plan: SheetPlan, error: str) -> SheetChoice:
    found = [
        ColumnChoice(
            f"colonne-{number}-{one.place}", letter(one.place), one, field_choices(), _recognised(one)
        )
        for one in plan.columns
    ]  # fmt: skip
    return SheetChoice(f"feuille-{number}", plan, found, error)


def _recognised(column: ColumnPlan) -> Badge:
    if not column.field:
        return Badge("non reprise", "neutral")
    if column.confidence >= 90:
        return Badge("reconnue", "ok")
    return Badge("à vérifier", "warn")


def preview_page(
    request: HttpRequest, actor: Actor, uid: UUID, *, form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    """The lines of a programme as they are read, those to correct first."""
    found, number = preview_of(actor=actor, uid=uid, on=clock.today()), page_number(request)
    rows = sorted(found.rows, key=lambda one: not one[0].stopped)
    paging = Pagination(len(rows), number, "lignes", request.GET)
    several = len({one.sheet for one, _ in rows}) > 1
    context = {
        "sheet": found.sheet,
        "crumbs": crumbs(actor),
        "lead": _lead(found),
        "counts": _counts(found),
        "refusal": found.read.refusal,
        "table": Table(
            "Lignes lues", _columns(several=several), rows[paging.offset : paging.offset + paging.size], narrow="cards"
        ),
        "pagination": paging if rows else "",
        "notices": found.read.notices,
        "left": found.read.left,
        "form": form or ConfirmForm(),
        "faults": sum(one.stopped for one, _ in rows),
        "kept": sum(bool(one.title) and not one.stopped for one, _ in rows),
        "confirm_href": href(actor, "advice:confirm_programme", uid=uid),
        "columns_button": LinkButton("Revoir les colonnes", href(actor, "advice:programme_columns", uid=uid), "quiet")
        if found.sheet.columns.get("sheets") else "",
    }  # fmt: skip
    return TemplateResponse(request, "advice/programme_preview.html", context, status=status)


def _lead(found: Preview) -> str:
    return f"{found.sheet.buyer_name} · {found.sheet.file_name} · {plural(len(found.rows), 'ligne')}"


def _counts(found: Preview) -> list[str]:
    verdicts = [one.test.verdict for _, one in found.rows if one.test]
    due, high = verdicts.count(Verdict.MANDATORY), sum(one.band == "high" for _, one in found.rows)
    return [
        plural(due, "achat où la clause est obligatoire", "achats où la clause est obligatoire"),
        plural(high, "achat à privilégier", "achats à privilégier"),
    ]


def _columns(*, several: bool) -> list[Column[Pair]]:
    where = [Column[Pair]("Feuille", lambda row: row[0].sheet)] if several else []
    return [
        Column("Objet", lambda row: row[0].title or "(objet vide)"),
        *where,
        Column("Ligne", lambda row: row[0].number, "int"),
        Column("Valeur HT", lambda row: row[0].amount, "euros"),
        Column("CPV", lambda row: str(row[0].values.get("cpv", ""))),
        Column("Clause sociale", lambda row: verdict_badge(row[1].test)),
        Column("Score", lambda row: row[1].score, "int"),
        Column("Remarques", lambda row: " ".join(one.text for one in row[0].remarks)),
    ]


@action("facilitator")
def confirm(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Open one study for each line kept."""
    form = ConfirmForm(request.POST)
    form.is_valid()
    try:
        count = confirm_programme(
            actor=actor, programme_uid=uid, with_faults=bool(form.cleaned_data.get("with_faults")), on=clock.today()
        )
    except NotAllowed:
        raise
    except Invalid as refusal:
        add_refusal(form, refusal)
        return preview_page(request, actor, uid, form=form, status=400)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return HttpResponseRedirect(href(actor, "advice:programme", uid=uid))
    messages.success(request, f"{plural(count, 'étude est ouverte', 'études sont ouvertes')} : triez-les ci-dessous.")
    return HttpResponseRedirect(href(actor, "advice:programme", uid=uid))
