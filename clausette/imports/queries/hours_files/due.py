"""The lines of a file that a confirmation writes, as its reading left them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from django.db.models import QuerySet

from clausette.hours.enums import HoursKind
from clausette.imports.enums_hours import HoursFate
from clausette.imports.hours_files.blocks import Person, Place, QuietLine
from clausette.imports.hours_files.records import digest_of
from clausette.imports.models import HoursFileLine
from clausette.imports.queries.hours_files.batches import TO_WRITE
from clausette.imports.queries.hours_files.paging import lines_of
from clausette.imports.queries.hours_files.visible import (
    hours_file_blocks_visible_to,
    hours_file_lines_visible_to,
)
from clausette.kernel.actor import Actor

ZERO = Decimal(0)
Where = tuple[int | None, int | None, date | None, str]
Said = tuple[str, str, int | None, int | None]
Added = Mapping[Where, Decimal]
"""Hours of the lines added to another, by where they are written."""


@dataclass(slots=True)
class DueLine:
    """A line to write; not changed once made (nor frozen: they are many).

    `worth`: its hours with those of the lines added to it; `held`: those of Clausette. `kept`: its hash, of a line kept
    by itself; else `who` and `where`, as the file writes them, « » of a person erased.
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
    kept: str
    who: str = ""
    where: str = ""

    @property
    def digest(self) -> str:
        """Its hash; none of a person erased. Worked out when it is asked for: once the lines are being written."""
        return digest_of(self.who, self.where, self.month, self.kind, self.worth) if self.who else self.kept


def due_lines(*, actor: Actor, batch_id: int) -> list[DueLine]:
    """Return what is to be written of a batch, in the order of the file. Three queries."""
    rows, quiet, added = _kept(actor, batch_id, (*TO_WRITE, HoursFate.ADDED))
    kinds, writes = {kind.value: kind for kind in HoursKind}, set(TO_WRITE)
    found = [
        DueLine(position, placement or 0, commitment or 0, contract or 0, month or date.min, kinds[kind],
                _worth(added, placement, commitment, month, kind, hours), held, fate, digest)
        for position, placement, commitment, contract, month, kind, hours, held, fate, digest in rows.filter(
            fate__in=TO_WRITE
        ).values_list(
            "position", "placement_ref", "commitment_ref", "contract_ref", "month", "kind", "hours", "held", "fate",
            "digest",
        )
    ]  # fmt: skip
    apart, places = len(found), dict[int, str]()
    for position, _, _, _, month, kind, hours, held, _, fate, who, where, _ in quiet:
        if fate in writes:
            commitment = where.commitment_id
            worth = _worth(added, who.placement_id, commitment, month, kind, hours) if added else hours
            place = places.get(id(where)) or places.setdefault(id(where), where.key)  # lines of a block share them
            found.append(DueLine(
                position, who.placement_id or 0, commitment or 0, where.contract_id or 0, month, kinds[kind], worth,
                held, fate, "", who.key, place,
            ))  # fmt: skip
    if 0 < apart < len(found):
        found.sort(key=attrgetter("position"))
    return found


def said_of(*, actor: Actor, batch_id: int) -> list[Said]:
    """Return what was said of each line of a batch: its fate, its hash, the post it means. Three queries."""
    rows, quiet, added = _kept(actor, batch_id, tuple(HoursFate))
    told = rows.values_list("position", "fate", "digest", "placement_ref", "commitment_ref")
    found: dict[int, Said] = {position: (fate, digest, placed, owed) for position, fate, digest, placed, owed in told}
    for one in quiet:
        who, where = one.person, one.place
        worth = one.hours if one.fate == HoursFate.ADDED else _worth(
            added, who.placement_id, where.commitment_id, one.month, one.kind, one.hours
        )
        found[one.position] = (
            one.fate, _digest(who, where, one.month, one.kind, worth), who.placement_id, where.commitment_id,
        )  # fmt: skip
    return [found[position] for position in sorted(found)]


def _kept(
    actor: Actor, batch_id: int, fates: Sequence[HoursFate]
) -> tuple[QuerySet[HoursFileLine], list[QuietLine], Added]:
    """The lines kept by themselves, those of the blocks that hold one of these fates, and what is added to others."""
    rows = hours_file_lines_visible_to(actor).filter(batch_id=batch_id)
    added: dict[Where, Decimal] = defaultdict(lambda: ZERO)
    for placement, commitment, month, kind, hours in rows.filter(fate=HoursFate.ADDED).order_by().values_list(
        "placement_ref", "commitment_ref", "month", "kind", "hours"
    ):
        added[placement, commitment, month, kind] += hours or ZERO
    blocks = hours_file_blocks_visible_to(actor).filter(batch_id=batch_id, fates__has_any_keys=list(fates))
    quiet = list(lines_of(blocks))
    for one in quiet:
        if one.fate == HoursFate.ADDED:
            added[one.person.placement_id, one.place.commitment_id, one.month, one.kind] += one.hours
    return rows.order_by("position"), quiet, added


def _worth(
    added: Added, placement: int | None, commitment: int | None, month: date | None, kind: str, hours: Decimal | None
) -> Decimal:
    return (hours or ZERO) + added.get((placement, commitment, month, kind), ZERO)


def _digest(who: Person, where: Place, month: date, kind: str, worth: Decimal) -> str:
    """The hash of a line; none of a person erased."""
    return digest_of(who.key, where.key, month, kind, worth) if who.key else ""
