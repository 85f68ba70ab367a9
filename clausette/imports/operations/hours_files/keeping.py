"""Keep what was read of a file: line by line what a person must look at, in blocks what asks nothing (ADR 0024)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clausette.imports.hours_files.blocks import (
    PACKED,
    Numbered,
    Packed,
    QuietLine,
    Written,
    pack,
    parted,
    unpack,
    without,
)
from clausette.imports.hours_files.comparing import Held
from clausette.imports.hours_files.matching import Post
from clausette.imports.hours_files.records import Fate, HoursRecord
from clausette.imports.models import HoursFile, HoursFileBlock, HoursFileLine
from clausette.kernel.bulk import POURED, pour_parts, update


def keep_lines(batch: HoursFile, records: Sequence[HoursRecord], held: Held) -> None:
    """Replace the lines kept of a batch by these records."""
    HoursFileLine.objects.filter(batch=batch).delete()
    HoursFileBlock.objects.filter(batch=batch).delete()
    asking, quiet = parted(records)
    own = {"batch_id": batch.pk, "owner_org_id": batch.owner_org_id}
    lines = (columns_of(part, held) for part in _cut(asking, POURED))
    pour_parts(HoursFileLine, lines, **own)
    pour_parts(HoursFileBlock, _blocks(quiet, held.posts), **own)


def _cut(lines: Sequence[Numbered], size: int) -> Iterator[Sequence[Numbered]]:
    for start in range(0, len(lines), size):
        yield lines[start : start + size]


def _blocks(quiet: Sequence[Numbered], posts: Sequence[Post]) -> Iterator[dict[str, Sequence[Any]]]:
    """The columns of their blocks, some blocks at a time."""
    written = Written()
    for part in _cut(quiet, POURED):
        packed = [pack(lines, posts, written) for lines in _cut(part, PACKED)]
        yield {name: [getattr(one, name) for one in packed] for name in Packed._fields}


def columns_of(lines: Sequence[Numbered], held: Held) -> dict[str, Sequence[Any]]:
    """Records, with their places in the file, as the columns of their lines."""
    records = [one for _, one in lines]
    posts = [held.posts[one.post] if one.post is not None else None for one in records]
    return {
        "position": [position for position, _ in lines],
        "sheet": [one.sheet[:120] for one in records], "line": [one.line for one in records],
        "column": [one.column for one in records], "values": [one.values for one in records],
        "person_key": [one.person_key[:300] for one in records], "place_key": [one.place_key[:400] for one in records],
        "month": [one.month for one in records], "kind": [one.kind for one in records],
        "hours": [one.hours for one in records], "held": [one.held for one in records],
        "sure": [one.confidence for one in records], "fate": [one.fate for one in records],
        "options": [_options(one, held) for one in records], "findings": [one.findings for one in records],
        "stops": [one.stopped for one in records], "told": [bool(one.findings) for one in records],
        "digest": [one.digest for one in records],
        "placement_ref": [one.placement_id if one else None for one in posts],
        "commitment_ref": [one.commitment_id if one else None for one in posts],
        "contract_ref": [one.contract_id if one else None for one in posts],
    }  # fmt: skip


def _options(record: HoursRecord, held: Held) -> list[dict[str, str]]:
    """The posts that a person must choose among, as kept."""
    if record.fate not in (Fate.ASK, Fate.UNMATCHED):
        return []
    return [
        {"token": held.posts[one].token, "name": held.posts[one].name, "where": held.posts[one].where}
        for one in record.options
    ]


def take_out(batch: HoursFile, digests: Mapping[int, str]) -> list[HoursFileLine]:
    """Take lines out of their blocks, by their places in the file; return them as lines of their own, to be inserted.

    `digests`: the hash of each.
    """
    if not digests:
        return []
    taken: list[QuietLine] = []
    changed: list[HoursFileBlock] = []
    around = HoursFileBlock.objects.filter(batch=batch, first__lte=max(digests), last__gte=min(digests))
    for block in around.order_by("first"):
        lines = list(unpack(block.months, block.people, block.places, block.findings, block.cells))
        gone = [one for one in lines if one.position in digests]
        left = without(lines, digests.keys()) if gone else None
        taken += gone
        if left is not None:
            for name, value in left._asdict().items():
                setattr(block, name, value)
            changed.append(block)
        elif gone:
            block.delete()
    update(changed, *Packed._fields)
    return [_alone(batch, one, digests[one.position]) for one in taken]


def _alone(batch: HoursFile, one: QuietLine, digest: str) -> HoursFileLine:
    person, place = one.subject
    return HoursFileLine(
        batch_id=batch.pk, owner_org_id=batch.owner_org_id, position=one.position, sheet=one.sheet, line=one.line,
        column=one.column, values=one.words, person_key=person[:300], place_key=place[:400], month=one.month,
        kind=one.kind, hours=one.hours, held=one.held, sure=one.sure, fate=one.fate,
        findings=[said.kept() for said in one.findings], told=bool(one.says), digest=digest,
        placement_ref=one.person.placement_id, commitment_ref=one.place.commitment_id,
        contract_ref=one.place.contract_id,
    )  # fmt: skip
