"""Corrections proposed on many validated lines at once, as by a file: a constant number of queries.

The rules are those of `propose_correction`, line by line. Proposals have no event of their own: the event of each
statement tells them, and those withdrawn with their file (ADR 0019); the replay reads them there.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from clausette.hours.enums import HoursKind, LineState, ProposalState, StatementState
from clausette.hours.models import CorrectionProposal, Statement
from clausette.hours.operations.certifying import by_mandates
from clausette.hours.operations.common import ZERO
from clausette.hours.permissions import can_propose_correction
from clausette.hours.queries.visible import (
    contract_parts,
    lines_visible_to,
    proposals_visible_to,
    statements_visible_to,
)
from clausette.hours.rules.proposals import ProposableFacts, refusal_of_figure, refusal_to_propose
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import insert
from clausette.kernel.clock import PARIS
from clausette.kernel.errors import Conflict, Refusal
from clausette.kernel.operation import because, beside, lock_all, operation

GONE = "Cette ligne n'est pas dans un relevé validé de ce déclarant."
OTHER = "Une correction est déjà proposée pour cette ligne : retirez-la pour en proposer une autre."
Key = tuple[int, int, int, str]


@dataclass(slots=True)
class ProposedLine:
    """Another figure for one validated line; `key`: of the caller; `seen`: what it compared it with. Never changed."""

    key: int
    placement_id: int
    commitment_id: int
    contract_id: int
    month: date
    kind: HoursKind
    hours: Decimal
    seen: Decimal | None


@dataclass(frozen=True, slots=True)
class Proposing:
    """Which lines are proposed (now or before), and why the others are not, by key."""

    kept: frozenset[int]
    refused: Mapping[int, str]


class NothingProposed(Refusal):
    """All the lines are refused or were proposed before."""

    def __init__(self, found: Proposing) -> None:
        super().__init__("Aucune correction n'a pu être proposée.")
        self.found = found


@dataclass(slots=True)
class _Line:
    """A line held, with what it is worth today."""

    state: LineState
    moved: bool
    worth: Decimal


@operation("hours.proposals.made")
def propose_lines(
    *, actor: Actor, declarant_id: int, lines: Sequence[ProposedLine], reason: str, file: UUID, at: datetime
) -> Proposing:
    """Propose these figures, one proposal a line; the same that waits already is not proposed again.

    A line that a rule refuses is told and left. Raises NothingProposed, Conflict (a line is worth something else now).
    """
    statements = _locked(actor, declarant_id, lines)
    held = _held(actor, [row.pk for row in statements.values()])
    rows = proposals_visible_to(actor).filter(statement_id__in=[row.pk for row in statements.values()])
    waiting = {
        (one.statement_id, one.placement_id, one.commitment_id, one.kind): one.hours
        for one in rows.filter(state=ProposalState.OPEN)
    }
    mandated = by_mandates(actor, {line.contract_id for line in lines}, at.astimezone(PARIS).date())
    kept, refused, new = set(), {}, []
    for line in lines:
        row = statements.get((line.contract_id, line.month))
        key: Key = (row.pk if row else 0, line.placement_id, line.commitment_id, line.kind.value)
        if waiting.get(key) == line.hours:
            kept.add(line.key)
        elif row is None or (why := _refusal(line, row, held.get(key), waiting=key in waiting)):
            refused[line.key] = GONE if row is None else why
        else:
            kept.add(line.key)
            new.append(_made(line, row, held[key].worth, reason, file, actor, at, mandated))
    found = Proposing(frozenset(kept), refused)
    if not new:
        raise NothingProposed(found)
    because(reason)
    insert(new)
    told: dict[int, list[list[Any]]] = defaultdict(list)
    for one in new:
        told[one.statement_id].append([
            str(one.uid), one.pk, one.placement_id, one.commitment_id, one.kind, str(one.validated), str(one.hours)
        ])  # fmt: skip
    for row in statements.values():
        if row.pk in told:
            beside(row, proposals=told[row.pk])
    return found


def _locked(actor: Actor, declarant_id: int, lines: Sequence[ProposedLine]) -> dict[tuple[int, date], Statement]:
    """The validated statements of these lines that the actor may propose on, locked."""
    asked = {(line.contract_id, line.month) for line in lines}
    rows = statements_visible_to(actor).filter(
        declarant_id=declarant_id, contract_id__in={one for one, _ in asked}, month__in={one for _, one in asked},
        state=StatementState.VALIDATED,
    )  # fmt: skip
    known = [pk for pk, *place in rows.order_by().values_list("pk", "contract_id", "month") if tuple(place) in asked]
    parts = contract_parts(actor, {contract for contract, _ in asked})
    return {
        (row.contract_id, row.month): row
        for row in lock_all(statements_visible_to(actor).filter(pk__in=known))
        if row.state == StatementState.VALIDATED and can_propose_correction(actor, parts[row.contract_id], declarant_id)
    }


def _held(actor: Actor, statements: Sequence[int]) -> dict[Key, _Line]:
    """The lines of these statements, each with its corrections."""
    fields = ("id", "statement_id", "placement_id", "commitment_id", "kind", "hours", "state", "act_id", "corrects_id")
    found: dict[int, tuple[Key, _Line]] = {}
    later: dict[int, Decimal] = defaultdict(lambda: ZERO)
    rows = lines_visible_to(actor).filter(statement_id__in=statements).order_by()
    for pk, statement, placement, commitment, kind, hours, state, act, corrects in rows.values_list(*fields):
        if corrects is None:
            line = _Line(LineState(state), act is not None, hours)
            found[pk] = ((statement, placement, commitment, kind), line)
        else:
            later[corrects] += hours
    for pk, gap in later.items():
        if pk in found:
            found[pk][1].worth += gap
    return dict(found.values())


def _refusal(line: ProposedLine, row: Statement, held: _Line | None, *, waiting: bool) -> str:
    """Why a line may not be proposed, « » when it may. Raises Conflict."""
    if held is None:
        return GONE
    facts = ProposableFacts(StatementState(row.state), held.state, moved=held.moved)
    if sentence := refusal_to_propose(facts):
        return sentence
    if waiting:
        return OTHER
    if line.seen != held.worth:
        raise Conflict("Une de ces lignes a été corrigée entre-temps.")
    return refusal_of_figure(held.worth, line.hours)


def _made(
    line: ProposedLine, row: Statement, worth: Decimal, reason: str, file: UUID, actor: Actor, at: datetime,
    mandated: Mapping[int, Mapping[str, Any]],
) -> CorrectionProposal:  # fmt: skip
    named = mandated.get(row.contract_id, {})
    return CorrectionProposal(
        uid=uuid4(), statement_id=row.pk, contract_id=row.contract_id, declarant_id=row.declarant_id, month=row.month,
        commitment_id=line.commitment_id, placement_id=line.placement_id, kind=line.kind, validated=worth,
        hours=line.hours, reason=reason, proposed_at=at, proposed_by_id=actor.account_id, file=file,
        mandate_id=named.get("mandate_id"), mandated_name=named.get("mandated_name", ""),
    )  # fmt: skip


@operation("hours.proposals.withdrawn")
def withdraw_file_proposals(*, actor: Actor, file: UUID, at: datetime) -> int:
    """Take back the corrections that a file proposed and that wait (some do: `waiting_of_file`); return how many."""
    rows = proposals_visible_to(actor).filter(file=file, state=ProposalState.OPEN)
    statements = lock_all(statements_visible_to(actor).filter(pk__in=rows.order_by().values("statement_id")))
    held = rows.filter(statement_id__in=[row.pk for row in statements]).select_for_update(of=("self",), no_key=True)
    told: dict[int, list[str]] = defaultdict(list)
    found = list(held.order_by("id").values_list("pk", "uid", "statement_id"))
    for _, uid, statement in found:
        told[statement].append(str(uid))
    rows.filter(pk__in=[pk for pk, *_ in found]).update(
        state=ProposalState.WITHDRAWN, ended_at=at, ended_by_id=actor.account_id
    )
    for row in statements:
        beside(row, withdrawn=told[row.pk])
    return len(found)


def waiting_of_file(actor: Actor, file: UUID) -> int:
    """How many corrections that a file proposed still wait for an answer."""
    return proposals_visible_to(actor).filter(file=file, state=ProposalState.OPEN).count()
