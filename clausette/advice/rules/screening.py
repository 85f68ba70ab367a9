"""« Repérage »: what each line of a purchase programme deserves, line by line and without any table.

Each line gets the test of the social condition, a score with its reasons, hours at several rates and a suggested
device. The facts of the day come in a `Ground`, read once for all the lines.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from clausette.advice.enums import BuyerKind, Verdict
from clausette.advice.rules.cpv import nature_of_cpv
from clausette.advice.rules.obligation import Facts, ObligationTest, Purchase, obligation
from clausette.advice.rules.places import same_place
from clausette.advice.rules.proposing import TradeProposal
from clausette.advice.rules.scoring import (
    Offered,
    Past,
    Reason,
    capacity_reason,
    duration_reason,
    labour_reason,
    past_reason,
    place_reason,
    score_of,
    volume_reason,
)
from clausette.advice.rules.weights import Weights
from clausette.commitments.rules import labour_hours, round_hours
from clausette.procurement.enums import ContractNature, LegalDeviceKind

SCREENING_RULES = "reperage-2026.1"
"""Version of these rules."""

_SUPPLIES = "supplies"
_RESERVED_TRADES = frozenset({"green_upkeep", "laundry", "archives", "waste_sorting", "street_cleaning"})
"""Trades often held by structures of insertion and adapted work."""


class Band(StrEnum):
    """What a score means."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a structure of insertion said: trade (code), place as it was written, hours a month."""

    trade: str
    place: str
    monthly_hours: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One purchase of a programme. Amount in euros without tax, duration in months; None or « » where not known.
    `whole`: the value of all the lots together, when the line is one of several: the threshold looks at it."""

    title: str
    buyer_kind: BuyerKind = BuyerKind.LOCAL
    nature: ContractNature | None = None
    amount: Decimal | None = None
    cpv: str = ""
    engaged_on: date | None = None
    months: int | None = None
    place: str = ""
    defence: bool = False
    concession: bool = False
    whole: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What all the lines are screened with: facts of the day `on`, trades with their usual values, offers and past
    contracts (by trade code, or by CPV division) of the structure, its territory as a postal code and a name."""

    on: date
    facts: Facts
    trades: Sequence[TradeProposal]
    weights: Weights = field(default_factory=Weights)
    offers: Sequence[Offer] = ()
    past: Mapping[str, Past] = field(default_factory=dict)
    territory: str = ""


@dataclass(frozen=True, slots=True)
class HoursAt:
    """Hours of insertion at a rate (0–1), rounded to the nearest."""

    rate: Decimal
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Screened:
    """What a line deserves. `test` is None where a fact is missing, `test_told` says the answer or what is missing.

    `trade`: code of the trade retained, « » when none. `hours`: by rate, empty when they cannot be told.
    """

    line: Line
    nature: ContractNature | None
    test: ObligationTest | None
    test_told: str
    trade: str
    score: int
    band: Band
    reasons: tuple[Reason, ...]
    hours: tuple[HoursAt, ...]
    device: LegalDeviceKind
    device_told: str

    @property
    def missing(self) -> int:
        """How many criteria rest on a fact not known."""
        return sum(not one.known for one in self.reasons)


def screen(lines: Sequence[Line], ground: Ground) -> list[Screened]:
    """Return what each line deserves, in the same order."""
    bench = _Bench(ground)
    return [bench.screen(line) for line in lines]


def with_wholes(lines: Sequence[tuple[str, Line]]) -> list[Line]:
    """Return the lines, each with the value of all those that share its reference (lots of one purchase)."""
    amounts: dict[str, list[Decimal]] = {}
    for reference, line in lines:
        if reference and line.amount is not None:
            amounts.setdefault(reference, []).append(line.amount)
    wholes = {reference: sum(several, Decimal(0)) for reference, several in amounts.items() if len(several) > 1}
    return [replace(line, whole=wholes.get(reference)) for reference, line in lines]


