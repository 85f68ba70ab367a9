"""What reading a file gives back: the file, its records, their problems, and the contract understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Effect(StrEnum):
    """What a problem prevents."""

    REMARK = "remark"
    """Nothing: the field is left empty or read with care, the rest is taken."""
    AWARD = "award"
    """The award: the contract can be taken, its contractors are to be typed."""
    RECORD = "record"
    """Everything: the contract cannot be identified or followed."""


class RecordKind(StrEnum):
    """The two lists of an official file."""

    MARCHE = "marche"
    CONCESSION = "contrat-concession"


class FileForm(StrEnum):
    """How a file is written; its value is the ending that tells it."""

    JSON = "json"
    XML = "xml"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Problem:
    """One French sentence about one field of one record.

    `path` is the place in the record (« titulaires[0].titulaire.id », empty for the record itself); `value`
    is what was found there, shortened for the screen (empty when nothing was).
    """

    path: str
    value: str
    sentence: str
    effect: Effect = Effect.REMARK

    @property
    def blocking(self) -> bool:
        """Whether the record cannot be taken at all because of this."""
        return self.effect is Effect.RECORD


@dataclass(frozen=True, slots=True)
class Contractor:
    """A firm as the file names it: kind of identifier (SIRET, TVA, …) and identifier, spaces off."""

    id_type: str
    id: str


@dataclass(frozen=True, slots=True)
class Modification:
    """A published change of a contract; None or no contractor: unchanged, or not understood (see problems).

    `amount_ht` in euros, `duration_months` in months: the new totals, not the difference.
    """

    number: int | None
    notified_on: date | None
    published_on: date | None
    duration_months: int | None
    amount_ht: Decimal | None
    contractors: tuple[Contractor, ...]


@dataclass(frozen=True, slots=True)
class SubcontractModification:
    """A published change of a declared subcontract, joined to it by its number."""

    number: int | None
    notified_on: date | None
    published_on: date | None
    duration_months: int | None
    amount_ht: Decimal | None


@dataclass(frozen=True, slots=True)
class Subcontract:
    """A declared subcontract (« acte de sous-traitance »); the firm is None when it cannot be identified."""

    number: int | None
    subcontractor: Contractor | None
    notified_on: date | None
    published_on: date | None
    duration_months: int | None
    amount_ht: Decimal | None
    price_variation: str | None
    modifications: tuple[SubcontractModification, ...] = ()


@dataclass(frozen=True, slots=True)
class YearOfExecution:
    """What was published of one year of a concession: investment and tariffs, in euros."""

    published_on: date | None
    investment: Decimal | None
    tariffs: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class Concession:
    """What only a concession has: its public subsidy, and what is published of each year."""

    subsidy: Decimal | None
    years: tuple[YearOfExecution, ...]


@dataclass(frozen=True, slots=True)
class DecpContract:
    """A « marché » of the file, or a concession (`concession` is then given), understood.

    None: absent or unreadable in the file, never « no ».

    Labels (nature, techniques, ccag, procedure…) are those of the official list. `amount_ht` in euros before
    tax; when `amount_is_maximum` it is the ceiling of a framework agreement and sets nothing due (MODEL §1).
    `duration_months` includes the renewals foreseen. `has_social_clause` is None when the file does not say
    or contradicts itself. `award_readable` is False when a contractor could not be identified: the award is
    then to be typed, though `contractors` shows those that were read. Of a concession, `notified_on` is the day
    it was signed, `amount_ht` its global value (turnover over its whole life), `contractors` the concessionnaires.
    """

    official_id: str
    buyer_siret: str
    nature: str | None
    title: str
    cpv: str | None
    techniques: tuple[str, ...]
    modalities: tuple[str, ...]
    framework_id: str | None
    ccag: str | None
    procedure: str | None
    place_code: str | None
    place_type: str | None
    duration_months: int | None
    notified_on: date
    published_on: date | None
    amount_ht: Decimal | None
    amount_is_maximum: bool
    group_kind: str | None
    subcontracting_declared: bool | None
    contractors: tuple[Contractor, ...]
    award_readable: bool
    social: frozenset[str]
    has_social_clause: bool | None
    modifications: tuple[Modification, ...] = ()
    subcontracts: tuple[Subcontract, ...] = ()
    starts_on: date | None = None
    concession: Concession | None = None

    @property
    def key(self) -> str:
        """Buyer's SIRET and official number: what makes the record the same from one file to the next."""
        return record_key(self.buyer_siret, self.official_id)


@dataclass(frozen=True, slots=True)
class DecpRecord:
    """One record of the file, whatever its state. `position` counts from 1 over the whole file.

    `official_id` and `buyer_siret` are shown even when wrong (empty when absent). `fields` is None for
    a record with a blocking problem. `duplicate_of` is the position of the same record,
    met earlier in this file. `raw` is the record as written, without characters that cannot be kept.
    """

    position: int
    kind: RecordKind
    official_id: str
    buyer_siret: str
    raw: Mapping[str, object]
    fields: DecpContract | None
    problems: tuple[Problem, ...]
    fingerprint: str
    duplicate_of: int | None = None

    @property
    def blocked(self) -> bool:
        """Whether a problem prevents taking this record."""
        return any(problem.blocking for problem in self.problems)

    @property
    def key(self) -> str:
        """Same key as the contract's, also for a record that could not be read whole."""
        return record_key(self.buyer_siret, self.official_id)


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """Why nothing could be read, with the place when there is one (lines and columns from 1)."""

    sentence: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class DecpFile:
    """All the records of a file, or `refusal` and none. `notices`: sentences about the file itself."""

    records: tuple[DecpRecord, ...] = ()
    notices: tuple[str, ...] = ()
    refusal: FileRefusal | None = None
    form: FileForm = FileForm.JSON

    @property
    def concessions(self) -> int:
        """How many records are concessions."""
        return sum(record.kind is RecordKind.CONCESSION for record in self.records)


def record_key(buyer_siret: str, official_id: str) -> str:
    """« buyer's SIRET/number »: the number is unique for one buyer only (arrêté of 22 December 2022)."""
    return f"{buyer_siret}/{official_id}"
