"""« Formation avant l'embauche »: hours of a month, on a line of their own nature, with the certificate."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.access.queries import get_organisation
from clausette.commitments.queries import CommitmentKey, commitment_key
from clausette.files.queries import file_id
from clausette.hours.enums import HoursKind, LineState, PriorKind, StatementSource, StatementState
from clausette.hours.models import HoursLine, PriorTraining, Statement
from clausette.hours.operations.common import (
    StatementRef,
    lock_worked_months,
    locked_statement,
    may_change,
    plain_text,
    statement_of_month,
)
from clausette.hours.permissions import can_type
from clausette.hours.queries.openings import taken_over_until
from clausette.hours.queries.people import Worker, persons_of, workers
from clausette.hours.queries.priors import PriorLine, priors_of
from clausette.hours.queries.visible import (
    contract_part,
    lines_visible_to,
    priors_visible_to,
    statements_visible_to,
)
from clausette.hours.rules.openings import within_opening
from clausette.hours.rules.prior import TrainingFacts, refusals_of
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.operation import about, change, created, lock, operation


@dataclass(frozen=True, slots=True)
class NewTraining:
    """A training declared for the first time. `hours`: those of the certificate, over all its months."""

    kind: PriorKind
    provider: str
    starts_on: date
    ends_on: date
    hours: Decimal
    document_uid: UUID


@operation("hours.prior.saved")
def save_prior(
    *,
    actor: Actor,
    commitment_uid: UUID,
    placement_uid: UUID,
    declarant_uid: UUID,
    month: date,
    hours: Decimal,
    training: NewTraining | UUID,
    source: StatementSource,
    on: date,
) -> StatementRef:
    """Write the hours of one month of a training that a person followed before this work contract.

    In place of those of that month already written. `training`: new, or the uid of one declared before. The statement
    of the month is made when there is none. Raises Invalid (« person », « declarant », « month », « hours »,
    « starts_on », « ends_on », « attested », « provider », « training »), WrongState (validated), Conflict, NotAllowed,
    Absent.
    """
    key = commitment_key(actor, commitment_uid)
    part = contract_part(actor, key.contract_uid)
    declarant = get_organisation(actor=actor, uid=declarant_uid)
    demand(can_type(actor, part, declarant.id))
    worker = _worker(actor, key, placement_uid, declarant.id)
    about(contract_id=part.id)
    statement = statement_of_month(actor, part, declarant.id, month, source)
    demand(may_change(statement, part))
    rows = lines_visible_to(actor).filter(
        statement_id=statement.pk, placement_id=worker.placement_id, commitment_id=key.id, kind=HoursKind.BEFORE,
        corrects=None,
    )  # fmt: skip
    held = rows.order_by("id").first()
    known = None if isinstance(training, NewTraining) else _known(actor, training, worker)
    _check(actor, key, worker, training, known, held, hours, month, on)
    prior_id: int = known.id if known else _created(actor, key, worker, declarant.id, training)
    _write(actor, statement, worker, held, hours, prior_id)
    change(statement, version=statement.version + 1, is_nil=False)
    return StatementRef(statement.uid, statement.version)


def _write(
    actor: Actor, statement: Statement, worker: Worker, held: HoursLine | None, hours: Decimal, prior_id: int
) -> None:  # fmt: skip
    """The line of the month: the one already written, or a new one; its worked month counts no hour for it."""
    worked = lock_worked_months([worker], statement.month, actor)[worker.placement_id]
    if held is not None:
        before = held.prior_id
        change(lock(lines_visible_to(actor), pk=held.pk), hours=hours, prior_id=prior_id)
        if before != prior_id:
            _forget(actor, before)
        return
    state = LineState.DECLARED if statement.state == StatementState.SUBMITTED else LineState.DRAFT
    created(
        HoursLine(
            statement_id=statement.pk, contract_id=statement.contract_id, declarant_id=statement.declarant_id,
            month=statement.month, worked_month_id=worked.pk, placement_id=worker.placement_id,
            commitment_id=worker.commitment_id, kind=HoursKind.BEFORE, hours=hours, state=state, prior_id=prior_id,
        )
    )  # fmt: skip


@operation("hours.prior.removed")
def remove_prior(*, actor: Actor, line_uid: UUID) -> StatementRef:
    """Take the hours of a month of a training away from a statement that is not validated.

    The training itself goes with its last hours. Raises WrongState, NotAllowed, Absent.
    """
    seen = lines_visible_to(actor).filter(uid=line_uid, kind=HoursKind.BEFORE, corrects=None)
    owner = statements_visible_to(actor).filter(pk__in=seen.order_by().values("statement_id"))
    uid = owner.values_list("uid", flat=True).first()
    if uid is None:
        raise Absent("hours.HoursLine")
    statement, part = locked_statement(actor, uid)
    demand(can_type(actor, part, statement.declarant_id))
    demand(may_change(statement, part))
    about(contract_id=part.id)
    held = lock(lines_visible_to(actor), uid=line_uid)
    HoursLine.objects.filter(pk=held.pk).delete()
    _forget(actor, held.prior_id)
    vars(held)["hours"] = None  # said to the journal: there were hours, there are none
    change(statement, version=statement.version + 1)
    return StatementRef(statement.uid, statement.version)


def _forget(actor: Actor, prior_id: int | None) -> None:
    """A training that holds no hours any more is nobody's."""
    if prior_id is not None and not HoursLine.objects.filter(prior_id=prior_id).exists():
        priors_visible_to(actor).filter(pk=prior_id).delete()


