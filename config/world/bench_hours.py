"""How long a file of 100,000 lines of hours takes: read, matched, controlled, stored with its trace, returned.

Beside: one line declared and controlled, and the progress of all the engagements once the file is written. All in one
transaction that is given up; what the database checks at commit is checked, and counted, before.
"""

import gc
import os
import platform
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID

import xlsxwriter
from django.db import connection

from clausette.access.queries import own_organisation
from clausette.access.rights import named_rights
from clausette.hours.enums import StatementSource
from clausette.hours.operations import Entry, Sheet, save_grid
from clausette.hours.operations.keeping import keep_progress
from clausette.hours.queries import findings_of, progress_of, statements_visible_to
from clausette.imports.operations.hours_files import apply_hours_file, read_hours_file, take_in_hours_file
from clausette.imports.queries.hours_files import hours_file_returned
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.kernel.months import first_day
from clausette.kernel.operation import isolated, settle
from clausette.kernel.steps import Spent, measuring, step
from clausette.placements.queries import allocations_visible_to
from config.world.bench import as_worker, served_as_worker
from config.world.dense import Dense, paid_lines
from config.world.growth import seat_of

SECTION = re.compile(r"## Files of hours\n.*?(?=\n## |\Z)", re.DOTALL)
KEPT = re.compile(r"## Files of hours(?:, proved)?\n.*?(?=\n## |\Z)", re.DOTALL)
"""With what `prove-hours-file` found, written by hand."""
LINES, FAULT_EVERY = 100_000, 50
WARM, MEASURED = 3, 9
MOST_SECONDS, MOST_RETURNED, MOST_MIB, MOST_ONE, MOST_PROGRESS = 12, 15, 600, 80, 100
HEADINGS = ("Nom", "Prénom", "Né(e) le", "Client", "Chantier", "N° marché", "Mois", "Rubrique", "Heures")
NATURE, WRONG = "Heures normales", "12h75"


class _Undone(Exception):
    """Nothing of the measure stays."""


@dataclass(frozen=True, slots=True)
class Step:
    """Seconds of the clock, of processor of Python (the reading process included), of the database; MiB at most."""

    name: str
    wall: float
    python: float
    database: float
    peak: int


@dataclass(frozen=True, slots=True)
class HoursTime:
    """What was measured; `one` and the two readings of the progress in milliseconds."""

    lines: int
    written: int
    statements: int
    steps: tuple[Step, ...]
    inner: tuple[tuple[str, Spent], ...]
    one: float
    one_spent: float
    engagements: int
    progress_before: float
    progress_at_once: float
    progress_kept: float
    keeping: float


def workbook(dense: Dense, *, wrong: Callable[[int], bool]) -> bytes:
    """The payroll of the lender of people as its software writes it; `wrong` lines (from 0) have unreadable hours."""
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"constant_memory": True})
    sheet = book.add_worksheet("Heures")
    day, month = (book.add_format({"num_format": shape}) for shape in ("dd/mm/yyyy", "mm/yyyy"))
    sheet.write_row(0, 0, HEADINGS)
    for number, line in enumerate(paid_lines(dense)):
        at = number + 1
        texts = {0: line.last_name, 1: line.first_name, 3: line.host, 4: line.site, 5: line.number, 7: NATURE}
        for column in range(len(HEADINGS) - 1):
            if column == 2:
                sheet.write_datetime(at, column, datetime.combine(line.birth_date, time()), day)
            elif column == 6:
                sheet.write_datetime(at, column, datetime.combine(line.month, time()), month)
            else:
                sheet.write_string(at, column, texts[column])
        if wrong(number):
            sheet.write_string(at, 8, WRONG)
        else:
            sheet.write_number(at, 8, float(line.hours))
    book.close()
    return data.getvalue()


