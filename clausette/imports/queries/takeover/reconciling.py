"""Workbook beside Clausette, marché by marché, to the hour: each side counted on its own."""

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from clausette.hours.enums import LineState
from clausette.hours.queries import lines_visible_to as hours_visible_to
from clausette.imports.enums_takeover import LineFate, LineKind
from clausette.imports.models import TakeoverBatch
from clausette.imports.queries.takeover.openings import openings_by_contract
from clausette.imports.queries.takeover.visible import lines_visible_to, made_visible_to, takeovers_visible_to
from clausette.imports.takeover.compare.contracts import opening_of
from clausette.imports.takeover.records import Record, RecordKind, from_json
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.french import format_hours, plural
from clausette.procurement.queries import contract_keys

ZERO = Decimal(0)
DOUBLE = "W201"


@dataclass(slots=True)
class Reconciled:
    """One marché. In the workbook: `workbook` = `taken` + `same` + `doubles` + `aside`; in Clausette: the rest."""

    name: str
    contract_uid: UUID | None = None
    workbook: Decimal = ZERO
    taken: Decimal = ZERO
    same: Decimal = ZERO
    doubles: Decimal = ZERO
    aside: Decimal = ZERO
    aside_lines: int = 0
    opening_said: Decimal = ZERO
    made: Decimal = ZERO
    total: Decimal = ZERO
    opening: Decimal = ZERO

    @property
    def said(self) -> Decimal:
        """All that the workbook says: its lines and its balance."""
        return self.workbook + self.opening_said

    @property
    def held(self) -> Decimal:
        """All that Clausette holds: validated hours and balances."""
        return self.total + self.opening

    @property
    def difference(self) -> Decimal:
        """Clausette less the workbook."""
        return self.held - self.said

    @property
    def elsewhere(self) -> Decimal:
        """Hours of Clausette that the workbook does not speak of."""
        return self.total - self.made - self.same

    @property
    def unexplained(self) -> Decimal:
        """What the lines set aside, the doubles, the other hours and the balances do not explain: 0, or a fault."""
        explained = self.elsewhere - self.aside - self.doubles + self.opening - self.opening_said
        return self.difference - explained + (self.made - self.taken)

    @property
    def explanation(self) -> str:
        """Why the two totals differ, in French; « » when they are equal."""
        told = []
        if self.aside:
            told.append(f"{format_hours(self.aside)} mises de côté ({plural(self.aside_lines, 'ligne')})")
        if self.doubles:
            told.append(f"{format_hours(self.doubles)} écrites deux fois dans le classeur")
        if self.elsewhere > 0:
            told.append(f"{format_hours(self.elsewhere)} dans Clausette et pas dans le classeur")
        if self.opening != self.opening_said:
            told.append(f"solde de reprise : {format_hours(self.opening_said)} au classeur, "
                        f"{format_hours(self.opening)} "
                        "dans Clausette")  # fmt: skip
        if self.made != self.taken:
            told.append(f"{format_hours(self.taken)} reprises, {format_hours(self.made)} retrouvées")
        return "; ".join(told)


@dataclass(slots=True)
class Reconciliation:
    """All the marchés of a workbook, and their total."""

    rows: list[Reconciled] = field(default_factory=list)
    whole: Reconciled = field(default_factory=lambda: Reconciled("Total"))

    @property
    def exact(self) -> bool:
        """True when every total agrees to the hour."""
        return all(row.difference == 0 for row in self.rows)


def reconciliation_of(*, actor: Actor, batch_uid: UUID) -> Reconciliation:
    """Return the two sides of a workbook taken over: six queries. Raises Absent."""
    batch = takeovers_visible_to(actor).filter(uid=batch_uid).first()
    if batch is None:
        raise Absent("imports.TakeoverBatch")
    rows = _workbook_side(actor, batch)
    _clausette_side(actor, batch, rows)
    whole = Reconciled("Total")
    for row in rows.values():
        for name in ("workbook", "taken", "same", "doubles", "aside", "aside_lines", "opening_said", "made", "total",
                     "opening"):  # fmt: skip
            setattr(whole, name, getattr(whole, name) + getattr(row, name))
    return Reconciliation(list(rows.values()), whole)


def _workbook_side(actor: Actor, batch: TakeoverBatch) -> dict[int | str, Reconciled]:
    kept = lines_visible_to(actor).filter(batch=batch, kind__in=(LineKind.CONTRACT, LineKind.HOURS))
    rows: dict[int | str, Reconciled] = {}
    columns = ("kind", "parent", "contract_ref", "values", "fate", "hours", "written", "findings")
    for kind, parent, ref, values, fate, hours, written, findings in kept.order_by("position").values_list(
        *columns
    ):
        row = rows.setdefault(ref or parent or "?", Reconciled(_name(values)))
        if kind == LineKind.CONTRACT:
            if fate in (LineFate.NEW, LineFate.SAME, LineFate.DIFFERS):
                row.opening_said += opening_of(Record(RecordKind.CONTRACT, "", 0, from_json(values)))
            continue
        _add(row, fate, hours or ZERO, written=written, double=any(one["code"] == DOUBLE for one in findings))
    return {key: row for key, row in rows.items() if row.said or isinstance(key, int)}


def _name(values: dict[str, object]) -> str:
    return str(values.get("contract_name") or values.get("contract_number") or "Marché non reconnu")


def _add(row: Reconciled, fate: str, hours: Decimal, *, written: bool, double: bool) -> None:
    row.workbook += hours
    if written:
        row.taken += hours
    elif fate == LineFate.SAME:
        row.doubles += hours if double else ZERO
        row.same += ZERO if double else hours
    else:
        row.aside += hours
        row.aside_lines += 1


def _clausette_side(actor: Actor, batch: TakeoverBatch, rows: dict[int | str, Reconciled]) -> None:
    ids = [key for key in rows if isinstance(key, int)]
    made = made_visible_to(actor).filter(batch=batch, table_name="hours_hoursline").values("row_id")
    validated = hours_visible_to(actor).filter(contract_id__in=ids, state=LineState.VALIDATED).order_by()
    totals = dict(validated.values_list("contract_id").annotate(total=Sum("hours")))
    ours = dict(validated.filter(pk__in=made).values_list("contract_id").annotate(total=Sum("hours")))
    openings = openings_by_contract(actor=actor, contract_ids=ids)
    keys = contract_keys(actor, ids)
    for pk in ids:
        row = rows[pk]
        row.total, row.made = totals.get(pk, ZERO), ours.get(pk, ZERO)
        row.opening = openings.get(pk, ZERO)
        if pk in keys:
            row.name, row.contract_uid = keys[pk].common_name, keys[pk].uid
