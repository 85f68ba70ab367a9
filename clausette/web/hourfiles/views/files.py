"""Files given out: the file as it was kept, the file with what is to be corrected."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from clausette.files.queries import FileContent, read_file
from clausette.imports.queries.hours_files import hours_file_returned, hours_file_sheet
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel.actor import Actor
from clausette.web.doors import page
from clausette.web.hourfiles.common import READERS
from clausette.web.transfers import attachment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(*READERS, mandate=True)
def workbook(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The file as it was kept."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    note_reading(request, ReadingKind.FILE, [uid])
    return attachment(read_file(actor=actor, uid=sheet.file_uid))


@page(*READERS, mandate=True)
def returned(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The sender's own file with a column « À corriger »."""
    found = hours_file_returned(actor=actor, batch_uid=uid)
    note_reading(request, ReadingKind.FILE, [uid])
    return attachment(FileContent(found.name, XLSX, found.data, ""))
