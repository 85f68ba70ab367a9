"""What a file of hours says, kept or read again; former columns of its sender; the file given back."""

from clausette.files.queries import open_file
from clausette.imports.models import HoursFile
from clausette.imports.queries.hours_files.visible import hours_columns_visible_to, said_by_sender
from clausette.imports.takeover.reading import MOST_HOURS_LINES, Workbook, read_workbook, unpacked
from clausette.kernel.actor import Actor
from clausette.kernel.errors import WrongState


def workbook_of_hours(actor: Actor, batch: HoursFile) -> Workbook:
    """Return what the file of a batch says: as it was read when it was taken in, else read again.

    Raises WrongState when it cannot be read.
    """
    file = open_file(actor=actor, uid=batch.file.uid)
    kept = unpacked(file.reading())
    if kept is not None:
        return kept
    kind = "csv" if file.content_type == "text/csv" else "book"
    found = read_workbook(file.data(), kind=kind, most_lines=MOST_HOURS_LINES)
    if found.refusal:
        raise WrongState(found.refusal)
    return found


def former_columns(actor: Actor, batch: HoursFile) -> dict[str, str]:
    """What the headings of the sender of a file are, as said before."""
    rows = hours_columns_visible_to(actor).filter(said_by_sender(actor, batch))
    kept = rows.order_by("-mandate_id", "id").values_list("columns", flat=True).first()
    return dict(kept or {})


