"""The bytes of a programme to its lines, whatever they are: workbook, contract notice or official records."""

from collections.abc import Mapping, Sequence

from clausette.advice.enums import ProgrammeSource
from clausette.imports.decp import read_decp
from clausette.imports.decp.decode import UnreadableError
from clausette.imports.decp.markup import is_markup
from clausette.imports.programmes.lines import lines_of
from clausette.imports.programmes.notices import lines_of_notice
from clausette.imports.programmes.official import ALREADY, lines_of_records
from clausette.imports.programmes.plans import propose
from clausette.imports.programmes.results import ProgrammeFile, SheetPlan
from clausette.imports.takeover.reading import Workbook, read_workbook
from clausette.kernel.french import format_number

MOST_LINES = 5_000
TOO_MANY = f"Ce fichier a plus de {format_number(MOST_LINES)} lignes d'achats : coupez-le en plusieurs envois."
HIDDEN = "La feuille « {} » est masquée : elle n'est pas lue, sauf si vous la prenez."
NO_TITLE = (
    "Aucune colonne ne dit l'objet des achats : donnez un nom à vos colonnes (Objet, Montant HT, CPV, Date, Durée, "
    "Lieu)."
)


def read_programme(
    data: bytes, *, plans: Sequence[SheetPlan] | None = None, former: Mapping[str, str] | None = None
) -> ProgrammeFile:
    """Return what a file holds. `plans`: what its columns are, when a person said it; `former`: headings of the buyer's
    last programme. Never raises for what the bytes hold: `refusal` says why nothing was read."""
    if data.startswith(b"PK"):
        return _workbook(read_workbook(data, kind="book"), plans, former)
    if is_markup(data):
        return _markup(data)
    if data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return _official(data)
    return _workbook(read_workbook(data, kind="csv"), plans, former)


def _workbook(
    workbook: Workbook, plans: Sequence[SheetPlan] | None, former: Mapping[str, str] | None
) -> ProgrammeFile:
    if workbook.refusal:
        return ProgrammeFile(refusal=workbook.refusal)
    found = tuple(plans) if plans is not None else propose(workbook, former)
    lines, left = lines_of(workbook, found)
    if len(lines) > MOST_LINES:
        return ProgrammeFile(refusal=TOO_MANY)
    hidden = tuple(HIDDEN.format(sheet.name) for sheet in workbook.sheets if sheet.hidden and sheet.lines)
    return ProgrammeFile(
        plans=found, lines=lines, left=left, notices=(*workbook.notices, *hidden), workbook=workbook
    )


def _markup(data: bytes) -> ProgrammeFile:
    if b"marches" in data[:4096] and b"Notice" not in data[:4096]:
        return _official(data)
    try:
        lines, notices = lines_of_notice(data)
    except UnreadableError as unreadable:
        return ProgrammeFile(ProgrammeSource.NOTICES, refusal=unreadable.refusal.sentence)
    return ProgrammeFile(ProgrammeSource.NOTICES, lines=lines, notices=notices)


def _official(data: bytes) -> ProgrammeFile:
    read = read_decp(data)
    if read.refusal is not None:
        return ProgrammeFile(ProgrammeSource.DECP, refusal=read.refusal.sentence)
    if len(read.records) > MOST_LINES:
        return ProgrammeFile(ProgrammeSource.DECP, refusal=TOO_MANY)
    if not read.records:
        return ProgrammeFile(ProgrammeSource.DECP, refusal="Ce fichier ne contient aucun marché.")
    return ProgrammeFile(ProgrammeSource.DECP, lines=lines_of_records(read), notices=(*read.notices, ALREADY))
