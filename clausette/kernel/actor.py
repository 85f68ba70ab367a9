"""Who acts, and for which organisation."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Mandated:
    """Who declares for another firm: in whose name they do it, and between which days (docs/adr/0022)."""

    person: str
    holder: str
    """The organisation that holds the mandate; "" when the person holds it by name."""
    starts_on: date
    ends_on: date
    holder_id: int | None = None
    """Number of that organisation, kept by the journal."""

    @property
    def name(self) -> str:
        """« Cabinet Durand », or « Claire Martin »."""
        return self.holder or self.person


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
    """Limited to the hours of some contracts of the firm: a person without account (docs/adr/0020), or a mandate."""
    mandate: Mandated | None = None
    """They act for the firm by a « mandat de déclaration » (docs/adr/0022): then `deposit` is true."""

    @property
    def owner_id(self) -> int:
        """The organisation whose own rows are read: none in a deposit, which reads those of its contracts only."""
        return 0 if self.deposit else self.organisation_id

    def can(self, capability: str) -> bool:
        """Tell whether the organisation acted for has this capability (facilitator, buyer…)."""
        return capability in self.capabilities
