"""Typing hours: one statement, or the whole grid of a contract, all or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet

from clausette.access.queries import get_organisation
from clausette.files.queries import Received, file_id, received
from clausette.hours.enums import HoursKind, LineState, PieceKind, PieceLeft, StatementSource, StatementState
from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations.common import (
    StatementRef,
    beyond_stated,
    check_version,
    credited,
    lock_worked_months,
    may_change,
    move_totals,
)
from clausette.hours.operations.life import submit_statement
from clausette.hours.operations.naming import name_unlisted, withdraw_unlisted
from clausette.hours.operations.pieces import (
    PIECE_GIVEN,
    Upload,
    demand_other,
    join_beside,
    leave_piece,
    stored,
)
from clausette.hours.permissions import ContractPart, can_type
from clausette.hours.queries.openings import taken_over_until
from clausette.hours.queries.people import Worker, workers
from clausette.hours.queries.unlisted import waiting_in
from clausette.hours.queries.visible import contract_part, lines_visible_to, statements_visible_to
from clausette.hours.queries.written import written_of
from clausette.hours.rules.certifying import Signer
from clausette.hours.rules.entries import Entry, cell_name, refusal_of
from clausette.hours.rules.openings import within_opening
from clausette.hours.rules.unlisted import NewUnlisted
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Conflict, Invalid, Refusal
from clausette.kernel.french import of_month
from clausette.kernel.months import first_day
from clausette.kernel.operation import about, change, created, isolated, lock, operation
from clausette.kernel.prepared import prepared

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is typed for one declarant and one month; `version`: of the statement on screen, None: there was none."""

    declarant_uid: UUID
    month: date
    version: int | None
    entries: tuple[Entry, ...]
    is_nil: bool = False
    unlisted: tuple[NewUnlisted, ...] = ()
    """People who are not in the list, named now."""
    withdrawn: tuple[UUID, ...] = ()
    """Those named before, taken back."""

    @property
    def is_empty(self) -> bool:
        """Nothing typed on a month without statement: it stays unknown."""
        typed = self.is_nil or self.unlisted or any(entry.hours is not None for entry in self.entries)
        return self.version is None and not typed


@operation("hours.statement.saved")
def save_statement(
    *,
    actor: Actor,
    contract_uid: UUID,
    declarant_uid: UUID,
    month: date,
    entries: Sequence[Entry],
    is_nil: bool = False,
    evidence_uid: UUID | None = None,
    source: StatementSource,
    version: int | None,
    on: date,
) -> StatementRef:
    """Write the hours of one month of one contract by one declarant; what is not mentioned stays.

    An entry without hours takes its line away; « aucune heure ce mois-ci » takes all of them. A new piece replaces the
    former one. Saving twice the same thing changes nothing. Raises Conflict (with what was written meanwhile),
    Invalid (by cell), NotAllowed, WrongState, Absent.
    """
    part = contract_part(actor, contract_uid)
    declarant = get_organisation(actor=actor, uid=declarant_uid)
    demand(can_type(actor, part, declarant.id))
    _check_cells(entries, is_nil, month, on)
    known = {w.key: w for w in workers(actor=actor, contract_id=part.id)}
    _check_people(entries, known, declarant.id, part, month)
    _check_taken_over(actor, entries, known, part, month)
    statement, is_new = _statement(actor, part, declarant.id, month, source, version, entries, is_nil)
    demand(may_change(statement, part))
    if is_nil:
        _refuse_nil(actor, statement)
    about(contract_id=part.id)
    changed = write_lines(actor, statement, entries, known, erase=is_nil)
    values: dict[str, object] = {}
    if statement.is_nil != is_nil and (is_nil or changed or statement.is_nil):
        values["is_nil"] = is_nil
    if evidence_uid is not None:
        number = file_id(actor, evidence_uid)
        demand_other(actor, statement, number, PieceKind.HOURS)
        values |= {"evidence_id": number, **PIECE_GIVEN}
    if changed or values:
        if not is_new:
            values |= {"version": statement.version + 1, "source": source}
        if values:
            change(statement, **values)
    return StatementRef(statement.uid, statement.version, already=not (changed or values or is_new))


