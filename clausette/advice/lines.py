"""The advice as lines of JSON: one question an object, one answer an object, refusals by field in French."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from clausette.advice.enums import AmountBasis, BuyerKind, Method
from clausette.advice.errors import CannotCalibrate
from clausette.advice.queries import calibration_of, obligation_of, proposal_of_trade, proposals_of_cpv
from clausette.advice.rules import Ask, Calibration, ObligationTest, Purchase, TradeProposal, complete
from clausette.commitments.enums import Rounding
from clausette.kernel.errors import Refusal
from clausette.kernel.parsing import parse_date, parse_decimal
from clausette.procurement.enums import ContractNature

Said = dict[str, Any]
Choice = TypeVar("Choice", bound=StrEnum)
_NUMBERS = (
    "amount", "years", "hourly_cost", "months", "hours", "monthly_hours", "euros_per_hour", "beyond",
)  # fmt: skip
_SHARES = ("labour_share", "insertion_rate")
CALIBRATE_KEYS = frozenset({"id", "method", "basis", "rounding", "trade", "cpv", "on", *_NUMBERS, *_SHARES})
OBLIGATION_KEYS = frozenset(
    {"id", "buyer_kind", "nature", "value", "engaged_on", "defence", "concession"}
)  # fmt: skip


class _Reader:
    """Reads the fields of one object and gathers what is wrong, field by field."""

    def __init__(self, said: Mapping[str, Any], known: frozenset[str]) -> None:
        self.said = said
        self.errors = {key: "Champ inconnu." for key in said if key not in known}

    def _read(self, key: str, read: Callable[[Any], Any]) -> Any:
        value = self.said.get(key)
        if value is None or value == "":
            return None
        try:
            return read(value)
        except ValueError as error:
            self.errors[key] = str(error)
            return None

    def number(self, key: str) -> Decimal | None:
        """A number, or a text such as « 1 234,5 € »."""
        found: Decimal | None = self._read(key, _number)
        return found

    def share(self, key: str) -> Decimal | None:
        """A number from 0 to 1, or a text such as « 50 % »."""
        found: Decimal | None = self._read(key, _share)
        return found

    def day(self, key: str) -> date | None:
        """A day, « 2026-08-21 »."""
        found: date | None = self._read(key, _day)
        return found

    def truth(self, key: str) -> bool:
        """true or false; absent is false."""
        return bool(self._read(key, _truth))

    def text(self, key: str) -> str:
        """A text, "" when absent."""
        return str(self._read(key, _text) or "")

    def choice(self, key: str, kind: type[Choice]) -> Choice | None:
        """One word of a closed list."""
        found: Choice | None = self._read(key, lambda value: _choice(value, kind))
        return found

    def need(self, key: str, sentence: str) -> None:
        """Ask for a field that is absent."""
        if self.said.get(key) in (None, ""):
            self.errors.setdefault(key, sentence)


def _number(value: Any) -> Decimal:
    if isinstance(value, str):
        return parse_decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("Écrivez un nombre.")
    number = Decimal(value)
    if number and not -12 <= number.adjusted() <= 15:
        raise ValueError("Ce nombre est trop grand ou trop petit.")
    return number


def _share(value: Any) -> Decimal:
    if isinstance(value, str) and value.strip().endswith("%"):
        return parse_decimal(value) / 100
    number = _number(value)
    if number > 1:
        raise ValueError('Une part va de 0 à 1 : 0.5 pour 50 %, ou le texte "50 %".')
    return number


def _day(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError('Écrivez une date, par exemple "2026-08-21".')
    return parse_date(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("Écrivez true ou false.")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("Écrivez un texte.")
    return value


def _choice(value: Any, kind: type[Choice]) -> Choice:
    words = [one.value for one in kind]
    if value not in words:
        raise ValueError(f"Écrivez un de ces mots : {', '.join(words)}.")
    return kind(value)


def read_purchase(said: Mapping[str, Any]) -> Purchase:
    """Return the purchase told by an object. Raises CannotCalibrate with every field at fault."""
    reader = _Reader(said, OBLIGATION_KEYS)
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
    reader = _Reader(said, CALIBRATE_KEYS)
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


def _proposal(reader: _Reader, on: date) -> TradeProposal | None:
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


def answers(lines: Iterable[str], answer: Callable[..., Said], *, today: date) -> Iterator[str]:
    """Yield one line of JSON for each line that is not empty, in the same order; a refused one stops nothing."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(_answered(line, number, answer, today), ensure_ascii=False)


def _answered(line: str, number: int, answer: Callable[..., Said], today: date) -> Said:
    try:
        said = json.loads(line.lstrip("\ufeff"), parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return {"ok": False, "errors": {"": f"Ligne {number} : ce n'est pas du JSON."}}
    if not isinstance(said, dict):
        return {"ok": False, "errors": {"": f"Ligne {number} : un objet est attendu, entre accolades."}}
    named = {"id": said["id"]} if isinstance(said.get("id"), str | int) else {}
    try:
        return {**named, **answer(said, today=today)}
    except Refusal as refusal:
        errors = getattr(refusal, "errors", None) or {refusal.field: refusal.message}
        return {**named, "ok": False, "errors": errors}


def _no_constant(word: str) -> Decimal:
    raise ValueError(word)
