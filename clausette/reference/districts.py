"""Reading the official file of the « quartiers prioritaires »: outlines in degrees, or the plain list. Pure.

Three shapes are known: GeoJSON (features with `code_qp`, `lib_qp`, `insee_com`), the compact JSON made of it (`qpvs`:
`code`, `label`, `insee`, `g` = [polygon][line][longitude, latitude]), and a CSV list without outlines (`code_qp`,
`libelle`, `communes_insee`), which is how the list of 2015 is published.
"""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clausette.reference.enums import DistrictGeneration

CODE = re.compile(r"^(QP\d{6}|QP97\d{4}|QN(\d{3}|02[AB])\d{2}[A-Z])$")
DEMONSTRATION = "Démonstration"
"""Source of the outlines drawn for the demonstration."""
NOWHERE = "00"
"""The département of the communes of the demonstration: it does not exist."""
_CODES = ("code_qp", "code", "codeqp", "code_quartier")
_NAMES = ("lib_qp", "libelle", "label", "nom_qp", "nom")
_COMMUNES = ("insee_com", "communes_insee", "insee", "code_com")

Line = tuple[tuple[float, float], ...]
"""A closed line: (longitude, latitude) in degrees."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed line of a district; `is_hole`: what is inside it is outside the district."""

    line: Line
    is_hole: bool = False


@dataclass(frozen=True, slots=True)
class DistrictRecord:
    """A district as the file tells it."""

    code: str
    name: str
    communes: tuple[str, ...]
    outlines: tuple[Outline, ...] = ()

    @property
    def generation(self) -> DistrictGeneration:
        """Told by the code: QP… is of 2015, QN… of 2024."""
        return DistrictGeneration.OF_2015 if self.code.startswith("QP") else DistrictGeneration.OF_2024


class UnknownShape(ValueError):
    """The file is none of the shapes known."""


def read_districts(data: bytes) -> tuple[list[DistrictRecord], list[str]]:
    """Return the districts of a file, and a French sentence for each record left out. Raises UnknownShape."""
    kept: dict[str, DistrictRecord] = {}
    left: list[str] = []
    for number, (said, outlines) in enumerate(_records(_unpacked(data)), 1):
        code, name = _one(said, _CODES).upper(), _one(said, _NAMES)
        if not CODE.match(code):
            left.append(f"Enregistrement {number} : « {code[:20]} » n'est pas un code de quartier prioritaire.")
        elif code in kept:
            left.append(f"Enregistrement {number} : {code} est déjà dans le fichier.")
        else:
            kept[code] = DistrictRecord(code, name or code, _communes(said), outlines)
    return list(kept.values()), left


def _unpacked(data: bytes) -> str:
    try:
        plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        return plain.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UnknownShape("Ce fichier n'est ni du JSON, ni du GeoJSON, ni un CSV en UTF-8.") from error


def _records(text: str) -> Iterator[tuple[Mapping[str, Any], tuple[Outline, ...]]]:
    if text.lstrip()[:1] == "{":
        yield from _of_json(text)
        return
    first = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    if not set(rows.fieldnames or ()) & set(_CODES):
        raise UnknownShape("Ce tableau n'a pas de colonne « code_qp ».")
    for row in rows:
        yield row, ()


def _of_json(text: str) -> Iterator[tuple[Mapping[str, Any], tuple[Outline, ...]]]:
    try:
        said = json.loads(text)
    except ValueError as error:
        raise UnknownShape("Ce fichier JSON s'arrête avant la fin ou est mal formé.") from error
    features, compact = said.get("features"), said.get("qpvs")
    if isinstance(features, list):
        for one in features:
            yield one.get("properties") or {}, _outlines(_polygons(one.get("geometry") or {}))
    elif isinstance(compact, list):
        for one in compact:
            yield one, _outlines(one.get("g") or ())
    else:
        raise UnknownShape("Ce JSON n'est pas un fichier de quartiers prioritaires (« features » ou « qpvs »).")


def _polygons(geometry: Mapping[str, Any]) -> Sequence[Any]:
    found = geometry.get("coordinates") or ()
    return [found] if geometry.get("type") == "Polygon" else found


def _outlines(polygons: Sequence[Any]) -> tuple[Outline, ...]:
    return tuple(
        Outline(tuple((float(point[0]), float(point[1])) for point in line), is_hole=rank > 0)
        for polygon in polygons
        for rank, line in enumerate(polygon)
        if len(line) >= 3
    )


def _one(said: Mapping[str, Any], names: Sequence[str]) -> str:
    return next((str(said[name]).strip() for name in names if said.get(name)), "")


def _communes(said: Mapping[str, Any]) -> tuple[str, ...]:
    value = next((said[name] for name in _COMMUNES if said.get(name)), ())
    words = value if isinstance(value, list | tuple) else re.split(r"[,; |]+", str(value))
    return tuple(sorted({str(word).strip() for word in words if str(word).strip()}))
