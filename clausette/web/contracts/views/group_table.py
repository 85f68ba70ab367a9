"""Inside the group of an engagement: the share of each member, what it did, what the others would owe."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clausette.commitments.queries import CommitmentSheet, Member, ShareLine
from clausette.commitments.rules import MemberDue, member_dues, taken_over
from clausette.hours.queries import HoursByFirm, hours_by_firm
from clausette.hours.rules.members import member_of
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_hours, format_percent
from clausette.procurement.enums import GroupKind
from clausette.procurement.queries import group_kind_of, heads_of
from clausette.web.components.tables import Table

ZERO = Decimal(0)
ELSEWHERE = 0
"""Key of the hours done for no member of the group."""


@dataclass(frozen=True, slots=True)
class Row:
    """One firm of the group; `others`: what each other one would owe if it did nothing more."""

    name: str
    own: MemberDue
    others: str


def _done(found: HoursByFirm, members: Sequence[Member], heads: dict[int, int]) -> dict[int, Decimal]:
    """Hours by member: those of its sub-contractors are its own; the rest under ELSEWHERE."""
    keys = {member.id for member in members}
    done: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for firm, hours in found.firms.items():
        done[member_of(firm, heads, keys) or ELSEWHERE] += hours
    done[ELSEWHERE] += found.unknown
    return {firm: hours for firm, hours in done.items() if hours}


def group_context(
    actor: Actor, sheet: CommitmentSheet, members: Sequence[Member], shares: Sequence[ShareLine]
) -> dict[str, object]:
    """The table of the group and what must be known to read it (seven queries)."""
    lot = sheet.lot.id if sheet.lot else None
    kind = group_kind_of(
        actor=actor, contract_id=sheet.contract.id, lot_id=lot, contractor_id=sheet.contractor_id
    )
    found = hours_by_firm(actor=actor, commitment_id=sheet.id, as_of=sheet.as_of)
    done = _done(found, members, heads_of(actor=actor, contract_id=sheet.contract.id))
    for member in members:
        done.setdefault(member.id, ZERO)
    due = sheet.figures.firm_at_term
    dues = {one.firm: one for one in member_dues(due, {one.organisation_id: one.share for one in shares}, done)}
    names = {one.organisation_id: one.name for one in shares} | {one.id: one.name for one in members}
    names[ELSEWHERE] = "Hors du groupement, ou entreprise inconnue"
    rows = [Row(names[key], one, _others(key, dues, names, kind)) for key, one in dues.items()]
    return {
        "group": _table(rows, due, kind),
        "solidarity": _SOLIDARITY[kind],
        "opening": f"Reprise : {format_hours(found.opening)}, d'aucune entreprise en particulier."
        if found.opening
        else "",
        "unshared": _unshared(shares, due),
    }


_SOLIDARITY = {
    GroupKind.SEVERAL: "Groupement solidaire : si une entreprise n'en fait pas plus, les autres doivent ce qui reste "
    "de sa part. Entre elles, la répartition proposée suit leurs parts.",
    GroupKind.JOINT: "Groupement conjoint : chaque entreprise répond de sa part. Le mandataire répond du tout "
    "seulement si le marché le dit solidaire.",
    GroupKind.ALONE: "L'attribution ne dit pas si le groupement est conjoint ou solidaire.",
}


def _others(key: int, dues: dict[int, MemberDue], names: dict[int, str], kind: GroupKind) -> str:
    if kind != GroupKind.SEVERAL or not dues[key].share:
        return ""
    found = taken_over(key, {one: due for one, due in dues.items() if due.share})
    return " ; ".join(f"{names[other]} : {format_hours(hours)}" for other, hours in found.items() if hours)


def _table(rows: list[Row], due: Decimal, kind: GroupKind) -> Table:
    columns: list[Column[Row]] = [
        Column("Entreprise", lambda row: row.name),
        Column("Part", lambda row: format_percent(row.own.share, places=2) if row.own.share else "–"),
        Column("Doit", lambda row: row.own.due if row.own.share else None, "hours"),
        Column("Fait", lambda row: row.own.done, "hours"),
        Column("Reste", lambda row: row.own.left if row.own.share else None, "hours"),
    ]
    if kind == GroupKind.SEVERAL:
        columns.append(Column("Si elle s'arrête, devraient", lambda row: row.others or "–"))
    totals: dict[str, object] = {
        "Doit": sum((row.own.due for row in rows), ZERO),
        "Fait": sum((row.own.done for row in rows), ZERO),
    }
    return Table("Parts et heures du groupement", columns, rows, totals=totals)


def _unshared(shares: Sequence[ShareLine], due: Decimal) -> str:
    left = 1 - sum((one.share for one in shares), ZERO)
    if left == 0:
        return ""
    if left == 1:
        return "Aucune part n'est fixée : le mandataire doit tout."
    hours = format_hours((due * left).quantize(Decimal("0.01")))
    return f"{format_percent(left, places=2)} des heures dues, soit {hours}, ne sont la part de personne."
