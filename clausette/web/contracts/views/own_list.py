"""The list of contracts of those who do not follow them: what each owes them or they owe, done, and left."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind
from clausette.hours.queries import Progress, progress_of
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.procurement.queries import ContractLine
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Link, Sort, Table
from clausette.web.contracts.views.common import href, lines_href, state_badge

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class OwnContract:
    """One contract. `due` and `remaining`: of the engagements that have a figure; None when the actor owes none."""

    line: ContractLine
    due: Decimal | None
    declared: Decimal
    validated: Decimal
    remaining: Decimal | None
    nature: str = "clause"
    """Of the engagements whose hours are told: with a figure, else followed; « hors clause » is counted apart."""


def own_contracts(actor: Actor, lines: Sequence[ContractLine], as_of: date) -> list[OwnContract]:
    """Return the contracts with their hours. A firm reads the engagements it owes, and the hours it declares."""
    found: dict[int, list[Progress]] = defaultdict(list)
    for one in progress_of(actor=actor, as_of=as_of).values():
        found[one.contract_id].append(one)
    return [_own(actor, line, found[line.id]) for line in lines]


def _own(actor: Actor, line: ContractLine, several: Sequence[Progress]) -> OwnContract:
    mine, counted = actor.organisation_id, [p for p in several if p.kind not in WITHOUT_FIGURE]
    nature = "clause" if counted else "suivi"
    counted = counted or [p for p in several if p.kind == CommitmentKind.FOLLOWED]
    owed = [p for p in several if p.due_firm is not None and (actor.can("buyer") or p.contractor_id == mine)]
    return OwnContract(
        line,
        due=sum((p.due_firm or ZERO for p in owed), ZERO) if owed else None,
        declared=sum((p.declared for p in counted), ZERO),
        validated=sum((p.validated for p in counted), ZERO),
        remaining=sum((p.remaining or ZERO for p in owed), ZERO) if owed else None,
        nature=nature,
    )


def own_table(actor: Actor, rows: Sequence[OwnContract], sort: Sort, empty: EmptyState) -> Table:
    """The table: each number opens on its lines or on the contract."""

    def lines(state: str) -> Link:
        return lambda row: lines_href(actor, state=state, marche=row.line.uid, nature=row.nature)

    def address(row: OwnContract) -> str:
        return href(actor, "contracts:show", uid=row.line.uid)

    firms: Column[OwnContract] = Column("Titulaires", lambda row: ", ".join(row.line.contractors))
    buyers: Column[OwnContract] = Column("Maître d'ouvrage", lambda row: row.line.buyer_name)
    columns: list[Column[OwnContract]] = [
        Column("Marché", lambda row: row.line.common_name),
        firms if actor.can("buyer") else buyers,
        Column("Dues", lambda row: row.due, "hours"),
        Column("À valider", lambda row: row.declared, "hours"),
        Column("Validées", lambda row: row.validated, "hours"),
        Column("Restantes", lambda row: row.remaining, "hours"),
        Column("Fin", lambda row: row.line.ends_on, "date"),
        Column("État", lambda row: state_badge(row.line.state)),
    ]
    links = {
        "Dues": address,
        "Restantes": address,
        "Validées": lines("validated"),
        "À valider": lines("declared"),
    }
    return Table("Vos marchés", columns, rows, row_href=address, links=links, sort=sort, empty=empty)
