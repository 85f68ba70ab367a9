"""What the page of a statement says of its reopenings: asked, done and why, documents that counted its hours."""

from dataclasses import dataclass, field
from datetime import date, datetime

from clausette.hours.enums import ReopeningState, StatementState
from clausette.hours.notices import instant
from clausette.hours.queries import (
    ReopeningLine,
    StatementSheet,
    may_reopen,
    reopenings_of,
    reopenings_waiting,
)
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import HARD, format_date, format_hours, format_month
from clausette.reports.queries import ReportLine, documents_of_month
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.hours.views.common import href

SEVEN = 7


@dataclass(frozen=True, slots=True)
class Reopened:
    """`button`: ask, or why not. `waits`: what is asked, with `answer` (decide) or `cancel_href`. `told`: it was
    reopened, and why; `documents`: (name, address) of those to replace. `past`: the requests that ended."""

    button: LinkButton | None = None
    waits: str = ""
    answer: LinkButton | None = None
    cancel_href: str = ""
    told: str = ""
    documents: tuple[tuple[str, str], ...] = ()
    past: tuple[str, ...] = field(default=())


def reopened_of(actor: Actor, sheet: StatementSheet) -> Reopened:
    """Return what is said of the reopenings of a statement, on the side of the actor."""
    lines = reopenings_of(actor=actor, statement_id=sheet.id)
    done = next((one for one in lines if one.state == ReopeningState.DONE), None)
    if not sheet.part.piloted:
        return Reopened(told=_told(done) if done else "")
    waiting = next((one for one in lines if one.waits), None)
    ask = sheet.state == StatementState.VALIDATED and waiting is None
    return Reopened(
        button=_ask(actor, sheet) if ask else None,
        waits=_waits(waiting) if waiting else "",
        answer=decide_button(actor, waiting) if waiting and waiting.asks_me else None,
        cancel_href=href(actor, "hours:cancel_reopening", uid=waiting.uid) if waiting and waiting.may_cancel else "",
        told=_told(done) if done else "",
        documents=named(actor, _to_replace(actor, sheet, done)) if done else (),
        past=tuple(_past(one) for one in lines if not one.waits),
    )


def reopenings_block(actor: Actor) -> NextActions:
    """« Réouvertures demandées »: what a colleague asks first, then what waits for its hour. Empty where none waits."""
    lines = reopenings_waiting(actor=actor)
    rows = [_row(actor, one) for one in lines[:SEVEN]]
    return NextActions("Réouvertures demandées", rows, "mois validés à rouvrir", len(lines))


def _row(actor: Actor, line: ReopeningLine) -> NextAction:
    month = f"{format_month(line.month)}, {line.declarant_name}"
    address = href(actor, "hours:statement", uid=line.statement_uid)
    badge = Badge("deuxième personne attendue", "wait")
    if line.effective_at:
        badge = Badge(f"rouvert le {instant(line.effective_at)}", "warn")
    return NextAction(
        line.declarant_name,
        f"{format_month(line.month)}, {format_hours(line.hours)}",
        f"demandée le {day_of(line.asked_at)}",
        f"{line.asked_by}{HARD}: {line.reason}",
        address,
        None if line.asks_me else badge,
        action=decide_button(actor, line, month)
        if line.asks_me
        else LinkButton("Voir le relevé", address, "secondary", about=month),
    )


def _ask(actor: Actor, sheet: StatementSheet) -> LinkButton:
    reason = may_reopen(actor=actor, uid=sheet.uid, on=clock.today()).reason
    return LinkButton("Rouvrir ce mois", href(actor, "hours:reopen", uid=sheet.uid), "quiet", disabled=reason)


def decide_button(actor: Actor, line: ReopeningLine, about: str = "") -> LinkButton:
    """Where a second person decides."""
    return LinkButton("Décider", href(actor, "hours:decide_reopening", uid=line.uid), "secondary", about=about)


def _waits(line: ReopeningLine) -> str:
    head = f"Réouverture demandée le {day_of(line.asked_at)} par {line.asked_by}{HARD}: «{HARD}{line.reason}{HARD}»."
    if line.effective_at:
        return f"{head} Sans retrait, le mois sera rouvert le {instant(line.effective_at)}."
    return f"{head} Une autre personne de la structure accepte ou refuse."


def _told(line: ReopeningLine) -> str:
    at = line.ended_at or line.asked_at
    return f"Ce mois a été rouvert le {day_of(at)}{HARD}: «{HARD}{line.reason}{HARD}»."


def _past(line: ReopeningLine) -> str:
    """« Refusée le 3 mars 2026 par Zoé Martin : corrigez la ligne »."""
    ended = f" le {day_of(line.ended_at)}" if line.ended_at else ""
    by = f" par {line.ended_by}" if line.ended_by else ""
    said = f"{HARD}: {line.end_reason}" if line.end_reason else ""
    return (
        f"«{HARD}{line.reason}{HARD}», demandée le {day_of(line.asked_at)} par {line.asked_by}. "
        f"{line.state.label}{ended}{by}{said}"
    )


def day_of(at: datetime) -> str:
    """« 3 mars 2026 », in Paris."""
    return format_date(at.astimezone(clock.PARIS).date())


def documents_counting(actor: Actor, sheet: StatementSheet, until: date) -> tuple[ReportLine, ...]:
    """The documents in force that counted the hours of a statement, issued until a day."""
    if sheet.submitted_at is None:
        return ()
    owed = {line.commitment_uid for line in sheet.lines} | {one.commitment_uid for one in sheet.collective}
    return documents_of_month(
        actor=actor, contract_id=sheet.part.id, commitment_uids=[uid for uid in owed if uid], month=sheet.month,
        since=sheet.submitted_at.astimezone(clock.PARIS).date(), until=until,
    )  # fmt: skip


def _to_replace(actor: Actor, sheet: StatementSheet, done: ReopeningLine) -> tuple[ReportLine, ...]:
    at = done.ended_at or done.asked_at
    return documents_counting(actor, sheet, at.astimezone(clock.PARIS).date())


def named(actor: Actor, documents: tuple[ReportLine, ...]) -> tuple[tuple[str, str], ...]:
    """Each document by its name, with its address."""
    return tuple(
        (
            f"{one.kind_label} n°{HARD}{one.number}, {format_date(one.issued_on)}",
            href(actor, "reports:show", uid=one.uid),
        )
        for one in documents
    )
