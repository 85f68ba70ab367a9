"""The day of a firm or an employer: what it owes, what to declare, what came back, what was said of its hours."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.http import HttpRequest

from clausette.agenda.queries import Engagement, FirmDay, MonthToDeclare, ReturnedStatement, day_of_firm
from clausette.hours.enums import LineState, MonthStatus
from clausette.hours.queries import (
    ProposalLine,
    ReopeningLine,
    Told,
    proposals_answered,
    reopened_of_own,
    told_of_own,
)
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import HARD, equivalent, format_date, format_hours, format_month, plural
from clausette.procurement.queries import mandates_held
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.figures import Figure, Gauge
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.views.common import engagements_table
from clausette.web.desk.words import href, lines_href, long_date, things
from clausette.web.hours.views.proposed import told_row
from clausette.web.mandates.words import held_block

SEVEN = 7
SHOWN = 24
"""Months to declare shown at once: two years of one market, one tap each."""
ZERO = Decimal(0)


def context(request: HttpRequest, actor: Actor) -> dict[str, object]:
    """The page of the firm."""
    on = clock.today()
    day = day_of_firm(actor=actor, on=on)
    count = len(day.returned) + len(day.to_declare)
    told = told_of_own(actor=actor, on=on)
    reopened = reopened_of_own(actor=actor)
    every = request.GET.get("mois") == "tous"
    blocks = [
        _returned(actor, day.returned),
        _to_declare(actor, day.to_declare, every=every),
        _told(actor, told, reopened, proposals_answered(actor=actor, on=on)),
        held_block(mandates_held(actor=actor, on=on)),
    ]
    return {
        "heading": said_to_owe(day),
        "today": f"{long_date(on)}. {things(count)}.",
        "blocks": [block for block in blocks if block.rows],
        "nothing": count == 0,
        "left": left_to_do(actor, day),
        "owed": _owed(actor, day.owed),
    }


def said_to_owe(day: FirmDay) -> str:
    """« Vous devez 312 h : 140 h validées, 2 déclarations en retard. », all markets together, whoever follows them."""
    figured = [row for row in day.owed if row.progress.due_firm is not None]
    due = sum((row.progress.due_firm or ZERO for row in figured), start=ZERO)
    validated = sum((row.progress.validated for row in figured), start=ZERO)
    late = sum(1 for one in day.to_declare if one.is_late)
    behind = f"{plural(late, 'déclaration')} en retard" if late else "aucune déclaration en retard"
    if not due:
        return f"{behind.capitalize()}."
    received = f" (dont {format_hours(day.received)} reçues par report)" if day.received else ""
    return f"Vous devez {format_hours(due)}{HARD}: {format_hours(validated)} validées{received}, {behind}."


def _returned(actor: Actor, rows: Sequence[ReturnedStatement]) -> NextActions:
    shown = [
        NextAction(
            one.contract_name,
            f"{format_month(one.month)}{HARD}: relevé renvoyé",
            detail=f"Motif{HARD}: {one.reason}",
            badge=Badge("à corriger", "warn"),
            action=_month_button(actor, "Corriger", one.contract_uid, one.month, one.contract_name),
        )
        for one in rows[:SEVEN]
    ]
    return NextActions("Relevés renvoyés", shown, "à corriger puis à transmettre de nouveau", len(rows))


def _to_declare(
    actor: Actor, rows: Sequence[MonthToDeclare], *, every: bool
) -> NextActions:
    shown = [
        NextAction(
            one.what.contract_name,
            format_month(one.what.month),
            since="en retard" if one.is_late else "",
            late=one.is_late,
            badge=Badge("brouillon commencé", "neutral") if one.what.status == MonthStatus.DRAFT else None,
            action=_month_button(
                actor, "Déclarer", one.what.contract_uid, one.what.month, one.what.contract_name
            ),
        )
        for one in (rows if every else rows[:SHOWN])
    ]
    more = "?role=entreprise&mois=tous" if len(rows) > len(shown) else ""
    return NextActions(
        "Mois à déclarer", shown, "le plus ancien d'abord ; « aucune heure ce mois-ci » se déclare aussi", len(rows),
        more,
    )  # fmt: skip


def _told(
    actor: Actor, rows: Sequence[Told], reopened: Sequence[ReopeningLine], answered: Sequence[ProposalLine]
) -> NextActions:
    """What the facilitator said of the hours: their month reopened, a correction answered, not retained, or waiting for
    a piece."""
    shown = [_reopened(actor, one) for one in reopened] + [told_row(actor, one) for one in answered[:SEVEN]]
    for one in rows[:SEVEN]:
        awaited = one.state == LineState.RESERVED
        whose = "d'une personne hors liste, " if one.unlisted else ""
        what = whose + ("retenues sous réserve" if awaited else "non retenues")
        until = f" avant le {format_date(one.until)}" if one.until else ""
        shown.append(
            NextAction(
                one.contract_name,
                f"{format_month(one.month)}{HARD}: {format_hours(one.hours)} {what}",
                detail=f"{f'Pièce attendue{until}. ' if awaited else ''}Motif{HARD}: {one.reason}",
                badge=Badge("pièce attendue", "warn") if awaited else Badge("non retenues", "danger"),
                action=LinkButton(
                    "Voir le relevé", href(actor, "hours:statement", uid=one.statement_uid), "secondary",
                    about=f"{format_month(one.month)}, {one.contract_name}",
                ),
            )
        )  # fmt: skip
    more = href(actor, "hours:list") if max(len(rows), len(answered)) > SEVEN else ""
    first = f"{'mois rouverts, ' if reopened else ''}{'corrections proposées, ' if answered else ''}"
    hint = f"{first}heures non retenues, pièces attendues"
    return NextActions("Ce que dit le facilitateur", shown, hint, len(rows) + len(reopened) + len(answered), more)


def _reopened(actor: Actor, one: ReopeningLine) -> NextAction:
    """A month that was validated, and is looked at again."""
    return NextAction(
        one.contract_name,
        f"{format_month(one.month)}{HARD}: ce mois a été rouvert",
        detail=f"Motif{HARD}: {one.reason}",
        badge=Badge("à valider de nouveau", "wait"),
        action=LinkButton(
            "Voir le relevé", href(actor, "hours:statement", uid=one.statement_uid), "secondary",
            about=f"{format_month(one.month)}, {one.contract_name}",
        ),
    )  # fmt: skip


def _month_button(actor: Actor, label: str, contract_uid: object, month: date, name: str) -> LinkButton:
    address = href(actor, "hours:month", uid=contract_uid, month=month)
    return LinkButton(label, address, "primary", about=f"{format_month(month)}, {name}")


def left_to_do(actor: Actor, day: FirmDay) -> Figure | None:
    """What is left to do on all the engagements owed with a figure."""
    figured = [row for row in day.owed if row.progress.due_firm is not None]
    if not figured:
        return None
    left = sum((row.progress.remaining or ZERO for row in figured), start=ZERO)
    due = sum((row.progress.due_firm or ZERO for row in figured), start=ZERO)
    # hours beyond one engagement do not fill another: the bar is empty by what is left
    waiting = sum((min(row.progress.declared, row.progress.remaining or ZERO) for row in figured), start=ZERO)
    return Figure(
        format_hours(left),
        f"restant à réaliser sur {format_hours(due)} dues",
        equivalent(left),
        lines_href(actor),
        "Heures dues fermes au terme, moins les heures validées, engagement par engagement.",
        Gauge(due, due - left, waiting),
    )


def _owed(actor: Actor, rows: Sequence[Engagement]) -> object:
    return (
        engagements_table(actor, "Vos engagements d'insertion", rows, with_contractor=False) if rows else ""
    )
