"""Reading the dated facts: the value on a day, the articles, the eligible publics. No rights needed: public facts.

These tables change by migration alone, hence with a restart of the processes: what is read whole is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import cast

from django.db.models import Q, QuerySet

from clausette.reference.enums import PublicGroup, Reliability, Zone
from clausette.reference.errors import NoValueAtDate
from clausette.reference.facts.articles import ArticleRow, Family, Threshold
from clausette.reference.facts.devices import CAPACITY, RESERVATIONS, CapacityRow, ReservationRow
from clausette.reference.facts.labour import LABOUR, LabourRow
from clausette.reference.facts.pieces import PIECES, PieceRow
from clausette.reference.facts.publics import PUBLICS, PublicRow
from clausette.reference.facts.reminders import REMINDERS, ReminderRow
from clausette.reference.facts.thresholds import ThresholdRow
from clausette.reference.facts.waivers import WAIVERS, WaiverRow
from clausette.reference.models import DatedParameter, EligibleCategory, LegalArticle


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value with what must be said beside it: unit, source, reliability and the days it holds."""

    code: str
    label: str
    value: Decimal
    unit: str
    valid_from: date
    valid_to: date | None
    source: str
    reliability: Reliability


def _holding(on: date) -> QuerySet[DatedParameter]:
    return DatedParameter.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


def _dated(row: DatedParameter) -> DatedValue:
    return DatedValue(
        row.code, row.label, row.value, row.unit, row.valid_from, row.valid_to, row.source,
        Reliability(row.reliability),
    )  # fmt: skip


def parameter_row(*, code: str, on: date, zone: Zone = Zone.FRANCE) -> DatedValue:
    """Return the parameter that holds on `on`, with its source. Raises NoValueAtDate."""
    row = _holding(on).filter(code=code, zone=zone).order_by("id").first()
    if row is None:
        raise NoValueAtDate(f"Le paramètre « {code} » n'est pas connu à cette date.")
    return _dated(row)


def parameter(*, code: str, on: date, zone: Zone = Zone.FRANCE) -> Decimal:
    """Return the value that holds on `on`, in the unit of the parameter. Raises NoValueAtDate."""
    return parameter_row(code=code, on=on, zone=zone).value


@lru_cache(maxsize=512)
def parameters_on(on: date, zone: Zone = Zone.FRANCE) -> Mapping[str, Decimal]:
    """Return every parameter known on `on`, by code (one query a day and process)."""
    rows = _holding(on).filter(zone=zone).order_by("code").values_list("code", "value")
    return MappingProxyType(dict(rows))


def months_of(values: Mapping[str, Decimal], code: str) -> int:
    """Return a duration in whole months out of `parameters_on`. Raises NoValueAtDate."""
    if code not in values:
        raise NoValueAtDate(f"Le paramètre « {code} » n'est pas connu à cette date.")
    return int(values[code])


def smic_series(*, zone: Zone = Zone.FRANCE) -> tuple[DatedValue, ...]:
    """Return the hourly SMIC, in euros, from the oldest."""
    rows = DatedParameter.objects.filter(code="smic_hourly", zone=zone).order_by("valid_from")
    return tuple(_dated(row) for row in rows)


_THRESHOLD = "threshold_"


@cache
def thresholds() -> tuple[ThresholdRow, ...]:
    """Return the European thresholds, in euros without tax, with the days of consultation they cover."""
    periods: dict[tuple[date, date], dict[str, DatedParameter]] = {}
    for row in DatedParameter.objects.filter(code__startswith=_THRESHOLD).order_by("valid_from", "code"):
        periods.setdefault((row.valid_from, row.valid_to or date.max), {})[row.code.removeprefix(_THRESHOLD)] = row
    return tuple(
        ThresholdRow(
            starts_on=days[0],
            ends_on=days[1],
            supplies_state=int(rows["supplies_state"].value),
            supplies_local=int(rows["supplies_local"].value),
            supplies_utility=int(rows["supplies_utility"].value),
            works=int(rows["works"].value),
            source=rows["works"].source,
            reliability=Reliability(rows["works"].reliability),
        )
        for days, rows in periods.items()
    )


@cache
def legal_articles() -> tuple[ArticleRow, ...]:
    """Return the articles of each levier juridique with the days of consultation they cover."""
    rows = LegalArticle.objects.order_by("device", "family", "threshold", "valid_from")
    return tuple(
        ArticleRow(
            row.device, cast(Family, row.family), cast(Threshold, row.threshold), row.valid_from, row.valid_to,
            row.article, row.code_name, row.source, Reliability(row.reliability),
        )
        for row in rows
    )  # fmt: skip


def waivers() -> tuple[WaiverRow, ...]:
    """Return the reasons for which a social condition may be left out, with their first day (facts of the release)."""
    return WAIVERS


def piece_rows(on: date) -> tuple[PieceRow, ...]:
    """Return the papers that prove hours, by modality, known on a day (facts of the release)."""
    return tuple(row for row in PIECES if row.starts_on <= on)


def reminder_rows(on: date) -> tuple[ReminderRow, ...]:
    """Return the usual steps of the reminders known on a day, and how long one is caught up (facts of the release)."""
    return tuple(row for row in REMINDERS if row.starts_on <= on)


def labour_rows(on: date) -> tuple[LabourRow, ...]:
    """Return the usual share of labour of each trade on a day, with its source (facts of the release)."""
    return tuple(row for row in LABOUR if row.starts_on <= on)


def capacity_row(on: date) -> CapacityRow:
    """Return the help to choose of the State's marketplace on a day; before it was known, the first one."""
    return max(CAPACITY, key=lambda row: (row.starts_on <= on, row.starts_on))


def reservation_row(on: date) -> ReservationRow:
    """Return the limits of reserved contracts on a day; before they were known, the first ones."""
    return max(RESERVATIONS, key=lambda row: (row.starts_on <= on, row.starts_on))


_FACTS = {row.code: row for row in PUBLICS}


def _public(row: EligibleCategory) -> PublicRow:
    """The table holds what may change with time; the nature of the paper and of the reason stays with the code."""
    known = _FACTS.get(row.code)
    return PublicRow(
        row.code,
        row.label,
        PublicGroup(row.group),
        row.evidence,
        row.freshness_months,
        known.title_ends if known else False,
        known.prescriber if known else "",
        known.sensitive if known else True,
        row.storable,
        row.source,
        Reliability(row.reliability),
    )


def categories(*, codes: Iterable[str] | None = None) -> tuple[PublicRow, ...]:
    """Return the eligible publics in the order of the list (those of `codes` when given)."""
    rows = EligibleCategory.objects.order_by("id")
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    return tuple(_public(row) for row in rows)
