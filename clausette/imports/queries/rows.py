"""Rows of a batch, fifty a page, with all that a person needs to decide."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from clausette.imports.enums import RowChoice, RowFate
from clausette.imports.models import ImportRow
from clausette.imports.queries.batches import rows_visible_to
from clausette.imports.queries.held import SIREN_DIGITS
from clausette.imports.queries.said import amount_of, day_of, said_of
from clausette.imports.rules import DifferenceKind
from clausette.kernel.actor import Actor
from clausette.procurement.enums import Source
from clausette.procurement.queries import contract_keys, contracts_visible_to

UNDECIDED, PROBLEMS, TAKEN = "a-decider", "remarques", "repris"
MOST_ATTACHABLE = 200  # contracts of one buyer proposed in a list


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One sentence about one field: `effect` is remark, award or record."""

    path: str
    value: str
    sentence: str
    effect: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field before → after; `accepted` only matters when it differs."""

    field: str
    label: str
    before: str
    after: str
    kind: DifferenceKind
    accepted: bool


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A contract typed by hand that may be this record, and why."""

    uid: UUID
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tied:
    """A contract tied to the row; `owner_org_id` tells whether the actor pilots it."""

    uid: UUID
    name: str
    owner_org_id: int


@dataclass(frozen=True, slots=True)
class RowLine:
    """One record of the file: what was read, its problems, its fate and the decision."""

    position: int
    buyer_siret: str
    number: str
    title: str
    amount: str
    begun: str
    said: tuple[tuple[str, str], ...]
    fate: RowFate
    choice: RowChoice
    problems: tuple[ProblemLine, ...]
    changes: tuple[ChangeLine, ...]
    candidates: tuple[CandidateLine, ...]
    attach_to: Tied | None
    result: Tied | None


def list_rows(
    *, actor: Actor, batch_uid: UUID, fate: str = "", only: str = "", offset: int = 0, size: int = 50
) -> tuple[tuple[RowLine, ...], int]:
    """Return a page of the rows of a batch in the order of the file, and how many there are: three queries.

    `fate`: a RowFate value, "" for all; `only`: UNDECIDED, PROBLEMS, TAKEN or "".
    """
    rows = _filtered(rows_visible_to(actor).filter(batch__uid=batch_uid), fate, only)
    total = rows.count()
    shown = list(rows.order_by("position")[offset : offset + size])
    ids = {pk for row in shown for pk in (row.attach_to_id, row.result_id) if pk is not None}
    keys = contract_keys(actor, ids) if ids else {}
    tied = {pk: Tied(key.uid, key.common_name, key.owner_org_id) for pk, key in keys.items()}
    return tuple(_line(row, tied) for row in shown), total


def _filtered(rows: QuerySet[ImportRow], fate: str, only: str) -> QuerySet[ImportRow]:
    if fate in RowFate.values:
        rows = rows.filter(fate=fate)
    if only == UNDECIDED:
        return rows.filter(choice=RowChoice.UNDECIDED)
    if only == TAKEN:
        return rows.filter(result__isnull=False)
    return rows.filter(~Q(problems=[])) if only == PROBLEMS else rows


def _line(row: ImportRow, tied: dict[int, Tied]) -> RowLine:
    buyer, _, number = row.key.partition("/")
    return RowLine(
        position=row.position,
        buyer_siret=buyer,
        number=number,
        title=row.title,
        amount=amount_of(row.raw),
        begun=day_of(row.raw),
        said=said_of(row.raw),
        fate=RowFate(row.fate),
        choice=RowChoice(row.choice),
        problems=tuple(ProblemLine(**one) for one in row.problems),
        changes=changes_of(row),
        candidates=tuple(
            CandidateLine(UUID(one["uid"]), one["name"], tuple(one["reasons"])) for one in row.candidates
        ),
        attach_to=tied.get(row.attach_to_id or 0),
        result=tied.get(row.result_id or 0),
    )


def changes_of(row: ImportRow) -> tuple[ChangeLine, ...]:
    """Return the differences kept on a row."""
    return tuple(ChangeLine(**{**one, "kind": DifferenceKind(one["kind"])}) for one in row.changes)


@dataclass(frozen=True, slots=True)
class AttachableLine:
    """A contract of the same buyer, typed here, to which a record may be tied."""

    uid: UUID
    name: str
    number: str


def attachable(*, actor: Actor, rows: Iterable[RowLine]) -> dict[int, tuple[AttachableLine, ...]]:
    """Return, for the new records, the contracts that one's structure typed for the same legal body (one query)."""
    bodies = {row.position: row.buyer_siret[:SIREN_DIGITS] for row in rows if row.fate == RowFate.ADDED}
    if not bodies:
        return {}
    own = contracts_visible_to(actor).filter(owner_org_id=actor.organisation_id, source=Source.TYPED)
    held = own.annotate(body=Left("buyer__siret", SIREN_DIGITS)).filter(body__in=set(bodies.values()))
    found: defaultdict[str, list[AttachableLine]] = defaultdict(list)
    for body, uid, name, number in held.order_by("sort_key", "pk").values_list(
        "body", "uid", "common_name", "official_id"
    ):
        found[body].append(AttachableLine(uid, name, number))
    return {
        position: tuple(found[body][:MOST_ATTACHABLE]) for position, body in bodies.items() if body in found
    }
