"""A study as the advice reads it: what is bought, its lots, the last calculation kept for each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.advice.enums import BuyerKind, Method, StudyState
from clausette.advice.models import Study, StudyCalibration
from clausette.advice.queries.visibility import (
    calibrations_visible_to,
    studies_visible_to,
    study_lots_visible_to,
)
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.french import format_euros, format_hours
from clausette.procurement.enums import ContractKind, ContractNature, LegalDeviceKind
from clausette.procurement.rules import social_obligation
from clausette.reference.enums import BuyerSector
from clausette.reference.queries import thresholds


@dataclass(frozen=True, slots=True)
class Volume:
    """What the last calculation kept says: hours (None when it gives a rule and no total), as written, arithmetic."""

    hours: Decimal | None
    written: str
    arithmetic: str


@dataclass(frozen=True, slots=True)
class BoughtLot:
    """A lot, and its volume (None: nothing kept)."""

    uid: UUID
    number: str
    title: str
    amount_ht: Decimal | None
    volume: Volume | None


@dataclass(frozen=True, slots=True)
class BoughtStudy:
    """A study, whole. `whole`: the volume kept for the purchase without lot; empty enumerations are not known."""

    uid: UUID
    title: str
    buyer_name: str
    buyer_kind: BuyerKind | None
    reference: str
    nature: ContractNature | None
    is_concession: bool
    is_defence: bool
    amount_ht: Decimal | None
    engaged_on: date | None
    duration_months: int | None
    place: str
    state: StudyState
    asked_on: date
    waiver: str
    device: LegalDeviceKind | None
    device_reasons: str
    lots: tuple[BoughtLot, ...]
    whole: Volume | None

    @property
    def kind(self) -> ContractKind:
        """The kind of contract that this purchase makes."""
        if self.buyer_kind == BuyerKind.PRIVATE:
            return ContractKind.PRIVATE
        return ContractKind.CONCESSION if self.is_concession else ContractKind.PUBLIC_CONTRACT

    @property
    def defence(self) -> bool:
        """Defence by the buyer or by the purchase."""
        return self.is_defence or self.buyer_kind == BuyerKind.DEFENCE

    @property
    def hours(self) -> Decimal | None:
        """All the hours kept, lots and whole; None when nothing gives a total."""
        found = [one.volume.hours for one in self.lots if one.volume and one.volume.hours is not None]
        if self.whole and self.whole.hours is not None and not found:
            found = [self.whole.hours]
        return sum(found, Decimal(0)) if found else None


def bought_study(*, actor: Actor, uid: UUID) -> BoughtStudy:
    """Return a study with the last calculation of each lot (three queries). Raises Absent."""
    row = studies_visible_to(actor).filter(uid=uid).order_by("id").first()
    if row is None:
        raise Absent("advice.Study")
    last: dict[int | None, Volume] = {}
    for kept in calibrations_visible_to(actor).filter(study_id=row.id).order_by("id"):
        last[kept.lot_id] = _volume(kept)
    lots = study_lots_visible_to(actor).filter(study_id=row.id).order_by("id")
    found = tuple(BoughtLot(lot.uid, lot.number, lot.title, lot.amount_ht, last.get(lot.id)) for lot in lots)
    return _study(row, found, last.get(None))


def _study(row: Study, lots: tuple[BoughtLot, ...], whole: Volume | None) -> BoughtStudy:
    return BoughtStudy(
        uid=row.uid,
        title=row.title,
        buyer_name=row.buyer_name,
        buyer_kind=BuyerKind(row.buyer_kind) if row.buyer_kind else None,
        reference=row.reference,
        nature=ContractNature(row.nature) if row.nature else None,
        is_concession=row.is_concession,
        is_defence=row.is_defence,
        amount_ht=row.amount_ht,
        engaged_on=row.engaged_on,
        duration_months=row.duration_months,
        place=row.place,
        state=StudyState(row.state),
        asked_on=row.asked_on,
        waiver=row.waiver,
        device=LegalDeviceKind(row.device) if row.device else None,
        device_reasons=row.device_reasons,
        lots=lots,
        whole=whole,
    )


def _volume(kept: StudyCalibration) -> Volume:
    return Volume(kept.hours, _written(kept), kept.arithmetic)


def _written(kept: StudyCalibration) -> str:
    """« 833 h », or the rule where hours follow what is ordered or invoiced."""
    said, found = kept.inputs, kept.result
    if kept.method == Method.PER_100K and "per_100k" in found:
        return f"{format_hours(Decimal(found['per_100k']))} par 100 000 € HT commandés"
    if kept.method == Method.BEYOND and "euros_per_hour" in said:
        start = format_euros(Decimal(said.get("beyond", "0")))
        return f"1 h par {format_euros(Decimal(said['euros_per_hour']))} HT facturés au-delà de {start}"
    return "" if kept.hours is None else format_hours(kept.hours)


_SECTORS = {
    BuyerKind.STATE: BuyerSector.STATE,
    BuyerKind.UTILITY: BuyerSector.UTILITY,
    BuyerKind.DEFENCE: BuyerSector.DEFENCE,
}


def at_or_above(study: BoughtStudy, on: date) -> bool | None:
    """Whether a social condition is due on that day; None when the nature, the buyer or the value is not known."""
    if study.nature is None or study.buyer_kind is None:
        return None
    sector = BuyerSector.DEFENCE if study.defence else _SECTORS.get(study.buyer_kind, BuyerSector.LOCAL)
    return social_obligation(
        thresholds(), kind=study.kind, nature=study.nature, sector=sector, estimated_ht=study.amount_ht,
        consultation_on=on,
    ).at_or_above_threshold  # fmt: skip
