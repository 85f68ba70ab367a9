"""Who reports the hours of an engagement: today, since when, and how many hours of a year each structure reports."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from clausette.commitments.queries import CommitmentSheet, commitment_sheet
from clausette.hours.models import ReportingChange
from clausette.hours.permissions import can_change_reporting
from clausette.hours.queries.visible import PILOTS
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.kernel.scope import narrow
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import parties_visible_to, takes_part


def reporting_visible_to(actor: Actor) -> QuerySet[ReportingChange]:
    """Decisions of contracts that the actor's structure holds or shares."""
    return narrow(ReportingChange.objects.all(), Q(takes_part(actor, *PILOTS)))


@dataclass(frozen=True, slots=True)
class Reporter:
    """A structure that may report hours."""

    id: int
    uid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ReportingLine:
    """One decision: who reports from a month on, why, decided when and by whom."""

    reporter: Reporter
    from_month: date
    reason: str
    decided_on: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class ReportingSheet:
    """Who reports an engagement. `lead`: the structure référente, which reports when nothing was decided."""

    commitment: CommitmentSheet
    lead_org_id: int
    structures: tuple[Reporter, ...]
    changes: tuple[ReportingLine, ...]
    may_change: Decision

    def reports(self, month: date) -> int:
        """The structure that reports the hours of a month: as the latest decision that covers it says."""
        covering = (line.reporter.id for line in self.changes if line.from_month <= month)
        return next(covering, self.lead_org_id)

    def turns(self, since: date) -> list[date]:
        """The months, from one on, at which who reports may change."""
        return [since, *(line.from_month for line in self.changes if line.from_month > since)]

    def name_of(self, structure: int) -> str:
        """The name of a structure in charge."""
        known = [*self.structures, *(line.reporter for line in self.changes)]
        return next((one.name for one in known if one.id == structure), "")


def reporting_sheet(*, actor: Actor, commitment_uid: UUID, on: date) -> ReportingSheet:
    """Return who reports the hours of an engagement, the latest decision first. Raises Absent."""
    sheet = commitment_sheet(actor=actor, uid=commitment_uid, as_of=on)
    structures = structures_in_charge(actor, sheet.contract.id)
    return ReportingSheet(
        commitment=sheet,
        lead_org_id=sheet.lead_org_id,
        structures=structures,
        changes=tuple(_line(row) for row in _changes(actor, sheet.id)),
        may_change=can_change_reporting(
            actor, lead_org_id=sheet.lead_org_id, owner_org_id=sheet.contract.owner_org_id, structures=len(structures)
        ),
    )  # fmt: skip


def structures_in_charge(actor: Actor, contract_id: int) -> tuple[Reporter, ...]:
    """The structures that hold or share a contract today, by name."""
    rows = parties_visible_to(actor).filter(
        contract_id=contract_id, role__in=(PartyRole.PILOT, PartyRole.COPILOT), revoked_at=None
    )
    named = rows.order_by("organisation__sort_key", "id").values_list(
        "organisation_id", "organisation__uid", "organisation__name"
    )
    return tuple(Reporter(*one) for one in dict.fromkeys(named))


def _changes(actor: Actor, commitment_id: int) -> QuerySet[ReportingChange]:
    rows = reporting_visible_to(actor).filter(commitment_id=commitment_id)
    return rows.select_related("reporting_org", "decided_by").order_by("-id")


def _line(row: ReportingChange) -> ReportingLine:
    body = row.reporting_org
    return ReportingLine(
        Reporter(body.pk, body.uid, body.name),
        row.from_month,
        row.reason,
        row.decided_on,
        row.decided_by.full_name,
    )
