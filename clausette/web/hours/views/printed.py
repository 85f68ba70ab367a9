"""« Relevé d'heures » as a PDF: the firm's month to print and sign, and the document of a statement."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from clausette.files.queries import FileContent
from clausette.hours.enums import LineState
from clausette.hours.queries import StatementSheet, firm_month, statement_sheet
from clausette.hours.queries.pieces import beside_name
from clausette.hours.rules.certifying import SENTENCE
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.french import format_hours, format_month
from clausette.reports.rendering.hours_sheet import HoursSheet, SheetRow, sheet_pdf
from clausette.web.doors import page
from clausette.web.transfers.downloads import attachment


@page("contractor", "employer", deposit=True)
def month_paper(request: HttpRequest, actor: Actor, *, uid: UUID, month: date) -> HttpResponse:
    """The month of the actor's organisation, its people already written, to fill and sign."""
    shown = firm_month(actor=actor, contract_uid=uid, month=month, on=clock.today())
    demand(shown.may_type)
    note_reading(request, ReadingKind.IDENTITY, {line.worker.participant_uid for line in shown.lines})
    hours = [sum((cell.hours or Decimal(0) for cell in line.cells), Decimal(0)) for line in shown.lines]
    rows = [
        SheetRow(line.worker.name, line.worker.job, _written(worked))
        for line, worked in zip(shown.lines, hours, strict=True)
    ]
    return _given(shown.part.name, month, shown.declarants[0][1], rows, total=sum(hours, Decimal(0)))


@page("facilitator", "contractor", "employer", deposit=True)
def statement_paper(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """A statement as it stands, with who certified it."""
    sheet = statement_sheet(actor=actor, uid=uid, on=clock.today())
    kept = [line for line in sheet.lines if line.state != LineState.REFUSED]
    note_reading(request, ReadingKind.IDENTITY, {line.participant_uid for line in kept if line.participant_uid})
    rows = [SheetRow(line.person, line.job, format_hours(line.hours)) for line in kept]
    rows += [
        SheetRow(f"{one.name} (à rapprocher)", "hors du total", format_hours(one.hours))
        for one in sheet.unlisted
        if one.waits
    ]
    rows += [
        SheetRow("Heures non nominatives", "", format_hours(one.hours))
        for one in sheet.collective
        if one.state != LineState.REFUSED
    ]
    certified = sheet.certified.sentence(sheet.total + sheet.apart) if sheet.certified else ""
    state = sheet.state.label
    if sheet.handed and not certified:
        state = f"{state}, {sheet.handed.sentence}"
    return _given(
        sheet.part.name, sheet.month, sheet.declarant_name, rows, state=state, total=sheet.total,
        certified=certified, pieces=_pieces(sheet),
    )  # fmt: skip


def _pieces(sheet: StatementSheet) -> tuple[str, ...]:
    """What is joined to the statement, each with its kind."""
    return tuple(beside_name(piece) for piece in (sheet.piece, *sheet.beside) if piece)


def _written(hours: Decimal) -> str:
    return format_hours(hours) if hours else ""


def _given(
    market: str, month: date, declarant: str, rows: Iterable[SheetRow], *, total: Decimal, state: str = "",
    certified: str = "", pieces: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    paper = HoursSheet(
        market, format_month(month), declarant, state, tuple(rows), _written(total), SENTENCE, certified, clock.today(),
        pieces,
    )
    name, data = f"Relevé d'heures {format_month(month)}.pdf", sheet_pdf(paper)
    return attachment(FileContent(name, "application/pdf", data, sha256(data).hexdigest()))