def _now() -> Spent:
    """Clock; processor of this process and of its children; processor of the back end, on the same machine."""
    spent, pid = os.times(), connection.connection.info.backend_pid if connection.connection else 0
    path = Path(f"/proc/{pid}/schedstat")
    back = int(path.read_text(encoding="ascii").split()[0]) / 1e9 if path.exists() else 0.0
    return perf_counter(), sum(spent[:4]), back


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> int:
    """The most memory since `_reset_peak`, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) // 1024


@contextmanager
def _measured(steps: list[Step], name: str) -> Iterator[None]:
    gc.collect()
    gc.disable()  # as the worker
    _reset_peak()
    before = _now()
    yield
    wall, python, database = (after - at for after, at in zip(_now(), before, strict=True))
    gc.enable()
    steps.append(Step(name, wall, python, database, _peak()))


def hours_time(dense: Dense, data: bytes) -> HoursTime:
    """Measure, connected as the worker, with the rights of the lender of people."""
    on, found = clock.today(), []
    seat = seat_of("plie")
    with served_as_worker(), named_rights(dense.account_id, dense.organisation_id) as actor:
        one, one_spent = _one_line(actor, on)
    try:
        with as_worker(), named_rights(dense.account_id, dense.organisation_id) as actor:
            with named_rights(seat.account_id, seat.organisation_id) as pilot:
                keep_progress(actor=pilot, as_of=on)
                before, _ = _progress(pilot, on)
            steps, inner, uid, written, statements = _run(actor, data, on)
            with _measured(steps, "returned"):
                hours_file_returned(actor=actor, batch_uid=uid)
            with named_rights(seat.account_id, seat.organisation_id) as pilot:
                at_once, engagements = _progress(pilot, on, times=1)  # the very first: nothing is remembered of it
                start = perf_counter()
                keep_progress(actor=pilot, as_of=on)
                keeping = perf_counter() - start
                kept, _ = _progress(pilot, on)
            found.append(HoursTime(
                dense.lines, written, statements, tuple(steps), inner, one, one_spent, engagements, before, at_once,
                kept, keeping,
            ))  # fmt: skip
            raise _Undone
    except _Undone:
        return found[0]


def _run(
    actor: Actor, data: bytes, on: date
) -> tuple[list[Step], tuple[tuple[str, Spent], ...], UUID, int, int]:
    steps: list[Step] = []
    with measuring(_now) as measured:
        with _measured(steps, "taken in"):
            uid = take_in_hours_file(actor=actor, name="essai.xlsx", data=data, on=on)
        with _measured(steps, "read, matched, controlled"):
            read_hours_file(actor=actor, batch_uid=uid, on=on)
        with _measured(steps, "stored with its trace"), step("write"):
            done = apply_hours_file(actor=actor, batch_uid=uid, submit=True, at=clock.now(), on=on)
    return steps, tuple(measured.steps.items()), uid, done.written, done.statements


def _progress(actor: Actor, on: date, times: int = 5) -> tuple[float, int]:
    """Median milliseconds of the progress of all the engagements of the structure, and how many they are."""
    taken, found = [], 0
    for _ in range(times):
        start = perf_counter()
        found = len(progress_of(actor=actor, as_of=on))
        taken.append((perf_counter() - start) * 1000)
    return median(taken), found


def _one_line(actor: Actor, on: date) -> tuple[float, float]:
    """Median milliseconds, of the clock and of processor, of one line declared, handed over and controlled.

    Connected as the web is. Of several people, one after the other, as on a server that has been up for a while; given
    up together at the end, for giving up makes the driver forget all that the database has planned.
    """
    columns = ("placement__uid", "commitment__uid", "contract__uid")
    found = allocations_visible_to(actor).order_by("id").values_list(*columns)
    known = list({one[2]: one for one in found}.values())[: WARM + MEASURED]  # a marché each: a statement each
    declarant, month, taken = own_organisation(actor=actor).uid, first_day(on), []
    try:
        with isolated():
            for placed, owed, contract in known:
                start = _now()
                sheet = Sheet(declarant, month, None, (Entry(placed, owed, Decimal(12)),))
                [ref] = save_grid(
                    actor=actor, contract_uid=contract, sheets=[sheet], source=StatementSource.PORTAL, submit=True,
                    on=on, at=clock.now(),
                )  # fmt: skip
                pk = statements_visible_to(actor).values_list("pk", flat=True).get(uid=ref.uid)
                findings_of(actor=actor, statement_ids=[pk], on=on)
                settle()
                taken.append([(after - before) * 1000 for after, before in zip(_now(), start, strict=True)])
            raise _Undone
    except _Undone:
        taken = taken[WARM:] or taken
    return median(one[0] for one in taken), median(one[1] + one[2] for one in taken)


def hours_section(found: HoursTime) -> str:
    """The section of the page; beyond the goal in bold."""
    whole = found.steps[:3]
    wall, python, database = (sum(getattr(one, name) for one in whole) for name in ("wall", "python", "database"))
    peak, returned = max(one.peak for one in found.steps), found.steps[3]
    rows = [_row(one.name, (one.wall, one.python, one.database), wall, one.peak) for one in whole]
    rows += [_row(f"- {name}", spent, wall, 0) for name, spent in found.inner]
    told = _bold(wall, MOST_SECONDS, f"{wall:.1f}"), _bold(peak, MOST_MIB, str(peak))
    rows.append(f"| whole | {told[0]} | {python:.1f} | {database:.1f} | 100 % | {told[1]} |")
    told_back = _bold(returned.wall, MOST_RETURNED, f"{returned.wall:.1f}")
    rows.append(f"| returned | {told_back} | {returned.python:.1f} | {returned.database:.1f} | - | {returned.peak} |")
    day, load = format_date(clock.today()).capitalize(), os.getloadavg()[0]
    share = (python + database) / MOST_SECONDS, (returned.python + returned.database) / MOST_RETURNED
    text = f"""## Files of hours

