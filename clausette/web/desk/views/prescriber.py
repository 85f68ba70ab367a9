"""The day of a prescriber: the persons referred, and the answer."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest

from clausette.agenda.queries import Referred, day_of_prescriber
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import plural
from clausette.participants.enums import ReferralState
from clausette.participants.queries import ReferralLine, list_referrals, structures_to_refer
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.desk.words import ahead, href, long_date, since
from clausette.web.referrals.common import NOBODY

SEVEN = 7
_TONES: dict[str, Tone] = {"ok": "ok", "warn": "warn", "danger": "danger", "wait": "wait"}


def context(request: HttpRequest, actor: Actor) -> dict[str, object]:
    """The page of the prescriber, fifty persons a page."""
    on = clock.today()
    referred = day_of_prescriber(actor=actor, on=on).referred
    pages = Pagination(len(referred), page_number(request), "personnes", request.GET)
    shown = referred[pages.offset : pages.offset + pages.size]
    note_reading(request, ReadingKind.IDENTITY, [one.uid for one in shown])
    waiting = sum(1 for one in referred if one.standing.tone == "wait")
    at_work = sum(1 for one in referred if one.work and one.work.starts_on <= on)
    candidates, total = list_referrals(actor=actor, received=False, only_open=True)
    note_reading(request, ReadingKind.IDENTITY, [one.uid for one in candidates[:SEVEN]])
    tied = structures_to_refer(actor=actor, on=on)
    told = f"{plural(waiting, 'réponse attendue', 'réponses attendues')}, {plural(at_work, 'personne')} au travail"
    return {
        "today": long_date(on),
        "summary": told if referred else "",
        "table": _table(actor, shown) if referred else "",
        "pagination": pages,
        "candidates": _candidates(actor, candidates, total, on) if candidates else "",
        "needs": LinkButton("Besoins ouverts", href(actor, "referrals:needs"), "secondary"),
        "propose": LinkButton(
            "Proposer un candidat", href(actor, "referrals:propose"), "primary", disabled="" if tied else NOBODY
        ),
    }


def _candidates(actor: Actor, rows: Sequence[ReferralLine], total: int, on: date) -> NextActions:
    """Candidates without an answer; what was sent back comes first, as it waits for the prescriber."""
    lines = [
        NextAction(
            one.name,
            one.state.label.lower(),
            since(one.answered_on or one.sent_on, on),
            f"{one.structure}, pour : {one.need or 'en général'}",
            href(actor, "referrals:show", uid=one.uid),
            Badge("à compléter", "warn") if one.state is ReferralState.RETURNED else None,
            action=LinkButton("Compléter", href(actor, "referrals:complete", uid=one.uid), "primary", about=one.name)
            if one.state is ReferralState.RETURNED
            else LinkButton("Voir", href(actor, "referrals:show", uid=one.uid), "secondary", about=one.name),
        )
        for one in rows[:SEVEN]
    ]
    more = href(actor, "referrals:list") if total > SEVEN else ""
    return NextActions("Candidats proposés, sans réponse", lines, "à compléter d'abord", total, more)


def _work(one: Referred) -> str | None:
    if one.work is None:
        return None
    today = clock.today()
    start = f", commence {ahead(one.work.starts_on, today)}" if one.work.starts_on > today else ""
    job = f"{one.work.job} chez " if one.work.job else ""
    return f"{job}{one.work.employer_name}{start}"


def _table(actor: Actor, rows: Sequence[Referred]) -> Table:
    columns: tuple[Column[Referred], ...] = (
        Column("Personne", lambda row: row.name),
        Column("Orientation le", lambda row: row.referred_on, "date"),
        Column("Structure", lambda row: row.structure),
        Column("Réponse", lambda row: Badge(row.standing.sentence, _TONES.get(row.standing.tone, "neutral"))),
        Column("Au travail", _work),
    )
    return Table(
        "Personnes orientées",
        columns,
        rows,
        row_href=lambda row: href(actor, "people:show", uid=row.uid),
    )
