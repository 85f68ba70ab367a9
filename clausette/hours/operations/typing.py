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
from clausette.hours.enums import HoursKind, PieceKind, PieceLeft, StatementSource
from clausette.hours.models import Statement
from clausette.hours.operations.common import Held, StatementRef, check_version, may_change
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
from clausette.hours.operations.typing_lines import changes_of, typed_lines, write_lines
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
from clausette.kernel.operation import about, change, created, lock, operation, together
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
    handing: bool = False,
    on: date,
) -> StatementRef:
    """Write the hours of one month of one contract by one declarant; what is not mentioned stays.

    An entry without hours takes its line away; « aucune heure ce mois-ci » takes all of them. A new piece replaces the
    former one. Saving twice the same thing changes nothing. `handing`: the caller hands the statement over in the same
    transaction: the lines of a new one are written as handed over. Raises Conflict (with what was written meanwhile),
    Invalid (by cell), NotAllowed, WrongState, Absent.
    """
    part = contract_part(actor, contract_uid)
    declarant = get_organisation(actor=actor, uid=declarant_uid)
    demand(can_type(actor, part, declarant.id))
    _check_cells(entries, is_nil, month, on)
    known = _known(actor, part, entries, is_nil)
    _check_people(entries, known, declarant.id, part, month)
    _check_taken_over(actor, entries, known, part, month)
    statement, is_new = _statement(actor, part, declarant.id, month, source, version, entries, is_nil)
    demand(may_change(statement, part))
    if is_nil and not is_new:
        _refuse_nil(actor, statement)
    about(contract_id=part.id)
    lines = [] if is_new else typed_lines(actor, statement.pk)
    changed = changes_of(lines, entries, known, is_nil)
    write_lines(actor, statement, changed, known, handed=handing and is_new)
    values: dict[str, object] = {}
    if statement.is_nil != is_nil and (is_nil or changed or statement.is_nil):
        values["is_nil"] = is_nil
    if evidence_uid is not None:
        number = file_id(actor, evidence_uid)
        demand_other(actor, statement, number, PieceKind.HOURS)
        values |= {"evidence_id": number, **PIECE_GIVEN}
    if (changed or values) and not is_new:
        values |= {"version": statement.version + 1, "source": source}
    if values:
        change(statement, **values)
    held = Held(statement, part, len(changed) if handing and is_new else None)
    return StatementRef(statement.uid, statement.version, already=not (changed or values or is_new), held=held)


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
    with together():
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
                    version=sheet.version, handing=submit, on=on,
                )  # fmt: skip
                _people_apart(actor, ref.uid, sheet, on)
                ref = _beside(actor, ref, [(one, uid) for one, uid in given if one is not evidence])
                if left is not None and not sheet.is_nil:
                    ref = leave_piece(actor=actor, uid=ref.uid, how=left, on=on)
                if submit:
                    ref = submit_statement(
                        actor=actor, uid=ref.uid, version=ref.version, signer=signer, at=at, on=on,
                        held=None if sheet.withdrawn or sheet.unlisted else ref.held,
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


def _known(
    actor: Actor, part: ContractPart, entries: Sequence[Entry], is_nil: bool
) -> dict[tuple[UUID, UUID], Worker]:
    """The people of these entries; all those of the contract when « aucune heure » takes their lines away."""
    spoken_of = None if is_nil else {entry.placement_uid for entry in entries}
    return {w.key: w for w in workers(actor=actor, contract_id=part.id, placement_uids=spoken_of)}


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
    held = next((uid for (uid,) in _of_month(actor, part.id, declarant_id, month)), None)
    if held is None:
        new = Statement(contract_id=part.id, declarant_id=declarant_id, month=month, source=source)
        try:
            return created(new), True
        except IntegrityError as error:
            raise Conflict("Ce relevé vient d'être saisi par quelqu'un d'autre. Rouvrez la page.") from error
    statement = lock(statements_visible_to(actor), uid=held)
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


@prepared
def _of_month(actor: Actor, contract_id: int, declarant_id: int, month: date) -> QuerySet[Statement, tuple[UUID]]:
    rows = statements_visible_to(actor).filter(contract_id=contract_id, declarant_id=declarant_id, month=month)
    return rows.order_by("id").values_list("uid")
