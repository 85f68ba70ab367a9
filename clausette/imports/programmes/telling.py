"""A screened line as one JSON object, for the command `screen`."""

from decimal import Decimal
from typing import Any

from clausette.advice.rules import SCREENING_RULES, Screened
from clausette.imports.programmes.results import ReadLine, Remark

Said = dict[str, Any]


def tell_line(read: ReadLine, found: Screened) -> Said:
    """Return what a line deserves, or its errors with line and column; remarks that stop nothing are told beside."""
    where: Said = {"sheet": read.sheet or None, "line": read.number}
    if read.stopped:
        told = [_remark(read, one) for one in read.remarks]
        return {"ok": False, **where, "title": read.title or None, "errors": told}
    return {
        "ok": True,
        **where,
        "title": read.title,
        "reference": read.values.get("reference"),
        "nature": found.nature.value if found.nature else None,
        "amount": _json(read.amount),
        "cpv": found.line.cpv or None,
        "engaged_on": found.line.engaged_on.isoformat() if found.line.engaged_on else None,
        "months": found.line.months,
        "place": found.line.place or None,
        "said_social": read.values.get("said_social"),
        "obligation": _obligation(found),
        "score": found.score,
        "band": found.band.value,
        "reasons": [
            {"code": one.code, "points": one.points, "most": one.most, "known": one.known, "sentence": one.sentence}
            for one in found.reasons
        ],
        "trade": found.trade or None,
        "device": found.device.value,
        "device_reason": found.device_told,
        "hours": {_rate(one.rate): _json(one.hours) for one in found.hours},
        "remarks": [_remark(read, one) for one in read.remarks],
        "rule_version": SCREENING_RULES,
    }


def tell_refusal(sentence: str) -> Said:
    """Return the refusal of a whole file."""
    return {"ok": False, "errors": [{"line": None, "column": None, "sentence": sentence}]}


def _obligation(found: Screened) -> Said:
    test = found.test
    return {
        "verdict": test.verdict.value if test else "unknown",
        "sentence": found.test_told,
        "article": (test.article or None) if test else None,
        "threshold": test.threshold if test else None,
    }


def _remark(read: ReadLine, one: Remark) -> Said:
    return {
        "line": read.number, "column": one.column or None, "label": one.label or None, "value": one.value or None,
        "sentence": one.sentence,
    }  # fmt: skip


def _rate(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


def _json(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
