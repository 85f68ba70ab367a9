"""The day of a prescriber: the persons referred, and the answer."""

from collections.abc import Sequence

from django.http import HttpRequest

from clausette.agenda.queries import Referred, day_of_prescriber
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import plural
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.desk.words import ahead, href, long_date

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
    told = f"{plural(waiting, 'réponse attendue', 'réponses attendues')}, {plural(at_work, 'personne')} au travail"
    return {
        "today": long_date(on),
        "summary": told if referred else "",
        "table": _table(actor, shown) if referred else "",
        "pagination": pages,
    }


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
        Column("Orientée le", lambda row: row.referred_on, "date"),
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
