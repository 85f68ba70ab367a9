"""Purchase programmes read and screened: before the studies are opened, and once they are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.advice.enums import BuyerKind
from clausette.advice.queries import (
    ProgrammeSheet,
    SortedStudy,
    ground_of,
    programme_sheet,
    studies_of_programme,
)
from clausette.advice.rules import Line, Past, Screened, screen, trades_of_cpv, with_wholes
from clausette.commitments.queries import commitments_visible_to
from clausette.files.queries import read_file
from clausette.hours.queries import progress_by_contract, progress_of
from clausette.imports.programmes.plans import plans_from
from clausette.imports.programmes.reading import read_programme
from clausette.imports.programmes.results import ProgrammeFile, ReadLine, SheetPlan
from clausette.imports.programmes.returned import returned_workbook
from clausette.kernel.actor import Actor
from clausette.kernel.text import search_key
from clausette.procurement.queries import contracts_visible_to
from clausette.reference.queries import labour_rows

ZERO = Decimal(0)
_CONCESSIONS = ("concession", "dsp", "delegation de service")


@dataclass(frozen=True, slots=True)
class Preview:
    """A programme read and screened before anything is opened."""

    sheet: ProgrammeSheet
    read: ProgrammeFile
    rows: tuple[tuple[ReadLine, Screened], ...]


@dataclass(frozen=True, slots=True)
class ScreenedProgramme:
    """A programme with its studies, each with what its line deserves today."""

    sheet: ProgrammeSheet
    rows: tuple[tuple[SortedStudy, Screened], ...]


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A workbook to give back to the buyer."""

    name: str
    data: bytes


def line_of(read: ReadLine, kind: BuyerKind) -> Line:
    """The line to screen, of a line read."""
    form = search_key(str(read.values.get("form", "")))
    return Line(
        title=read.title,
        buyer_kind=kind,
        nature=read.nature,
        amount=read.amount,
        cpv=str(read.values.get("cpv", "")),
        engaged_on=read.engaged_on,
        months=read.values.get("duration"),
        place=str(read.values.get("place", "")),
        concession=any(word in form for word in _CONCESSIONS),
    )


def lines_to_screen(lines: Iterable[ReadLine], kind: BuyerKind, *, lots: bool) -> list[Line]:
    """The lines to screen. `lots`: lines with the same number are the lots of one purchase."""
    numbered = [(str(one.values.get("reference", "")) if lots else "", line_of(one, kind)) for one in lines]
    return with_wholes(numbered)


def file_of(*, actor: Actor, sheet: ProgrammeSheet, plans: Sequence[SheetPlan] | None = None) -> ProgrammeFile:
    """Read the kept file of a programme again, by its columns as kept or as given."""
    content = read_file(actor=actor, uid=sheet.file_uid)
    return read_programme(content.data, plans=plans or plans_from(sheet.columns.get("sheets", ())))


def preview_of(*, actor: Actor, uid: UUID, on: date) -> Preview:
    """Return a programme as its file reads, each line screened. Raises Absent."""
    sheet = programme_sheet(actor=actor, uid=uid)
    read = file_of(actor=actor, sheet=sheet)
    lines = lines_to_screen(read.lines, sheet.buyer_kind, lots=bool(sheet.columns.get("lots")))
    return Preview(sheet, read, tuple(zip(read.lines, _screened(actor, lines, on), strict=True)))


def screened_programme(
    *, actor: Actor, uid: UUID, on: date, only: Collection[UUID] | None = None
) -> ScreenedProgramme:
    """Return the studies of a programme, each line screened with what is known today. `only`: these studies. Raises
    Absent."""
    sheet = programme_sheet(actor=actor, uid=uid)
    studies = studies_of_programme(actor=actor, programme_id=sheet.id)
    lots = bool(sheet.columns.get("lots"))
    lines = with_wholes([(one.reference if lots else "", one.line) for one in studies])
    kept = [one for one in zip(studies, lines, strict=True) if only is None or one[0].uid in only]
    found = _screened(actor, [line for _, line in kept], on)
    return ScreenedProgramme(sheet, tuple(zip((study for study, _ in kept), found, strict=True)))


def _screened(actor: Actor, lines: Sequence[Line], on: date) -> list[Screened]:
    past = past_by_trade(actor=actor, cpvs={line.cpv for line in lines if line.cpv}, on=on)
    return screen(lines, ground_of(actor=actor, on=on, past=past))


def past_by_trade(*, actor: Actor, cpvs: Iterable[str], on: date) -> dict[str, Past]:
    """Return what the structure's contracts of the same CPV divisions gave, by trade and by division."""
    divisions = {cpv[:2] for cpv in cpvs}
    seen = contracts_visible_to(actor).exclude(cpv="").order_by("id").values_list("id", "cpv")
    held = {pk: cpv for pk, cpv in seen if cpv[:2] in divisions}
    if not held:
        return {}
    ids = commitments_visible_to(actor).filter(contract_id__in=held).order_by("id").values_list("pk", flat=True)
    progress = progress_of(actor=actor, commitment_ids=list(ids), as_of=on)
    sums: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for contract, total in progress_by_contract(actor=actor, as_of=on, progress=progress).items():
        for key in (_trade(held[contract], on), held[contract][:2]):
            sums.setdefault(key, []).append((total.due_firm, total.validated))
    return {
        key: Past(len(several), sum((due for due, _ in several), ZERO), sum((done for _, done in several), ZERO))
        for key, several in sums.items()
        if key
    }


def _trade(cpv: str, on: date) -> str:
    try:
        rows = trades_of_cpv(labour_rows(on), cpv, on)
    except ValueError:
        return ""
    return min(rows, key=lambda row: row.share).code if rows else ""


def returned_file(*, actor: Actor, uid: UUID, on: date) -> ReturnedFile:
    """Return the buyer's rows with our columns added. Raises Absent."""
    found = screened_programme(actor=actor, uid=uid, on=on)
    read = file_of(actor=actor, sheet=found.sheet)
    stem = found.sheet.file_name.rpartition(".")[0] or "programme"
    return ReturnedFile(f"{stem} - avis.xlsx", returned_workbook(read, found.rows))
