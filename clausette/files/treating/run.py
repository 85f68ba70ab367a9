"""Start the process that treats pieces, give it the bytes, understand its answer or its death."""

import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from clausette.files.enums import Treatment
from clausette.files.errors import FileRefused, NumberInPiece
from clausette.files.rules.archives import open_workbook
from clausette.files.rules.kinds import FileKind
from clausette.files.rules.searching import Span, counted, private_spans
from clausette.files.rules.texts import masked_text, text_of

CHILD = Path(__file__).with_name("child.py")
SHEETS = Path(__file__).with_name("sheets.py")
PATIENCE = 40  # seconds of the clock; the process bounds its own time of calculation to 20
TOO_BIG = "Ce fichier, une fois ouvert, est démesuré : il est refusé. Numérisez les pages utiles, puis envoyez-les."
REFUSALS = {
    "broken": "Ce fichier est abîmé : il ne peut pas être ouvert. Enregistrez-le ou numérisez-le de nouveau.",
    "heavy": TOO_BIG,
    "locked": "Ce PDF est protégé par un mot de passe : enregistrez-le sans mot de passe.",
    "long": TOO_BIG,
    "pages": "Ce PDF a plus de 100 pages : envoyez les pages utiles.",
    "pixels": "Cette image a plus de 50 millions de points : réduisez-la, puis envoyez-la de nouveau.",
}
_PICTURES = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}


@dataclass(frozen=True, slots=True)
class Fit:
    """Bytes fit to be kept, and what was done to those handed in. `masked`: « 2 numéros de sécurité sociale »."""

    data: bytes
    treatment: Treatment
    masked: str = ""


def make_fit(kind: FileKind, data: bytes) -> Fit:
    """Return a piece as it may be kept: images and PDF written again, numbers of persons painted over or hidden.

    A workbook that holds one is written again with its values alone. What is only an image (photograph, scan) is not
    read. Raises FileRefused, NumberInPiece (nothing could be masked).
    """
    if kind in _PICTURES:
        return Fit(_asked(data, _PICTURES[kind])["data"], Treatment.REWRITTEN)
    if kind is FileKind.PDF:
        return _pdf(data)
    if kind in (FileKind.XLSX, FileKind.ODS):
        return _workbook(kind, data)
    if kind is FileKind.CSV:
        masked = masked_text(data, private_spans)
        if masked is not None:
            return Fit(masked, Treatment.MASKED, counted(private_spans(text_of(data) or "")))
    return Fit(data, Treatment.GIVEN)


def _pdf(data: bytes) -> Fit:
    clean = _asked(data, "PDF")
    found = _spans(clean["texts"])
    if not found:
        return Fit(clean["data"], Treatment.REWRITTEN)
    spans = [span for spans in found.values() for span in spans]
    painted = _answer(clean["data"], "PDF", {page: [(s.start, s.end) for s in spans] for page, spans in found.items()})
    if "refused" in painted or _spans(painted["texts"]):
        raise NumberInPiece(spans[0].label)
    return Fit(painted["data"], Treatment.MASKED, counted(spans))


def _workbook(kind: FileKind, data: bytes) -> Fit:
    """A copy with the values alone when a number of a person is in a cell, or anywhere else (comment, name, note)."""
    elsewhere = private_spans(open_workbook(data, whole=True).text)
    cells = _sheets(data, kind)
    if "refused" in cells:
        if elsewhere:
            raise NumberInPiece(elsewhere[0].label)
        raise FileRefused(REFUSALS[cells["refused"]])
    found = _in_cells(cells["texts"])
    if not found and not elsewhere:
        return Fit(data, Treatment.GIVEN)
    spans = [span for _, spans in found for span in spans] or elsewhere
    made = _sheets(data, kind, [place for place, _ in found])
    if "refused" in made or _holds_number(kind, made["data"]):
        raise NumberInPiece(spans[0].label)
    return Fit(made["data"], Treatment.MASKED, counted(spans))


def _in_cells(texts: Iterable[Sequence[Any]]) -> list[tuple[tuple[int, int, int], list[Span]]]:
    return [((sheet, row, column), spans) for sheet, row, column, text in texts if (spans := private_spans(text))]


def _holds_number(kind: FileKind, made: bytes) -> bool:
    """The copy is searched as what was handed in: nothing is believed of how it was made."""
    cells = _sheets(made, kind)
    return "refused" in cells or bool(_in_cells(cells["texts"]) or private_spans(open_workbook(made, whole=True).text))


def _spans(texts: Sequence[str]) -> dict[int, list[Span]]:
    found = {page: private_spans(text) for page, text in enumerate(texts)}
    return {page: spans for page, spans in found.items() if spans}


def _asked(data: bytes, kind: str) -> dict[str, Any]:
    answer = _answer(data, kind, {})
    if "refused" in answer:
        raise FileRefused(REFUSALS[answer["refused"]])
    return answer


def _answer(data: bytes, kind: str, spans: Mapping[int, Sequence[tuple[int, int]]]) -> dict[str, Any]:
    return _run(CHILD, {"data": data, "kind": kind, "spans": spans})


def _sheets(
    data: bytes, kind: FileKind, places: Sequence[tuple[int, int, int]] | None = None
) -> dict[str, Any]:
    """The texts of a workbook, or its copy with these places hidden."""
    return _run(SHEETS, {"data": data, "kind": kind.name, "copy": places is not None, "places": places or []})


def _run(child: Path, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the process says; its death is a refusal."""
    command = [sys.executable, "-I", "-X", "utf8", str(child)]
    try:
        done = subprocess.run(
            command, input=msgspec.msgpack.encode(asked), capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return {"refused": "heavy"}
    if done.returncode != 0:
        return {"refused": "heavy"}
    answer: dict[str, Any] = msgspec.msgpack.decode(done.stdout)
    return answer
