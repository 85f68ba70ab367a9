"""Paths that wait for a gesture: exits to confirm, follow-up points whose day has come."""

from datetime import date

from django.http import HttpRequest

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, plural
from clausette.outcomes.queries import exits_to_confirm, follow_ups_due
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.words import href

SEVEN = 7


def paths_block(request: HttpRequest, actor: Actor, on: date) -> NextActions:
    """Seven paths at most, what the law dates first; the names shown are noted as read."""
    follow, confirm = follow_ups_due(actor=actor, on=on), exits_to_confirm(actor=actor, on=on)
    rows = [
        NextAction(
            one.name, f"suivi {one.point.label.lower()}", f"depuis le {format_date(one.due_on)}",
            "Situation de la personne à renseigner", href(actor, "outcomes:path", uid=one.participant_uid),
            action=LinkButton(
                "Renseigner", href(actor, "outcomes:follow_up", uid=one.exit_uid, query={"point": int(one.point)}),
                about=one.name,
            ),
        )
        for one in follow[:SEVEN]
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
    shown = [*(one.participant_uid for one in follow), *(one.participant_uid for one in confirm)]
    note_reading(request, ReadingKind.IDENTITY, shown[:SEVEN])
    total = len(follow) + len(confirm)
    more = href(actor, "people:list", query={"travail": "sans_contrat"}) if total > SEVEN else ""
    return NextActions("Parcours à suivre", rows, "sorties et points de suivi", total, more)
