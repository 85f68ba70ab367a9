"""A total stated by the employer for a month, split over the engagements that the work contract is credited to."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.hours.enums import StatementSource
from clausette.hours.operations.common import ZERO, lock_worked_months
from clausette.hours.operations.typing import save_statement
from clausette.hours.queries.splitting import SplitPart, SplitSheet, split_sheet
from clausette.hours.queries.visible import statements_visible_to, worked_months_visible_to
from clausette.hours.rules.entries import Entry, refusal_of
from clausette.hours.rules.splitting import refusal_of_total
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Conflict, Invalid
from clausette.kernel.operation import change, lock, operation


@operation("hours.total.split")
def split_total(
    *,
    actor: Actor,
    placement_uid: UUID,
    month: date,
    total: Decimal,
    parts: Mapping[UUID, Decimal | None],
    seen: str | None,
    source: StatementSource,
    on: date,
) -> UUID:
    """State the hours worked in a month by a work contract and credit them, all or nothing; return its uid.

    `parts`: hours by engagement; an engagement left out keeps what it has. `seen`: mark of the sheet on screen.
    Raises Invalid (« total », by cell), Conflict, WrongState, NotAllowed, Absent.
    """
    demand(split_sheet(actor=actor, placement_uid=placement_uid, month=month, on=on).may_split)
    sheet = _locked(actor, placement_uid, month, on)
    if seen is not None and seen != sheet.mark:
        raise Conflict(
            "Ces heures ont été modifiées entre-temps. Vérifiez les chiffres, puis enregistrez de nouveau."
        )
    wanted = {part.commitment_uid: parts.get(part.commitment_uid, part.hours) for part in sheet.open}
    refused = {part.name: said for part in sheet.open if (said := refusal_of(wanted[part.commitment_uid]))}
    parts_wanted = [hours or ZERO for hours in wanted.values()]
    if not refused and (sentence := refusal_of_total(total, parts_wanted, sheet.fixed)):
        refused["total"] = sentence
    if refused:
        raise Invalid(refused)
    lock_worked_months([sheet], month, actor)
    row = lock(worked_months_visible_to(actor), placement_id=sheet.placement_id, month=month)
    # while the lines are written one statement at a time, the total follows them
    change(row, is_stated=False)
    _write(actor, sheet, wanted, month, source, on)
    return change(row, hours=total, is_stated=True).uid


def _locked(actor: Actor, placement_uid: UUID, month: date, on: date) -> SplitSheet:
    """The sheet, once nobody else may write in its statements."""
    before = split_sheet(actor=actor, placement_uid=placement_uid, month=month, on=on)
    held = [part.statement_id for part in before.parts if part.statement_id is not None]
    rows = statements_visible_to(actor).filter(pk__in=held).order_by("id")
    list(rows.select_for_update(of=("self",), no_key=True))
    return split_sheet(actor=actor, placement_uid=placement_uid, month=month, on=on)


def _write(
    actor: Actor,
    sheet: SplitSheet,
    wanted: Mapping[UUID, Decimal | None],
    month: date,
    source: StatementSource,
    on: date,
) -> None:
    """Write the parts that differ, statement by statement."""
    changed: dict[tuple[UUID, UUID], list[SplitPart]] = defaultdict(list)
    for part in sheet.open:
        if (wanted[part.commitment_uid] or None) != part.hours:
            changed[part.contract_uid, part.declarant_uid].append(part)
    for (contract, declarant), held in sorted(changed.items()):
        save_statement(
            actor=actor, contract_uid=contract, declarant_uid=declarant, month=month, source=source,
            version=held[0].version, on=on,
            entries=[Entry(sheet.placement_uid, part.commitment_uid, wanted[part.commitment_uid]) for part in held],
        )  # fmt: skip
