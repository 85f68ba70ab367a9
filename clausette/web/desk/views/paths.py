"""Paths that wait for a gesture: FSE+ exit questionnaires, follow-up points whose day has come, exits to confirm."""

from datetime import date

from django.http import HttpRequest

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, plural
from clausette.outcomes.queries import exits_to_confirm, follow_ups_due, fse_exits_due
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.words import href

SEVEN = 7


def paths_block(request: HttpRequest, actor: Actor, on: date) -> NextActions:
    """Seven paths at most, what the law dates first; the names shown are noted as read."""
    follow, confirm = follow_ups_due(actor=actor, on=on), exits_to_confirm(actor=actor, on=on)
    due = fse_exits_due(actor=actor, on=on)
    rows = [
        NextAction(
            one.name, "questionnaire de sortie FSE+",
            _late(one.due_on, on) or f"avant le {format_date(one.due_on)}", one.operation_name,
            href(actor, "outcomes:entry", uid=one.entry_uid), late=on > one.due_on,
            action=LinkButton("Remplir", href(actor, "outcomes:leave", uid=one.entry_uid), about=one.name),
        )
        for one in due[:SEVEN]
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
        for one in follow[: SEVEN - len(rows)]
    ]  # fmt: skip
    rows += [
        NextAction(
            one.name, "sortie à confirmer", f"depuis {plural((on - one.last_worked_on).days, 'jour')}",
            f"Sans contrat de travail depuis le {format_date(one.last_worked_on)}",
            href(actor, "outcomes:path", uid=one.participant_uid),
            action=LinkButton(
                "Confirmer", href(actor, "outcomes:confirm_exit", uid=one.participant_uid),
                about=f"la sortie de {one.name}",
            ),
        )
        for one in confirm[: SEVEN - len(rows)]
    ]  # fmt: skip
    shown = [
        *(one.participant_uid for one in due),
        *(one.participant_uid for one in follow),
        *(one.participant_uid for one in confirm),
    ]
    note_reading(request, ReadingKind.IDENTITY, shown[:SEVEN])
    total = len(due) + len(follow) + len(confirm)
    more = href(actor, "people:list", query={"travail": "sans_contrat"}) if total > SEVEN else ""
    return NextActions("Parcours à suivre", rows, "questionnaires, points de suivi, sorties", total, more)


def _late(due_on: date, on: date) -> str:
    return f"{plural((on - due_on).days, 'jour')} de retard" if on > due_on else ""
