"""What a record would change of a contract held: blanks are filled, the rest is asked (MODEL §1)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clausette.imports.rules.published import FirmRef, ModificationPlan, Published
from clausette.imports.rules.written import shown_value
from clausette.kernel.french import format_euros, format_short_date
from clausette.procurement.enums import ContractKind


class DifferenceKind(StrEnum):
    """Whether the person is asked."""

    FILL = "fill"
    """Nothing was there: the published value is written."""
    ADD = "add"
    """A new fact beside what is there (avenant, subcontractor): written."""
    DIFFERS = "differs"
    """Something else was there: kept, unless the person takes the published value."""
    TELL = "tell"
    """An avenant already kept, published otherwise since: kept as it was, and told on « Ma journée »."""


@dataclass(frozen=True, slots=True)
class HeldModification:
    """An avenant kept: new totals, None when it changed nothing of them."""

    amount_ht: Decimal | None = None
    duration_months: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one contract, as far as a record can say something of it."""

    title: str
    official_id: str
    cpv: str
    place_code: str
    notified_on: date | None
    duration_months: int | None
    amount_ht: Decimal | None
    contractor_ids: frozenset[str]
    subcontractor_ids: frozenset[str]
    modifications: Mapping[int, HeldModification]
    subcontract_keys: frozenset[tuple[int, bool, date]] = frozenset()
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: `before` and `after` as a person reads them; `field` names it for the operations."""

    field: str
    label: str
    before: str
    after: str
    kind: DifferenceKind


LABELS = {
    "title": "Objet",
    "official_id": "Numéro du marché",
    "cpv": "Code CPV",
    "place_code": "Lieu d'exécution",
    "notified_on": "Date de notification",
    "starts_on": "Début d'exécution",
    "duration_months": "Durée",
    "amount_ht": "Montant HT",
}
CONCESSIONS = (ContractKind.CONCESSION, ContractKind.DSP)
CONCESSION_LABELS = {"notified_on": "Date de signature", "amount_ht": "Valeur globale HT"}
CONTRACTORS = "contractors"
MODIFICATION = "modification"
SUBCONTRACT = "subcontract"
SUBCONTRACTOR = "subcontractor"


def differences(said: Published, held: Held) -> tuple[Difference, ...]:
    """Return what the record would bring to the contract held; what the record does not say changes nothing."""
    return (
        *_fields(said, held),
        *_contractors(said, held),
        *_modifications(said, held),
        *_subcontractors(said, held),
        *_subcontracts(said, held),
    )


def _fields(said: Published, held: Held) -> Iterator[Difference]:
    for field, label in LABELS.items():
        before, after = getattr(held, field), getattr(said, field)
        if after in (None, "") or before == after or (field == "cpv" and before[:8] == after[:8]):
            continue
        if field == "amount_ht" and said.amount_is_maximum:
            label = "Montant maximum HT"
        if said.kind in CONCESSIONS:
            label = CONCESSION_LABELS.get(field, label)
        kind = DifferenceKind.FILL if before in (None, "") else DifferenceKind.DIFFERS
        yield Difference(field, label, shown_value(field, before), shown_value(field, after), kind)


def _contractors(said: Published, held: Held) -> Iterator[Difference]:
    """Published firms missing here are proposed; a firm held and not published stays: only a person ends an award."""
    missing = [firm for firm in said.contractors if firm.id not in held.contractor_ids]
    if not missing:
        return
    kind = DifferenceKind.DIFFERS if held.contractor_ids else DifferenceKind.FILL
    label = "Titulaires à ajouter" if held.contractor_ids else "Titulaires"
    yield Difference(CONTRACTORS, label, ", ".join(sorted(held.contractor_ids)), _names(missing), kind)


def _modifications(said: Published, held: Held) -> Iterator[Difference]:
    for one in said.modifications:
        known = held.modifications.get(one.number)
        if known is None:
            yield Difference(MODIFICATION, f"Avenant {one.number}", "", _avenant(one), DifferenceKind.ADD)
        elif (one.amount_ht, one.duration_months) != (known.amount_ht, known.duration_months):
            before = _told(known.amount_ht, known.duration_months) or "sans détail"
            label = f"Avenant {one.number}, publié autrement"
            yield Difference(MODIFICATION, label, before, _avenant(one), DifferenceKind.TELL)


def _avenant(one: ModificationPlan) -> str:
    parts = (
        f"notifié le {format_short_date(one.notified_on)}" if one.notified_on else "",
        _told(one.amount_ht, one.duration_months),
        f"titulaires : {_names(one.contractors)}" if one.contractors else "",
    )
    return ", ".join(part for part in parts if part) or "sans détail"


def _told(amount: Decimal | None, months: int | None) -> str:
    parts = (format_euros(amount) if amount is not None else "", shown_value("duration_months", months))
    return ", ".join(part for part in parts if part)


def _subcontractors(said: Published, held: Held) -> Iterator[Difference]:
    missing = [one.firm for one in said.subcontractors if one.firm.id not in held.subcontractor_ids]
    if missing:
        yield Difference(SUBCONTRACTOR, "Sous-traitants déclarés", "", _names(missing), DifferenceKind.ADD)


def _subcontracts(said: Published, held: Held) -> Iterator[Difference]:
    for one in said.subcontracts:
        if one.key not in held.subcontract_keys:
            label = f"Acte de sous-traitance {one.number}{', modifié' if one.revises else ''}"
            day = f"le {format_short_date(one.notified_on)}"
            parts = (one.firm.name, day, _told(one.amount_ht, one.duration_months))
            told = ", ".join(part for part in parts if part)
            yield Difference(SUBCONTRACT, label, "", told, DifferenceKind.ADD)


def _names(firms: Iterable[FirmRef]) -> str:
    return ", ".join(firm.name for firm in firms)
