"""Help to choose of the State's marketplace of inclusion: what the number of suppliers lets a buyer do.

Source: « Le Marché de l'inclusion », thresholds of the platform, not law (reference/facts/devices).
"""

from decimal import Decimal

from clausette.advice.enums import Capacity
from clausette.kernel.french import format_percent, plural
from clausette.reference.facts.devices import CapacityRow


def dependence(budget: Decimal | None, turnover: Decimal | None) -> Decimal | None:
    """Return the share (0–1, may pass 1) of a supplier's mean yearly turnover that the budget makes; None: unknown."""
    if budget is None or turnover is None or turnover <= 0:
        return None
    return budget / turnover


def capacity(count: int, depends: Decimal | None, row: CapacityRow) -> Capacity:
    """Return what `count` suppliers allow; `depends`: see `dependence`, an unknown one never lets reserve the whole."""
    if count > row.whole_above and depends is not None and depends < row.dependence_below:
        return Capacity.WHOLE
    if count > row.lot_above:
        return Capacity.LOT
    return Capacity.EXECUTION if count > row.execution_above else Capacity.NONE


def capacity_told(count: int, depends: Decimal | None, row: CapacityRow) -> str:
    """« 12 fournisseurs, dépendance économique 20 % : réserver un lot. »."""
    many = plural(count, "fournisseur inclusif", "fournisseurs inclusifs")
    share = "inconnue" if depends is None else format_percent(depends)
    answer = str(capacity(count, depends, row).label)
    return f"{many}, dépendance économique {share} : {answer[0].lower()}{answer[1:]}."
