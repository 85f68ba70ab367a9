"""Each record of a file beside what is held now: its fate, its differences, and what would be done by default."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from clausette.imports.decp import Comparison, DecpRecord, Outcome, compare
from clausette.imports.enums import RowChoice, RowFate
from clausette.imports.queries.held import HeldHere, held_contracts
from clausette.imports.rules import differences, published
from clausette.kernel.actor import Actor

FATES = {
    Outcome.ADDED: RowFate.ADDED,
    Outcome.CHANGED: RowFate.CHANGED,
    Outcome.SAME: RowFate.SAME,
    Outcome.AMBIGUOUS: RowFate.AMBIGUOUS,
    Outcome.REFUSED: RowFate.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the columns of a row will say."""

    fate: RowFate
    choice: RowChoice
    attach_to_id: int | None = None
    changes: list[dict[str, Any]] = field(default_factory=list)
    candidates: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bench:
    """All the records of a file beside all that is held: assessments by position, contracts by internal number."""

    found: Mapping[int, Assessment]
    held: Mapping[int, HeldHere]

    def changes(self, record: DecpRecord, contract_id: int) -> list[dict[str, Any]] | None:
        """The differences of a record with a contract as it is now; None when it is no longer visible."""
        held = self.held.get(contract_id)
        return None if held is None else changes_with(record, held)


def assess(actor: Actor, records: Sequence[DecpRecord], *, also: Collection[int] = ()) -> Bench:
    """Assess each record: four queries whatever their number. `also`: contracts wanted on the bench anyway."""
    here = held_contracts(actor=actor, records=records, also=also)
    known = {key: one.known for key, one in here.items()}
    by_uid = {one.uid: one for one in here.values()}
    found = {one.record.position: _assessed(one, by_uid) for one in compare(records, known)}
    return Bench(found, {one.id: one for one in here.values()})


def changes_with(record: DecpRecord, here: HeldHere) -> list[dict[str, Any]]:
    """Return the differences of a record with a contract, as kept on a row; nothing is accepted yet."""
    if record.fields is None or not here.piloted:
        return []
    found = differences(published(record.fields), here.facts)
    return [{**asdict(one), "kind": one.kind.value, "accepted": False} for one in found]


def _assessed(one: Comparison, by_uid: Mapping[UUID, HeldHere]) -> Assessment:
    fate = FATES[one.outcome]
    if one.outcome is Outcome.ADDED:
        return Assessment(fate, RowChoice.CREATE)
    if one.outcome is Outcome.AMBIGUOUS:
        proposed = [
            {
                "uid": str(candidate.held.uid),
                "name": by_uid[candidate.held.uid].name,
                "reasons": list(candidate.reasons),
            }
            for candidate in one.candidates
        ]
        return Assessment(fate, RowChoice.UNDECIDED, candidates=proposed)
    if one.held is None:  # refused, set aside, or twice in the same file
        return Assessment(fate, RowChoice.SKIP)
    return _with_held(one, by_uid[one.held.uid])


def _with_held(one: Comparison, held: HeldHere) -> Assessment:
    """Known: the record is tied to it; blanks are filled, differences wait for the person."""
    if one.record.duplicate_of is not None or (
        one.outcome is Outcome.SAME and one.held and one.held.fingerprint
    ):
        return Assessment(RowFate.SAME, RowChoice.SKIP, held.id)
    changes = changes_with(one.record, held)
    new_publication = bool(one.held and one.held.fingerprint) and held.piloted
    fate = RowFate.CHANGED if changes or new_publication else RowFate.SAME
    return Assessment(fate, RowChoice.ATTACH, held.id, changes)
