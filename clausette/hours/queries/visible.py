"""Which rows of the room exist for an actor: the same meaning as the policies of the database, written again."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import LineState, StatementState
from clausette.hours.models import (
    CollectiveHours,
    CorrectionProposal,
    HoursLine,
    Justification,
    OpeningBalance,
    OpeningBalanceYear,
    PriorTraining,
    Statement,
    StatementPiece,
    UnlistedPerson,
    WorkedMonth,
)
from clausette.hours.permissions import ContractPart
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import Among, prepared
from clausette.kernel.scope import narrow
from clausette.placements.queries import placements_visible_to
from clausette.procurement.queries import contracts_visible_to, takes_part

if TYPE_CHECKING:
    from clausette.procurement.models import Contract

ZERO = Decimal(0)
PILOTS = ("pilot", "copilot")
DECLARES = ("contractor", "group_member", "subcontractor", "employer")


def _piloted(actor: Actor) -> Q:
    return Q(takes_part(actor, *PILOTS))


def _declared(actor: Actor) -> Q:
    return Q(declarant_id=actor.organisation_id) & Q(takes_part(actor))


def _bought(actor: Actor) -> Q:
    return Q(takes_part(actor, "buyer"))


class _AnyOf(Func):
    """« The column is one of those of the subquery », read once. COALESCE: never what PostgreSQL begins with."""

    output_field = BooleanField()
    arg_joiner = " = ANY (ARRAY"
    template = "COALESCE(%(expressions)s), false)"


def owes(actor: Actor) -> Func:
    """Condition on rows with a commitment: it is owed by the organisation of the actor."""
    owed = commitments_visible_to(actor).filter(contractor_id=actor.organisation_id)
    return _AnyOf(F("commitment_id"), Subquery(owed.order_by().values("pk")))


def statements_visible_to(actor: Actor) -> QuerySet[Statement]:
    """Statements of contracts piloted, those the actor declares, and those handed over on contracts it bought."""
    handed = ~Q(state=StatementState.DRAFT) & _bought(actor)
    return narrow(Statement.objects.all(), _piloted(actor) | _declared(actor) | handed)


def _worked(actor: Actor, *roles: str) -> Q:
    """Hours worked on one contract and credited to another: those who take part in the first know them too."""
    return ~Q(worked_contract_id=F("contract_id")) & Q(
        takes_part(actor, *roles, contract="worked_contract_id")
    )


def lines_visible_to(actor: Actor) -> QuerySet[HoursLine]:
    """Lines of contracts piloted or declared by the actor; once declared, also those bought or owed by it."""
    declared = Q(declarant_id=actor.organisation_id) & Q(takes_part(actor, contract="worked_contract_id"))
    bought = _bought(actor) | _worked(actor, "buyer")
    known = ~Q(state=LineState.DRAFT) & (bought | Q(owes(actor)))
    return narrow(HoursLine.objects.all(), _piloted(actor) | _worked(actor, *PILOTS) | declared | known)


def collective_visible_to(actor: Actor) -> QuerySet[CollectiveHours]:
    """Heures non nominatives, by the same rules as the lines."""
    known = ~Q(state=LineState.DRAFT) & (_bought(actor) | Q(owes(actor)))
    return narrow(CollectiveHours.objects.all(), _piloted(actor) | _declared(actor) | known)


def unlisted_visible_to(actor: Actor) -> QuerySet[UnlistedPerson]:
    """People named apart, on contracts piloted and in the actor's own statements: never to a buyer."""
    return narrow(UnlistedPerson.objects.all(), _piloted(actor) | _declared(actor))


def proposals_visible_to(actor: Actor) -> QuerySet[CorrectionProposal]:
    """Corrections proposed, on contracts piloted and in the actor's own statements: never to a buyer."""
    return narrow(CorrectionProposal.objects.all(), _piloted(actor) | _declared(actor))


def pieces_visible_to(actor: Actor) -> QuerySet[StatementPiece]:
    """Pieces beside the proof of the hours, on contracts piloted and in the actor's own statements."""
    return narrow(StatementPiece.objects.all(), _piloted(actor) | _declared(actor))


def hours_of_statement(actor: Actor, *, statement: str = "pk") -> CombinedExpression:
    """Annotation of rows of statements, or of what names one: its hours not refused, with names or without."""
    return _sum_of(lines_visible_to(actor), statement) + whole_of_statement(actor, statement=statement)


