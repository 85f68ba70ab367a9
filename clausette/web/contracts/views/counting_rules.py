"""The counting rules that an engagement follows where no dated rule says otherwise: its conditions, its structure."""

from collections.abc import Collection

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.queries import CommitmentSheet
from clausette.kernel.french import format_percent, plural
from clausette.web.components.lists import Fact


def first_counting(sheet: CommitmentSheet, but: Collection[ValuedMatter] = ()) -> list[Fact]:
    """CDI, alternance, training: what holds before the first dated rule, and where it comes from.

    `but`: matters that a dated rule already tells.
    """
    rules = sheet.counting

    def where(name: str) -> str:
        return "Règle de ce marché." if name in rules.own else "Règle de la structure, ou usage daté."

    cap = format_percent(rules.training_cap) if rules.training_cap is not None else "sans plafond"
    months = f"compté {plural(rules.cdi_months, 'mois', 'mois')}"
    told = {
        ValuedMatter.CDI: Fact("CDI", months, help=where("cdi_months")),
        ValuedMatter.WORK_STUDY: Fact("Alternance", rules.work_study.label.lower(), help=where("work_study")),
        ValuedMatter.TRAINING_CAP: Fact("Formation", cap, help=where("training_cap")),
    }
    return [fact for matter, fact in told.items() if matter not in but]
