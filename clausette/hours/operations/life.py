"""The life of a statement: handed over, returned, validated. One operation per arrow of the table."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from clausette.hours.enums import LineState, PieceLeft, StatementState
from clausette.hours.errors import ErrorsRemain, StatementIncomplete
from clausette.hours.models import CollectiveHours, HoursLine, Justification, Statement
from clausette.hours.operations.certifying import UNCERTIFIED, certification
from clausette.hours.operations.common import (
    Held,
    StatementRef,
    check_version,
    credited,
    locked_months,
    locked_statement,
    move_totals,
    plain_text,
)
from clausette.hours.operations.confirming import demand_confirmed
from clausette.hours.operations.reserving import keep_apart
from clausette.hours.permissions import can_type, can_validate, can_validate_input
from clausette.hours.queries.confirming import ToConfirm, confirmations_of
from clausette.hours.queries.findings import LineFinding, findings_of
from clausette.hours.queries.unlisted import NOBODY, Apart, apart_of, count_waiting
from clausette.hours.queries.visible import (
    collective_visible_to,
    justifications_visible_to,
    lines_visible_to,
    statements_visible_to,
)
from clausette.hours.queries.written import written_of
from clausette.hours.rules import SubmissionFacts, check_transition, is_regularisation, missing_to_submit
from clausette.hours.rules.certifying import Signer
from clausette.hours.rules.reserves import LIFTABLE, Reserve
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.french import plural
from clausette.kernel.operation import about, because, change, created, lock, operation, watch
from clausette.kernel.prepared import prepared

UNDER_RESERVE = (
    "Ces heures étaient sous réserve avant la réouverture : écrivez de nouveau la réserve, ou ne les retenez pas."
)
LATE = "RETARD"  # the pseudo-code under which the reason of a late validation (« régularisation ») is kept


def _demand_version(actor: Actor, statement: Statement, version: int | None) -> None:
    if version is not None and statement.version != version:
        check_version(statement, version, written_of(actor=actor, statement_id=statement.pk))


def _set_lines(actor: Actor, statement: Statement, before: LineState, after: LineState) -> None:
    """Lines, with names or without, follow their statement."""
    for rows in (lines_visible_to(actor), collective_visible_to(actor)):
        rows.filter(statement_id=statement.pk, state=before).update(state=after)


@prepared
def _hours_in(actor: Actor, statement_id: int) -> QuerySet[HoursLine, tuple[int, Decimal]]:
    return lines_visible_to(actor).filter(statement_id=statement_id).order_by("id").values_list("id", "hours")


@prepared
def _whole_in(actor: Actor, statement_id: int) -> QuerySet[CollectiveHours, tuple[int]]:
    return collective_visible_to(actor).filter(statement_id=statement_id).order_by("id").values_list("id")


@operation("hours.statement.submitted")
def submit_statement(
    *, actor: Actor, uid: UUID, version: int | None, signer: Signer | None = None, held: Held | None = None,
    at: datetime, on: date,
) -> StatementRef:  # fmt: skip
    """Hand a statement over to the structure in charge. Handing it over twice changes nothing.

    `signer`: who certifies its hours online. `held`: the statement, when the operation before, of the same transaction,
    has just written it. Raises StatementIncomplete (what it lacks), Invalid (signer),
    Conflict, WrongState, NotAllowed, Absent.
    """
    statement, part = (watch(held.row), held.part) if held else locked_statement(actor, uid)
    demand(can_type(actor, part, statement.declarant_id))
    if statement.state == StatementState.SUBMITTED:
        return StatementRef(statement.uid, statement.version, already=True)
    check_transition(StatementState(statement.state), StatementState.SUBMITTED)
    _demand_version(actor, statement, version)
    about(contract_id=part.id)
    fresh = held.lines if held else None  # nobody else has written in a statement just made
    hours = dict(_hours_in(actor, statement.pk)) if fresh is None else {}
    whole = [pk for (pk,) in _whole_in(actor, statement.pk)] if fresh is None else []
    count = len(hours) + len(whole) + count_waiting(actor, statement.pk) if fresh is None else fresh
    missing = missing_to_submit(
        SubmissionFacts(
            month=statement.month,
            nil=statement.is_nil,
            line_count=count,
            zero_lines=sum(1 for worth in hours.values() if not worth),
            lines_without_split=(),
            has_evidence=statement.evidence_id is not None or statement.piece_left == PieceLeft.SEEN,
            evidence_required=False,
        ),
        on,
    )
    if missing:
        raise StatementIncomplete(missing)
    # those just read, by their numbers: whoever holds the statement is alone with its lines
    for rows, ids in ((HoursLine.objects, list(hours)), (CollectiveHours.objects, whole)):
        if ids:
            rows.filter(pk__in=ids, state=LineState.DRAFT).update(state=LineState.DECLARED)
    change(
        statement, state=StatementState.SUBMITTED, submitted_at=at, submitted_by_id=actor.account_id,
        return_reason="", version=statement.version + 1, **certification(actor, statement, signer, on),
    )  # fmt: skip
    return StatementRef(statement.uid, statement.version)


@operation("hours.statement.returned")
def return_statement(
    *, actor: Actor, uid: UUID, version: int | None, reason: str, at: datetime
) -> StatementRef:
    """Give a statement back to its declarant with what to mend. Raises Invalid (reason), Conflict, WrongState…"""
    statement, part = locked_statement(actor, uid)
    demand(can_validate(part))
    text = plain_text(reason, field="reason", least=5, most=500, missing="Dites ce qui est à corriger.")
    if statement.state == StatementState.RETURNED and statement.return_reason == text:
        return StatementRef(statement.uid, statement.version, already=True)
    _demand_version(actor, statement, version)
    check_transition(StatementState(statement.state), StatementState.RETURNED)
    about(contract_id=part.id)
    because(text)
    _set_lines(actor, statement, LineState.DECLARED, LineState.DRAFT)
    change(
        statement, state=StatementState.RETURNED, return_reason=text, version=statement.version + 1, **UNCERTIFIED
    )  # fmt: skip
    return StatementRef(statement.uid, statement.version)


@operation("hours.statement.validated")
def validate_statement(
    *,
    actor: Actor,
    uid: UUID,
    version: int | None,
    justifications: Mapping[str, str] | None = None,
    refusals: Mapping[UUID, str] | None = None,
    reserves: Mapping[UUID, Reserve] | None = None,
    late: Mapping[UUID, str] | None = None,
    at: datetime,
    on: date,
) -> StatementRef:
    """Validate a statement: its lines are final. Validating it twice changes nothing (`already`).

    `justifications`: a text for each code of warning found, and under LATE the reason of a late validation.
    `refusals`: lines whose hours are not retained, with the reason. `reserves`: lines retained while a piece is
    awaited. `late`: lines worked before the decision of eligibility, with the reason (« régularisation »).
    People named apart who wait stop nothing: what is known of the others is final, they stay to be matched.
    Raises ErrorsRemain, Invalid (by code, or by line uid), Conflict, WrongState, NotAllowed, Absent.
    """
    statement, part = locked_statement(actor, uid)
    demand(can_validate(part))
    if statement.state == StatementState.VALIDATED:
        return StatementRef(statement.uid, statement.version, already=True)
    demand(can_validate_input(actor, part, statement.submitted_by_id))
    _demand_version(actor, statement, version)
    check_transition(StatementState(statement.state), StatementState.VALIDATED)
    about(contract_id=part.id)
    _refuse_lines(actor, statement, refusals or {})
    demand_confirmed(actor, statement, at, on)
    _demand_reserves(actor, statement, reserves or {})
    answered = keep_apart(actor, statement, reserves or {}, late or {}, on)
    found = findings_of(actor=actor, statement_ids=[statement.pk], on=on).get(statement.pk, ())
    found = tuple(finding for finding in found if not _lifted(finding, answered))
    _demand_answers(actor, statement, found, justifications or {}, on)
    _seal(actor, statement, at)
    return StatementRef(statement.uid, statement.version)


def _lifted(finding: LineFinding, answered: Collection[UUID]) -> bool:
    """A decision awaited or late is answered for on each line that it stops."""
    return finding.code in LIFTABLE and set(finding.line_uids) <= set(answered)


def _demand_reserves(actor: Actor, statement: Statement, reserves: Mapping[UUID, Reserve]) -> None:
    """Hours under reserve before their month was reopened are never validated by leaving the reserve out."""
    held = _under_reserve(actor, [statement]).order_by("id").values_list("uid", flat=True)
    left = [str(uid) for uid in held if uid not in reserves]
    if left:
        raise Invalid(dict.fromkeys(left, UNDER_RESERVE))


def _under_reserve(actor: Actor, statements: Sequence[Statement]) -> QuerySet[HoursLine]:
    """Lines of months reopened that were under reserve; once the reserve is settled, the line has its reason."""
    return lines_visible_to(actor).filter(
        statement_id__in=[statement.pk for statement in statements], state=LineState.DECLARED,
        reserved_until__isnull=False, reason="",
    )  # fmt: skip


def _refuse_lines(actor: Actor, statement: Statement, refusals: Mapping[UUID, str]) -> None:
    """« Heures non retenues »: the line stays as it was handed over, with its reason, and counts no more."""
    if not refusals:
        return
    rows = lines_visible_to(actor).filter(
        statement_id=statement.pk, uid__in=list(refusals), state=LineState.DECLARED
    )
    lines = list(rows.order_by("placement_id", "id"))
    worked = locked_months([line.placement_id for line in lines], statement.month, actor)
    before = credited(actor, worked.values())
    for line in lines:
        watch(line)  # the journal alone must say which hours were not retained
        line.reason = plain_text(
            refusals[line.uid], field=str(line.uid), least=3, most=300,
            missing="Dites pourquoi ces heures ne sont pas retenues.",
        )  # fmt: skip
        line.state = LineState.REFUSED
    HoursLine.objects.bulk_update(lines, ["state", "reason"])
    move_totals(worked, before, credited(actor, worked.values()))
    _refuse_collective(actor, statement, refusals)


def _refuse_collective(actor: Actor, statement: Statement, refusals: Mapping[UUID, str]) -> None:
    """The same for hours without names."""
    rows = collective_visible_to(actor).filter(
        statement_id=statement.pk, uid__in=list(refusals), state=LineState.DECLARED
    )
    for row in rows.order_by("id"):
        text = plain_text(
            refusals[row.uid], field=str(row.uid), least=3, most=300,
            missing="Dites pourquoi ces heures ne sont pas retenues.",
        )  # fmt: skip
        change(lock(collective_visible_to(actor), pk=row.pk), state=LineState.REFUSED, reason=text)


def _demand_answers(
    actor: Actor, statement: Statement, found: Sequence[LineFinding], answers: Mapping[str, str], on: date
) -> None:
    """Errors stop; each code of warning needs a text, kept with the statement."""
    stops = [finding for finding in found if finding.stops]
    if stops:
        raise ErrorsRemain(
            f"{plural(len(stops), 'point')} à régler avant de valider : {stops[0].sentence} {stops[0].fix}"
        )
    codes = dict.fromkeys(finding.code for finding in found if finding.asks)
    asked = dict.fromkeys(codes, "Dites pourquoi vous acceptez ce point.")
    if is_regularisation(statement.month, on):
        asked[LATE] = "Validation tardive : dites pourquoi."
    refused: dict[str, str] = {}
    for code, missing in asked.items():
        try:
            text = plain_text(answers.get(code, ""), field=code, least=3, most=500, missing=missing)
        except Invalid as refusal:
            refused |= refusal.errors
            continue
        _justify(actor, statement, code, text)
    if refused:
        raise Invalid(refused)


def _justify(actor: Actor, statement: Statement, code: str, text: str) -> None:
    """One answer a code: that of a month validated again takes the place of the former one."""
    held = justifications_visible_to(actor).filter(statement_id=statement.pk, line=None, code=code)
    if held.exists():
        change(lock(held), text=text, written_by_id=actor.account_id)
        return
    created(
        Justification(
            statement_id=statement.pk, contract_id=statement.contract_id, code=code, text=text,
            written_by_id=actor.account_id,
        )
    )  # fmt: skip


def _seal(actor: Actor, statement: Statement, at: datetime) -> None:
    _set_lines(actor, statement, LineState.DECLARED, LineState.VALIDATED)
    change(
        statement, state=StatementState.VALIDATED, validated_at=at, validated_by_id=actor.account_id,
        version=statement.version + 1,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CleanResult:
    """What « valider tous les relevés sans remarque » did: validated now, already so, left with what stops them."""

    validated: tuple[UUID, ...]
    already: tuple[UUID, ...]
    left: tuple[tuple[UUID, str], ...]


@operation("hours.statements.validated")
def validate_clean(*, actor: Actor, uids: Sequence[UUID], at: datetime, on: date) -> CleanResult:
    """Validate those of these statements in which the controls find nothing to justify; leave the others.

    Controls run once for all of them. Raises WrongState when none is given, NotAllowed, Absent.
    """
    if not uids:
        raise WrongState("Aucun relevé sans remarque à valider.")
    known = statements_visible_to(actor).filter(uid__in=uids).order_by("id").values_list("uid", flat=True)
    locked = [locked_statement(actor, uid) for uid in (list(known) or [uids[0]])]
    for _, part in locked:
        demand(can_validate(part))
    waiting = [s for s, _ in locked if s.state == StatementState.SUBMITTED]
    found = findings_of(actor=actor, statement_ids=[s.pk for s in waiting], on=on)
    asked = confirmations_of(actor=actor, statement_ids=[s.pk for s in waiting], on=on)
    under = set(_under_reserve(actor, waiting).order_by().values_list("statement_id", flat=True))
    apart = apart_of(actor=actor, statement_ids=[s.pk for s in waiting])
    done: dict[str, list[UUID]] = defaultdict(list)
    left: list[tuple[UUID, str]] = []
    for statement, part in locked:
        own = can_validate_input(actor, part, statement.submitted_by_id)
        aside = _left_aside(found.get(statement.pk, ()), asked.get(statement.pk, ()), apart.get(statement.pk, NOBODY))
        if statement.state == StatementState.VALIDATED:
            done["already"].append(statement.uid)
        elif statement.state != StatementState.SUBMITTED:
            left.append((statement.uid, "Ce relevé n'est pas à valider."))
        elif not own:
            left.append((statement.uid, own.reason))
        elif aside:
            left.append((statement.uid, aside))
        elif sentence := _alone(statement, under, on):
            left.append((statement.uid, sentence))
        else:
            _seal(actor, statement, at)
            done["validated"].append(statement.uid)
    return CleanResult(tuple(done["validated"]), tuple(done["already"]), tuple(left))


def _alone(statement: Statement, under: Collection[int], on: date) -> str:
    """Why a statement that nothing sets aside is still looked at alone, « » when it is validated with the others."""
    if statement.pk in under:
        return "Des heures étaient sous réserve : ouvrez le relevé."
    if is_regularisation(statement.month, on):
        return "Validation tardive : ouvrez le relevé pour en dire la raison."
    return ""


def _left_aside(found: Sequence[LineFinding], asked: Sequence[ToConfirm], apart: Apart) -> str:
    """Why somebody must open a statement before it is validated, « » when nobody must."""
    serious = [finding for finding in found if finding.stops or finding.asks]
    if serious:
        return serious[0].sentence
    if any(line.standing.leaves for line in asked):
        return "Les heures ne sont pas toutes confirmées par l'entreprise."
    return "Une personne hors liste est à rapprocher : ouvrez le relevé." if apart.people else ""
