"""Totals of a workbook by marché and by year: in it, already held, after; read from its lines."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from clausette.imports.enums_takeover import LineFate, LineKind
from clausette.imports.queries.takeover.visible import lines_visible_to
from clausette.imports.takeover.compare.contracts import opening_of
from clausette.imports.takeover.records import Record, RecordKind, from_json
from clausette.kernel.actor import Actor

ZERO = Decimal(0)


@dataclass(slots=True)
class ContractTotal:
    """Hours of one marché: in the workbook, of which to be written, already there, set aside; `opening`: balance."""

    key: str
    name: str
    number: str = ""
    workbook: Decimal = ZERO
    new: Decimal = ZERO
    same: Decimal = ZERO
    aside: Decimal = ZERO
    opening: Decimal = ZERO
    lines: int = 0
    aside_lines: int = 0
    years: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def all(self) -> Decimal:
        """All that the workbook says of the marché, balance included."""
        return self.workbook + self.opening


@dataclass(slots=True)
class Totals:
    """By marché in the order of the workbook, and by year."""

    contracts: list[ContractTotal]
    years: dict[int, ContractTotal]
    whole: ContractTotal


def totals_of(*, actor: Actor, batch_uid: UUID) -> Totals:
    """Return the totals of a workbook: one query."""
    rows = lines_visible_to(actor).filter(batch__uid=batch_uid, kind__in=(LineKind.CONTRACT, LineKind.HOURS))
    contracts: dict[str, ContractTotal] = {}
    years: dict[int, ContractTotal] = {}
    whole = ContractTotal("", "Total")
    columns = ("kind", "parent", "values", "fate", "year", "hours")
    for kind, parent, values, fate, year, hours in rows.order_by("position").values_list(*columns):
        if kind == LineKind.CONTRACT:
            total = contracts.setdefault(parent, ContractTotal(parent, ""))
            _name(total, values)
            if fate != LineFate.SAME or "opening_hours" in values:
                opening = (
                    opening_of(Record(RecordKind.CONTRACT, "", 0, from_json(values)))
                    if _counts(fate)
                    else ZERO
                )
                total.opening += opening
                whole.opening += opening
            continue
        total = contracts.setdefault(parent, ContractTotal(parent, _said(values)))
        for one in (total, years.setdefault(year or 0, ContractTotal("", str(year or "–"))), whole):
            _add(one, fate, hours or ZERO)
        if year:
            total.years[year] += hours or ZERO
    return Totals(list(contracts.values()), dict(sorted(years.items())), whole)


def _counts(fate: str) -> bool:
    return fate in (LineFate.NEW, LineFate.SAME, LineFate.DIFFERS)


def _name(total: ContractTotal, values: dict[str, object]) -> None:
    total.name = total.name or _said(values)
    total.number = total.number or str(values.get("contract_number") or "")


def _said(values: dict[str, object]) -> str:
    return str(values.get("contract_name") or values.get("contract_number") or "Marché non reconnu")


def _add(total: ContractTotal, fate: str, hours: Decimal) -> None:
    total.lines += 1
    total.workbook += hours
    if fate == LineFate.NEW:
        total.new += hours
    elif fate == LineFate.SAME:
        total.same += hours
    else:
        total.aside += hours
        total.aside_lines += 1