class _Bench:
    """The ground, with what is found once for many lines."""

    def __init__(self, ground: Ground) -> None:
        # the test asks for the article of the condition of execution alone
        articles = [row for row in ground.facts.articles if row.device == LegalDeviceKind.EXECUTION.value]
        self.ground = ground = replace(ground, facts=replace(ground.facts, articles=articles))
        self.by_prefix: dict[str, list[TradeProposal]] = {}
        for one in ground.trades:
            for prefix in one.row.cpv:
                self.by_prefix.setdefault(prefix, []).append(one)
        self.by_cpv: dict[str, tuple[TradeProposal, ...]] = {}
        self.supplies = tuple(one for one in ground.trades if one.row.code == _SUPPLIES)
        self.capacities: dict[tuple[str, str], Offered] = {}
        self.told: dict[tuple[str, object], Reason] = {}
        self.rates = [(rate, Fraction(rate)) for rate in ground.weights.rates]

    def screen(self, line: Line) -> Screened:
        ground, weights = self.ground, self.ground.weights
        nature = line.nature or (nature_of_cpv(line.cpv) if line.cpv else None)
        trades = self._trades(line.cpv, nature)
        trade = trades[0].row.code if trades else ""
        hours = self._hours(line, trades)
        test, told = _tested(line, nature, ground)
        reasons = self._reasons(line, trades, hours[0].hours if hours else None)
        score = score_of(reasons)
        if trades and not trades[0].share:
            score = 0  # nobody works on site: nothing else counts
        band = Band.HIGH if score >= weights.high else Band.LOW if score < weights.low else Band.MIDDLE
        device, why = suggest_device(line, test, trades, hours, band, weights)
        return Screened(line, nature, test, told, trade, score, band, reasons, hours, device, why)

    def _trades(self, cpv: str, nature: ContractNature | None) -> tuple[TradeProposal, ...]:
        """The trades of the code, the lowest share of labour first; supplies without a trade have no labour."""
        if cpv not in self.by_cpv:
            prefixes = (cpv[:size] for size in range(len(cpv), 1, -1))
            longest = next((one for one in prefixes if one in self.by_prefix), "")
            self.by_cpv[cpv] = tuple(sorted(self.by_prefix.get(longest, ()), key=lambda one: one.share))
        found_trades = self.by_cpv[cpv]
        return self.supplies if not found_trades and nature == ContractNature.SUPPLIES else found_trades

    def _reasons(self, line: Line, trades: tuple[TradeProposal, ...], hours: Decimal | None) -> tuple[Reason, ...]:
        weights, trade = self.ground.weights, trades[0].row.code if trades else ""
        if trades and not trades[0].share:
            sentence = f"« {trades[0].row.trade} » : aucune main-d'œuvre sur site, une clause n'a pas d'objet."
            return (Reason("labour", 0, weights.most, sentence),)
        return (
            self._once("labour", line.cpv or trade, lambda: labour_reason(trades, weights)),
            volume_reason(hours, weights),
            self._once("duration", line.months, lambda: duration_reason(line.months, weights)),
            self._once("place", line.place, lambda: self._place(line.place)),
            capacity_reason(self._capacity(trade, line.place), hours, line.months, weights),
            self._once("past", (trade, line.cpv[:2]), lambda: past_reason(self._past(trade, line.cpv), weights)),
        )

    def _once(self, code: str, of: object, tell: Callable[[], Reason]) -> Reason:
        """A reason that depends on `of` alone, told once for all the lines."""
        key = code, of
        if key not in self.told:
            self.told[key] = tell()
        return self.told[key]

    def _place(self, place: str) -> Reason:
        return place_reason(same_place(place, self.ground.territory), place, self.ground.weights)

    def _capacity(self, trade: str, place: str) -> Offered:
        if (trade, place) not in self.capacities:
            near = [
                one for one in self.ground.offers
                if trade and one.trade == trade and same_place(place, one.place) is not False
            ]  # fmt: skip
            total = sum((one.monthly_hours for one in near), Decimal(0))
            self.capacities[trade, place] = Offered(total, len(near), bool(trade and self.ground.offers))
        return self.capacities[trade, place]

    def _past(self, trade: str, cpv: str) -> Past:
        past = self.ground.past
        return past.get(trade) or past.get(cpv[:2]) or Past()

    def _hours(self, line: Line, trades: tuple[TradeProposal, ...]) -> tuple[HoursAt, ...]:
        """Hours at each rate: M × p × t ÷ c, with the usual share and cost of the trade."""
        if not trades or line.amount is None or not trades[0].share:
            return ()
        cost = trades[0].own_cost or trades[0].cost
        hourly = cost.value if cost else self.ground.weights.cost
        labour = labour_hours(amount_ht=line.amount, labour_share=trades[0].share, hourly_cost=hourly)
        return tuple(HoursAt(rate, round_hours(labour * exact)) for rate, exact in self.rates)


def _tested(line: Line, nature: ContractNature | None, ground: Ground) -> tuple[ObligationTest | None, str]:
    """The test of the social condition; without a day of consultation, on the day of the screening, and it is said."""
    if nature is None:
        return None, "Nature et CPV inconnus : le test de la clause obligatoire reste à faire."
    value = line.whole or line.amount
    if value is None:
        return None, "Valeur estimée inconnue : le test de la clause obligatoire reste à faire."
    on = line.engaged_on or ground.on
    found = obligation(
        Purchase(line.buyer_kind, nature, value, on, defence=line.defence, concession=line.concession),
        ground.facts,
    )
    if line.engaged_on is None:
        return found, f"{found.sentence} Jour de la consultation inconnu : test fait au jour du repérage."
    return found, found.sentence


def suggest_device(
    line: Line,
    test: ObligationTest | None,
    trades: tuple[TradeProposal, ...],
    hours: tuple[HoursAt, ...],
    band: Band,
    weights: Weights,
) -> tuple[LegalDeviceKind, str]:
    """Return a first « levier juridique » and why. Practice of the trade: the study of the purchase decides."""
    due = test is not None and test.verdict == Verdict.MANDATORY
    if trades and not trades[0].share:
        why = "Pas de main-d'œuvre sur site"
        return LegalDeviceKind.NONE, f"{why} : voyez les motifs de dérogation." if due else f"{why}."
    if line.buyer_kind == BuyerKind.PRIVATE:
        return LegalDeviceKind.PRIVATE, "Acheteur privé : une clause volontaire est possible."
    if not trades or not hours:
        return LegalDeviceKind.UNKNOWN, "Il manque le métier ou le montant pour proposer un levier."
    enough = hours[0].hours >= weights.least_hours
    if due:
        why = "La clause est obligatoire"
        return LegalDeviceKind.EXECUTION, f"{why}." if enough else f"{why} ; le volume est faible, à discuter."
    if trades[0].row.code in _RESERVED_TRADES and band != Band.LOW and not line.concession:
        why = f"« {trades[0].row.trade} » : métier souvent tenu par des structures d'insertion ou du travail protégé."
        return LegalDeviceKind.RESERVED_BOTH, why
    if enough and band != Band.LOW:
        return LegalDeviceKind.EXECUTION, "La clause est facultative, et cet achat s'y prête."
    return LegalDeviceKind.NONE, "La clause est facultative, et cet achat s'y prête peu."
