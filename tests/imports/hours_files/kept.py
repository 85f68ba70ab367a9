"""What is kept of the lines of files of hours, alone or in blocks, as its owner reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clausette.imports.hours_files.blocks import unpack
from clausette.imports.hours_files.records import digest_of
from clausette.imports.models import HoursFileBlock, HoursFileLine
from clausette.imports.takeover.findings import Finding
from clausette.imports.takeover.stored import findings_from
from tests.hats import as_owner

CELLS = ("months", "people", "places", "findings", "cells")


@dataclass(frozen=True, slots=True)
class Kept:
    """One line."""

    position: int
    line: int
    fate: str
    hours: Decimal | None
    digest: str
    findings: tuple[Finding, ...]
    stops: bool


def kept(fates: Iterable[str] = (), **of: Any) -> list[Kept]:
    """Return the lines of some files (`of`: conditions on lines and blocks), in the order of each."""
    with as_owner():
        found = [
            Kept(one.position, one.line, one.fate, one.hours, one.digest, findings_from(one.findings), one.stops)
            for one in HoursFileLine.objects.filter(**of)
        ]
        for cells in HoursFileBlock.objects.filter(**of).values_list(*CELLS):
            found += [
                Kept(one.position, one.line, one.fate, one.hours,
                     digest_of(*one.subject, one.month, one.kind, one.hours), one.findings, False)
                for one in unpack(*cells)
            ]  # fmt: skip
    chosen = set(fates)
    return sorted((one for one in found if not chosen or one.fate in chosen), key=lambda one: one.position)
