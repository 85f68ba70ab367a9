"""What an engagement becomes: a new version for each change, by an act with its day, its reason and its paper."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from uuid import UUID

from clausette.commitments.enums import VersionReason
from clausette.commitments.models import Commitment, CommitmentVersion
from clausette.commitments.operations.writing import (
    Before,
    Papers,
    Said,
    before,
    check_day,
    check_term,
    contract_of,
    kind_of,
    locked,
    write_version,
)
from clausette.commitments.queries.carrying import beyond_rules
from clausette.commitments.rules import (
    DECIDES,
    PartEntry,
    Pause,
    TargetEntry,
    Terms,
    check_reason,
    check_targets,
    check_terms,
    decided,
    firm_hours,
    pauses_of,
    resumed,
    schedule,
)
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.french import format_hours
from clausette.kernel.operation import because, change, operation
from clausette.kernel.text import collapse
from clausette.procurement.queries import phase_line


def _pauses(row: Commitment) -> tuple[Pause, ...]:
    told = CommitmentVersion.objects.filter(commitment=row).order_by("number")
    return pauses_of((day, VersionReason(reason)) for day, reason in told.values_list("effective_on", "reason"))


@contextmanager
def _surplus_held(actor: Actor, row: Commitment, on: date, field: str = "") -> Iterator[None]:
    """Refuse what lowers the hours due below those of which a surplus already carried here is a part. Raises Invalid.

    What was beyond before stays possible: hours due also change by themselves, with amounts and hours declared.
    """
    already = beyond_rules(actor=actor, row=row, on=on)
    yield
    if not already and (hours := beyond_rules(actor=actor, row=row, on=on)):
        sentence = (
            f"{format_hours(hours)} de surplus sont reportées ici, et leur plafond est une part des heures dues : avec "
            "celles-ci, il ne les admet plus. Annulez d'abord le report, ou dites une autre règle de valorisation."
        )
        raise Invalid({field: sentence})


def follow(
    actor: Actor, row: Commitment, held: Before, said: Said, ends_on: date | None = None, *, field: str = ""
) -> int:
    """Write the version that follows the last one, its term moved when asked; return its number.

    `field`: where it is said that a surplus carried here would no more be taken. Raises Invalid.
    """
    term = ends_on or row.ends_on
    check_term(row.starts_on, term)
    check_day(row, held.version, contract_of(actor, row), said.effective_on)
    check_reason(said.reason, said.effective_on, _pauses(row), firm_hours(held.parts), firm_hours(said.parts))
    because(collapse(said.comment))
    number = held.version.number + 1
    papers = dict(said.papers or {})
    for column in ("minimum_document_id", "offer_document_id"):
        papers[column] = papers.get(column) or getattr(held.version, column)
    with _surplus_held(actor, row, said.effective_on, field):
        if term != row.ends_on:
            change(row, ends_on=term)
        write_version(row, number, replace(said, papers=papers))
    return number


@operation("commitments.version.added")
def add_version(
    *,
    actor: Actor,
    uid: UUID,
    reason: VersionReason,
    effective_on: date,
    terms: Terms,
    comment: str = "",
    parts: Sequence[PartEntry] = (),
    targets: Sequence[TargetEntry] | None = None,
    document_uid: UUID | None = None,
    papers: Papers | None = None,
    ends_on: date | None = None,
    after: int | None = None,
) -> UUID:
    """Say what the engagement is from a day on; the versions before stay as they were. Return the commitment's uid.

    `ends_on`: the new term, when it moves. `targets`: None keeps the sub-targets as they were. `after`: number of the
    version that the person read. Hours moved by acts stay. Raises NotAllowed, Absent, WrongState (settled), Conflict
    (somebody wrote one meanwhile), Invalid.
    """
    row = locked(actor, uid)
    held, kind = before(row, after), kind_of(row)
    if reason in BY_AN_ACT:
        raise Invalid({"reason": "Choisissez le motif de cette nouvelle version."})
    term = ends_on or row.ends_on
    check_term(row.starts_on, term)
    terms = replace(terms, moved_hours=held.terms.moved_hours)
    kept = held.targets if targets is None else targets
    check_terms(kind, terms)
    check_targets(kind, kept)
    written = _tied(schedule(kind, terms, parts, starts_on=row.starts_on, ends_on=term), held.parts)
    papers = papers or Papers(document_uid)
    said = Said(reason, effective_on, terms, written, kept, comment, papers.ids(actor))
    follow(actor, row, held, said, term)
    return row.uid


def _tied(parts: Sequence[PartEntry], before: Sequence[PartEntry]) -> tuple[PartEntry, ...]:
    """Parts typed again under the same name stay tied to their phase of the market."""
    phases = {part.label: part.phase_id for part in before if part.phase_id}
    return tuple(
        replace(part, phase_id=phases[part.label]) if part.phase_id is None and part.label in phases else part
        for part in parts
    )


BY_AN_ACT = frozenset({VersionReason.INITIAL, VersionReason.MOVE, VersionReason.TRANSFER})
"""Reasons that no form offers: the first version, and those that an act between engagements writes."""


@operation("commitments.commitment.suspended")
def suspend_commitment(
    *, actor: Actor, uid: UUID, on: date, comment: str, document_uid: UUID | None = None, after: int | None = None
) -> UUID:
    """Stop the schedule from a day on: no hour becomes due, no statement is expected of a month wholly stopped.

    Raises NotAllowed, Absent, WrongState, Conflict, Invalid.
    """
    row = locked(actor, uid)
    held = before(row, after)
    _demand_reason(comment)
    papers = Papers(document_uid).ids(actor)
    said = Said(VersionReason.SUSPENSION, on, held.terms, held.parts, held.targets, comment, papers)
    follow(actor, row, held, said)
    return row.uid


@operation("commitments.commitment.resumed")
def resume_commitment(
    *,
    actor: Actor,
    uid: UUID,
    on: date,
    comment: str,
    ends_on: date | None = None,
    document_uid: UUID | None = None,
    after: int | None = None,
) -> UUID:
    """Take the schedule up again; with a new term (`ends_on`) what was not over moves with it.

    Raises NotAllowed, Absent, WrongState, Conflict, Invalid.
    """
    row = locked(actor, uid)
    held, pauses = before(row, after), _pauses(row)
    _demand_reason(comment)
    term = ends_on or row.ends_on
    since = pauses[-1].starts_on if pauses else on
    days = (term - row.ends_on).days
    check_term(row.starts_on, term)
    parts = resumed(held.parts, since, days) if days else held.parts
    said = Said(
        VersionReason.RESUMPTION, on, held.terms, parts, held.targets, comment, Papers(document_uid).ids(actor)
    )
    follow(actor, row, held, said, term)
    return row.uid


@operation("commitments.parts.decided")
def decide_parts(
    *,
    actor: Actor,
    uid: UUID,
    reason: VersionReason,
    ranks: Sequence[int],
    on: date,
    comment: str = "",
    document_uid: UUID | None = None,
    phase_uid: UUID | None = None,
    after: int | None = None,
) -> UUID:
    """Affermissement, reconduction made or not made: the conditional parts chosen become firm, or are cancelled.

    `ranks`: places of the parts in the schedule, from 0; tied to the phase of the market when it is given. The term
    follows a part that ends later.
    Raises NotAllowed, Absent, WrongState, Conflict, Invalid.
    """
    row = locked(actor, uid)
    held = before(row, after)
    if reason not in DECIDES:
        raise Invalid({"reason": "Choisissez la décision : affermissement, reconduction faite ou non faite."})
    parts = decided(held.parts, dict.fromkeys(ranks, DECIDES[reason]))
    if phase_uid is not None:
        phase = _phase(actor, row, phase_uid)
        parts = tuple(replace(part, phase_id=phase) if n in ranks else part for n, part in enumerate(parts))
    term = max([row.ends_on, *(part.ends_on for rank, part in enumerate(parts) if rank in ranks and _firm(reason))])
    papers = Papers(document_uid).ids(actor)
    follow(actor, row, held, Said(reason, on, held.terms, parts, held.targets, comment, papers), term)
    return row.uid


def _phase(actor: Actor, row: Commitment, uid: UUID) -> int:
    """The internal number of a phase of the contract of an engagement. Raises Absent."""
    found = phase_line(actor=actor, uid=uid)
    if found.contract_id != row.contract_id:
        raise Absent("procurement.ContractPhase")
    return found.id


def _firm(reason: VersionReason) -> bool:
    return reason != VersionReason.NOT_RENEWED


def _demand_reason(comment: str) -> None:
    if not collapse(comment):
        raise Invalid({"comment": "Donnez le motif."})
