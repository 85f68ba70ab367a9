"""What is shared while a workbook is written: who writes, what was found or made, what was refused."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from clausette.access.enums import Capability
from clausette.access.operations import register_organisation
from clausette.access.queries import bodies_named
from clausette.imports.takeover.compare import Compared
from clausette.imports.takeover.compare.contracts import Target
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.records import Fate, Record, RecordKind
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import Change, isolated

Step = Callable[[], None]


@dataclass(slots=True)
class Writer:
    """Writes the records of one workbook. `seen`: what the operations did; `step`: one more record is done."""

    actor: Actor
    on: date
    at: datetime
    reason: str
    document_uid: UUID
    compared: Compared
    seen: list[Change]
    step: Step
    answers: Mapping[str, str]
    """What was decided of persons: key of the record → uid of the person held, or NEW."""
    prescribers: Mapping[str, UUID]
    communes: dict[str, tuple[str, str]] = field(default_factory=dict)
    bodies: dict[tuple[str, Capability], UUID] = field(default_factory=dict)
    contracts: dict[str, UUID] = field(default_factory=dict)
    commitments: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    works: dict[str, UUID] = field(default_factory=dict)
    written: set[int] = field(default_factory=set)
    """Identities of the records written."""

    last_month: date | None = field(init=False)
    """The last month with hours of the workbook, whatever becomes of its lines."""

    def __post_init__(self) -> None:
        hours = [one for one in self.compared.records if one.kind is RecordKind.HOURS]
        months = [month for one in hours if (month := one.day("month")) and month <= self.on]
        self.last_month = max(months, default=None)

    @contextmanager
    def trying(self, record: Record) -> Iterator[None]:
        """A savepoint around one record: what a rule refuses is told on it, and nothing of it stays."""
        before, bodies = len(self.seen), dict(self.bodies)
        try:
            with isolated():
                yield
            self.written.add(id(record))
        except Refusal as refusal:
            del self.seen[before:]
            self.bodies = bodies
            record.say("E223", refusal.message)
            record.fate = Fate.REFUSED
        self.step()

    def prescriber(self, name: str) -> UUID | None:
        """The prescriber of that name, None when none is named or known."""
        return self.prescribers.get(key_of(name)) if name else None

    def body(self, key: str, capability: Capability) -> UUID:
        """Return the body of a key, registered when nobody knows it."""
        known = self.bodies.get((key, capability))
        if known is None:
            known = self._body(key, capability)
            self.bodies[key, capability] = known
        return known

    def _body(self, key: str, capability: Capability) -> UUID:
        name = self.compared.bench.bodies.name(key)
        if not key.startswith("n:"):
            shown = name if name != key else f"SIRET {key}"
            return register_organisation(actor=self.actor, name=shown, siret=key, capabilities={capability})
        wanted = key.removeprefix("n:")
        for card in bodies_named(actor=self.actor, sirets=(), keys=(wanted,)):
            if key_of(card.name) == wanted:
                return card.uid
        return register_organisation(actor=self.actor, name=self._name(wanted), capabilities={capability})

    def _name(self, wanted: str) -> str:
        """A body without SIRET is registered as it is written."""
        for record in self.compared.records:
            for role in ("buyer", "contractor", "employer", "host"):
                if key_of(record.text(f"{role}_name")) == wanted:
                    return record.text(f"{role}_name")
        return wanted

    def commitment_of(self, target: Target) -> UUID | None:
        """The engagement of a target: held, or written just before."""
        return target.held.uid if target.held else self.commitments.get(target.key)
