"""How long a programme of 5,000 purchases takes: its file read, its lines screened."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from clausette.advice.enums import BuyerKind
from clausette.advice.queries import ground_on
from clausette.advice.rules import screen
from clausette.imports.programmes.reading import MOST_LINES, read_programme
from clausette.imports.queries.programmes import lines_to_screen
from clausette.kernel import clock
from clausette.reference.facts.labour import LABOUR

CODES = sorted({prefix.ljust(8, "0") for row in LABOUR for prefix in row.cpv})
PLACES = ("69003 Lyon", "Villeurbanne", "13001 Marseille", "")
FIRST = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class ScreeningTime:
    """Milliseconds (median): `lines` purchases read from a CSV, then screened by the rules alone."""

    lines: int
    read: float
    screened: float


def programme(lines: int) -> bytes:
    """A programme of that many purchases, always the same: trades, amounts, days, durations and places vary."""
    rows = [
        f"Achat {n};{(n * 7919) % 4_000_000 + 1000};{CODES[n % len(CODES)]};{FIRST + timedelta(days=n % 900)};"
        f"{n % 47 + 1};{PLACES[n % len(PLACES)]}"
        for n in range(lines)
    ]
    return "\n".join(["Objet;Montant HT;CPV;Date de lancement;Durée en mois;Lieu", *rows]).encode()


def screening_time(*, times: int, lines: int = MOST_LINES) -> ScreeningTime:
    """Measure the reading and the screening, apart."""
    data, ground = programme(lines), ground_on(clock.today())
    reads: list[float] = []
    screens: list[float] = []
    for _ in range(times):
        start = perf_counter()
        read = read_programme(data)
        reads.append((perf_counter() - start) * 1000)
        purchases = lines_to_screen(read.lines, BuyerKind.LOCAL, lots=False)
        start = perf_counter()
        screen(purchases, ground)
        screens.append((perf_counter() - start) * 1000)
    return ScreeningTime(len(read.lines), median(reads), median(screens))
