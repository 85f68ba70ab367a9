"""The attestation of one engagement."""

import json
from datetime import date
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.french import format_date
from clausette.kernel.operation import because, created, operation
from clausette.reports.attestation.coherence import IncoherentFacts
from clausette.reports.attestation.facts import facts_as_json, facts_hash
from clausette.reports.attestation.render import render_pdf
from clausette.reports.enums import FileFormat, ReportKind
from clausette.reports.errors import DateRefused, FiguresContradict
from clausette.reports.models import Report
from clausette.reports.operations.files import keep_file
from clausette.reports.operations.numbering import next_number, replaced
from clausette.reports.queries import Draft, draft_certificate, numbered


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
    number = next_number(actor, ReportKind.CERTIFICATE, on.year)
    old_id, corrects = replaced(
        actor, replaces_uid, reason, commitment_id=draft.commitment_id, kind=ReportKind.CERTIFICATE
    )
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
            subject=facts.market.usual_name,
            number=number,
            issued_on=on,
            issued_by_id=actor.account_id,
            facts=json.loads(facts_as_json(facts)),
            facts_sha256=facts_hash(facts),
            template_version=facts.template_version,
            formats=[FileFormat.PDF],
            replaces_id=old_id,
        )
    )
    keep_file(actor, report, FileFormat.PDF, content)
    return report.uid