def whole_of_statement(actor: Actor, *, statement: str = "pk") -> Coalesce:
    """The same of hours without names alone."""
    return _sum_of(collective_visible_to(actor), statement)


def _sum_of(rows: QuerySet[Any], statement: str) -> Coalesce:
    kept = rows.filter(statement_id=OuterRef(statement)).exclude(state=LineState.REFUSED).order_by()
    return Coalesce(Subquery(kept.values("statement_id").annotate(total=Sum("hours")).values("total")), ZERO)


def priors_visible_to(actor: Actor) -> QuerySet[PriorTraining]:
    """Trainings before hiring of contracts piloted, and those that the actor declares."""
    return narrow(PriorTraining.objects.all(), _piloted(actor) | _declared(actor))


def _told(actor: Actor) -> Q:
    return _piloted(actor) | _bought(actor) | Q(owes(actor))


def openings_visible_to(actor: Actor) -> QuerySet[OpeningBalance]:
    """Opening balances, withdrawn ones included, of contracts piloted, bought or owed."""
    return narrow(OpeningBalance.objects.all(), _told(actor))


def opening_years_visible_to(actor: Actor) -> QuerySet[OpeningBalanceYear]:
    """Their years, by the same rules."""
    return narrow(OpeningBalanceYear.objects.all(), _told(actor))


def worked_months_visible_to(actor: Actor) -> QuerySet[WorkedMonth]:
    """Totals of the work contracts that the actor may know."""
    known = Exists(placements_visible_to(actor).filter(pk=OuterRef("placement_id")))
    return narrow(WorkedMonth.objects.all(), Q(owner_org_id=actor.owner_id) | Q(known))


def justifications_visible_to(actor: Actor) -> QuerySet[Justification]:
    """Answers to the controls, on contracts piloted, and those the person wrote."""
    return narrow(Justification.objects.all(), _piloted(actor) | Q(written_by_id=actor.account_id))


def contract_part(actor: Actor, uid: UUID) -> ContractPart:
    """Return a visible contract with the parts that the actor takes in it today. Raises Absent. One query."""
    parts = _parts_of_uid(actor, uid)
    if not parts:
        raise Absent("procurement.Contract")
    return _part(parts[0])


def contract_parts(actor: Actor, ids: Iterable[int]) -> dict[int, ContractPart]:
    """Return the same for several contracts, by internal number. One query."""
    return {row[0]: _part(row) for row in _parts_of(actor, sorted(set(ids)))}


@prepared
def _parts_of_uid(actor: Actor, uid: UUID) -> "QuerySet[Contract, tuple[Any, ...]]":
    return _parts(contracts_visible_to(actor).filter(uid=uid), actor)


@prepared
def _parts_of(actor: Actor, ids: list[int]) -> "QuerySet[Contract, tuple[Any, ...]]":
    return _parts(contracts_visible_to(actor).filter(Among("id", ids)), actor)


def _parts(rows: "QuerySet[Contract]", actor: Actor) -> "QuerySet[Contract, tuple[Any, ...]]":
    known = with_parts(actor, rows.order_by("id"), contract="pk")
    return known.values_list("id", "uid", "common_name", *PARTS)


PARTS = ("piloted", "declares", "bought", "leads")
PARTS_OF_ROW = ("contract_id", "contract__uid", "contract__common_name", *PARTS)


def with_parts(actor: Actor, rows: QuerySet[Any], *, contract: str = "contract_id") -> QuerySet[Any]:
    """Add to rows of contracts what the actor is in each: `PARTS_OF_ROW` are then what `part_of_row` reads."""
    found: QuerySet[Any] = rows.annotate(
        piloted=takes_part(actor, *PILOTS, contract=contract),
        declares=takes_part(actor, *DECLARES, contract=contract),
        bought=takes_part(actor, "buyer", contract=contract),
        leads=takes_part(actor, "pilot", contract=contract),
    )
    return found


def part_of_row(row: Mapping[str, Any]) -> ContractPart:
    """Return the part that the actor takes in the contract of a row."""
    return _part(tuple(row[name] for name in PARTS_OF_ROW))


def _part(row: tuple[Any, ...]) -> ContractPart:
    pk, uid, name, piloted, declares, bought, leads = row
    return ContractPart(pk, uid, name, piloted, declares, bought, shared=piloted and not leads)
