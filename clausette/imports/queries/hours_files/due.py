"""The lines of a file that a confirmation writes, as its reading left them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.hours.enums import HoursKind
from clausette.imports.enums_hours import HoursFate
from clausette.imports.queries.hours_files.batches import TO_WRITE
from clausette.imports.queries.hours_files.visible import hours_file_lines_visible_to
from clausette.kernel.actor import Actor

ZERO = Decimal(0)


@dataclass(slots=True)
class DueLine:
    """A line to write; not changed once made (nor frozen: they are many).

    `worth`: its hours with those of the lines added to it; `held`: those of Clausette.
    """

    position: int
    placement_id: int
    commitment_id: int
    contract_id: int
    month: date
    kind: HoursKind
    worth: Decimal
    held: Decimal | None
    fate: str
    digest: str


def due_lines(*, actor: Actor, batch_id: int) -> list[DueLine]:
    """Return what is to be written of a batch, in the order of the file. Two queries."""
    rows = hours_file_lines_visible_to(actor).filter(batch_id=batch_id)
    added: dict[tuple[int | None, int | None, date | None, str], Decimal] = defaultdict(lambda: ZERO)
    others = rows.filter(fate=HoursFate.ADDED).order_by()
    for placement, commitment, month, kind, hours in others.values_list(
        "placement_ref", "commitment_ref", "month", "kind", "hours"
    ):
        added[placement, commitment, month, kind] += hours or ZERO
    kinds = {kind.value: kind for kind in HoursKind}
    found = rows.filter(fate__in=TO_WRITE).order_by("position").values_list(
        "position", "placement_ref", "commitment_ref", "contract_ref", "month", "kind", "hours", "held", "fate",
        "digest",
    )  # fmt: skip
    return [
        DueLine(position, placement or 0, commitment or 0, contract or 0, month or date.min, kinds[kind],
                (hours or ZERO) + added[placement, commitment, month, kind], held, fate, digest)
        for position, placement, commitment, contract, month, kind, hours, held, fate, digest in found
    ]  # fmt: skip
