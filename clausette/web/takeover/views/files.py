"""Files given out: the template, the workbook as sent, the workbook with its errors."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from clausette.files.queries import FileContent, read_file
from clausette.imports.queries.takeover import returned_file, takeover_sheet, template_file
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.web.doors import page
from clausette.web.takeover.common import READERS
from clausette.web.transfers import attachment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(*READERS)
def template(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The workbook to fill."""
    found = template_file(actor=actor, on=clock.today())
    return attachment(FileContent(found.name, XLSX, found.data, ""))


@page(*READERS)
def persons_template(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The workbook to fill for a list of persons."""
    found = template_file(actor=actor, on=clock.today(), persons=True)
    return attachment(FileContent(found.name, XLSX, found.data, ""))


@page(*READERS)
def workbook(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The workbook as it was kept."""
    sheet = takeover_sheet(actor=actor, uid=uid)
    note_reading(request, ReadingKind.FILE, [uid])
    return attachment(read_file(actor=actor, uid=sheet.file_uid))


@page(*READERS)
def returned(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The sender's lines with what is said of each; only those to correct with `?seulement=1`."""
    found = returned_file(actor=actor, batch_uid=uid, only_said=request.GET.get("seulement") == "1")
    note_reading(request, ReadingKind.FILE, [uid])
    return attachment(FileContent(found.name, XLSX, found.data, ""))
