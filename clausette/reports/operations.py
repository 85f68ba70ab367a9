"""Issuing a document: numbered without gap, facts and bytes frozen together, never changed afterwards."""

import json
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db import connection

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent
from clausette.kernel.french import format_date
from clausette.kernel.operation import because, created, operation
from clausette.reports.attestation.coherence import IncoherentFacts
from clausette.reports.attestation.facts import Correction, facts_as_json, facts_hash
from clausette.reports.attestation.render import render_pdf
from clausette.reports.enums import ReportKind
from clausette.reports.errors import AlreadyReplaced, DateRefused, FiguresContradict
from clausette.reports.models import Report
from clausette.reports.queries import Draft, draft_certificate, numbered, reports_visible_to

_PREFIX = {ReportKind.CERTIFICATE: "ATT"}
_SERIES = 7301
"""First key of the advisory locks of this room: one series of numbers by structure and year."""


def _next_number(actor: Actor, kind: ReportKind, on: date) -> str:
    """Return « ATT-2026-0001 », the next one of the structure; others wait here until the end of the transaction."""
    start = f"{_PREFIX[kind]}-{on.year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_SERIES, actor.organisation_id % 2**31])
    own = Report.objects.filter(owner_org_id=actor.organisation_id, number__startswith=start)
    numbers = [
        int(number.removeprefix(start)) for number in own.values_list("number", flat=True).order_by("id")
    ]
    return f"{start}{max(numbers, default=0) + 1:04d}"


def _replaced(
    actor: Actor, uid: UUID | None, draft: Draft, reason: str
) -> tuple[int | None, Correction | None]:
    """The document to replace, by its number and its citation. Raises Absent, AlreadyReplaced, DateRefused."""
    if uid is None:
        return None, None
    old = reports_visible_to(actor).filter(
        uid=uid, owner_org_id=actor.organisation_id, commitment_id=draft.commitment_id
    )
    row = old.values("id", "number", "issued_on").first()
    if row is None:
        raise Absent("reports.Report")
    later = reports_visible_to(actor).filter(replaces_id=row["id"]).values_list("number", flat=True).first()
    if later:
        raise AlreadyReplaced(f"L'attestation n° {row['number']} est déjà remplacée par la n° {later}.")
    if not reason.strip():
        raise DateRefused("Dites pourquoi l'attestation est remplacée : le motif est imprimé.", "reason")
    return row["id"], Correction(row["number"], row["issued_on"], reason.strip())


def _check_day(draft: Draft, as_of: date, on: date) -> None:
    if as_of > on:
        raise DateRefused("Les chiffres ne peuvent pas être arrêtés à une date à venir.", "as_of")
    if as_of < draft.starts_on:
        day = format_date(draft.starts_on)
        raise DateRefused(
            f"L'engagement commence le {day} : choisissez une date à partir de ce jour.", "as_of"
        )


@operation("reports.certificate.issue")
def issue_certificate(
    *,
    actor: Actor,
    commitment_uid: UUID,
    as_of: date,
    replaces_uid: UUID | None = None,
    reason: str = "",
    on: date,
) -> UUID:
    """Issue the attestation of an engagement as of a day; return its uid. The document never changes afterwards.

    `replaces_uid`: the attestation that this one annuls, with a `reason` (printed). `on`: today.
    Raises Absent, NotAllowed, DateRefused, AlreadyReplaced, FiguresContradict.
    """
    draft = draft_certificate(actor=actor, commitment_uid=commitment_uid, as_of=as_of, on=on)
    demand(draft.can_issue)
    _check_day(draft, as_of, on)
    number = _next_number(actor, ReportKind.CERTIFICATE, on)
    old_id, corrects = _replaced(actor, replaces_uid, draft, reason)
    facts = numbered(draft.facts, number=number, corrects=corrects)
    try:
        content = render_pdf(facts)
    except IncoherentFacts as exc:
        raise FiguresContradict(f"L'attestation n'est pas établie. {exc}") from exc
    if reason.strip():
        because(reason.strip())
    report = created(
        Report(
            owner_org_id=actor.organisation_id,
            contract_id=draft.contract_id,
            commitment_id=draft.commitment_id,
            kind=ReportKind.CERTIFICATE,
            number=number,
            issued_on=on,
            issued_by_id=actor.account_id,
            facts=json.loads(facts_as_json(facts)),
            facts_sha256=facts_hash(facts),
            template_version=facts.template_version,
            content=content,
            content_sha256=sha256(content).hexdigest(),
            replaces_id=old_id,
        )
    )
    return report.uid
