"""Published records that may be a purchase awaited, and those with a social clause that nobody here follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from clausette.advice.queries import awaited_studies
from clausette.imports.enums import BatchState, RowFate
from clausette.imports.models import ImportRow, LeftRecord
from clausette.imports.queries.batches import references_visible_to, rows_visible_to
from clausette.imports.queries.held import SIREN_DIGITS
from clausette.imports.queries.interest import departments_of
from clausette.imports.queries.said import amount_of, day_of, text_of
from clausette.imports.rules import Described, Match, match
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.scope import narrow
from clausette.procurement.queries import awaited_contracts

KEPT = (BatchState.READ, BatchState.APPLYING, BatchState.APPLIED)
CLAUSE = ["Clause sociale"]
PRECISE = ["Code postal", "Code commune", "Code arrondissement", "Code canton", "Code département"]


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A published record as a list tells it."""

    uid: UUID
    batch_uid: UUID
    position: int
    key: str
    buyer_siret: str
    number: str
    title: str
    amount: str
    begun: str
    place: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A record and the purchase it may be: a study (`study_uid`) or a contract before its award."""

    record: RecordLine
    name: str
    study_uid: UUID | None
    contract_uid: UUID | None
    match: Match


@dataclass(frozen=True, slots=True)
class _Awaited:
    name: str
    study: tuple[int, UUID] | None
    contract: tuple[int, UUID] | None
    described: Described


def left_visible_to(actor: Actor) -> QuerySet[LeftRecord]:
    """Records that the actor's structure left."""
    return narrow(LeftRecord.objects.all(), Q(owner_org_id=actor.owner_id))


def _awaited(actor: Actor) -> list[_Awaited]:
    """Studies without contract, then contracts before their award (two queries)."""
    found = [
        _Awaited(
            one.title, (one.id, one.uid), None,
            Described(one.buyer_siret, one.reference, one.cpv, one.amount_ht, one.engaged_on),
        )
        for one in awaited_studies(actor=actor)
        if one.contract_id is None
    ]  # fmt: skip
    found += [
        _Awaited(
            one.name, None, (one.id, one.uid),
            Described(one.buyer_siret, one.number, one.cpv, one.amount_ht, one.consultation_on),
        )
        for one in awaited_contracts(actor=actor)
    ]  # fmt: skip
    return found


def _waiting_rows(actor: Actor) -> QuerySet[ImportRow]:
    """Records kept that are tied to no contract yet, the last writing of each."""
    tied = references_visible_to(actor).filter(key=OuterRef("key"))
    rows = rows_visible_to(actor).filter(batch__state__in=KEPT, result=None).exclude(key="")
    rows = rows.exclude(fate__in=(RowFate.REFUSED, RowFate.SET_ASIDE)).filter(~Exists(tied))
    return rows.select_related("batch").order_by("key", "-id").distinct("key")


def proposed_matches(*, actor: Actor, batch_uid: UUID | None = None) -> tuple[Proposed, ...]:
    """Return the records that may be purchases awaited, the surest first; of one import, or of all (four queries).

    A pair that a person left is not proposed again.
    """
    awaited = _awaited(actor)
    if not awaited:
        return ()
    bodies = {one.described.buyer_siret[:SIREN_DIGITS] for one in awaited}
    rows = _waiting_rows(actor).annotate(body=Left("key", SIREN_DIGITS)).filter(body__in=bodies)
    if batch_uid is not None:
        rows = rows.filter(batch__uid=batch_uid)
    left: set[tuple[str, int | None, int | None]] = set(
        left_visible_to(actor).order_by("id").values_list("key", "study_id", "contract_id")
    )
    found = [one for row in rows for one in _pairs(row, awaited, left)]
    return tuple(sorted(found, key=lambda one: (-one.match.score, one.record.key)))


def _pairs(
    row: ImportRow, awaited: Iterable[_Awaited], left: set[tuple[str, int | None, int | None]]
) -> Iterable[Proposed]:
    said = described(row)
    for one in awaited:
        study, contract = one.study, one.contract
        if (row.key, study[0] if study else None, contract[0] if contract else None) in left:
            continue
        alike = match(said, one.described)
        if alike is not None:
            yield Proposed(
                line_of(row), one.name, study[1] if study else None, contract[1] if contract else None, alike
            )


def described(row: ImportRow) -> Described:
    """Return what identifies a record, out of what was kept of it."""
    buyer, _, number = row.key.partition("/")
    raw = row.raw
    return Described(buyer, number, text_of(raw, "codeCPV")[:8], _amount(raw), _day(raw))


def _amount(raw: Any) -> Decimal | None:
    try:
        return Decimal(text_of(raw, "montant") or text_of(raw, "valeurGlobale"))
    except InvalidOperation:
        return None


def _day(raw: Any) -> date | None:
    try:
        return date.fromisoformat(text_of(raw, "dateNotification") or text_of(raw, "dateSignature"))
    except ValueError:
        return None


def line_of(row: ImportRow) -> RecordLine:
    """Return a record as a list tells it."""
    buyer, _, number = row.key.partition("/")
    place = row.raw.get("lieuExecution") if isinstance(row.raw, dict) else None
    return RecordLine(
        row.uid, row.batch.uid, row.position, row.key, buyer, number, row.title, amount_of(row.raw), day_of(row.raw),
        text_of(place, "code"),
    )  # fmt: skip


def record_line(*, actor: Actor, uid: UUID) -> RecordLine:
    """Return one record kept. Raises Absent."""
    row = rows_visible_to(actor).filter(uid=uid).select_related("batch").first()
    if row is None:
        raise Absent("imports.ImportRow")
    return line_of(row)


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """The records of a page, how many there are, and the departments sought."""

    rows: tuple[RecordLine, ...]
    total: int
    departments: tuple[str, ...]


def unfollowed(*, actor: Actor, offset: int = 0, size: int = 50) -> Unfollowed:
    """Return the records with a social clause, in the departments of the structure, that it neither follows nor left.

    Out of the files imported; the departments are those of its contracts, of its buyers and its own.
    """
    departments = sorted(departments_of(actor=actor))
    if not departments:
        return Unfollowed((), 0, ())
    left = left_visible_to(actor).filter(key=OuterRef("key"), study=None, contract=None)
    around = Q(pk__in=[])
    for one in departments:
        around |= Q(raw__lieuExecution__code__startswith=one)
    rows = _waiting_rows(actor).filter(
        around,
        ~Exists(left),
        raw__considerationsSociales__considerationSociale__contains=CLAUSE,
        raw__lieuExecution__typeCode__in=PRECISE,
    )
    found = list(rows)
    shown = found[offset : offset + size]
    return Unfollowed(tuple(line_of(row) for row in shown), len(found), tuple(departments))


def count_unfollowed(*, actor: Actor) -> int:
    """Return how many such records there are."""
    return unfollowed(actor=actor, size=0).total
