"""What an attestation certifies: frozen facts, their canonical JSON and their hash.

All hours are `Decimal` hours worked, rates are `Decimal` fractions (0.84 for 84 %), amounts are euros HT.
"""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

TEMPLATE_VERSION = "attestation-3"
WITHOUT_ORIGINS = frozenset({"attestation-1", "attestation-2"})
"""Models that did not tell apart training before hiring nor a surplus carried over."""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation as printed: the issuing structure, the firm or the buyer. `role`: « mandataire »…"""

    name: str
    siret: str = ""
    town: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Market:
    """The procurement contract. `kind` is its French word: « marché », « concession », « convention »…"""

    usual_name: str
    purpose: str = ""
    number: str = ""
    lot: str = ""
    notified_on: date | None = None
    kind: str = "marché"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The levier juridique and its article at `applicable_on` (date the consultation was started)."""

    device: str
    article: str = ""
    applicable_on: date | None = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """H = M × p × t / c: amount (euros HT), shares (fractions), cost (euros an hour), rounded hours."""

    amount: Decimal
    labour_share: Decimal
    insertion_rate: Decimal
    hourly_cost: Decimal
    exact: Decimal
    hours: Decimal


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """The engagement: `kind` in French words, calculation, minimum exigé, engagement de l'offre."""

    kind: str
    calculation: Calculation | None = None
    minimum: Decimal | None = None
    offer: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures as of a date. `due_*`, rates and `remaining` are None for a suivi sans objectif chiffré.

    `validated` is made of `named`, `reserved` (sous réserve), `collective` (non nominatives) and `opening_balance`
    (reprise), None when there are none of a kind; `declared` does not hold the balance. `ended`: « heures non
    réalisées » instead of « restant à réaliser ». Rates are `validated / due_firm`, raw and capped at 1, on the hours
    due firm at term.
    """

    as_of: date
    declared: Decimal
    validated: Decimal
    due_to_date: Decimal | None = None
    due_firm: Decimal | None = None
    raw_rate: Decimal | None = None
    capped_rate: Decimal | None = None
    remaining: Decimal | None = None
    ended: bool = False
    people: int = 0
    work_contracts: int = 0
    opening_balance: Decimal | None = None
    opening_on: date | None = None
    named: Decimal | None = None
    reserved: Decimal | None = None
    collective: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """Hours of one month and declarant. None declared: month without statement (« inconnu »), which is not 0.

    None validated: declared and not yet validated.
    """

    month: date
    declarant: str
    declared: Decimal | None = None
    validated: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ModalityRow:
    """Validated hours of one modality (« GEIQ », « intérim d'insertion »…) and its counted work contracts."""

    label: str
    validated: Decimal
    work_contracts: int | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """Hours said apart (MODEL §6): « heures hors clause », « dont heures non nominatives »…"""

    label: str
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Correction:
    """The attestation this one annuls and replaces."""

    number: str
    issued_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for the issuing structure."""

    name: str
    function: str = ""


@dataclass(frozen=True, slots=True)
class AttestationFacts:
    """Everything printed on one attestation, and nothing about any participant."""

    number: str
    issued_on: date
    issuer: Body
    firm: Body
    buyer: Body
    market: Market
    commitment: CommitmentFacts
    figures: Figures
    legal_basis: LegalBasis | None = None
    months: tuple[MonthRow, ...] = ()
    modalities: tuple[ModalityRow, ...] = ()
    asides: tuple[Aside, ...] = ()
    corrects: Correction | None = None
    signatory: Signatory | None = None
    monthly_hours: Decimal = Decimal("151.67")
    template_version: str = TEMPLATE_VERSION


def facts_as_json(facts: AttestationFacts) -> str:
    """Return the canonical JSON: keys sorted, no spaces, Decimal and dates as strings, UTF-8 letters kept."""
    return json.dumps(
        asdict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def facts_from_json(text: str) -> AttestationFacts:
    """Return the facts written by `facts_as_json`. Raises KeyError, TypeError, ValueError on others."""
    raw: dict[str, Any] = json.loads(text)
    figures = _read(raw["figures"], dates={"as_of", "opening_on"}, decimals=_FIGURE_HOURS)
    return AttestationFacts(
        number=raw["number"],
        issued_on=date.fromisoformat(raw["issued_on"]),
        issuer=Body(**raw["issuer"]),
        firm=Body(**raw["firm"]),
        buyer=Body(**raw["buyer"]),
        market=Market(**_read(raw["market"], dates={"notified_on"})),
        commitment=_commitment(raw["commitment"]),
        figures=Figures(**figures),
        legal_basis=LegalBasis(**_read(raw["legal_basis"], dates={"applicable_on"}))
        if raw["legal_basis"]
        else None,
        months=tuple(
            MonthRow(**_read(row, dates={"month"}, decimals={"declared", "validated"}))
            for row in raw["months"]
        ),
        modalities=tuple(ModalityRow(**_read(row, decimals={"validated"})) for row in raw["modalities"]),
        asides=tuple(Aside(**_read(row, decimals={"hours"})) for row in raw["asides"]),
        corrects=Correction(**_read(raw["corrects"], dates={"issued_on"})) if raw["corrects"] else None,
        signatory=Signatory(**raw["signatory"]) if raw["signatory"] else None,
        monthly_hours=Decimal(raw["monthly_hours"]),
        template_version=raw["template_version"],
    )


def facts_hash(facts: AttestationFacts) -> str:
    """Return the SHA-256 of the canonical JSON, 64 hexadecimal digits: printed on the document."""
    return hashlib.sha256(facts_as_json(facts).encode()).hexdigest()


_FIGURE_HOURS = {
    "declared",
    "validated",
    "due_to_date",
    "due_firm",
    "raw_rate",
    "capped_rate",
    "remaining",
    "opening_balance",
    "named",
    "reserved",
    "collective",
}


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format((value + 0).normalize(), "f")  # 700 and 700.00 are the same fact; no « -0 »
    raise TypeError(f"not a fact: {value!r}")


def _commitment(raw: Mapping[str, Any]) -> CommitmentFacts:
    values = _read(raw, decimals={"minimum", "offer"})
    if raw["calculation"]:
        values["calculation"] = Calculation(**_read(raw["calculation"], decimals=set(raw["calculation"])))
    return CommitmentFacts(**values)


def _read(
    raw: Mapping[str, Any], *, dates: Set[str] = frozenset(), decimals: Set[str] = frozenset()
) -> dict[str, Any]:
    read: dict[str, Any] = dict(raw)
    for name in dates & raw.keys():
        read[name] = None if raw[name] is None else date.fromisoformat(raw[name])
    for name in decimals & raw.keys():
        read[name] = None if raw[name] is None else Decimal(raw[name])
    return read
