"""The facts of a follow-up document, gathered once from the rooms below: what its three formats and its page say."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from clausette.access.queries import OrganisationCard, organisations, own_organisation
from clausette.commitments.enums import CommitmentKind
from clausette.commitments.queries import CommitmentLine
from clausette.hours.queries import Total, made_up_of, progress_of, total_of
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.procurement.enums import ContractKind, ContractState, LegalDeviceKind
from clausette.procurement.queries import ContractKey, contract_keys
from clausette.reference.queries import parameters_on
from clausette.reports.attestation.facts import Body, Signatory
from clausette.reports.enums import Audience, FteDivisor, ReportKind, SubjectKind
from clausette.reports.followup.coherence import contradictions
from clausette.reports.followup.facts import (
    AsideRow,
    Breakdown,
    BreakdownRow,
    ContractRow,
    EngagementRow,
    FollowUpFacts,
    LineRow,
    ShareRow,
    Totals,
)
from clausette.reports.permissions import can_issue
from clausette.reports.queries import counts
from clausette.reports.queries.monthly import Done, added, curve_rows, month_rows, months_worked, with_months
from clausette.reports.queries.scopes import Scope, Target, scope_of
from clausette.reports.rules import MAIN, SEVERAL, Group, Span, masked, shown

ZERO = Decimal(0)
UNNAMED = "Heures non nominatives"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a document. `closed_on`: after it, hours of earlier years are « rattrapages »."""

    kind: ReportKind
    target: Target
    span: Span
    audience: Audience
    closed_on: date
    fte: FteDivisor = FteDivisor.AVE


@dataclass(frozen=True, slots=True)
class FollowUpDraft:
    """What a document would say, not numbered, and what to know before it is issued."""

    asked: Asked
    facts: FollowUpFacts
    owner_org_id: int
    recipient_id: int | None
    contract_id: int | None
    commitment_id: int | None
    operation_id: int | None
    contradictions: tuple[str, ...]
    can_issue: Decision

    @property
    def missing(self) -> int:
        """Months without statement, all engagements together."""
        return sum(row.missing for row in self.facts.engagements)

    @property
    def pending(self) -> int:
        """Months to validate, all engagements together."""
        return sum(row.pending for row in self.facts.engagements)


def draft_follow_up(*, actor: Actor, asked: Asked, on: date) -> FollowUpDraft:
    """Return what a document would say today. Raises Absent. A constant number of queries."""
    as_of = min(asked.span.ends_on, on)
    scope = scope_of(actor=actor, target=asked.target, as_of=as_of)
    ids = [line.id for line in scope.lines]
    found = progress_of(actor=actor, commitment_ids=ids, as_of=as_of)
    progress = with_months(found, months_worked(actor, ids, as_of))
    scope = replace(scope, lines=tuple(_kept(scope.lines, progress, asked)))
    known = organisations(actor=actor, uids=[scope.recipient_uid] if scope.recipient_uid else [])
    recipient = known.get(scope.recipient_uid) if scope.recipient_uid else None
    facts = _facts(actor, asked, scope, progress, recipient, on)
    return FollowUpDraft(
        asked=asked,
        facts=facts,
        owner_org_id=scope.owner_org_id,
        recipient_id=recipient.id if recipient else None,
        contract_id=scope.contract_id,
        commitment_id=scope.commitment_id,
        operation_id=scope.operation_id,
        contradictions=contradictions(facts),
        can_issue=can_issue(actor, owner_org_id=scope.owner_org_id),
    )


def _kept(
    lines: Sequence[CommitmentLine], progress: Mapping[int, Done], asked: Asked
) -> Iterable[CommitmentLine]:
    """Engagements that run in the period, or that have hours in it."""
    span = asked.span
    for line in lines:
        last = min(line.ends_on, line.closed_on or line.ends_on)
        runs = line.starts_on <= span.ends_on and last >= span.starts_on
        if runs or not progress[line.id].within(span).is_empty:
            yield line


