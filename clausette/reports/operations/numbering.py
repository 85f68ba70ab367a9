"""Numbers without gap nor twin, and the document that a new one replaces."""

from uuid import UUID

from django.db import connection

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.reports.attestation.facts import Correction
from clausette.reports.enums import ReportKind
from clausette.reports.errors import AlreadyReplaced, DateRefused
from clausette.reports.models import Report
from clausette.reports.queries import reports_visible_to

PREFIX = {
    ReportKind.CERTIFICATE: "ATT",
    ReportKind.YEAR_CERTIFICATE: "ATA",
    ReportKind.SUMMARY: "BIL",
    ReportKind.UPDATE: "PTE",
}
SERIES = 7301
"""First key of the advisory locks of this room: one series of numbers by structure and year."""


def next_number(actor: Actor, kind: ReportKind, year: int) -> str:
    """Return « ATT-2026-0001 », the next one of the structure; others wait here until the end of the transaction."""
    start = f"{PREFIX[kind]}-{year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SERIES, actor.organisation_id % 2**31])
    own = Report.objects.filter(owner_org_id=actor.organisation_id, number__startswith=start)
    numbers = [
        int(number.removeprefix(start)) for number in own.values_list("number", flat=True).order_by("id")
    ]
    return f"{start}{max(numbers, default=0) + 1:04d}"


def replaced(
    actor: Actor, uid: UUID | None, reason: str, **same: object
) -> tuple[int | None, Correction | None]:
    """The document to replace, by its internal number and its citation. `same`: what both must share.

    Raises Absent, AlreadyReplaced, DateRefused.
    """
    if uid is None:
        return None, None
    old = reports_visible_to(actor).filter(uid=uid, owner_org_id=actor.organisation_id, **same)
    row = old.values("id", "number", "issued_on").first()
    if row is None:
        raise Absent("reports.Report")
    later = reports_visible_to(actor).filter(replaces_id=row["id"]).values_list("number", flat=True).first()
    if later:
        raise AlreadyReplaced(f"Le document n° {row['number']} est déjà remplacé par le n° {later}.")
    if not reason.strip():
        raise DateRefused("Dites pourquoi le document est remplacé : le motif est imprimé.", "reason")
    return row["id"], Correction(row["number"], row["issued_on"], reason.strip())
