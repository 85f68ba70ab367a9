"""What a document may be about: the engagements it covers, whose they are, for whom it is issued."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from clausette.access.queries import organisations
from clausette.commitments.queries import (
    CommitmentLine,
    commitment_key,
    commitments_visible_to,
    list_commitments,
)
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.french import format_date
from clausette.procurement.queries import contracts_visible_to
from clausette.procurement.queries.visibility import operations_visible_to
from clausette.reports.enums import SubjectKind
from clausette.reports.followup.facts import Subject

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from clausette.procurement.models import Contract


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked: a kind of subject and its uid; `buyer_uid`: of an operation, the contracts of this buyer alone."""

    kind: SubjectKind
    uid: UUID
    buyer_uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """A subject found: its engagements, and what the document will carry. `owner_org_id`: the structure in charge."""

    subject: Subject
    owner_org_id: int
    recipient_uid: UUID | None
    contract_id: int | None
    commitment_id: int | None
    operation_id: int | None
    lines: tuple[CommitmentLine, ...]


def scope_of(*, actor: Actor, target: Target, as_of: date) -> Scope:
    """Return the subject with its engagements, their figures being those of `as_of`. Raises Absent."""
    finders = {
        SubjectKind.COMMITMENT: _commitment,
        SubjectKind.CONTRACT: _contract,
        SubjectKind.OPERATION: _operation,
        SubjectKind.BUYER: _buyer,
        SubjectKind.FIRM: _firm,
    }
    return finders[target.kind](actor, target, as_of)


def _commitment(actor: Actor, target: Target, as_of: date) -> Scope:
    key = commitment_key(actor, target.uid)
    found = list_commitments(actor=actor, as_of=as_of, contract_ids=[key.contract_id])
    (line,) = [one for one in found if one.id == key.id]
    lot = f"lot {line.lot_number} {line.lot_title}".strip() if line.lot_number else ""
    term = f"terme {format_date(line.ends_on)}"
    details = tuple(part for part in (lot, line.contractor_name, f"pour {line.buyer_name}", term) if part)
    subject = Subject(SubjectKind.COMMITMENT, line.contract_name, details)
    return Scope(subject, key.owner_org_id, None, key.contract_id, key.id, None, (line,))


def _contract(actor: Actor, target: Target, as_of: date) -> Scope:
    row = contracts_visible_to(actor).filter(uid=target.uid).select_related("buyer").order_by("id").first()
    if row is None:
        raise Absent("procurement.Contract")
    title = row.title if row.title != row.common_name else ""
    details = tuple(part for part in (title, f"n° {row.official_id}" if row.official_id else "") if part)
    subject = Subject(SubjectKind.CONTRACT, row.common_name, details)
    lines = list_commitments(actor=actor, as_of=as_of, contract_ids=[row.pk])
    return Scope(subject, row.owner_org_id, row.buyer.uid, row.pk, None, None, lines)


def _operation(actor: Actor, target: Target, as_of: date) -> Scope:
    row = operations_visible_to(actor).filter(uid=target.uid).order_by("id").first()
    if row is None:
        raise Absent("procurement.WorksOperation")
    held = _own(actor).filter(operation_id=row.pk)
    subject = Subject(SubjectKind.OPERATION, row.name)
    if target.buyer_uid is not None:
        held = held.filter(buyer__uid=target.buyer_uid)
        subject = replace(subject, details=(f"marchés de {_name(actor, target.buyer_uid)}",))
    lines = _lines(actor, held, as_of)
    return Scope(subject, row.owner_org_id, target.buyer_uid, None, None, row.pk, lines)


def _buyer(actor: Actor, target: Target, as_of: date) -> Scope:
    subject = Subject(
        SubjectKind.BUYER, _name(actor, target.uid), ("tous ses marchés suivis par la structure",)
    )
    lines = _lines(actor, _own(actor).filter(buyer__uid=target.uid), as_of)
    return Scope(subject, actor.organisation_id, target.uid, None, None, None, lines)


def _firm(actor: Actor, target: Target, as_of: date) -> Scope:
    subject = Subject(
        SubjectKind.FIRM, _name(actor, target.uid), ("tous ses engagements suivis par la structure",)
    )
    own = [one for one in _lines(actor, _own(actor), as_of) if one.contractor_uid == target.uid]
    return Scope(subject, actor.organisation_id, target.uid, None, None, None, tuple(own))


def _own(actor: Actor) -> "QuerySet[Contract]":
    """Contracts that the structure itself is in charge of: on those of others, it issues nothing."""
    return contracts_visible_to(actor).filter(owner_org_id=actor.organisation_id)


def _lines(actor: Actor, held: "QuerySet[Contract]", as_of: date) -> tuple[CommitmentLine, ...]:
    ids = list(held.order_by("id").values_list("pk", flat=True))
    return list_commitments(actor=actor, as_of=as_of, contract_ids=ids) if ids else ()


def _name(actor: Actor, uid: UUID) -> str:
    card = organisations(actor=actor, uids=[uid]).get(uid)
    if card is None:
        raise Absent("access.Organisation")
    return card.name


def first_start(*, actor: Actor, target: Target, on: date) -> date:
    """Return the first day of the first engagement of a subject, `on` when it has none. Raises Absent."""
    lines = scope_of(actor=actor, target=target, as_of=on).lines
    return min((line.starts_on for line in lines), default=on)


@dataclass(frozen=True, slots=True)
class SubjectChoice:
    """One thing that a document may be about, for a choice in a form: `value` is « contract:<uid> »."""

    group: str
    value: str
    label: str


def subject_choices(*, actor: Actor) -> tuple[SubjectChoice, ...]:
    """Return what the structure may issue a document about, in four groups, by name (two queries)."""
    rows = _own(actor).order_by("sort_key", "id").values_list(
        "uid", "common_name", "buyer__uid", "buyer__name", "operation__uid", "operation__name", "official_id"
    )  # fmt: skip
    contracts: list[SubjectChoice] = []
    operations: dict[str, SubjectChoice] = {}
    buyers: dict[str, SubjectChoice] = {}
    for uid, name, buyer_uid, buyer, operation_uid, operation, number in rows:
        label = ", ".join(part for part in (name, f"n° {number}" if number else "", buyer) if part)
        contracts.append(SubjectChoice("Un marché", f"contract:{uid}", label))
        value = f"buyer:{buyer_uid}"
        buyers[value] = SubjectChoice("Tous les marchés d'un maître d'ouvrage", value, buyer)
        if operation is not None:
            value = f"operation:{operation_uid}:{buyer_uid}"
            operations[value] = SubjectChoice(
                "Une opération, pour un maître d'ouvrage", value, f"{operation}, {buyer}"
            )
    owing = commitments_visible_to(actor).filter(contract__owner_org_id=actor.organisation_id).order_by()
    named = set(owing.values_list("contractor__name", "contractor__uid"))
    firms = [
        SubjectChoice("Une entreprise, tous ses engagements", f"firm:{uid}", name) for name, uid in sorted(named)
    ]
    by_name = sorted([*buyers.values()], key=lambda one: one.label)
    return (*by_name, *operations.values(), *contracts, *firms)
