"""Plans and findings as kept in JSON, and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from clausette.imports.takeover.fields import SheetKind
from clausette.imports.takeover.findings import Finding
from clausette.imports.takeover.mapping import ColumnPlan, SheetPlan


def plans_to(plans: Iterable[SheetPlan]) -> list[dict[str, Any]]:
    """Plans as kept with the batch."""
    return [
        {
            "sheet": plan.sheet,
            "kind": plan.kind.value,
            "heading_line": plan.heading_line,
            "columns": [
                [one.place, one.heading, one.field, one.confidence, list(one.samples)] for one in plan.columns
            ],
        }
        for plan in plans
    ]


def plans_from(kept: Iterable[Mapping[str, Any]]) -> tuple[SheetPlan, ...]:
    """Plans of a batch."""
    return tuple(
        SheetPlan(
            one["sheet"],
            SheetKind(one["kind"]),
            one["heading_line"],
            tuple(
                ColumnPlan(place, heading, code, sure, tuple(samples))
                for place, heading, code, sure, samples in one["columns"]
            ),
        )
        for one in kept
    )


def findings_from(kept: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Findings of a line."""
    return tuple(Finding(**one) for one in kept)
