"""Where the « objectifs particuliers » of an engagement stand, small groups masked for the parties."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.commitments.enums import SubTargetBase, SubTargetKind
from clausette.commitments.queries import commitment_sheet
from clausette.hours.queries import targets_progress
from clausette.hours.rules.targets import TargetProgress
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_hours, format_percent, plural
from clausette.reference.queries import parameters_on
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.contracts.views.common import day_asked, href
from clausette.web.contracts.views.engagement_life import crumbs_of
from clausette.web.doors import page

WHO = ("facilitator", "buyer", "contractor")
MEANS = {
    SubTargetKind.QPV: "quartier prioritaire constaté à l'entrée",
    SubTargetKind.WOMEN: "",
    SubTargetKind.UNDER_26: "âge au premier jour de travail",
    SubTargetKind.WORK_STUDY: "apprentissage et professionnalisation",
    SubTargetKind.CDI: "CDI inclusion et CDI intérimaire compris",
}
MASKED = "masqué"


def _told(one: TargetProgress, value: Decimal | None, *, masked: bool = False) -> str:
    if value is None:
        return MASKED if masked else "–"
    return plural(int(value), "personne") if one.base == SubTargetBase.PEOPLE else format_hours(value)


def _state(one: TargetProgress) -> object:
    if one.masked:
        return Badge(MASKED, "neutral")
    if one.asked is None or one.rate is None:
        return "–"
    return Badge(f"{format_percent(one.rate)} de l'objectif", "ok" if one.rate >= 1 else "wait")


def targets_table(rows: tuple[TargetProgress, ...], empty: EmptyState) -> Table:
    """One line for each sub-target: asked, done, left."""
    columns: list[Column[TargetProgress]] = [
        Column("Objectif", lambda one: one.kind.label),
        Column("Compris comme", lambda one: MEANS[one.kind] or "–"),
        Column("Part demandée", lambda one: f"{format_percent(one.share)}, {one.base.label.lower()}"),
        Column("Demandé", lambda one: _told(one, one.asked)),
        Column("Fait", lambda one: _told(one, one.done, masked=one.masked)),
        Column("Reste", lambda one: _told(one, one.left, masked=one.masked)),
        Column("Avancement", _state),
    ]
    return Table("Objectifs particuliers", columns, rows, empty=empty)


@page(*WHO)
def targets(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The sub-targets of the version in force, as of a day."""
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=day_asked(request))
    due = None if sheet.figures.followed else sheet.figures.firm_at_term
    held = sheet.version.targets if sheet.version else ()
    rows, whole = targets_progress(commitment_id=sheet.id, targets=held, due=due, as_of=sheet.as_of)
    version = href(actor, "contracts:add_version", uid=uid)
    add = LinkButton("Nouvelle version", version) if actor.can("facilitator") else None
    empty = EmptyState("Aucun objectif particulier", "Un objectif s'ajoute par une nouvelle version.", add)
    context = {
        "sheet": sheet,
        "crumbs": crumbs_of(actor, sheet),
        "table": targets_table(rows, empty),
        "whole": f"{plural(whole.people or 0, 'personne')}, {format_hours(whole.hours or 0)} validées avec leur nom",
        "masked": any(one.masked for one in rows),
        "below": int(parameters_on(sheet.as_of)["mask_below"]),
    }
    return TemplateResponse(request, "contracts/targets_page.html", context)
