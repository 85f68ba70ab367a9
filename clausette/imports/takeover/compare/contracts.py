"""Marchés of the workbook beside those held, and the engagement that a line speaks of."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clausette.imports.takeover.compare.bodies import Bodies
from clausette.imports.takeover.compare.held import HeldCommitment, HeldContract
from clausette.imports.takeover.fields import BY_CODE
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.keys import lot_key, number_key
from clausette.imports.takeover.records import Fate, Record
from clausette.kernel.french import format_date, format_hours

HEAD = ("contract_kind", "nature", "notified_on", "operation")
COMPARED = ("contract_starts_on", "contract_ends_on", "hours_minimum", "hours_offer", "amount_ht", "notified_on",
            "opening_hours", "opening_on", "amendment_on", "amendment_hours")  # fmt: skip


@dataclass(slots=True)
class Target:
    """An engagement: of a line of the workbook, held, or both."""

    key: str
    contract_key: str
    name: str
    lot: str
    contractor: str
    buyer: str
    numbers: frozenset[str]
    names: frozenset[str]
    starts_on: date | None
    ends_on: date | None
    record: Record | None = None
    held: HeldCommitment | None = None
    opening_on: date | None = None

    @property
    def usable(self) -> bool:
        """True when it is held, or will be written."""
        return self.held is not None or (
            self.record is not None and self.record.fate in (Fate.NEW, Fate.SAME, Fate.DIFFERS)
        )


@dataclass(slots=True)
class Contracts:
    """All the engagements known, found by number or name of the marché, then narrowed."""

    bodies: Bodies
    targets: list[Target] = field(default_factory=list)
    by_word: dict[str, list[Target]] = field(default_factory=lambda: defaultdict(list))

    def add(self, target: Target) -> None:
        """Make an engagement known under its numbers and names."""
        self.targets.append(target)
        for word in {*(f"#{one}" for one in target.numbers if one), *(one for one in target.names if one)}:
            self.by_word[word].append(target)

    def of(self, record: Record) -> list[Target]:
        """The engagements that a line may speak of."""
        number, name = number_key(record.text("contract_number")), key_of(record.text("contract_name"))
        found = self.by_word.get(f"#{number}", []) if number else []
        if not found and number:  # a column « Marché » may hold names in place of numbers
            found = self.by_word.get(key_of(record.text("contract_number")), [])
        if not found and name:
            found = self.by_word.get(name, []) or self.by_word.get(
                f"#{number_key(record.text('contract_name'))}", []
            )
        return self._narrowed(record, found, name)

    def _narrowed(self, record: Record, found: list[Target], name: str) -> list[Target]:
        lot = lot_key(record.text("lot_number"))
        contractor, buyer = self.bodies.key(record, "contractor"), self.bodies.key(record, "buyer")
        for wanted in (
            lambda one: not lot or one.lot == lot,
            lambda one: not buyer or one.buyer == buyer,
            lambda one: not contractor or one.contractor == contractor,
            lambda one: not name or name in one.names,
        ):
            if len(found) > 1:
                found = [one for one in found if wanted(one)] or found
        if lot and found and all(one.lot and one.lot != lot for one in found):
            return []
        return found


def compare_contracts(records: list[Record], held: tuple[HeldContract, ...], bodies: Bodies) -> Contracts:
    """Give each marché of the workbook its fate, and return all the engagements known."""
    found = Contracts(bodies)
    written: dict[str, Target] = {}
    used: set[int] = set()
    seen: set[str] = set()
    notified: dict[str, date] = {
        number_key(one.text("contract_number")): day
        for one in records
        if one.text("contract_number") and (day := one.day("notified_on") or one.day("contract_starts_on"))
    }
    for record in records:
        target = _target(record, bodies)
        twin = written.get(target.key)
        if twin is not None and twin.record is not None:
            _twin(record, twin.record)
            continue
        written[target.key] = target
        for role in ("buyer", "contractor"):
            bodies.remark(record, role, seen)
        _order(record, notified)
        _beside(record, target, held, used)
        found.add(target)
    for contract in held:
        for commitment in contract.commitments:
            if commitment.id not in used:
                found.add(_held_target(contract, commitment))
    return found


def _target(record: Record, bodies: Bodies) -> Target:
    number, name = number_key(record.text("contract_number")), key_of(record.text("contract_name"))
    buyer, contractor = bodies.key(record, "buyer"), bodies.key(record, "contractor")
    lot = lot_key(record.text("lot_number"))
    contract = f"c:{number or name}|{buyer}"
    record.parent = contract
    record.key = f"{contract}|{lot}|{contractor}"
    shown = record.text("contract_name") or record.text("contract_number")
    return Target(
        record.key, contract, shown, lot, contractor, buyer, frozenset({number}), frozenset({name}),
        record.day("contract_starts_on"), record.day("contract_ends_on"), record,
        opening_on=record.day("opening_on") if record.number("opening_hours") or record.opening_by_year else None,
    )  # fmt: skip


def _twin(record: Record, first: Record) -> None:
    """A second line for the same engagement: the same, or contradicting the first."""
    wrong = [
        code for code in COMPARED
        if code in record.values and code in first.values and record.values[code] != first.values[code]
    ]  # fmt: skip
    if wrong:
        labels = ", ".join(f"« {BY_CODE[code].label} »" for code in wrong)
        record.say(
            "E220",
            f"La ligne {first.line} de « {first.sheet} » dit autre chose pour le même marché : {labels}.",
        )
        record.fate = Fate.REFUSED
        return
    for code, value in record.values.items():
        first.values.setdefault(code, value)
    record.findings.clear()
    record.fate = Fate.SAME


def _order(record: Record, notified: dict[str, date]) -> None:
    """An order is never older than its accord-cadre."""
    frame = number_key(record.text("framework_number"))
    day = record.day("notified_on") or record.day("contract_starts_on")
    parent = notified.get(frame) if frame else None
    if parent and day and day < parent:
        record.say(
            "E211", f"La commande du {format_date(day)} est antérieure à l'accord-cadre ({format_date(parent)}).",
            "notified_on",
        )  # fmt: skip


def _beside(record: Record, target: Target, held: tuple[HeldContract, ...], used: set[int]) -> None:
    contract = _known(target, held)
    if contract is None:
        record.fate = Fate.REFUSED if record.stopped else Fate.NEW
        return
    if not contract.piloted:
        record.say("E222", "Ce marché est suivi par une autre structure.")
        record.fate = Fate.REFUSED
        return
    record.held["contract"] = contract.id
    target.numbers, target.names = target.numbers | {contract.number}, target.names | {contract.name}
    commitment = _commitment(target, contract)
    if commitment is None:
        record.fate = Fate.REFUSED if record.stopped else Fate.NEW
        return
    used.add(commitment.id)
    # what is missing in the line is in Clausette
    record.findings[:] = [one for one in record.findings if one.code != "E202"]
    record.held["commitment"] = commitment.id
    target.held, target.contractor = commitment, commitment.contractor
    target.starts_on, target.ends_on = commitment.starts_on, commitment.ends_on
    target.opening_on = commitment.opening_on or target.opening_on
    _differences(record, commitment)


def _known(target: Target, held: tuple[HeldContract, ...]) -> HeldContract | None:
    number, name = next(iter(target.numbers)), next(iter(target.names))
    same = [one for one in held if number and one.number == number] or [
        one for one in held if name and one.name == name and not (number and one.number)
    ]
    narrowed = [one for one in same if not target.buyer or one.buyer == target.buyer]
    return narrowed[0] if narrowed else None


def _commitment(target: Target, contract: HeldContract) -> HeldCommitment | None:
    same = [
        one for one in contract.commitments
        if (not target.lot or lot_key(one.lot_number) == target.lot)
        and (not target.contractor or one.contractor == target.contractor)
    ]  # fmt: skip
    return same[0] if len(same) == 1 else None


def _differences(record: Record, held: HeldCommitment) -> None:
    told: list[str] = []
    for code, day in (("contract_starts_on", held.starts_on), ("contract_ends_on", held.ends_on)):
        written = record.day(code)
        if written and written != day:
            told.append(
                f"{BY_CODE[code].label} : {format_date(written)} ici, {format_date(day)} dans Clausette"
            )
    due = max((n for n in (record.number("hours_minimum"), record.number("hours_offer")) if n), default=None)
    due = record.number("amendment_hours") or due
    if due is not None and held.due is not None and due != held.due:
        told.append(f"heures dues : {format_hours(due)} ici, {format_hours(held.due)} dans Clausette")
    opening = opening_of(record)
    if opening and held.opening is not None and opening != held.opening:
        told.append(
            f"heures reprises : {format_hours(opening)} ici, {format_hours(held.opening)} dans Clausette"
        )
    if record.stopped:
        record.fate = Fate.REFUSED
    elif opening and held.opening is None:
        record.fate = Fate.NEW
    else:
        record.fate = Fate.DIFFERS if told else Fate.SAME
    if told:
        record.say("W202", f"{'; '.join(told)}.")


def opening_of(record: Record) -> Decimal:
    """Hours of the opening balance of a line: the total, else the sum of the years."""
    return record.number("opening_hours") or sum(record.opening_by_year.values(), Decimal(0))


def _held_target(contract: HeldContract, commitment: HeldCommitment) -> Target:
    key = f"h:{commitment.id}"
    return Target(
        key, f"c:{contract.number or contract.name}|{contract.buyer}", contract.name, lot_key(commitment.lot_number),
        commitment.contractor, contract.buyer, frozenset({contract.number}), frozenset({contract.name}),
        commitment.starts_on, commitment.ends_on, None, commitment, commitment.opening_on,
    )  # fmt: skip
