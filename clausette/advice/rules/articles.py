"""The article of a levier juridique on the day of the consultation; defence has its own part of the code."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from clausette.commitments.rules import LegalReference, legal_reference
from clausette.procurement.enums import ContractKind, LegalDeviceKind
from clausette.reference.facts.articles import ArticleRow


def article_of(
    rows: Sequence[ArticleRow],
    *,
    device: LegalDeviceKind,
    kind: ContractKind,
    on: date | None,
    at_or_above: bool | None,
    defence: bool = False,
) -> LegalReference | None:
    """Return the articles in force, None when none is known. `at_or_above`: the estimate reaches the threshold."""
    if defence:
        rows = [replace(row, family="contract") for row in rows if row.family == "defence"]
    return legal_reference(rows, device=device, kind=kind, consultation_on=on, at_or_above_threshold=at_or_above)
