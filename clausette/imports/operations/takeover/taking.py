"""Take a workbook in: read it, guess its columns, keep it without any social security number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.files.queries import file_id
from clausette.imports import permissions
from clausette.imports.enums_takeover import SheetMeaning, TakeoverState
from clausette.imports.errors import AlreadyImported
from clausette.imports.models import ColumnMapping, TakeoverBatch
from clausette.imports.operations.opening import open_workbook
from clausette.imports.operations.takeover.handing import read_or_hand_over
from clausette.imports.queries.takeover.visible import mappings_visible_to, takeovers_visible_to
from clausette.imports.takeover.checks import refusals
from clausette.imports.takeover.fields import SheetKind
from clausette.imports.takeover.mapping import SheetPlan, plan_from, plan_to, structure_of
from clausette.imports.takeover.masking import mask
from clausette.imports.takeover.stored import plans_from, plans_to
from clausette.imports.takeover.writing.masked import masked_copy
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.text import collapse

HIDDEN = "La feuille « {} » est masquée : elle n'est pas reprise, sauf si vous dites ce qu'elle est."


@operation("imports.takeover.taken")
def take_in_workbook(*, actor: Actor, name: str, data: bytes, sender: str = "", on: date) -> UUID:
    """Keep a workbook, say what its columns seem to be, and read its lines when that is sure; return the batch's uid.

    A large one is opened here (its faults are told at once, its social security numbers are never kept) and read by
    the worker.
    Raises NotAllowed, FileRefused (field « file »), AlreadyImported.
    """
    demand(permissions.can_import(actor))
    digest = sha256(data).hexdigest()
    _refuse_known(actor, digest)
    workbook = open_workbook(name, data)
    found = mask(workbook)
    if found.places:
        name, data = f"{name.rpartition('.')[0] or name}.xlsx", masked_copy(found.workbook)
    stored = store_file(actor=actor, name=name, data=data, purpose=Purpose.WORKBOOK)
    sender = collapse(sender)[:120]
    hidden = [HIDDEN.format(sheet.name) for sheet in workbook.sheets if sheet.hidden and sheet.lines]
    batch = created(
        TakeoverBatch(
            owner_org_id=actor.organisation_id, file_id=file_id(actor, stored), sha256=digest, sender=sender,
            size=sum(len(sheet.lines) for sheet in workbook.sheets),
            masked=[list(place) for place in sorted(found.places)],
            notices=[*workbook.notices, *found.notices, *hidden], brought_by_id=actor.account_id,
        )
    )  # fmt: skip
    read_or_hand_over(actor, batch, on, found.workbook)
    return batch.uid


def _refuse_known(actor: Actor, digest: str) -> None:
    gone = (TakeoverState.CANCELLED, TakeoverState.UNDONE)
    rows = takeovers_visible_to(actor).exclude(state__in=gone).filter(sha256=digest)
    known = rows.select_related("brought_by", "applied_by").first()
    if known is None:
        return
    who, when = (known.applied_by or known.brought_by), (known.applied_at or known.created_at)
    verb = "repris" if known.applied_at else "envoyé"
    raise AlreadyImported(
        f"Ce classeur est déjà {verb} : le {format_date(when)} par {who.full_name}.", known.uid
    )


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """What a person says of a sheet: its kind, and the field of each column taken."""

    sheet: str
    kind: SheetKind
    columns: Mapping[int, str]


@operation("imports.takeover.mapped")
def map_columns(*, actor: Actor, batch_uid: UUID, answers: Sequence[SheetAnswer], on: date) -> UUID:
    """Say what each sheet and column is, keep it for the next time, and read the lines.

    Raises NotAllowed, Absent, WrongState, Invalid (by sheet).
    """
    batch = changeable(actor, batch_uid)
    by_sheet = {one.sheet: one for one in answers}
    plans = tuple(_answered(plan, by_sheet.get(plan.sheet)) for plan in plans_from(batch.plans))
    refused = refusals(plans)
    if refused:
        raise Invalid(refused)
    change(batch, plans=plans_to(plans))
    for plan in plans:
        _keep(actor, batch.sender, plan)
    read_or_hand_over(actor, batch, on)
    return batch.uid


def _answered(plan: SheetPlan, answer: SheetAnswer | None) -> SheetPlan:
    if answer is None:
        return plan
    return plan_from(
        plan, {"kind": answer.kind, "columns": {str(p): code for p, code in answer.columns.items()}}
    )


def _keep(actor: Actor, sender: str, plan: SheetPlan) -> None:
    if plan.kind is SheetKind.IGNORED or not plan.columns:
        return
    kept, structure = plan_to(plan), structure_of(plan)
    rows = mappings_visible_to(actor)
    known = rows.filter(sender=sender, structure=structure).values_list("pk", flat=True).first()
    if known is None:
        created(
            ColumnMapping(
                owner_org_id=actor.organisation_id, sender=sender, structure=structure,
                sheet=SheetMeaning(kept["kind"]), columns=kept["columns"],
            )
        )  # fmt: skip
    else:
        change(lock(rows, pk=known), sheet=SheetMeaning(kept["kind"]), columns=kept["columns"])


def changeable(actor: Actor, uid: UUID) -> TakeoverBatch:
    """Lock a batch that may still change. Raises Absent, NotAllowed with its reason."""
    seen = takeovers_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is not None:
        demand(permissions.can_change_takeover(actor, state=row.state))
    return lock(seen, uid=uid)
