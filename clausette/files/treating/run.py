"""Start the process that treats pieces, give it the bytes, understand its answer or its death."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from clausette.files.enums import Treatment
from clausette.files.errors import FileRefused, NumberInPiece
from clausette.files.rules.kinds import FileKind
from clausette.files.rules.searching import Span, private_spans
from clausette.files.rules.texts import masked_text

CHILD = Path(__file__).with_name("child.py")
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
    """Bytes fit to be kept, and what was done to those handed in."""

    data: bytes
    treatment: Treatment


def make_fit(kind: FileKind, data: bytes) -> Fit:
    """Return a piece as it may be kept: images and PDF written again, numbers of persons painted over.

    What is only an image (photograph, scan) is not read. Raises FileRefused, NumberInPiece (nothing could be masked).
    """
    if kind in _PICTURES:
        return Fit(_asked(data, _PICTURES[kind])["data"], Treatment.REWRITTEN)
    if kind is FileKind.PDF:
        return _pdf(data)
    if kind is FileKind.CSV:
        masked = masked_text(data, private_spans)
        return Fit(data, Treatment.GIVEN) if masked is None else Fit(masked, Treatment.MASKED)
    return Fit(data, Treatment.GIVEN)


def _pdf(data: bytes) -> Fit:
    clean = _asked(data, "PDF")
    found = _spans(clean["texts"])
    if not found:
        return Fit(clean["data"], Treatment.REWRITTEN)
    what = next(iter(found.values()))[0].label
    painted = _answer(clean["data"], "PDF", {page: [(s.start, s.end) for s in spans] for page, spans in found.items()})
    if "refused" in painted or _spans(painted["texts"]):
        raise NumberInPiece(what)
    return Fit(painted["data"], Treatment.MASKED)


def _spans(texts: Sequence[str]) -> dict[int, list[Span]]:
    found = {page: private_spans(text) for page, text in enumerate(texts)}
    return {page: spans for page, spans in found.items() if spans}


def _asked(data: bytes, kind: str) -> dict[str, Any]:
    answer = _answer(data, kind, {})
    if "refused" in answer:
        raise FileRefused(REFUSALS[answer["refused"]])
    return answer


def _answer(data: bytes, kind: str, spans: Mapping[int, Sequence[tuple[int, int]]]) -> dict[str, Any]:
    """What the process says; its death is a refusal."""
    asked = msgspec.msgpack.encode({"data": data, "kind": kind, "spans": spans})
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD)]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return {"refused": "heavy"}
    if done.returncode != 0:
        return {"refused": "heavy"}
    answer: dict[str, Any] = msgspec.msgpack.decode(done.stdout)
    return answer
