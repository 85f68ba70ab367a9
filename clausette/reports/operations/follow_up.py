"""Bilan, point d'étape, attestation of a year: the facts are frozen first, each format is set from them."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.operation import because, created, operation
from clausette.kernel.queue import enqueue
from clausette.reports.enums import Audience, FileFormat, ReportKind
from clausette.reports.errors import DateRefused, FiguresContradict
from clausette.reports.followup.facts import FollowUpFacts
from clausette.reports.followup.papers import follow_up_paper
from clausette.reports.frozen import frozen_hash, frozen_json
from clausette.reports.models import Report
from clausette.reports.operations.files import is_long, keep_files
from clausette.reports.operations.numbering import next_number, replaced
from clausette.reports.queries import Asked, FollowUpDraft, draft_follow_up
from clausette.reports.queries.followup import SUBJECTS
from clausette.reports.rules import span_refusal


def _check(draft: FollowUpDraft, on: date) -> None:
    asked = draft.asked
    if asked.target.kind not in SUBJECTS[asked.kind]:
        raise DateRefused("Ce document ne porte pas sur cet objet : choisissez-en un autre.", "objet")
    refusal = span_refusal(asked.span) if asked.kind != ReportKind.UPDATE else ""
    if refusal:
        raise DateRefused(refusal, "du")
    if asked.span.starts_on > on:
        raise DateRefused("La période n'a pas commencé.", "periode")
    if asked.kind != ReportKind.SUMMARY and asked.audience == Audience.OWN:
        raise DateRefused("Seul un bilan a une copie pour la structure.", "diffusion")
    if not draft.facts.engagements and not draft.facts.asides:
        raise DateRefused("Aucun engagement n'est en cours sur cette période.", "objet")
    if draft.contradictions:
        raise FiguresContradict(f"Le document n'est pas établi. {' '.join(draft.contradictions)}")


@operation("reports.follow_up.issue")
def issue_follow_up(
    *,
    actor: Actor,
    asked: Asked,
    formats: Collection[FileFormat] = (),
    replaces_uid: UUID | None = None,
    reason: str = "",
    on: date,
) -> UUID:
    """Issue a document; return its uid. Its facts never change; the PDF always, XLSX and DOCX when asked.

    A long one is set by the worker: its formats come one by one. `replaces_uid`: the document that this one annuls,
    with a `reason` (printed). Raises Absent, NotAllowed, DateRefused, AlreadyReplaced, FiguresContradict.
    """
    draft = draft_follow_up(actor=actor, asked=asked, on=on)
    demand(draft.can_issue)
    _check(draft, on)
    number = next_number(actor, asked.kind, on.year)
    old_id, corrects = replaced(
        actor, replaces_uid, reason, kind=asked.kind, contract_id=draft.contract_id,
        commitment_id=draft.commitment_id, operation_id=draft.operation_id, recipient_id=draft.recipient_id,
    )  # fmt: skip
    facts = replace(draft.facts, number=number, corrects=corrects)
    wanted = [one for one in FileFormat if one == FileFormat.PDF or one in formats]
    if reason.strip():
        because(reason.strip())
    report = created(_row(actor, draft, facts, wanted, on, old_id))
    if is_long(len(facts.engagements), len(facts.lines)):
        enqueue("reports.set_files", actor=actor, report=str(report.uid))
    else:
        keep_files(actor, report, follow_up_paper(facts), wanted)
    return report.uid


def _row(
    actor: Actor,
    draft: FollowUpDraft,
    facts: FollowUpFacts,
    formats: list[FileFormat],
    on: date,
    replaces_id: int | None,
) -> Report:
    """The document to be written: what it is about, its frozen facts and their hash."""
    asked = draft.asked
    return Report(
        owner_org_id=actor.organisation_id,
        contract_id=draft.contract_id,
        commitment_id=draft.commitment_id,
        operation_id=draft.operation_id,
        recipient_id=draft.recipient_id,
        kind=asked.kind,
        audience=asked.audience,
        subject=facts.subject.name[:300],
        starts_on=asked.span.starts_on,
        ends_on=asked.span.ends_on,
        number=facts.number,
        issued_on=on,
        issued_by_id=actor.account_id,
        facts=json.loads(frozen_json(facts)),
        facts_sha256=frozen_hash(facts),
        template_version=facts.template_version,
        formats=formats,
        replaces_id=replaces_id,
    )