def save_grid(
    *,
    actor: Actor,
    contract_uid: UUID,
    sheets: Iterable[Sheet],
    source: StatementSource,
    evidence: Upload | None = None,
    others: Sequence[Upload] = (),
    left: PieceLeft | None = None,
    submit: bool = False,
    signer: Signer | None = None,
    on: date,
    at: datetime,
) -> tuple[StatementRef, ...]:
    """Write several statements of one contract with their pieces, all or nothing; hand them over too when `submit`,
    certified when somebody signs.

    `evidence`: what proves the hours; `others`: pieces of other kinds. `left`: why those without proof have none.

    Raises Invalid with the refusals of all the cells together, Conflict, NotAllowed, WrongState, Absent.
    """
    refused: dict[str, str] = {}
    refs: list[StatementRef] = []
    with isolated():
        given = [(one, stored(actor, contract_part(actor, contract_uid), one)) for one in (evidence, *others) if one]
        piece = _received(actor, [uid for _, uid in given])
        evidence_uid = next((uid for one, uid in given if one is evidence), None)
        for sheet in sorted(sheets, key=lambda s: (s.month, s.declarant_uid)):
            if sheet.is_empty:
                continue
            try:
                ref = save_statement(
                    actor=actor, contract_uid=contract_uid, declarant_uid=sheet.declarant_uid, month=sheet.month,
                    entries=sheet.entries, is_nil=sheet.is_nil, evidence_uid=evidence_uid, source=source,
                    version=sheet.version, on=on,
                )  # fmt: skip
                _people_apart(actor, ref.uid, sheet, on)
                ref = _beside(actor, ref, [(one, uid) for one, uid in given if one is not evidence])
                if left is not None and not sheet.is_nil:
                    ref = leave_piece(actor=actor, uid=ref.uid, how=left, on=on)
                if submit:
                    ref = submit_statement(
                        actor=actor, uid=ref.uid, version=ref.version, signer=signer, at=at, on=on
                    )  # fmt: skip
                refs.append(replace(ref, piece=piece))
            except Invalid as refusal:
                refused |= refusal.errors
        if refused:
            raise Invalid(refused)
    return tuple(refs)


def _people_apart(actor: Actor, uid: UUID, sheet: Sheet, on: date) -> None:
    for gone in sheet.withdrawn:
        withdraw_unlisted(actor=actor, uid=gone)
    for person in sheet.unlisted:
        name_unlisted(actor=actor, statement_uid=uid, person=person, on=on)


def _received(actor: Actor, pieces: Iterable[UUID]) -> Received:
    """What became of the pieces just handed in, told together."""
    told = [received(actor=actor, uid=uid) for uid in pieces]
    masked = next((one.masked for one in told if one.masked), "")
    return Received(masked, any(one.waiting for one in told))


def _beside(actor: Actor, ref: StatementRef, pieces: Iterable[tuple[Upload, UUID]]) -> StatementRef:
    for one, uid in pieces:
        ref = join_beside(actor=actor, uid=ref.uid, piece=uid, kind=one.kind, slot=one.slot)
    return ref


def _check_cells(entries: Sequence[Entry], is_nil: bool, month: date, on: date) -> None:
    if month != first_day(month):
        raise Refusal("Un mois est noté par son premier jour.", "month")
    if month > first_day(on):
        raise Refusal(f"Le mois {of_month(month)} n'est pas commencé : il ne peut pas être déclaré.", "month")
    refused = {
        cell_name(e.placement_uid, e.commitment_uid, month, e.kind): sentence
        for e in entries
        if (sentence := refusal_of(e.hours))
    }
    if refused:
        raise Invalid(refused)
    if is_nil and any(entry.hours for entry in entries):
        raise Invalid(
            {"is_nil": "Des heures sont saisies : effacez-les, ou retirez « aucune heure ce mois-ci »."}
        )


def _refuse_nil(actor: Actor, statement: Statement) -> None:
    """« Aucune heure ce mois-ci » beside a training before hiring or somebody named apart would say two things."""
    if waiting_in(actor, statement.pk).exists():
        raise Invalid({"is_nil": "Une personne hors liste est déclarée ce mois-ci : retirez-la d'abord."})
    if lines_visible_to(actor).filter(statement_id=statement.pk, kind=HoursKind.BEFORE).exists():
        sentence = "Une formation avant l'embauche est déclarée ce mois-ci : retirez-la d'abord du relevé."
        raise Invalid({"is_nil": sentence})


def _check_people(
    entries: Sequence[Entry],
    known: Mapping[tuple[UUID, UUID], Worker],
    declarant_id: int,
    part: ContractPart,
    month: date,
) -> None:
    refused = {}
    for entry in entries:
        worker = known.get((entry.placement_uid, entry.commitment_uid))
        name = cell_name(entry.placement_uid, entry.commitment_uid, month, entry.kind)
        if entry.kind == HoursKind.BEFORE:
            refused[name] = "Une formation avant l'embauche se saisit sur sa propre page, avec son attestation."
        elif worker is None:
            refused[name] = "Cette personne n'est pas mise à l'emploi sur ce marché pour cet engagement."
        elif declarant_id not in (worker.host_id, worker.employer_id):
            refused[name] = "Cet organisme n'emploie ni n'accueille cette personne."
    if refused:
        raise Invalid(refused)


def _check_taken_over(
    actor: Actor,
    entries: Sequence[Entry],
    known: Mapping[tuple[UUID, UUID], Worker],
    part: ContractPart,
    month: date,
) -> None:
    """Hours of a month taken over as a whole would count twice."""
    until = taken_over_until(actor=actor, contract_id=part.id)
    refused = {
        cell_name(e.placement_uid, e.commitment_uid, month, e.kind): sentence
        for e in entries
        if e.hours and (sentence := within_opening(until.get(known[e.key[:2]].commitment_id), month))
    }
    if refused:
        raise Invalid(refused)


