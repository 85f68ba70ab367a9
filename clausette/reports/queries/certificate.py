"""The facts of an attestation, gathered as of a day from the rooms below: one query each, nothing about anybody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from clausette.access.queries import OrganisationCard, organisations
from clausette.commitments.enums import CommitmentKind
from clausette.commitments.queries import CommitmentSheet, commitment_sheet
from clausette.hours.enums import HoursKind, LineState, StatementState
from clausette.hours.queries import (
    KEPT,
    Progress,
    carried_of,
    collective_visible_to,
    lines_visible_to,
    progress_of,
    statements_visible_to,
)
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.placements.rules import Period, last_day
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import contracts_visible_to, parties_visible_to
from clausette.reference.queries import parameters_on
from clausette.reports.attestation.coherence import inconsistencies
from clausette.reports.attestation.counting import Origins, Work, asides_of, figures_of, modalities_of
from clausette.reports.attestation.facts import (
    AttestationFacts,
    Body,
    Calculation,
    CommitmentFacts,
    Correction,
    LegalBasis,
    Market,
    MonthRow,
    Signatory,
)
from clausette.reports.permissions import can_issue

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an attestation would say, and what to know before it is issued.

    `facts` has no number yet. `contradictions`: figures that do not add up (nothing may be issued then).
    """

    commitment_id: int
    contract_id: int
    commitment_uid: UUID
    starts_on: date
    ends_on: date
    facts: AttestationFacts
    missing_months: tuple[date, ...]
    pending_months: tuple[date, ...]
    contradictions: tuple[str, ...]
    can_issue: Decision


def draft_certificate(*, actor: Actor, commitment_uid: UUID, as_of: date, on: date) -> Draft:
    """Return what an attestation would say as of a day, not numbered. Raises Absent. A constant number of queries."""
    sheet = commitment_sheet(actor=actor, uid=commitment_uid, as_of=as_of)
    done = progress_of(actor=actor, commitment_ids=[sheet.id], as_of=as_of)[sheet.id]
    works = _works(actor, sheet.id, as_of)
    facts = _facts(actor, sheet, done, works, on)
    return Draft(
        commitment_id=sheet.id,
        contract_id=sheet.contract.id,
        commitment_uid=sheet.uid,
        starts_on=sheet.starts_on,
        ends_on=sheet.ends_on,
        facts=facts,
        missing_months=done.missing_months,
        pending_months=done.pending_months,
        contradictions=inconsistencies(facts),
        can_issue=can_issue(actor, owner_org_id=sheet.contract.owner_org_id),
    )


def numbered(facts: AttestationFacts, *, number: str, corrects: Correction | None = None) -> AttestationFacts:
    """Return the facts with the number of the document and the document it replaces."""
    return replace(facts, number=number, corrects=corrects)


def _facts(
    actor: Actor, sheet: CommitmentSheet, done: Progress, works: Sequence[Work], on: date
) -> AttestationFacts:
    title, owner_uid = _contract(actor, sheet.contract.id)
    gap = int(parameters_on(sheet.as_of)["mission_gap_days"])
    cards = organisations(actor=actor, uids=[owner_uid, sheet.contractor_uid, sheet.contract.buyer_uid])
    return AttestationFacts(
        number="",
        issued_on=on,
        issuer=_body(cards[owner_uid]),
        firm=_body(cards[sheet.contractor_uid], _role(actor, sheet)),
        buyer=_body(cards[sheet.contract.buyer_uid]),
        market=_market(sheet, title),
        commitment=_commitment(sheet),
        figures=figures_of(done, works, as_of=sheet.as_of, ends_on=sheet.ends_on, gap_days=gap),
        legal_basis=_legal(sheet),
        months=tuple(_months(actor, sheet, done)),
        modalities=modalities_of(done, works, gap_days=gap),
        asides=asides_of(done, _origins(actor, sheet)),
        signatory=Signatory(actor.account_name),
        monthly_hours=sheet.month_hours,
    )


def _contract(actor: Actor, contract_id: int) -> tuple[str, UUID]:
    rows = contracts_visible_to(actor).filter(pk=contract_id).order_by("id")
    return rows.values_list("title", "owner_org__uid").get()


def _body(card: OrganisationCard, role: str = "") -> Body:
    return Body(card.name, card.siret, card.commune_name, role)


def _role(actor: Actor, sheet: CommitmentSheet) -> str:
    """« mandataire du groupement » when other firms share the award with the titulaire."""
    members = parties_visible_to(actor).filter(
        contract_id=sheet.contract.id,
        role=PartyRole.GROUP_MEMBER,
        head_id=sheet.contractor_id,
        revoked_at=None,
    )
    if sheet.lot is not None:
        members = members.filter(Q(lot_id=None) | Q(lot_id=sheet.lot.id))
    return "mandataire du groupement" if members.exists() else ""


