"""Documents in force that counted the hours of a month: reopened, they stay as they were given out."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from clausette.commitments.queries import commitments_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.months import last_day
from clausette.procurement.queries import contracts_visible_to
from clausette.reports.queries.lists import ReportLine, current_reports


def documents_of_month(
    *, actor: Actor, contract_id: int, commitment_uids: Collection[UUID], month: date, since: date, until: date
) -> tuple[ReportLine, ...]:
    """Return the visible documents not replaced, issued from `since` to `until`, whose subject and period hold a month
    of these engagements; the first first. Three queries.

    One about a buyer or a firm counts all its contracts: it is among them.
    """
    known = contracts_visible_to(actor).filter(pk=contract_id).values_list("operation_id", "buyer_id").first()
    operation, buyer = known or (None, None)
    owed = commitments_visible_to(actor).filter(uid__in=list(commitment_uids)).order_by()
    bodies = {buyer, *owed.values_list("contractor_id", flat=True)} - {None}
    whole = Q(commitment=None, contract_id=contract_id)
    project = Q(commitment=None, contract=None, operation_id=operation) if operation else Q(pk=None)
    body = Q(commitment=None, contract=None, operation=None, recipient_id__in=bodies)
    held = Q(starts_on=None) | Q(starts_on__lte=last_day(month), ends_on__gte=month)
    subject = Q(commitment__uid__in=list(commitment_uids)) | whole | project | body
    return current_reports(actor, subject & held & Q(issued_on__gte=since, issued_on__lte=until))
