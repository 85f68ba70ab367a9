"""A document on screen: the very words and figures of the paper, set as components."""

from collections.abc import Mapping, Sequence
from typing import Any

from clausette.kernel.columns import Column
from clausette.reports.attestation.facts import AttestationFacts
from clausette.reports.attestation.wording import words
from clausette.reports.followup.facts import FollowUpFacts
from clausette.reports.followup.papers import follow_up_paper
from clausette.reports.paper import Ledger
from clausette.web.components.base import Component
from clausette.web.components.figures import Figure, Gauge
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.tables import Table


def _table(tree: Mapping[str, Any] | None) -> tuple[str, Table] | None:
    """A table of the paper; its first `texts` columns are words, the others figures."""
    if not tree:
        return None
    columns: list[Column[Sequence[str]]] = [
        Column(label, _cell(place), _kind(place, tree)) for place, label in enumerate(tree["head"])
    ]
    totals = {label: cell for label, cell in zip(tree["head"], tree["total"], strict=False) if cell}
    return tree["title"], Table(tree["title"], columns, tree["rows"], totals=totals)


def _cell(place: int) -> Any:
    return lambda row: row[place]


def _kind(place: int, tree: Mapping[str, Any]) -> Any:
    """Figures are already written: « int » only sets them to the right."""
    return "text" if place < tree["texts"] else "int"


def on_screen(facts: AttestationFacts | FollowUpFacts) -> dict[str, object]:
    """Return what the page of a document shows of its facts."""
    return _attestation(facts) if isinstance(facts, AttestationFacts) else _follow_up(facts)


def _follow_up(facts: FollowUpFacts) -> dict[str, object]:
    """The same blocks as the paper, the curve left to it."""
    paper = follow_up_paper(facts)
    totals = facts.totals
    gauge = (
        Gauge(totals.due_firm, totals.validated, totals.waiting) if totals.due_firm and paper.bar else None
    )
    return {
        "statement": paper.statement,
        "equivalent": paper.equivalent,
        "correction": paper.correction,
        "notice": paper.notice,
        "headline": [Figure(box.value, box.label.lower(), box.note) for box in paper.boxes],
        "gauge": gauge,
        "identity": Facts([Fact(term, " · ".join(lines)) for term, lines in paper.identity]),
        "tables": [_ledger(one) for one in paper.ledgers],
        "definitions": [(one.title, one.note) for one in paper.ledgers if one.note],
    }


def _ledger(ledger: Ledger) -> tuple[str, Table]:
    rows, total = ledger.written()
    columns: list[Column[Sequence[str]]] = [
        Column(head.label, _cell(place), "text" if head.kind in ("text", "date", "month") else "int")
        for place, head in enumerate(ledger.heads)
    ]
    totals = {head.label: cell for head, cell in zip(ledger.heads, total, strict=False) if cell}
    return ledger.title, Table(ledger.title, columns, rows, totals=totals)


def _attestation(facts: AttestationFacts) -> dict[str, object]:
    said: dict[str, Any] = words(facts)
    figures = facts.figures
    headline: list[Component] = [
        Figure(box["value"], box["label"].lower(), box["note"]) for box in said["headline"]
    ]
    gauge = None
    if figures.due_firm:
        gauge = Gauge(figures.due_firm, figures.validated, figures.declared - figures.validated)
    tables = [_table(said[name]) for name in ("figures", "modalities", "months")]
    identity = Facts([Fact(entry["term"], " · ".join(entry["lines"])) for entry in said["identity"]])
    return {
        "statement": said["statement"],
        "equivalent": said["equivalent"],
        "correction": said["correction"],
        "notice": "",
        "headline": headline,
        "gauge": gauge,
        "identity": identity,
        "tables": [table for table in tables if table],
        "definitions": [(one["term"], one["text"]) for one in said["definitions"]],
    }
