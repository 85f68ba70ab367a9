"""The reminders of one marché: all of them on a page, the last ones beside its exchanges."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.agenda.enums import LetterState, Told
from clausette.agenda.queries import BY_ITSELF, ReminderLine, reminders_of
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_month
from clausette.procurement.queries import contract_key
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.tables import Table
from clausette.web.contracts.views.common import READERS, href
from clausette.web.doors import page

_TONES: dict[LetterState, Tone] = {LetterState.WAITING: "wait", LetterState.SENT: "ok", LetterState.FAILED: "danger"}


def letter_badge(state: LetterState) -> Badge:
    """The state of a letter in its word, shape and colour."""
    return Badge(state.label, _TONES[state])


def reminders_table(actor: Actor, rows: Sequence[ReminderLine], caption: str) -> Table:
    """When, step, month, to whom, subject, by whom, and for who wrote it what became of it."""
    columns: list[Column[ReminderLine]] = [
        Column("Jour", lambda row: row.on, "date"),
        Column("Étape", lambda row: row.step.label),
        Column("Relevé", lambda row: f"{row.firm_name}, {format_month(row.month)}"),
        Column("Objet", lambda row: row.subject),
        Column("Adresse", lambda row: f"{row.address} ({Told(row.told).label.lower()})"),
    ]
    if any(row.by != BY_ITSELF for row in rows):
        columns.append(Column("Par", lambda row: row.by))
    if any(row.state for row in rows):
        columns.append(Column("État", lambda row: letter_badge(row.state) if row.state else None))
    return Table(
        caption, columns, rows, narrow="cards",
        row_href=lambda row: href(actor, "reminders:letter", uid=row.letter_uid) if row.letter_uid else "",
    )  # fmt: skip


@page(*READERS)
def reminders(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The reminders of one marché: whole addresses for the structure that wrote, masked ones for the others."""
    key = contract_key(actor, uid)
    rows = reminders_of(actor=actor, contract_id=key.id)
    show = Crumb(key.common_name, href(actor, "contracts:show", uid=uid))
    context = {
        "crumbs": Breadcrumb((Crumb("Marchés", href(actor, "contracts:list")), show)),
        "name": key.common_name,
        "table": reminders_table(actor, rows, "Relances du marché") if rows else "",
    }
    return TemplateResponse(request, "contracts/reminders.html", context)
