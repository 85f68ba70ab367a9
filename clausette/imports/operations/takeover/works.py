"""Work contracts and mises à disposition, ended when they are."""

from collections import defaultdict
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from clausette.access.enums import Capability
from clausette.imports.operations.takeover.writer import Writer
from clausette.imports.takeover.compare.contracts import Target
from clausette.imports.takeover.compare.work import Work
from clausette.imports.takeover.records import Fate, Record
from clausette.kernel.errors import Refusal
from clausette.placements.enums import Modality, PlacementEnd, WorkContractKind
from clausette.placements.operations import Beside, allocate, end_placement, place
from clausette.placements.queries import placements_visible_to

FULL_TIME = Decimal(35)
Contract = tuple[str, str, object]


def write_works(writer: Writer) -> None:
    """Write the work contracts of the workbook; one credited to several engagements is shared equally."""
    targets = {one.key: one for one in writer.compared.bench.contracts.targets}
    works = [one for found in writer.compared.works.by_pair.values() for one in found]
    for work in works:
        if work.held is not None:
            writer.works[work.key] = work.held.uid
    groups: dict[Contract, list[tuple[Record, Work]]] = defaultdict(list)
    for work in works:
        if work.record is not None and work.record.fate is Fate.NEW:
            groups[work.person, work.employer, work.starts_on].append((work.record, work))
    for group in groups.values():
        uids: list[UUID] = []
        for record, work in group:
            with writer.trying(record):
                uids = [_write(writer, record, work, targets[work.target], uids, len(group))]
        _end(writer, group, uids)


def _write(writer: Writer, record: Record, work: Work, target: Target, known: list[UUID], among: int) -> UUID:
    commitment, person = writer.commitment_of(target), writer.people.get(work.person)
    if commitment is None or person is None:
        raise Refusal("Le marché ou la personne de ce contrat de travail n'a pas pu être repris.")
    host = writer.body(work.host, Capability.CONTRACTOR)
    share = (Decimal(1) / among).quantize(Decimal("0.0001"), rounding=ROUND_DOWN)
    held = record.held.get("placement")
    if held:
        uids = placements_visible_to(writer.actor).filter(pk=held).values_list("uid", flat=True)
        known = [uids.get()]
    if known:
        allocate(
            actor=writer.actor, placement_uid=known[0], commitment_uid=commitment, host_company_uid=host,
            starts_on=work.starts_on, share=share if share < 1 else Decimal("0.5"),
            beside=Beside.SHARE if held else Beside.KEEP, on=writer.on,
        )  # fmt: skip
        writer.works[work.key] = known[0]
        return known[0]
    uid = place(
        actor=writer.actor,
        participant_uid=person,
        employer_uid=writer.body(work.employer, Capability.EMPLOYER),
        modality=Modality(record.text("modality")),
        work_contract=WorkContractKind(record.text("work_kind")),
        job=record.text("job")[:120],
        starts_on=work.starts_on,
        ends_on=record.day("work_ends_on"),
        weekly_hours=record.number("weekly_hours") or FULL_TIME,
        commitment_uid=commitment,
        host_company_uid=host,
        on=writer.on,
        share=share,
        ett_approval=writer.reason,
    )
    writer.works[work.key] = uid
    return uid


def _end(writer: Writer, group: list[tuple[Record, Work]], uids: list[UUID]) -> None:
    """Record the end of a work contract, once all its mises à disposition are written."""
    record = next((one for one, _ in group if one.fate is Fate.NEW and one.day("work_ended_on")), None)
    ended = record.day("work_ended_on") if record else None
    if record is None or ended is None or not uids or "placement" in record.held:
        return
    reason = PlacementEnd(record.text("end_reason") or PlacementEnd.OTHER)
    if reason is PlacementEnd.TERM and record.day("work_ends_on") not in (None, ended):
        reason = PlacementEnd.OTHER
    with writer.trying(record):
        end_placement(actor=writer.actor, uid=uids[0], ended_on=ended, reason=reason, on=writer.on)