def _statement(
    actor: Actor,
    part: ContractPart,
    declarant_id: int,
    month: date,
    source: StatementSource,
    version: int | None,
    entries: Sequence[Entry],
    is_nil: bool,
) -> tuple[Statement, bool]:
    """The statement locked, or a new one. Raises Conflict when it is no more the one on screen."""
    rows = statements_visible_to(actor)
    lookup = {"contract_id": part.id, "declarant_id": declarant_id, "month": month}
    held = rows.filter(**lookup).values_list("uid", flat=True).first()
    if held is None:
        new = Statement(contract_id=part.id, declarant_id=declarant_id, month=month, source=source)
        try:
            with isolated():
                return created(new), True
        except IntegrityError as error:
            raise Conflict("Ce relevé vient d'être saisi par quelqu'un d'autre. Rouvrez la page.") from error
    statement = lock(rows, uid=held)
    theirs = written_of(actor=actor, statement_id=statement.pk)
    if (
        all(theirs.hours.get(entry.key) == (entry.hours or None) for entry in entries)
        and theirs.is_nil == is_nil
    ):
        return statement, False  # nothing to write: sent twice, or the same numbers typed by both
    if version is None:
        raise Conflict(
            "Ce relevé vient d'être saisi par quelqu'un d'autre. Comparez les deux versions.", theirs
        )
    check_version(statement, version, theirs)
    return statement, False


@dataclass(frozen=True, slots=True)
class _Change:
    """A line to make (`line` None), to change, or to take away (`hours` None)."""

    placement_id: int
    commitment_id: int
    kind: str
    line: HoursLine | None
    hours: Decimal | None


def _changes(
    lines: Iterable[HoursLine],
    entries: Sequence[Entry],
    known: Mapping[tuple[UUID, UUID], Worker],
    erase: bool,
) -> list[_Change]:
    held = {(line.placement_id, line.commitment_id, line.kind): line for line in lines}
    wanted: dict[tuple[int, int, str], Decimal | None] = dict.fromkeys(held) if erase else {}
    for entry in entries:
        worker = known[entry.placement_uid, entry.commitment_uid]
        wanted[worker.placement_id, worker.commitment_id, entry.kind] = entry.hours or None
    return [
        _Change(*key, held.get(key), hours)
        for key, hours in wanted.items()
        if hours != (held[key].hours if key in held else None)
    ]


@prepared
def _typed(actor: Actor, statement_id: int) -> QuerySet[HoursLine]:
    """The lines that a grid may change: training before hiring has its own page and its certificate."""
    rows = lines_visible_to(actor).filter(statement_id=statement_id, corrects=None).exclude(kind=HoursKind.BEFORE)
    return rows.order_by("id")


def write_lines(
    actor: Actor,
    statement: Statement,
    entries: Sequence[Entry],
    known: Mapping[tuple[UUID, UUID], Worker],
    *,
    erase: bool,
) -> bool:
    """Write what differs and move the totals; return whether something did."""
    changes = _changes(_typed(actor, statement.pk), entries, known, erase)
    if not changes:
        return False
    touched = {c.placement_id for c in changes}
    by_placement = {w.placement_id: w for w in known.values() if w.placement_id in touched}
    worked = lock_worked_months(by_placement.values(), statement.month, actor)
    # whoever holds the totals is alone with their lines: what they will be is known from what they are
    after = credited(actor, worked.values())
    before = dict(after)
    state = LineState.DECLARED if statement.state == StatementState.SUBMITTED else LineState.DRAFT
    for one in changes:
        had = one.line.hours if one.line is not None else ZERO
        after[one.placement_id] = after.get(one.placement_id, ZERO) + (one.hours or ZERO) - had
        if one.line is not None:
            _rewrite(lock(lines_visible_to(actor), pk=one.line.pk), one.hours)
        elif one.hours is not None:
            created(
                HoursLine(
                    statement_id=statement.pk, contract_id=statement.contract_id, declarant_id=statement.declarant_id,
                    month=statement.month, worked_month_id=worked[one.placement_id].pk, placement_id=one.placement_id,
                    commitment_id=one.commitment_id, kind=one.kind, hours=one.hours, state=state,
                )
            )  # fmt: skip
    move_totals(worked, before, after)
    _demand_within(statement, known.values(), changes, beyond_stated(worked, after))
    return True


def _demand_within(
    statement: Statement, workers: Iterable[Worker], changes: Sequence[_Change], beyond: Mapping[int, str]
) -> None:
    """Raise Invalid, at each cell that changed, when a work contract exceeds the total stated for the month."""
    if not beyond:
        return
    uids = {(w.placement_id, w.commitment_id): w.key for w in workers}
    raise Invalid(
        {
            cell_name(*uids[one.placement_id, one.commitment_id], statement.month, one.kind): beyond[one.placement_id]
            for one in changes
            if one.placement_id in beyond
        }
    )


def _rewrite(line: HoursLine, hours: Decimal | None) -> None:
    """Change a line, or take it away: its event keeps the hours it had."""
    if hours is not None:
        change(line, hours=hours)
        return
    HoursLine.objects.filter(pk=line.pk).delete()
    vars(line)["hours"] = None  # said to the journal: there were hours, there are none