def _worker(actor: Actor, key: CommitmentKey, placement_uid: UUID, declarant_id: int) -> Worker:
    known = {one.key: one for one in workers(actor=actor, contract_id=key.contract_id)}
    worker = known.get((placement_uid, key.uid))
    if worker is None:
        sentence = "Cette personne n'est pas mise à l'emploi sur ce marché pour cet engagement."
        raise Invalid({"person": sentence})
    if declarant_id not in (worker.host_id, worker.employer_id):
        raise Invalid({"declarant": "Cet organisme n'emploie ni n'accueille cette personne."})
    return worker


def _known(actor: Actor, uid: UUID, worker: Worker) -> PriorLine:
    for one in priors_of(actor=actor, contract_id=_contract(actor, uid)):
        if one.uid == uid:
            if (one.placement_id, one.commitment_id) != (worker.placement_id, worker.commitment_id):
                raise Invalid({"training": "Cette formation est celle d'une autre mise à l'emploi."})
            return one
    raise Absent("hours.PriorTraining")


def _contract(actor: Actor, uid: UUID) -> int:
    found = priors_visible_to(actor).filter(uid=uid).values_list("contract_id", flat=True).first()
    if found is None:
        raise Absent("hours.PriorTraining")
    return found


def _check(
    actor: Actor, key: CommitmentKey, worker: Worker, training: NewTraining | UUID, known: PriorLine | None,
    held: HoursLine | None, hours: Decimal, month: date, on: date,
) -> None:  # fmt: skip
    hired = persons_of(actor=actor, placement_ids=[worker.placement_id])[worker.placement_id].starts_on
    if isinstance(training, NewTraining):
        facts = TrainingFacts(training.starts_on, training.ends_on, training.hours, training.hours, hired)
    elif known is not None:
        again = held.hours if held is not None and held.prior_id == known.id else Decimal(0)
        facts = TrainingFacts(known.starts_on, known.ends_on, known.hours, known.left + again, hired)
    else:
        raise Absent("hours.PriorTraining")
    refused = refusals_of(facts, hours, month, on)
    until = taken_over_until(actor=actor, contract_id=key.contract_id)
    if sentence := within_opening(until.get(key.id), month):
        refused.setdefault("month", sentence)
    if isinstance(training, NewTraining) and priors_visible_to(actor).filter(
        placement_id=worker.placement_id, commitment_id=key.id, starts_on=training.starts_on
    ).exists():
        refused.setdefault("starts_on", "Cette formation est déjà enregistrée : choisissez-la dans la liste.")
    if refused:
        raise Invalid(refused)


def _created(
    actor: Actor, key: CommitmentKey, worker: Worker, declarant_id: int, training: NewTraining | UUID
) -> int:
    if not isinstance(training, NewTraining):
        raise Absent("hours.PriorTraining")
    provider = plain_text(
        training.provider, field="provider", least=2, most=150, missing="Donnez l'organisme de formation."
    )
    row = PriorTraining(
        placement_id=worker.placement_id, contract_id=key.contract_id, commitment_id=key.id, declarant_id=declarant_id,
        kind=training.kind, provider=provider, starts_on=training.starts_on, ends_on=training.ends_on,
        hours=training.hours, document_id=file_id(actor, training.document_uid),
    )  # fmt: skip
    return int(created(row).pk)