def _market(sheet: CommitmentSheet, title: str) -> Market:
    lot = f"lot {sheet.lot.number} {sheet.lot.title}".strip() if sheet.lot else ""
    contract = sheet.contract
    kind = _KINDS.get(contract.kind, "marché")
    return Market(contract.common_name, title, contract.official_id, lot, contract.notified_on, kind)


_KINDS = {"concession": "concession", "dsp": "concession", "aci_agreement": "convention", "charter": "charte"}


def _legal(sheet: CommitmentSheet) -> LegalBasis | None:
    if sheet.legal is None:
        return None
    return LegalBasis(sheet.legal.device_label, sheet.legal.label, sheet.legal.on)


def _commitment(sheet: CommitmentSheet) -> CommitmentFacts:
    kind = CommitmentKind(sheet.kind).label
    if sheet.version is None:
        return CommitmentFacts(kind)
    terms, found = sheet.version.terms, sheet.calculation
    calculation = None
    if found and terms.amount_ht and terms.labour_share and terms.rate and terms.hourly_cost:
        calculation = Calculation(
            terms.amount_ht, terms.labour_share, terms.rate, terms.hourly_cost, found.raw, found.hours
        )
    return CommitmentFacts(kind, calculation, terms.minimum_hours, terms.offer_hours)


def _works(actor: Actor, commitment_id: int, as_of: date) -> tuple[Work, ...]:
    """Work contracts with validated hours up to `as_of`, corrections included (one query)."""
    lines = lines_visible_to(actor).filter(
        commitment_id=commitment_id, month__lte=as_of, state__in=KEPT
    )
    of_work = (
        "placement_id", "placement__participant_id", "placement__employer_id", "contract_id",
        "placement__modality", "placement__starts_on", "placement__ends_on", "placement__ended_on",
    )  # fmt: skip
    summed = lines.order_by("placement_id").values_list(*of_work).annotate(total=Sum("hours"))
    return tuple(
        Work(key, person, employer, contract, modality, Period(start, last_day(end, ended)), total)
        for key, person, employer, contract, modality, start, end, ended, total in summed
        if total
    )


def _origins(actor: Actor, sheet: CommitmentSheet) -> Origins:
    """Training before hiring, surplus received and given, in the hours that count (two queries)."""
    before = lines_visible_to(actor).filter(
        commitment_id=sheet.id, month__lte=sheet.as_of, state__in=KEPT, kind=HoursKind.BEFORE
    )
    carried = carried_of(actor=actor, commitment_id=sheet.id, as_of=sheet.as_of)
    total = before.order_by().aggregate(total=Sum("hours", default=ZERO))["total"]
    return Origins(total, carried.received, carried.given)


def _months(actor: Actor, sheet: CommitmentSheet, done: Progress) -> Iterable[MonthRow]:
    """Hours by month and declarant; the months said to have no hour; the months of which nothing is known."""
    found: dict[tuple[date, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for source in (lines_visible_to(actor), collective_visible_to(actor)):
        kept = source.filter(commitment_id=sheet.id, month__lte=sheet.as_of).exclude(state=LineState.DRAFT)
        rows = kept.order_by("month", "declarant__name", "state")
        for month, name, state, total in rows.values_list("month", "declarant__name", "state").annotate(
            n=Sum("hours")
        ):
            found[month, name][LineState.VALIDATED if state in KEPT else state] += total
    for (month, name), hours in found.items():
        waits = LineState.DECLARED in hours and LineState.VALIDATED not in hours
        validated = None if waits else hours.get(LineState.VALIDATED, ZERO)
        yield MonthRow(month, name, sum(hours.values(), ZERO), validated)
    worked = {month for month, _ in found}
    for month, state in _nil_months(actor, sheet):
        if month not in worked:
            yield MonthRow(
                month, sheet.contractor_name, ZERO, ZERO if state == StatementState.VALIDATED else None
            )
    for month in done.missing_months:
        yield MonthRow(month, sheet.contractor_name)


def _nil_months(actor: Actor, sheet: CommitmentSheet) -> list[tuple[date, str]]:
    """Months handed over by the titulaire within the engagement: without hours, they are « aucune heure »."""
    handed = statements_visible_to(actor).filter(
        contract_id=sheet.contract.id,
        declarant_id=sheet.contractor_id,
        month__lte=min(sheet.as_of, sheet.ends_on),
        month__gte=sheet.starts_on.replace(day=1),
        state__in=(StatementState.SUBMITTED, StatementState.VALIDATED),
    )
    return list(handed.order_by("month").values_list("month", "state"))
