"""Who acts, and for which organisation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting for one organisation, as the database opened their rights. Built by `access.rights` only."""

    account_id: int
    account_name: str
    organisation_id: int
    organisation_name: str
    slug: str
    capabilities: frozenset[str]
    is_admin: bool

    def can(self, capability: str) -> bool:
        """Tell whether the organisation acted for has this capability (facilitator, buyer…)."""
        return capability in self.capabilities
