"""What Clausette holds already, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HeldCommitment:
    """An engagement held; `due`: hours due at term, None when it has no figure; `opening`: its balance taken over."""

    id: int
    uid: UUID
    contract_id: int
    lot_number: str
    contractor: str
    starts_on: date
    ends_on: date
    due: Decimal | None
    opening: Decimal | None = None
    opening_on: date | None = None


@dataclass(frozen=True, slots=True)
class HeldContract:
    """A marché held; `number` and `name` as keys; `buyer` and contractors are keys of bodies."""

    id: int
    uid: UUID
    number: str
    name: str
    buyer: str
    piloted: bool
    lots: Mapping[str, UUID] = field(default_factory=dict)
    commitments: tuple[HeldCommitment, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """A person of the structure; `eligible`: a favourable decision is there; `said`: what is written, by field."""

    id: int
    uid: UUID
    key: str
    name: str
    birth_date: date
    eligible: bool = False
    last_name: str = ""
    first_name: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeldWork:
    """A work contract held; `commitments`: those it is credited to."""

    id: int
    uid: UUID
    person_id: int
    employer: str
    starts_on: date
    ends_on: date | None
    commitments: frozenset[int]


@dataclass(frozen=True, slots=True)
class Held:
    """All that a workbook is compared with. Bodies: key → name; a key is a SIRET, or « n: » and a name."""

    bodies: Mapping[str, str] = field(default_factory=dict)
    contracts: tuple[HeldContract, ...] = ()
    people: tuple[HeldPerson, ...] = ()
    prescribers: Mapping[str, UUID] = field(default_factory=dict)
    """Name of a prescriber, as a key → who it is."""
    wrong_districts: frozenset[str] = frozenset()
    """Codes written in the workbook that the lists of districts do not know."""
    works: tuple[HeldWork, ...] = ()
    hours: Mapping[tuple[int, int, date, str], Decimal] = field(default_factory=dict)
    """(work contract, engagement, month, kind) → hours written, whatever their state."""
    open_months: frozenset[tuple[int, int, date]] = frozenset()
    """(contract, body that declares, month): statements not validated yet, by internal numbers."""
    hosts: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """(work contract, engagement) → body where the person works."""