def _facts(
    actor: Actor, asked: Asked, scope: Scope, progress: Mapping[int, Done], recipient: OrganisationCard | None,
    on: date,
) -> FollowUpFacts:  # fmt: skip
    as_of, span = min(asked.span.ends_on, on), asked.span
    values = parameters_on(as_of)
    below, gap = int(values["mask_below"]), int(values["mission_gap_days"])
    owed = [line for line in scope.lines if line.kind != CommitmentKind.VOLUNTARY]
    apart = [line for line in scope.lines if line.kind == CommitmentKind.VOLUNTARY]
    ids, done = [line.id for line in owed], [progress[line.id] for line in owed]
    rows = tuple(_engagement(line, progress[line.id], span) for line in owed)
    totals = _totals(total_of([one.progress for one in done]), rows, done, span)
    lines = counts.read_lines(actor, ids, as_of)
    inside, persons = counts.validated_in(lines, span), _people(actor, asked, lines)
    raw, counted = counts.counted(inside, gap)
    detailed = counts.opening_in(actor, ids, span, as_of)
    return FollowUpFacts(
        kind=asked.kind,
        number="",
        issued_on=on,
        issuer=_body(own_organisation(actor=actor)),
        recipient=None if recipient is None else _body(recipient),
        audience=asked.audience,
        subject=scope.subject,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        as_of=as_of,
        closed_on=asked.closed_on,
        contracts=_contracts(actor, {line.contract_id for line in scope.lines}),
        engagements=rows,
        totals=totals,
        months=month_rows(done, span, as_of),
        curve=curve_rows(actor, owed, done, as_of),
        catch_up=counts.catch_up(actor, ids, span, asked.closed_on),
        asides=tuple(_asides(totals, _voluntary(apart, progress, span), inside, detailed)),
        participants=len(persons),
        new_entrants=sum(1 for person in persons if person.is_new),
        work_contracts=raw,
        counted_contracts=counted,
        modalities=_with_unnamed(counts.shares(inside, gap, by_modality=True), totals),
        contract_kinds=_with_unnamed(counts.shares(inside, gap, by_modality=False), totals),
        breakdowns=_breakdowns(actor, asked, persons, below),
        lines=_line_rows(actor, lines, owed, span) if asked.kind == ReportKind.SUMMARY else (),
        fte_divisor=values[asked.fte],
        fte_label=FteDivisor(asked.fte).label,
        monthly_hours=values["month_hours"],
        mask_below=below,
        gap_days=gap,
        signatory=Signatory(actor.account_name),
    )


def _body(card: OrganisationCard) -> Body:
    return Body(card.name, card.siret, card.commune_name)


def _contracts(actor: Actor, ids: Collection[int]) -> tuple[ContractRow, ...]:
    keys = contract_keys(actor, ids).values()
    return tuple(_contract(key) for key in sorted(keys, key=lambda key: (key.common_name, key.id)))


def _contract(key: ContractKey) -> ContractRow:
    return ContractRow(
        name=key.common_name,
        number=key.official_id,
        kind=ContractKind(key.kind).label,
        buyer=key.buyer_name,
        device=LegalDeviceKind(key.device).label,
        notified_on=key.notified_on,
        amount_ht=key.amount_ht,
        state=ContractState(key.state).label,
    )


def _lot(line: CommitmentLine) -> str:
    return f"lot {line.lot_number} {line.lot_title}".strip() if line.lot_number else ""


def _engagement(line: CommitmentLine, done: Done, span: Span) -> EngagementRow:
    known = done.progress
    return EngagementRow(
        contract=line.contract_name,
        lot=_lot(line),
        buyer=line.buyer_name,
        firm=line.contractor_name,
        kind=line.kind_label,
        ends_on=line.ends_on,
        due_to_date=known.due_to_date,
        due_firm=known.due_firm,
        due_possible=known.due_possible,
        validated=known.validated,
        waiting=known.declared,
        in_period=done.within(span).validated,
        remaining=known.remaining,
        raw=known.raw,
        capped=known.capped,
        missing=len(known.missing_months),
        pending=len(known.pending_months),
        provisional=known.provisional,
        named=known.makeup.named,
        reserved=known.makeup.reserved,
        collective=known.makeup.collective,
        opening=known.makeup.opening,
        opening_on=known.makeup.taken_over_on,
    )


def _totals(total: Total, rows: Sequence[EngagementRow], done: Sequence[Done], span: Span) -> Totals:
    period = added(span.starts_on, (one.within(span) for one in done))
    whole = made_up_of([one.progress.makeup for one in done])
    return Totals(
        due_to_date=total.due_to_date,
        due_firm=total.due_firm,
        due_possible=total.due_possible,
        validated=whole.total,
        waiting=sum((row.waiting for row in rows), ZERO),
        refused=sum((one.progress.refused for one in done), ZERO),
        in_period=period.validated,
        waiting_in_period=period.waiting,
        remaining=sum((row.remaining or ZERO for row in rows), ZERO),
        raw=total.raw,
        capped=total.capped,
        opening=whole.opening,
        followed=total.followed.validated,
        named=whole.named,
        reserved=whole.reserved,
        collective=whole.collective,
        opening_on=whole.taken_over_on,
        reserved_in_period=period.reserved,
        collective_in_period=period.collective,
    )


def _voluntary(apart: Sequence[CommitmentLine], progress: Mapping[int, Done], span: Span) -> Decimal:
    return sum((progress[line.id].within(span).validated for line in apart), ZERO)


