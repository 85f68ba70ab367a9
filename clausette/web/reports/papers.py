"""A document on screen: the very words and figures of the paper, set as components."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from clausette.kernel.columns import Column
from clausette.reports.attestation.facts import AttestationFacts
from clausette.reports.attestation.wording import words
from clausette.reports.followup.facts import FollowUpFacts
from clausette.reports.followup.papers import follow_up_paper
from clausette.reports.paper import Ledger
from clausette.web.components.base import Component
from clausette.web.components.figures import Figure, Gauge
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.tables import Table, Under

WIDE = 4
"""Columns from which a table takes the whole width of the page."""
HOW = "Comment il est compté"
Shown = tuple[str, Table]


@dataclass(frozen=True, slots=True)
class Group:
    """Tables set together: one wide, or several narrow side by side."""

    wide: bool
    tables: list[Shown]


def grouped(tables: Iterable[Shown]) -> list[Group]:
    """Return the tables in their order, the narrow ones that follow each other together."""
    groups: list[Group] = []
    for one in tables:
        wide = len(one[1].columns) >= WIDE
        if wide or not groups or groups[-1].wide:
            groups.append(Group(wide, []))
        groups[-1].tables.append(one)
    return groups


def _set(
    title: str, heads: Sequence[tuple[str, bool]], rows: Sequence[Sequence[str]], total: Sequence[str]
) -> Shown:
    """A table of the paper, its cells already written; how a figure is counted is said under its name."""
    columns: list[Column[Sequence[str]]] = [
        Column(label, _cell(place), "text" if is_text else "int")  # « int » only sets a figure to the right
        for place, (label, is_text) in enumerate(heads)
        if label != HOW
    ]
    how = next((place for place, (label, _) in enumerate(heads) if label == HOW), None)
    under = {} if how is None else {heads[0][0]: Under(HOW, _cell(how))}
    totals = {label: cell for (label, _), cell in zip(heads, total, strict=False) if cell}
    narrow: Literal["cards", "plain"] = "cards" if len(columns) >= WIDE else "plain"
    return title, Table(title, columns, rows, totals=totals, under=under, narrow=narrow)


def _table(tree: Mapping[str, Any] | None) -> Shown | None:
    """A table of the attestation; its first `texts` columns are words, the others figures."""
    if not tree:
        return None
    heads = [(label, place < tree["texts"]) for place, label in enumerate(tree["head"])]
    return _set(tree["title"], heads, tree["rows"], tree["total"])


def _cell(place: int) -> Any:
    return lambda row: row[place]


def on_screen(facts: AttestationFacts | FollowUpFacts) -> dict[str, object]:
    """Return what the page of a document shows of its facts."""
    return _attestation(facts) if isinstance(facts, AttestationFacts) else _follow_up(facts)


def _follow_up(facts: FollowUpFacts) -> dict[str, object]:
    """The same blocks as the paper, the curve left to it."""
    paper = follow_up_paper(facts)
    totals = facts.totals
    identity = [Fact(term, " · ".join(lines)) for term, lines in paper.identity]
    kept = totals.due_firm - totals.remaining  # an excess here hides no shortfall there: the bar of the paper
    gauge = Gauge(totals.due_firm, kept, totals.waiting) if totals.due_firm and paper.bar else None
    return {
        "statement": paper.statement,
        "equivalent": paper.equivalent,
        "correction": paper.correction,
        "notice": paper.notice,
        "headline": [Figure(box.value, box.label.lower(), box.note) for box in paper.boxes],
        "gauge": gauge,
        "identity": Facts(identity) if identity else None,
        "groups": grouped(_ledger(one) for one in paper.ledgers),
        "definitions": [(one.title, one.note) for one in paper.ledgers if one.note],
    }


def _ledger(ledger: Ledger) -> Shown:
    rows, total = ledger.written()
    heads = [(head.label, head.kind in ("text", "date", "month")) for head in ledger.heads]
    return _set(ledger.title, heads, rows, total)


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
        "groups": grouped(table for table in tables if table),
        "definitions": [(one["term"], one["text"]) for one in said["definitions"]],
    }
