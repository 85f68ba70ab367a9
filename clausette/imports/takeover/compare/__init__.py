"""The records of a workbook beside what is held: what is new, the same, different, refused, to be decided."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.imports.takeover.compare.bodies import Bodies
from clausette.imports.takeover.compare.contracts import Contracts, compare_contracts
from clausette.imports.takeover.compare.held import Held, HeldCommitment, HeldContract, HeldPerson, HeldWork
from clausette.imports.takeover.compare.hours import MONTHLY, Placed, compare_hours
from clausette.imports.takeover.compare.people import NEW, People, compare_people
from clausette.imports.takeover.compare.work import Bench, Works, compare_works
from clausette.imports.takeover.records import Record, RecordKind
from clausette.kernel.months import first_day

__all__ = [
    "NEW", "Compared", "Held", "HeldCommitment", "HeldContract", "HeldPerson", "HeldWork", "compare",
]  # fmt: skip


class Compared:
    """The records with their fates, and the bodies, engagements, persons, work contracts they speak of; lines "
    "of hours placed."""

    def __init__(
        self, records: list[Record], bench: Bench, works: Works, placed: list[Placed], prescribers: Mapping[str, UUID]
    ) -> None:
        self.records, self.bench, self.works, self.placed = records, bench, works, placed
        self.prescribers = prescribers


def compare(
    records: list[Record],
    held: Held,
    *,
    on: date,
    answers: Mapping[str, str] | None = None,
    ceiling: Decimal = MONTHLY,
) -> Compared:
    """Give each record its fate and findings. `answers`: what was decided of persons of the same name."""
    of = {kind: [one for one in records if one.kind is kind] for kind in RecordKind}
    bodies = Bodies(records, held.bodies)
    contracts = compare_contracts(of[RecordKind.CONTRACT], held.contracts, bodies)
    people = compare_people(
        of[RecordKind.PERSON], held.people, answers or {}, on, held.prescribers, held.wrong_districts
    )
    bench = Bench(bodies, contracts, people, on, _months(of[RecordKind.HOURS], contracts, people))
    works = compare_works(of[RecordKind.WORK], held.works, bench)
    placed = compare_hours(of[RecordKind.HOURS], works, held, bench, ceiling)
    return Compared(records, bench, works, placed, held.prescribers)


def _months(
    hours: list[Record], contracts: Contracts, people: People
) -> dict[tuple[str, str], tuple[date, date]]:
    found: dict[tuple[str, str], tuple[date, date]] = {}
    for record in hours:
        month = record.day("month")
        if month is None or record.number("hours") is None:
            continue
        who, where = people.of(record), contracts.of(record)
        if len(who) != 1 or len(where) != 1:
            continue
        pair = who[0].key, where[0].key
        first, last = found.get(pair, (first_day(month), month))
        found[pair] = min(first, month), max(last, month)
    return found
