"""Hours validated before we began, line by line: many at once, each journalled, statements validated as taken over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from clausette.files.queries import file_id
from clausette.hours.enums import HoursKind, LineState, StatementSource, StatementState
from clausette.hours.models import HoursLine, Justification, Statement, WorkedMonth
from clausette.hours.operations.common import ZERO, plain_text
from clausette.hours.operations.life import LATE
from clausette.hours.permissions import can_validate
from clausette.hours.queries.people import Worker, workers
from clausette.hours.queries.visible import contract_part, statements_visible_to, worked_months_visible_to
from clausette.hours.rules.entries import refusal_of
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import insert
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.months import first_day
from clausette.kernel.operation import about, because, created, lock, operation

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class TakenLine:
    """Hours of one work contract on one engagement in one month, validated before the takeover."""

    placement_uid: UUID
    commitment_uid: UUID
    month: date
    hours: Decimal
    kind: HoursKind = HoursKind.WORK


Left = dict[TakenLine, str]


@operation("hours.lines.taken_over")
def take_over_lines(
    *,
    actor: Actor,
    contract_uid: UUID,
    lines: Sequence[TakenLine],
    reason: str,
    document_uid: UUID,
    at: datetime,
    on: date,
) -> Left:
    """Write lines of one contract as validated, in statements of the entreprise utilisatrice; return those left, why.

    A statement that is being typed is left alone; a validated one receives the line, as « régularisation ». The reason
    is kept with each statement. Raises NotAllowed, Absent, Invalid (future month, hours that cannot be of a month).
    """
    part = contract_part(actor, contract_uid)
    demand(can_validate(part))
    text = plain_text(reason, field="reason", least=5, most=300, missing="Dites d'où viennent ces heures.")
    for line in lines:
        if line.month > first_day(on) or line.hours <= 0 or refusal_of(line.hours):
            raise Invalid(
                {"hours": refusal_of(line.hours) or "Ces heures ne sont pas celles d'un mois passé."}
            )
    about(contract_id=part.id)
    because(text)
    known = {worker.key: worker for worker in workers(actor=actor, contract_id=part.id)}
    left: Left = {}
    placed: list[tuple[TakenLine, Worker]] = []
    for line in lines:
        worker = known.get((line.placement_uid, line.commitment_uid))
        if worker is None:
            left[line] = "Cette personne n'est pas mise à l'emploi sur ce marché pour cet engagement."
        else:
            placed.append((line, worker))
    batch = _Batch(actor, part.id, text, file_id(actor, document_uid), at)
    statements = batch.statements(placed, left)
    kept = [(line, worker) for line, worker in placed if line not in left]
    months = batch.worked_months(kept)
    batch.lines(kept, statements, months)
    return left


@dataclass(slots=True)
class _Batch:
    """One contract being written."""

    actor: Actor
    contract_id: int
    text: str
    document_id: int
    at: datetime

    def statements(
        self, placed: Sequence[tuple[TakenLine, Worker]], left: Left
    ) -> dict[tuple[int, date], Statement]:
        """The statement of each body and month: made validated, or locked when it is validated already."""
        wanted = {(worker.host_id, line.month) for line, worker in placed}
        seen = statements_visible_to(self.actor)
        held = seen.filter(contract_id=self.contract_id, month__in={month for _, month in wanted})
        found: dict[tuple[int, date], Statement] = {}
        for pk, declarant, month in held.order_by("pk").values_list("pk", "declarant_id", "month"):
            if (declarant, month) in wanted:
                found[declarant, month] = lock(seen, pk=pk)
        new = [
            Statement(
                contract_id=self.contract_id, declarant_id=declarant, month=month, state=StatementState.VALIDATED,
                source=StatementSource.FILE, evidence_id=self.document_id, submitted_at=self.at,
                submitted_by_id=self.actor.account_id, validated_at=self.at, validated_by_id=self.actor.account_id,
            )
            for declarant, month in sorted(wanted - set(found))
        ]  # fmt: skip
        for statement in insert(new):
            found[statement.declarant_id, statement.month] = created(statement)
        self._justify(new)
        for line, worker in placed:
            if found[worker.host_id, line.month].state != StatementState.VALIDATED:
                left[line] = "Le relevé de ce mois est en cours de saisie : terminez-le dans Clausette."
        return found

    def _justify(self, statements: Sequence[Statement]) -> None:
        made = insert(
            [
                Justification(
                    statement=one, contract_id=self.contract_id, code=LATE, text=self.text,
                    written_by_id=self.actor.account_id,
                )
                for one in statements
            ]
        )  # fmt: skip
        for row in made:
            created(row)

    def worked_months(self, kept: Sequence[tuple[TakenLine, Worker]]) -> dict[tuple[int, date], WorkedMonth]:
        """The totals of each work contract and month, raised by the hours of its lines."""
        added: dict[tuple[int, date], Decimal] = {}
        of: dict[tuple[int, date], Worker] = {}
        for line, worker in kept:
            place = worker.placement_id, line.month
            added[place] = added.get(place, ZERO) + line.hours
            of[place] = worker
        rows = worked_months_visible_to(self.actor).filter(
            placement_id__in={place for place, _ in added}, month__in={month for _, month in added}
        )
        locked = rows.order_by("placement_id", "month").select_for_update(of=("self",), no_key=True)
        found = {
            (row.placement_id, row.month): row for row in locked if (row.placement_id, row.month) in added
        }
        raised = list(found.values())
        for row in raised:
            row.hours += added[row.placement_id, row.month]
        WorkedMonth.objects.bulk_update(raised, ["hours"], batch_size=AT_ONCE)
        new = [
            WorkedMonth(
                placement_id=place, employer_id=of[place, month].employer_id,
                owner_org_id=of[place, month].owner_org_id, month=month, hours=added[place, month],
            )
            for place, month in sorted(set(added) - set(found))
        ]  # fmt: skip
        for row in insert(new):
            found[row.placement_id, row.month] = created(row)
        return found

    def lines(
        self,
        kept: Sequence[tuple[TakenLine, Worker]],
        statements: Mapping[tuple[int, date], Statement],
        months: Mapping[tuple[int, date], WorkedMonth],
    ) -> None:
        """The lines, validated, each with its event."""
        made = insert(
            [
                HoursLine(
                    statement=statements[worker.host_id, line.month], contract_id=self.contract_id,
                    commitment_id=worker.commitment_id, worked_month=months[worker.placement_id, line.month],
                    placement_id=worker.placement_id, declarant_id=worker.host_id, month=line.month, kind=line.kind,
                    hours=line.hours, state=LineState.VALIDATED, reason=self.text,
                )
                for line, worker in kept
            ]
        )  # fmt: skip
        for row in made:
            created(row)
