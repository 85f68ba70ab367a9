"""The rules of the advice with the dated facts of a day. No rights needed: public facts."""

from datetime import date
from functools import lru_cache
from types import MappingProxyType

from clausette.advice.enums import ValueKind
from clausette.advice.rules import (
    Ask,
    Calibration,
    Facts,
    Limits,
    ObligationTest,
    OwnFigures,
    Purchase,
    TradeProposal,
    UsualCost,
    calibrate,
    limits_of,
    obligation,
    trade_of,
    trades_of_cpv,
)
from clausette.reference.facts.labour import LabourRow
from clausette.reference.queries import (
    DatedValue,
    labour_rows,
    legal_articles,
    parameter_row,
    parameters_on,
    thresholds,
    waivers,
)

NOTHING: OwnFigures = MappingProxyType({})


def obligation_of(purchase: Purchase) -> ObligationTest:
    """Return the answer of the test for this purchase, with the facts in force on its day."""
    return obligation(purchase, Facts(thresholds(), legal_articles(), waivers()))


def limits_on(on: date) -> Limits:
    """Return the values of practice of a day."""
    return limits_of(parameters_on(on))


def calibration_of(ask: Ask, *, on: date) -> Calibration:
    """Return the figure asked, with the values of practice of a day. Raises CannotCalibrate."""
    return calibrate(ask, limits_on(on))


def trades(on: date) -> tuple[LabourRow, ...]:
    """Return the trades whose labour share is known on a day, in the order of the list."""
    return labour_rows(on)


def proposal_of_trade(code: str, *, on: date, own: OwnFigures = NOTHING) -> TradeProposal | None:
    """Return what is proposed for a trade, None when it is not known. `own`: values of the structure, which come
    first."""
    row = trade_of(labour_rows(on), code, on)
    return _proposal(row, on, own) if row else None


def proposals_of_cpv(cpv: str, *, on: date, own: OwnFigures = NOTHING) -> tuple[TradeProposal, ...]:
    """Return what is proposed for a CPV code: one trade, several that share it, or none. Raises ValueError."""
    return tuple(_proposal(row, on, own) for row in trades_of_cpv(labour_rows(on), cpv, on))


def _proposal(row: LabourRow, on: date, own: OwnFigures) -> TradeProposal:
    usual = _cost(row.cost_code, on) if row.cost_code else None
    cost = UsualCost(usual.value, usual.source, usual.reliability) if usual else None
    mine = (own.get((kind, row.code)) for kind in (ValueKind.LABOUR_SHARE, ValueKind.HOURLY_COST))
    return TradeProposal(row, cost, *mine)


@lru_cache(maxsize=64)
def _cost(code: str, on: date) -> DatedValue:
    return parameter_row(code=code, on=on)