{found.lines:,} lines of XLSX (one in {FAULT_EVERY} cannot be read), {found.written:,} written in {found.statements:,}
statements (`manage bench --hours-file {found.lines} --write`, which pours its world). {day}.
Machine: {platform.machine()}, {os.cpu_count()} cores, load average {load:.1f}, Python {platform.python_version()}.
Seconds; the clock suffers from whoever else uses the machine, processor does not: *Python* with the process that reads
workbooks, *database* its back end. Once, in a transaction given up, the checks of the commit included. Goals:
≤ {MOST_SECONDS} s (aim 6), ≤ {MOST_MIB} MiB, returned ≤ {MOST_RETURNED} s. Clock ÷ goal: × {wall / MOST_SECONDS:.2f};
processor ÷ goal: × {share[0]:.2f}, returned × {share[1]:.2f}.

| Step | Clock | Python | Database | Share | MiB |
|---|---|---|---|---|---|
"""
    one, later, kept = (
        _bold(value, most, f"{value:.0f} ms")
        for value, most in (
            (found.one, MOST_ONE), (found.progress_at_once, MOST_PROGRESS), (found.progress_kept, MOST_PROGRESS),
        )
    )  # fmt: skip
    beside = f"""

One line declared, handed over and controlled: {one} ({found.one_spent:.0f} ms of processor; goal {MOST_ONE} ms).
Progress of {found.engagements:,} engagements: {found.progress_before:.0f} ms before, {later} at once after the file,
{kept} once the worker has read it again ({found.keeping:.1f} s; goal {MOST_PROGRESS} ms)."""
    return text + "\n".join(rows) + beside


def _row(name: str, spent: Spent, whole: float, peak: int) -> str:
    wall, python, database = spent
    share = f"{wall / whole * 100:.0f} %"
    return f"| {name} | {wall:.1f} | {python:.1f} | {database:.1f} | {share} | {peak or ''} |"


def _bold(value: float, most: float, told: str) -> str:
    return f"**{told}**" if value > most else told


def with_hours(known: str, section: str) -> str:
    """The page known, with this section written again, after the others."""
    return f"{SECTION.sub('', known).rstrip()}\n\n{section}\n"
