"""The facts of a follow-up document, gathered once from the rooms below: what its three formats and its page say."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from clausette.access.queries import OrganisationCard, organisations, own_organisation
from clausette.commitments.enums import CommitmentKind
from clausette.commitments.queries import CommitmentLine, owings_for
from clausette.hours.queries import Progress, Total, progress_of, total_of
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.kernel.months import first_day, last_day, months_between
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
    CurveRow,
    EngagementRow,
    FollowUpFacts,
    LineRow,
    MonthRow,
    ShareRow,
    Totals,
)
from clausette.reports.permissions import can_issue
from clausette.reports.queries import counts
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


@dataclass(frozen=True, slots=True)
class Done:
    """Where an engagement stands, and its hours month after month."""

    progress: Progress
    by_month: counts.Months


def draft_follow_up(*, actor: Actor, asked: Asked, on: date) -> FollowUpDraft:
    """Return what a document would say today. Raises Absent. A constant number of queries."""
    as_of = min(asked.span.ends_on, on)
    scope = scope_of(actor=actor, target=asked.target, as_of=as_of)
    ids = [line.id for line in scope.lines]
    worked = counts.months_worked(actor, ids, as_of)
    found = progress_of(actor=actor, commitment_ids=ids, as_of=as_of)
    progress = {pk: Done(one, worked.get(pk, ())) for pk, one in found.items()}
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
        if runs or _in(progress[line.id], span) != (ZERO, ZERO):
            yield line


def _in(done: Done, span: Span) -> tuple[Decimal, Decimal]:
    """Hours validated and waiting of the months of the period."""
    kept = [row for row in done.by_month if span.holds(row[0])]
    return sum((row[1] for row in kept), ZERO), sum((row[2] for row in kept), ZERO)


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
    read = counts.with_reserved(counts.read_lines(actor, ids, as_of), span, totals.in_period)
    lines, unnamed = read[:2]
    inside, persons = counts.validated_in(lines, span), counts.people(lines, span)
    raw, counted = counts.counted(inside, gap)
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
        months=_months(done, span, as_of),
        curve=_curve(actor, owed, done, as_of),
        catch_up=counts.catch_up(actor, ids, span, asked.closed_on),
        asides=tuple(_asides(apart, progress, span, read[1:])),
        participants=len(persons),
        new_entrants=sum(1 for person in persons if person.is_new),
        work_contracts=raw,
        counted_contracts=counted,
        modalities=_with_unnamed(counts.shares(inside, gap, by_modality=True), unnamed),
        contract_kinds=_with_unnamed(counts.shares(inside, gap, by_modality=False), unnamed),
        breakdowns=_breakdowns(actor, asked, persons, below),
        lines=_line_rows(lines, owed, span) if asked.kind == ReportKind.SUMMARY else (),
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
        in_period=_in(done, span)[0],
        remaining=known.remaining,
        raw=known.raw,
        capped=known.capped,
        missing=len(known.missing_months),
        pending=len(known.pending_months),
        provisional=known.provisional,
    )


def _totals(total: Total, rows: Sequence[EngagementRow], done: Sequence[Done], span: Span) -> Totals:
    monthly = sum((row[1] for one in done for row in one.by_month), ZERO)
    return Totals(
        due_to_date=total.due_to_date,
        due_firm=total.due_firm,
        due_possible=total.due_possible,
        validated=sum((row.validated for row in rows), ZERO),
        waiting=sum((row.waiting for row in rows), ZERO),
        refused=sum((one.progress.refused for one in done), ZERO),
        in_period=sum((row.in_period for row in rows), ZERO),
        waiting_in_period=sum((_in(one, span)[1] for one in done), ZERO),
        remaining=sum((row.remaining or ZERO for row in rows), ZERO),
        raw=total.raw,
        capped=total.capped,
        opening=sum((row.validated for row in rows), ZERO) - monthly,
        followed=total.followed.validated,
    )


def _summed(done: Iterable[Done]) -> dict[date, tuple[Decimal, Decimal]]:
    found: dict[date, tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for one in done:
        for month, validated, waiting in one.by_month:
            known = found[month]
            found[month] = known[0] + validated, known[1] + waiting
    return found


def _months(done: Sequence[Done], span: Span, as_of: date) -> tuple[MonthRow, ...]:
    """The months of the period up to the day of the figures, empty ones included between the first and the last."""
    found = {month: hours for month, hours in _summed(done).items() if span.holds(month)}
    if not found:
        return ()
    wanted = months_between(min(found), max(*found, first_day(min(as_of, span.ends_on))))
    return tuple(MonthRow(month, *found.get(month, (ZERO, ZERO))) for month in wanted)


def _curve(
    actor: Actor, owed: Sequence[CommitmentLine], done: Sequence[Done], as_of: date
) -> tuple[CurveRow, ...]:
    """Cumulated hours from the first engagement to the last term: due to the end, done up to the day of the figures."""
    if not owed:
        return ()
    known = owings_for(actor=actor, commitment_ids=[line.id for line in owed], as_of=as_of).values()
    owing = [one for one in known if one.parts or one.basis is not None]
    found = _summed(done)
    first = min([first_day(line.starts_on) for line in owed] + list(found))
    last = max([first_day(line.ends_on) for line in owed] + list(found))
    reached, awaited = max(found, default=None), any(hours[1] for hours in found.values())
    rows, validated, waiting = [], sum((one.progress.validated for one in done), ZERO), ZERO
    validated -= sum((hours[0] for hours in found.values()), ZERO)  # hours taken over, in no month
    for month in months_between(first, last):
        hours = found.get(month, (ZERO, ZERO))
        validated, waiting = validated + hours[0], waiting + hours[1]
        past = reached is not None and month <= reached
        due = sum((one.figures(last_day(month)).to_date for one in owing), ZERO) if owing else None
        declared = validated + waiting if past and awaited else None
        rows.append(CurveRow(month, due, validated if past else None, declared))
    return tuple(rows)


def _asides(
    apart: Sequence[CommitmentLine],
    progress: Mapping[int, Done],
    span: Span,
    read: tuple[Decimal, Decimal, bool],
) -> Iterable[AsideRow]:
    unnamed, reserved, counted = read
    voluntary = sum((_in(progress[line.id], span)[0] for line in apart), ZERO)
    if voluntary:
        yield AsideRow("Heures hors clause", voluntary, inside=False)
    if reserved:
        yield AsideRow("Heures retenues sous réserve", reserved, inside=counted)
    if unnamed:
        yield AsideRow(UNNAMED, unnamed, inside=True, note="sans nom")


def _with_unnamed(rows: tuple[ShareRow, ...], unnamed: Decimal) -> tuple[ShareRow, ...]:
    return (*rows, ShareRow(UNNAMED, unnamed, 0, 0)) if unnamed else rows


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
    lines: Sequence[counts.Line], owed: Sequence[CommitmentLine], span: Span
) -> tuple[LineRow, ...]:
    """Hours of the period without names: what no one told about a person, and all that adds up to the totals."""
    names = {line.id: line for line in owed}
    summed: dict[tuple[date, int, str, str, str, str, str], Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        if span.holds(line.month):
            key = (
                line.month, line.commitment, line.declarant, line.modality, line.work_contract, line.nature, line.state,
            )  # fmt: skip
            summed[key] += line.hours
    return tuple(
        LineRow(
            month, names[owed_id].contract_name, _lot(names[owed_id]), names[owed_id].contractor_name, declarant,
            counts.MODALITIES[modality], counts.KINDS[kind], counts.NATURES[nature], counts.STATES[state], hours,
        )
        for (month, owed_id, declarant, modality, kind, nature, state), hours in sorted(summed.items())
        if hours
    )  # fmt: skip


SUBJECTS = {
    ReportKind.SUMMARY: (SubjectKind.CONTRACT, SubjectKind.OPERATION, SubjectKind.BUYER),
    ReportKind.UPDATE: (SubjectKind.COMMITMENT, SubjectKind.CONTRACT),
    ReportKind.YEAR_CERTIFICATE: (SubjectKind.FIRM,),
}
"""What each kind of document may be about."""
