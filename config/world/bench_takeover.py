"""How long a workbook of running work takes: 100 contracts, 300 people, 10,000 lines of hours, read and compared."""

from dataclasses import dataclass
from time import perf_counter

from clausette.access.queries import Seat
from clausette.access.rights import named_rights
from clausette.imports.operations.takeover import read_takeover, take_in_workbook
from clausette.imports.takeover.writing.sample import Size, sample_rows, sample_workbook
from clausette.kernel import clock
from config.world.bench import served_as_worker

SIZE = Size(contracts=100, people=300, lines=10_000)


@dataclass(frozen=True, slots=True)
class TakeoverTime:
    """Milliseconds, once: the workbook taken in, read by its own process, compared with what the structure holds."""

    lines: int
    whole: float


class _Undone(Exception):
    """Nothing of the measure stays."""


def takeover_time(seat: Seat) -> TakeoverTime:
    """Measure as the worker does it, in a transaction that is given up."""
    on, spent = clock.today(), 0.0
    data = sample_workbook(sample_rows(SIZE, on=on), on=on)
    try:
        with served_as_worker(), named_rights(seat.account_id, seat.organisation_id) as actor:
            start = perf_counter()
            uid = take_in_workbook(actor=actor, name="essai.xlsx", data=data, on=on)
            read_takeover(actor=actor, batch_uid=uid, on=on)
            spent = (perf_counter() - start) * 1000
            raise _Undone
    except _Undone:
        return TakeoverTime(SIZE.lines, spent)
