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
    deposit: bool = False
    """A person of the firm without account, limited to the hours of some contracts (docs/adr/0020)."""

    @property
    def owner_id(self) -> int:
        """The organisation whose own rows are read: none in a deposit, which reads those of its contracts only."""
        return 0 if self.deposit else self.organisation_id

    def can(self, capability: str) -> bool:
        """Tell whether the organisation acted for has this capability (facilitator, buyer…)."""
        return capability in self.capabilities