def _asides(
    totals: Totals, voluntary: Decimal, lines: Sequence[counts.Line], opening: Decimal
) -> Iterable[AsideRow]:
    """What is said apart of the hours of the period (MODEL §6, point 4)."""
    named = totals.in_period - totals.reserved_in_period - totals.collective_in_period
    received, given = counts.carried(lines)
    inside = (
        ("dont nominatives", named if named != totals.in_period else ZERO, "validées, personne par personne"),
        (
            "dont retenues sous réserve",
            totals.reserved_in_period,
            "une pièce est attendue, avec une date limite",
        ),
        (
            "dont non nominatives",
            totals.collective_in_period,
            "attestées en bloc : des heures, aucun participant",
        ),
        (
            "dont formation avant l’embauche",
            counts.before_hiring(lines),
            "suivie avant le contrat de travail, attestée par l’organisme",
        ),
        ("dont créditées d’un autre marché", counts.by_act(lines), "travaillées ailleurs, par un acte signé"),
        ("dont reçues par report du surplus", received, "surplus d’un autre engagement du titulaire"),
    )
    beside = (
        ("Surplus reporté", given, "compté sur un autre engagement, déduit des heures validées"),
        ("Heures hors clause", voluntary, "à part, dans aucun taux"),
        (
            "Reprise détaillée",
            opening,
            "années de la période validées avant le suivi ; à part, dans aucun mois",
        ),
    )
    yield from (AsideRow(label, hours, inside=True, note=note) for label, hours, note in inside if hours)
    yield from (AsideRow(label, hours, inside=False, note=note) for label, hours, note in beside if hours)


def _with_unnamed(rows: tuple[ShareRow, ...], totals: Totals) -> tuple[ShareRow, ...]:
    hours = totals.collective_in_period
    return (*rows, ShareRow(UNNAMED, hours, 0, 0)) if hours else rows


def _people(actor: Actor, asked: Asked, lines: Sequence[counts.Line]) -> tuple[counts.Person, ...]:
    """The participants; the facts of their decisions are read when the document breaks them down."""
    told = asked.kind == ReportKind.SUMMARY
    return counts.people_in_depth(actor, lines, asked.span) if told else counts.people(lines, asked.span)


def _breakdowns(
    actor: Actor, asked: Asked, persons: Sequence[counts.Person], below: int
) -> tuple[Breakdown, ...]:
    if asked.kind != ReportKind.SUMMARY or not persons:
        return ()
    mains, criteria, qpv = counts.by_public(actor, persons)
    told: list[tuple[str, str, list[Group]]] = [
        ("Sexe", MAIN, counts.by_sex(persons)),
        ("Âge à l’entrée", MAIN, counts.by_age(persons)),
        ("Quartier prioritaire à l’entrée", MAIN, qpv),
        ("Public retenu", MAIN, mains),
        ("Critères remplis", SEVERAL, criteria),
    ]
    found = []
    for title, rule, groups in told:
        if groups:
            own = asked.audience == Audience.OWN
            rows = shown(groups) if own else masked(groups, below=below, rule=rule, total=len(persons))
            found.append(
                Breakdown(title, rule, tuple(BreakdownRow(r.label, r.people, r.hours) for r in rows))
            )
    return tuple(found)


def _line_rows(
    actor: Actor, lines: Sequence[counts.Line], owed: Sequence[CommitmentLine], span: Span
) -> tuple[LineRow, ...]:
    """Hours of the period, nobody named: by month, engagement, declarant and way of working; they make the totals."""
    names = {line.id: line for line in owed}
    summed: dict[tuple[date, int, str, str, str, str, str], Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        modality, kind = counts.MODALITIES[line.modality], counts.KINDS[line.work_contract]
        summed[line.month, line.commitment, line.declarant, modality, kind, line.nature, line.state] += (
            line.hours
        )
    for one in counts.read_unnamed(actor, list(names), span.ends_on):
        summed[one.month, one.commitment, one.declarant, UNNAMED, "", one.nature, one.state] += one.hours
    return tuple(
        LineRow(
            month, names[owed_id].contract_name, _lot(names[owed_id]), names[owed_id].contractor_name, declarant,
            modality, kind, counts.NATURES[nature], counts.STATES[state], hours,
        )
        for (month, owed_id, declarant, modality, kind, nature, state), hours in sorted(summed.items())
        if hours and span.holds(month)
    )  # fmt: skip


SUBJECTS = {
    ReportKind.SUMMARY: (SubjectKind.CONTRACT, SubjectKind.OPERATION, SubjectKind.BUYER),
    ReportKind.UPDATE: (SubjectKind.COMMITMENT, SubjectKind.CONTRACT),
    ReportKind.YEAR_CERTIFICATE: (SubjectKind.FIRM,),
}
"""What each kind of document may be about."""
