"""Published changes of the contracts followed that nobody has dealt with yet: for « Ma journée » and the contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from clausette.imports.enums import ChangeKind
from clausette.imports.models import OfficialChange
from clausette.imports.rules import ADVICE
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import prepared
from clausette.kernel.scope import narrow


@dataclass(frozen=True, slots=True)
class ChangeSeen:
    """One change: what, before → after, what tells it, when it was published and seen, what to do."""

    uid: UUID
    kind: ChangeKind
    source: str
    before: str
    after: str
    published_on: date | None
    seen_on: date
    batch_uid: UUID

    @property
    def told(self) -> str:
        """« Montant : 575 000 € → 620 000 € »; nothing before: what is new only."""
        was = f"{self.before} → " if self.before else ""
        return f"{self.kind.label} : {was}{self.after}"

    @property
    def advice(self) -> str:
        """What a facilitator does then."""
        return ADVICE[self.kind]


@dataclass(frozen=True, slots=True)
class ChangedContract:
    """A contract with all its changes that wait, the oldest first."""

    uid: UUID
    name: str
    changes: tuple[ChangeSeen, ...]

    @property
    def since(self) -> date:
        """The day the oldest was seen."""
        return self.changes[0].seen_on


_COLUMNS = ("uid", "kind", "source", "before", "after", "published_on", "seen_on", "batch__uid")


def changes_visible_to(actor: Actor) -> QuerySet[OfficialChange]:
    """Published changes of the contracts of the actor's structure, dealt with or not."""
    return narrow(OfficialChange.objects.all(), Q(owner_org_id=actor.owner_id))


def _seen(values: Sequence[object]) -> ChangeSeen:
    uid, kind, *rest = values
    return ChangeSeen(uid, ChangeKind(str(kind)), *rest)  # type: ignore[arg-type]  # columns of one query


@prepared
def _waiting(actor: Actor) -> QuerySet[OfficialChange, tuple[Any, ...]]:
    rows = changes_visible_to(actor).filter(dealt_on=None).order_by("contract_id", "seen_on", "id")
    return rows.values_list("contract_id", "contract__uid", "contract__common_name", *_COLUMNS)


@prepared
def _of(actor: Actor, contract_id: int) -> QuerySet[OfficialChange, tuple[Any, ...]]:
    rows = changes_visible_to(actor).filter(contract_id=contract_id, dealt_on=None)
    return rows.order_by("seen_on", "id").values_list(*_COLUMNS)


def waiting_changes(*, actor: Actor) -> tuple[ChangedContract, ...]:
    """Return the contracts with changes that wait, the oldest first (one query)."""
    found = [
        ChangedContract(uid, name, tuple(_seen(row[3:]) for row in of_one))
        for (_pk, uid, name), of_one in groupby(_waiting(actor), key=lambda row: row[:3])
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.name)))


def changes_of(*, actor: Actor, contract_id: int) -> tuple[ChangeSeen, ...]:
    """Return the changes of one contract that wait, the oldest first (one query)."""
    return tuple(_seen(row) for row in _of(actor, contract_id))
