"""The cases, in the order in which they are told."""

from config.world.cases import acts, contracts, hours, people, shown, valued
from config.world.cases.kit import STRUCTURE, Case, Kit

TOLD = (
    people.lycee,
    people.geiq,
    contracts.framework,
    contracts.not_renewed,
    contracts.tranche,
    contracts.group,
    contracts.relaunched,
    contracts.portfolio,
    acts.transferred,
    acts.globalised,
    hours.without_names,
    hours.voluntary,
    hours.validated_late,
    hours.opening,
    shown.stated_total,
    shown.another_reports,
    shown.confirmed,
    shown.reopened,
    shown.proposed,
    valued.valued,
)


def tell_cases(kit: Kit) -> dict[int, Case]:
    """Tell every case; return them by their number in the model."""
    told: list[Case] = []
    for tell in TOLD:
        with kit.stage.structure(STRUCTURE) as actor:
            told.extend(tell(kit, actor))
    return {case.number: case for case in told}
