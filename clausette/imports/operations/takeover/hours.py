"""Hours, marché by marché, through the operation that takes many at once."""

from collections import defaultdict
from uuid import UUID

from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import HoursKind
from clausette.hours.operations import TakenLine, take_over_lines
from clausette.imports.operations.takeover.writer import Writer
from clausette.imports.takeover.compare.hours import Placed
from clausette.imports.takeover.records import Fate, Record
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import isolated

GONE = "Le contrat de travail de cette ligne n'a pas pu être repris."


def write_hours(writer: Writer) -> None:
    """Write the lines of hours of the workbook."""
    contracts = _contracts(writer)
    groups: dict[UUID, list[tuple[Record, TakenLine]]] = defaultdict(list)
    for one in writer.compared.placed:
        if one.record.fate is not Fate.NEW:
            continue
        line = _line(writer, one)
        if line is None:
            one.record.say("E219", GONE)
            one.record.fate = Fate.WAITING
        else:
            groups[contracts[line.commitment_uid]].append((one.record, line))
    for contract, group in groups.items():
        _write(writer, contract, group)


def _line(writer: Writer, one: Placed) -> TakenLine | None:
    placement, commitment = writer.works.get(one.work.key), writer.commitment_of(one.target)
    if placement is None or commitment is None:
        return None
    return TakenLine(
        placement,
        commitment,
        one.month,
        one.hours,
        HoursKind(one.record.text("hours_kind") or HoursKind.WORK),
    )


def _contracts(writer: Writer) -> dict[UUID, UUID]:
    """The marché of each engagement met (one query)."""
    targets = writer.compared.bench.contracts.targets
    uids = [uid for uid in (writer.commitment_of(one) for one in targets) if uid is not None]
    rows = commitments_visible_to(writer.actor).filter(uid__in=uids).order_by("pk")
    return dict(rows.values_list("uid", "contract__uid"))


def _write(writer: Writer, contract: UUID, group: list[tuple[Record, TakenLine]]) -> None:
    before = len(writer.seen)
    try:
        with isolated():
            left = take_over_lines(
                actor=writer.actor, contract_uid=contract, lines=[line for _, line in group], reason=writer.reason,
                document_uid=writer.document_uid, at=writer.at, on=writer.on,
            )  # fmt: skip
    except Refusal as refusal:
        del writer.seen[before:]
        left = {line: refusal.message for _, line in group}
    for record, line in group:
        if line in left:
            record.say("E223", left[line])
            record.fate = Fate.REFUSED
        else:
            writer.written.add(id(record))
        writer.step()
