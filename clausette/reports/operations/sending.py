"""A document handed over by mail to the contacts of the maître d'ouvrage; the history of the marché keeps it."""

from collections.abc import Collection
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.french import plural
from clausette.kernel.operation import about, because, operation, watch
from clausette.kernel.queue import enqueue
from clausette.reports.permissions import can_send
from clausette.reports.queries import recipients_of, reports_visible_to


@operation("reports.report.sent")
def send_report(*, actor: Actor, report_uid: UUID, contact_uids: Collection[UUID]) -> int:
    """Ask the worker to send a document to contacts of the maître d'ouvrage, one mail each; return how many.

    Raises Absent, NotAllowed, Invalid (« contacts »: none, or not one of those of the maître d'ouvrage).
    """
    report = reports_visible_to(actor).filter(uid=report_uid).order_by("id").first()
    if report is None:
        raise Absent("reports.Report")
    demand(can_send(actor, owner_org_id=report.owner_org_id, audience=report.audience, contract_id=report.contract_id))
    known = {one.uid: one for one in recipients_of(actor=actor, contract_id=report.contract_id)}
    wanted = [known[uid] for uid in dict.fromkeys(contact_uids) if uid in known]
    if not wanted or len(wanted) < len(set(contact_uids)):
        raise Invalid({"contacts": "Choisissez les contacts du maître d'ouvrage dans la liste."})
    watch(report)
    if report.contract_id is not None:
        about(contract_id=report.contract_id)
    because(f"{report.number} envoyé à {plural(len(wanted), 'contact')} de {wanted[0].organisation_name}.")
    for one in wanted:
        enqueue("reports.mail_report", actor=actor, report=str(report.uid), contact=str(one.uid))
    return len(wanted)
