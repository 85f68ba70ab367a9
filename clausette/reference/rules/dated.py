"""Reading dated tables: which row applies on a day. Pure; the rows are given."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from clausette.reference.enums import BuyerSector, Zone
from clausette.reference.errors import NoValueAtDate
from clausette.reference.facts.parameters import ParameterRow
from clausette.reference.facts.smic import SmicRow
from clausette.reference.facts.thresholds import ThresholdRow


def smic_at(rows: Iterable[SmicRow], on: date, *, zone: Zone = Zone.FRANCE) -> Decimal:
    """Return the gross hourly SMIC, in euros, that applies on `on`. Raises NoValueAtDate before the
    series."""
    known = [row for row in rows if row.zone == zone and row.starts_on <= on]
    if not known:
        raise NoValueAtDate("Le SMIC n'est pas connu à cette date.")
    return max(known, key=lambda row: row.starts_on).amount


def parameter_at(rows: Iterable[ParameterRow], code: str, on: date) -> Decimal:
    """Return the value of parameter `code` that applies on `on`. Raises NoValueAtDate."""
    known = [row for row in rows if row.code == code and row.starts_on <= on]
    if not known:
        raise NoValueAtDate(f"Le paramètre « {code} » n'est pas connu à cette date.")
    return max(known, key=lambda row: row.starts_on).value


def parameters_at(rows: Sequence[ParameterRow], on: date) -> dict[str, Decimal]:
    """Return all parameters known on `on`, by code."""
    codes = {row.code for row in rows if row.starts_on <= on}
    return {code: parameter_at(rows, code, on) for code in sorted(codes)}


def threshold_at(
    rows: Iterable[ThresholdRow], on: date, *, works_or_concession: bool, sector: BuyerSector
) -> int | None:
    """Return the European threshold, in euros without tax, for a consultation begun on `on`; None when
    unknown."""
    for row in rows:
        if row.starts_on <= on <= row.ends_on:
            if works_or_concession:
                return row.works
            by_sector = {BuyerSector.STATE: row.supplies_state, BuyerSector.LOCAL: row.supplies_local}
            return by_sector.get(sector, row.supplies_utility)
    return None
