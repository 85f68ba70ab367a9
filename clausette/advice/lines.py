"""The advice as lines of JSON: one question an object, one answer an object, refusals by field in French."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from clausette.advice.enums import AmountBasis, BuyerKind, Method
from clausette.advice.errors import CannotCalibrate
from clausette.advice.queries import calibration_of, obligation_of, proposal_of_trade, proposals_of_cpv
from clausette.advice.rules import Ask, Calibration, ObligationTest, Purchase, TradeProposal, complete
from clausette.commitments.enums import Rounding
from clausette.kernel.jsonlines import ObjectReader, Said
from clausette.procurement.enums import ContractNature

_NUMBERS = (
    "amount", "years", "hourly_cost", "months", "hours", "monthly_hours", "euros_per_hour", "beyond",
)  # fmt: skip
_SHARES = ("labour_share", "insertion_rate")
CALIBRATE_KEYS = frozenset({"id", "method", "basis", "rounding", "trade", "cpv", "on", *_NUMBERS, *_SHARES})
OBLIGATION_KEYS = frozenset(
    {"id", "buyer_kind", "nature", "value", "engaged_on", "defence", "concession"}
)  # fmt: skip


def read_purchase(said: Mapping[str, Any]) -> Purchase:
    """Return the purchase told by an object. Raises CannotCalibrate with every field at fault."""
    reader = ObjectReader(said, OBLIGATION_KEYS)
    buyer, nature = reader.choice("buyer_kind", BuyerKind), reader.choice("nature", ContractNature)
    value, day = reader.number("value"), reader.day("engaged_on")
    defence, concession = reader.truth("defence"), reader.truth("concession")
    reader.need("buyer_kind", "Dites qui achète.")
    reader.need("nature", "Dites la nature de l'achat.")
    reader.need("value", "Donnez la valeur estimée HT.")
    reader.need("engaged_on", "Donnez le jour où la consultation est engagée.")
    if value is not None and value < 0:
        reader.errors["value"] = "La valeur estimée ne peut pas être négative."
    if reader.errors or buyer is None or nature is None or value is None or day is None:
        raise CannotCalibrate(reader.errors)
    return Purchase(buyer, nature, value, day, defence=defence, concession=concession)


def read_ask(said: Mapping[str, Any], *, today: date) -> tuple[Ask, TradeProposal | None, date]:
    """Return the figures told by an object, what its trade proposes and the day of the values. Raises
    CannotCalibrate."""
    reader = ObjectReader(said, CALIBRATE_KEYS)
    method = reader.choice("method", Method) or Method.LOT
    figures: dict[str, Any] = {key: reader.number(key) for key in _NUMBERS}
    figures |= {key: reader.share(key) for key in _SHARES}
    figures["basis"], figures["rounding"] = (
        reader.choice("basis", AmountBasis),
        reader.choice("rounding", Rounding),
    )
    on = reader.day("on") or today
    proposal = _proposal(reader, on)
    if reader.errors:
        raise CannotCalibrate(reader.errors)
    return Ask(method, **figures), proposal, on


def _proposal(reader: ObjectReader, on: date) -> TradeProposal | None:
    trade, cpv = reader.text("trade"), reader.text("cpv")
    if trade:
        found = proposal_of_trade(trade, on=on)
        if found is None:
            reader.errors["trade"] = f"« {trade[:40]} » n'est pas un métier connu."
        return found
    if not cpv:
        return None
    try:
        several = proposals_of_cpv(cpv, on=on)
    except ValueError as error:
        reader.errors["cpv"] = str(error)
        return None
    if len(several) > 1:
        words = " ou ".join(f"« {one.row.code} »" for one in several)
        reader.errors["cpv"] = f"Plusieurs métiers répondent à ce code : donnez trade, {words}."
    return several[0] if len(several) == 1 else None


def tell_obligation(found: ObligationTest) -> Said:
    """Return the answer of the test as one object."""
    row = found.threshold_row
    return {
        "ok": True,
        "verdict": found.verdict.value,
        "sentence": found.sentence,
        "article": found.article or None,
        "article_reliability": found.article_reliability,
        "threshold": found.threshold,
        "threshold_from": row.starts_on.isoformat() if row else None,
        "threshold_to": row.ends_on.isoformat() if row else None,
        "threshold_source": row.source if row else None,
        "threshold_reliability": row.reliability if row else None,
        "motives": [
            {"code": one.code, "label": one.label, "text": one.text, "usable": not one.refusal, "refusal": one.refusal,
             "reliability": one.reliability}
            for one in found.motives
        ],
        "rule_version": found.rule_version,
    }  # fmt: skip


def tell_calibration(found: Calibration, proposed: tuple[str, ...]) -> Said:
    """Return a figure as one object; hours by 100 000 € are the hours when no amount was given."""
    same = found.equivalents
    return {
        "ok": True,
        "method": found.method.value,
        "hours": _json(found.per_100k if found.hours is None else found.hours),
        "raw": _json(found.raw),
        "labour_hours": _json(found.labour_hours),
        "per_100k": _json(found.per_100k),
        "insertion_rate": _json(found.rate),
        "cost": _json(found.cost),
        "potential": _json(found.potential),
        "amount": _json(found.amount),
        "equivalents": {
            "person_months": _json(same.person_months), "person_weeks": _json(same.person_weeks),
            "sentence": same.sentence,
        } if same else None,
        "arithmetic": found.arithmetic,
        "proposed": list(proposed),
        "warnings": [{"code": one.code, "sentence": one.sentence} for one in found.warnings],
        "rule_version": found.rule_version,
    }  # fmt: skip


def _json(value: Decimal | None) -> int | float | None:
    """A JSON number: whole when it is whole. Written for reading, never computed with again."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def answer_obligation(said: Mapping[str, Any], *, today: date) -> Said:
    """Answer one question of the test."""
    return tell_obligation(obligation_of(read_purchase(said)))


def answer_calibration(said: Mapping[str, Any], *, today: date) -> Said:
    """Answer one calculation, with the values of the trade where they were not given."""
    ask, proposal, on = read_ask(said, today=today)
    completed = complete(ask, proposal)
    return tell_calibration(calibration_of(completed.ask, on=on), completed.told)
