"""Eligibility as lines of JSON: a situation in, the publics it opens out."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from clausette.kernel.errors import Invalid
from clausette.kernel.jsonlines import ObjectReader, Said
from clausette.participants.queries import answer_of
from clausette.participants.rules import LEVELS, Answer, Criterion, Paper, Situation
from clausette.reference.facts.publics import PUBLICS

_DAYS = ("registered_on", "left_school_on", "inactive_since", "pass_ends_on")
KEYS = frozenset(
    {
        "id", "on", "birth_date", "situations", "months_worked", "level", "already_employed", "options", "admitted",
        "papers", *_DAYS,
    }
)  # fmt: skip
PAPER_KEYS = frozenset({"on", "title_ends_on"})


def read_situation(said: Mapping[str, Any], *, today: date) -> Situation:
    """Return the situation told by an object. Raises Invalid with every field at fault."""
    reader = ObjectReader(said, KEYS)
    on, born_on = reader.day("on") or today, reader.day("birth_date")
    days = {name: reader.day(name) for name in _DAYS}
    months, level = reader.number("months_worked"), reader.text("level")
    lists = {name: frozenset(reader.words(name)) for name in ("situations", "options", "admitted")}
    if born_on is not None and born_on > on:
        reader.errors["birth_date"] = "La date de naissance est dans le futur."
    if months is not None and not Decimal(0) <= months <= 12:
        reader.errors["months_worked"] = "Un nombre de mois de 0 à 12."
    if level and level not in LEVELS:
        reader.errors["level"] = f"Écrivez un de ces codes : {', '.join(LEVELS)}."
    known = {row.code for row in PUBLICS}
    for name, codes in lists.items():
        if codes - known:
            reader.errors[name] = f"Ce n'est pas un public de la liste : {', '.join(sorted(codes - known))}."
    papers = _papers(reader, known)
    employed = reader.truth("already_employed")
    if reader.errors:
        raise Invalid(reader.errors)
    return Situation(
        on, lists["situations"], born_on, days["registered_on"], months, days["left_school_on"], days["inactive_since"],
        level, days["pass_ends_on"], employed, lists["options"],
        lists["admitted"] if said.get("admitted") is not None else None, papers,
    )  # fmt: skip


def _papers(reader: ObjectReader, known: set[str]) -> dict[str, Paper]:
    said = reader.said.get("papers") or {}
    if not isinstance(said, dict) or not all(isinstance(one, dict) for one in said.values()):
        reader.errors["papers"] = 'Un objet est attendu : {"RSA": {"on": "2026-08-01"}}.'
        return {}
    found: dict[str, Paper] = {}
    for code, one in said.items():
        inside = ObjectReader(one, PAPER_KEYS)
        found[code] = Paper(inside.day("on"), inside.day("title_ends_on"))
        if code not in known:
            inside.errors[""] = "Ce n'est pas un public de la liste."
        reader.errors |= {f"papers.{code}.{key}".rstrip("."): error for key, error in inside.errors.items()}
    return found


def tell(found: Answer) -> Said:
    """Return the answer as one object."""
    retained = found.retained
    return {
        "ok": True,
        "verdict": found.verdict,
        "retained": retained.row.code if retained else None,
        "group": retained.row.group.value if retained else None,
        "until": found.until.isoformat() if found.until else None,
        "categories": [_told(one) for one in found.criteria],
        "refusals": list(found.refusals),
        "rule_version": found.rule_version,
    }


def _told(one: Criterion) -> Said:
    return {
        "code": one.row.code,
        "label": one.row.label,
        "group": one.row.group.value,
        "holds": one.holds,
        "evidence": one.row.evidence,
        "evidence_months": one.row.evidence_months,
        "oldest_evidence": one.oldest_paper.isoformat() if one.oldest_paper else None,
        "missing": list(one.missing),
        "refusal": one.refusal or None,
        "source": one.row.source,
        "reliability": one.row.reliability.value,
    }


def answer_situation(said: Mapping[str, Any], *, today: date) -> Said:
    """Answer one situation."""
    return tell(answer_of(read_situation(said, today=today)))
