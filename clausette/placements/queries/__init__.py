"""What may be read of people at work: conditions, lists, work contracts, counts."""

from clausette.placements.queries.attention import Attention, ending_soon, hirings_without_decision
from clausette.placements.queries.contracts import (
    AllocationLine,
    Counts,
    WorkContractLine,
    counted_contracts,
    hire_refusals,
    public_refusal,
    work_contract,
    work_contract_with,
    work_contracts_of,
)
from clausette.placements.queries.lists import (
    CurrentWork,
    PeopleFilters,
    PeoplePage,
    PersonLine,
    current_work,
    people_list,
)
from clausette.placements.queries.merging import Collision, collisions, has_work
from clausette.placements.queries.people import PersonAtWork, people_at_work, people_on
from clausette.placements.queries.visibility import (
    PlacementKey,
    allocations_visible_to,
    placement_key,
    placement_keys,
    placements_visible_to,
)

__all__ = [
    "AllocationLine",
    "Attention",
    "Collision",
    "Counts",
    "CurrentWork",
    "PeopleFilters",
    "PeoplePage",
    "PersonAtWork",
    "PersonLine",
    "PlacementKey",
    "WorkContractLine",
    "allocations_visible_to",
    "collisions",
    "counted_contracts",
    "current_work",
    "ending_soon",
    "has_work",
    "hire_refusals",
    "hirings_without_decision",
    "people_at_work",
    "people_list",
    "people_on",
    "placement_key",
    "placement_keys",
    "placements_visible_to",
    "public_refusal",
    "work_contract",
    "work_contract_with",
    "work_contracts_of",
]
