"""Bring a buyer's purchase programme: read the file, say its columns, open the studies. Written by the advice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from clausette.advice.enums import BuyerKind, ProgrammeSource
from clausette.advice.operations import (
    BroughtFile,
    PlannedPurchase,
    bring_programme,
    map_programme,
    open_programme,
)
from clausette.advice.permissions import can_study
from clausette.advice.queries import last_columns, programme_sheet, programme_with
from clausette.files.enums import Purpose
from clausette.files.errors import FileRefused
from clausette.files.operations import store_file
from clausette.files.rules import LIMITS, check_file
from clausette.imports.errors import AlreadyImported
from clausette.imports.programmes.plans import answered, former_of, plans_from, plans_to, refusals
from clausette.imports.programmes.reading import NO_TITLE, read_programme
from clausette.imports.programmes.results import ProgrammeFile, ReadLine
from clausette.imports.queries.programmes import file_of, line_of
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.text import collapse

KNOWN = "Ce fichier est déjà apporté : ouvrez son programme."


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who plans the purchases: a body of the directory (`uid`), or a name as typed."""

    name: str
    kind: BuyerKind
    uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeAnswer:
    """What a person says of a sheet: whether its lines are read, and the field of each column taken."""

    taken: bool
    columns: Mapping[int, str]


def take_in_programme(*, actor: Actor, name: str, data: bytes, buyer: Buyer, title: str = "", on: date) -> UUID:
    """Keep a programme and what its columns seem to be; nothing is studied yet. Return its uid.

    Raises NotAllowed, FileRefused (field « file »), AlreadyImported.
    """
    demand(can_study(actor))
    digest = sha256(data).hexdigest()
    known = programme_with(actor=actor, sha256=digest)
    if known is not None:
        raise AlreadyImported(KNOWN, known)
    if data.lstrip()[:1] not in (b"<", b"{", b"[") and len(data) > LIMITS[Purpose.WORKBOOK].most_bytes:
        check_file(name=name, data=data, purpose=Purpose.WORKBOOK)
    former = former_of(last_columns(actor=actor, buyer_uid=buyer.uid, buyer_name=buyer.name))
    read = read_programme(data, former=former)
    purpose = Purpose.WORKBOOK if read.source is ProgrammeSource.WORKBOOK else Purpose.OFFICIAL
    if read.refusal:
        check_file(name=name, data=data, purpose=purpose)
        raise FileRefused(read.refusal)
    if read.source is ProgrammeSource.WORKBOOK and not any(plan.columns for plan in read.plans):
        raise FileRefused(NO_TITLE)
    stored = store_file(actor=actor, name=name, data=data, purpose=purpose)
    return bring_programme(
        actor=actor,
        buyer_uid=buyer.uid,
        buyer_name=collapse(buyer.name)[:200],
        title=collapse(title)[:200] or name.rpartition(".")[0][:200] or "Programme d'achats",
        file=BroughtFile(stored, digest, read.source, len(read.lines)),
        columns=_columns(read, buyer.kind),
        on=on,
    )


def _columns(read: ProgrammeFile, kind: BuyerKind) -> dict[str, Any]:
    """What is kept of the reading. `lots`: lines with the same number are the lots of one purchase."""
    lots = read.source is ProgrammeSource.NOTICES or any("lot" in plan.places() for plan in read.plans if plan.taken)
    return {"buyer_kind": kind.value, "lots": lots, "sheets": plans_to(read.plans)}


def say_columns(*, actor: Actor, programme_uid: UUID, answers: Mapping[str, ProgrammeAnswer]) -> None:
    """Say what each sheet and column of a programme is. Raises NotAllowed, Absent, WrongState, Invalid (by sheet)."""
    demand(can_study(actor))
    sheet = programme_sheet(actor=actor, uid=programme_uid)
    plans = tuple(
        answered(plan, taken=one.taken, fields=one.columns) if (one := answers.get(plan.sheet)) else plan
        for plan in plans_from(sheet.columns.get("sheets", ()))
    )
    if wrong := refusals(plans):
        raise Invalid(wrong)
    read = file_of(actor=actor, sheet=sheet, plans=plans)
    if read.refusal:
        raise WrongState(read.refusal)
    map_programme(
        actor=actor, programme_uid=programme_uid, columns=_columns(read, sheet.buyer_kind), size=len(read.lines)
    )


def confirm_programme(*, actor: Actor, programme_uid: UUID, with_faults: bool = False, on: date) -> int:
    """Read the kept file again and open one study for each line; return how many.

    `with_faults`: lines with an unreadable cell are kept too, the cell left empty. Raises NotAllowed, Absent,
    WrongState, Invalid.
    """
    demand(can_study(actor))
    sheet = programme_sheet(actor=actor, uid=programme_uid)
    read = file_of(actor=actor, sheet=sheet)
    if read.refusal:
        raise WrongState(read.refusal)
    kept = [one for one in read.lines if one.title and (with_faults or not one.stopped)]
    return open_programme(
        actor=actor,
        programme_uid=programme_uid,
        lines=[_planned(one) for one in kept],
        remarks=_remarks(read, {one.row for one in kept}),
        buyer_kind=sheet.buyer_kind,
        on=on,
    )


def _planned(one: ReadLine) -> PlannedPurchase:
    line = line_of(one, BuyerKind.LOCAL)
    return PlannedPurchase(
        one.row, line.title, str(one.values.get("reference", "")), line.nature, line.amount, line.cpv,
        line.engaged_on, line.months, line.place, str(one.values.get("said_social", "")), line.concession,
    )  # fmt: skip


def _remarks(read: ProgrammeFile, kept: set[int]) -> list[dict[str, Any]]:
    """What was said of each line, and of those that bring nothing."""
    told = [
        {"sheet": one.sheet, "line": one.number, "kept": one.row in kept, **asdict(remark)}
        for one in read.lines
        for remark in one.remarks
    ]
    left = [
        {"sheet": sheet, "line": number, "kept": False, "sentence": why} for sheet, number, why in read.left
    ]  # fmt: skip
    return [*told, *left]
