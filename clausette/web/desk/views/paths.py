"""Paths that wait for a gesture: FSE+ exit questionnaires, follow-up points whose day has come, exits to confirm."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, plural
from clausette.outcomes.queries import exits_to_confirm, follow_ups_due, fse_exits_due
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, NextAction, NextActions
from clausette.web.components.paging import Pagination, page_number
from clausette.web.desk.words import href
from clausette.web.doors import page

SEVEN = 7
TITLE, WHAT = "Parcours à suivre", "questionnaires, points de suivi, sorties"


def paths_block(request: HttpRequest, actor: Actor, on: date) -> NextActions:
    """Seven paths at most; the names shown are noted as read."""
    rows = _rows(actor, on)
    note_reading(request, ReadingKind.IDENTITY, [uid for uid, _ in rows[:SEVEN]])
    more = href(actor, "desk:paths") if len(rows) > SEVEN else ""
    return NextActions(TITLE, [row for _, row in rows[:SEVEN]], WHAT, len(rows), more)


@page("facilitator")
def paths_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All the paths that wait for a gesture, fifty a page."""
    rows = _rows(actor, clock.today())
    pages = Pagination(len(rows), page_number(request), "parcours", request.GET)
    shown = rows[pages.offset : pages.offset + pages.size]
    note_reading(request, ReadingKind.IDENTITY, [uid for uid, _ in shown])
    context = {
        "title": TITLE,
        "crumbs": Breadcrumb((Crumb("Ma journée", href(actor, "desk:day")),)),
        "waiting": NextActions("Ce qui attend", [row for _, row in shown], WHAT) if shown else "",
        "pagination": pages,
    }
    return TemplateResponse(request, "desk/paths.html", context)


def _rows(actor: Actor, on: date) -> list[tuple[UUID, NextAction]]:
    """Each gesture with its person: what the law dates first, then follow-ups, then exits."""
    follow, confirm = follow_ups_due(actor=actor, on=on), exits_to_confirm(actor=actor, on=on)
    due = fse_exits_due(actor=actor, on=on)
    rows = [
        NextAction(
            one.name, "questionnaire de sortie FSE+",
            _late(one.due_on, on) or f"jusqu'au {format_date(one.due_on)}", one.operation_name,
            href(actor, "outcomes:entry", uid=one.entry_uid), late=on > one.due_on,
            action=LinkButton("Remplir", href(actor, "outcomes:leave", uid=one.entry_uid), about=one.name),
        )
        for one in due
    ]  # fmt: skip
    rows += [
        NextAction(
            one.name, f"suivi {one.point.label.lower()}", f"depuis le {format_date(one.due_on)}",
            "Situation de la personne à renseigner", href(actor, "outcomes:path", uid=one.participant_uid),
            action=LinkButton(
                "Renseigner", href(actor, "outcomes:follow_up", uid=one.exit_uid, query={"point": int(one.point)}),
                about=one.name,
            ),
        )
        for one in follow
    ]  # fmt: skip
    rows += [
        NextAction(
            one.name, "sortie à confirmer", f"depuis {plural((on - one.last_worked_on).days, 'jour')}",
            f"Dernier jour de travail : {format_date(one.last_worked_on)}",
            href(actor, "outcomes:path", uid=one.participant_uid),
            action=LinkButton(
                "Confirmer", href(actor, "outcomes:confirm_exit", uid=one.participant_uid),
                about=f"la sortie de {one.name}",
            ),
        )
        for one in confirm
    ]  # fmt: skip
    persons = [
        *(one.participant_uid for one in due),
        *(one.participant_uid for one in follow),
        *(one.participant_uid for one in confirm),
    ]
    return list(zip(persons, rows, strict=True))


def _late(due_on: date, on: date) -> str:
    return f"{plural((on - due_on).days, 'jour')} de retard" if on > due_on else ""
