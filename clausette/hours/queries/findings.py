"""The controls run live over statements: facts read by a constant number of queries, findings by statement."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from clausette.commitments.queries import (
    EngagementRules,
    figures_for,
    rules_of,
    schedules_in_force,
    takings_of,
)
from clausette.hours.enums import HoursKind, LineState, Severity
from clausette.hours.models import HoursLine
from clausette.hours.queries.controlled import LINE, UnderControl, under_control
from clausette.hours.queries.elsewhere import hours_elsewhere
from clausette.hours.queries.people import Person, hires_of
from clausette.hours.queries.priors import prior_facts
from clausette.hours.queries.siae import siae_facts, whole_beyond
from clausette.hours.queries.surroundings import (
    Approvals,
    Piece,
    approvals_given,
    decided_late,
    owed_facts,
    pieces_of,
    refused_publics,
    work_facts,
)
from clausette.hours.queries.validity import COUNTED, Counted, counted_for
from clausette.hours.queries.visible import lines_visible_to
from clausette.hours.rules.controls import (
    ControlParams,
    Finding,
    LineFacts,
    OwedFacts,
    control,
    run,
)
from clausette.hours.rules.controls.counting import cdi_end, is_study_training
from clausette.hours.rules.controls.facts import CountingFacts, PostFacts, PriorFacts, SiaeFacts, Span
from clausette.hours.rules.pieces import lapse_that_bears
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared
from clausette.participants.queries import decisions_of
from clausette.placements.queries import hire_refusals
from clausette.reference.queries import months_of, parameters_on, piece_rows

ZERO = Decimal(0)
_TRAINING, _BEFORE, _REFUSED = HoursKind.TRAINING.value, HoursKind.BEFORE.value, LineState.REFUSED.value


@dataclass(frozen=True, slots=True)
class LineFinding:
    """What a control found on lines of one statement; `line_uids` in the order of the statement."""

    code: str
    severity: Severity
    title: str
    sentence: str
    fix: str
    expected: str
    found: str
    line_uids: tuple[UUID, ...]

    @property
    def stops(self) -> bool:
        """True when the lines cannot be validated as they are."""
        return self.severity == Severity.ERROR

    @property
    def asks(self) -> bool:
        """True when it can be validated with a justification."""
        return self.severity == Severity.WARNING


def findings_of(
    *, actor: Actor, statement_ids: Collection[int], on: date
) -> dict[int, tuple[LineFinding, ...]]:
    """Return what the controls find today in these statements, by statement id (absent: nothing found).

    Sees the other lines that the actor may know, and for the rest a number given by the database. The number of
    queries does not depend on that of statements, lines or persons.
    """
    return findings_among(actor=actor, under=under_control(actor=actor, statement_ids=statement_ids), on=on)


def findings_among(*, actor: Actor, under: UnderControl, on: date) -> dict[int, tuple[LineFinding, ...]]:
    """Return the same of statements whose lines are already read."""
    found: dict[int, list[LineFinding]] = defaultdict(list)
    if under.lines:
        facts, uids = _facts(actor, under, on)
        for finding in run(facts, params_on(on)):
            for statement, lines in _by_statement(finding, uids).items():
                found[statement].append(_stated(finding, lines))
    for statement, finding in whole_beyond(actor=actor, statement_ids=under.statement_ids, on=on).items():
        if all(one.code != finding.code for one in found[statement]):
            found[statement].append(_stated(finding, []))
    return {statement: tuple(findings) for statement, findings in found.items()}


def params_on(on: date) -> ControlParams:
    """The dated values that the controls compare with."""
    return ControlParams.of(on, parameters_on(on=on))


def _by_statement(finding: Finding, uids: Mapping[int, tuple[int, UUID]]) -> dict[int, list[UUID]]:
    groups: dict[int, list[UUID]] = defaultdict(list)
    for key in finding.keys:
        statement, uid = uids[key]
        groups[statement].append(uid)
    return groups


def _stated(finding: Finding, lines: Iterable[UUID]) -> LineFinding:
    return LineFinding(
        code=finding.code,
        severity=finding.severity,
        title=control(finding.code).title,
        sentence=finding.sentence,
        fix=finding.fix,
        expected=finding.expected,
        found=finding.found,
        line_uids=tuple(lines),
    )


def _facts(
    actor: Actor, under: UnderControl, on: date
) -> tuple[list[LineFacts], dict[int, tuple[int, UUID]]]:
    own, persons, statement_ids = under.lines, under.persons, under.statement_ids
    known = [pk for pk in {line["placement_id"] for line in own} if pk in persons]
    around = _around(actor, own, known, list(persons), statement_ids)
    facts = facts_about(
        actor, own, around, persons, on, pieces=pieces_of(actor=actor, statement_ids=statement_ids),
        hires=hires_of(persons),
        elsewhere=hours_elsewhere(
            persons, [line["placement_id"] for line in own], {line["month"] for line in own}, [*own, *around]
        ),
    )  # fmt: skip
    return facts, {line["id"]: (line["statement_id"], line["uid"]) for line in own}


def facts_about(
    actor: Actor, own: list[dict[str, Any]], around: list[dict[str, Any]], persons: Mapping[int, Person], on: date, *,
    pieces: Mapping[int, Piece], elsewhere: Mapping[tuple[int, date], Decimal],
    replaced: Sequence[Mapping[str, Any]] = (), hires: Sequence[tuple[int, int, date, str]] | None = None,
) -> list[LineFacts]:  # fmt: skip
    """Return what the controls read of lines, written (`own`) or not yet (their number is below zero).

    `around`: the other lines of the same persons. `persons`: all of them, by work contract. `replaced`: lines written
    that those not yet written take the place of. `hires`: all the work contracts of these persons, when known.
    `elsewhere`: hours that the actor does not see. One set of facts for the pages, the portal and the files.
    """
    rules = rules_of(actor=actor, commitment_ids={line["commitment_id"] for line in [*own, *around]}, on=on)
    credited = {line["commitment_id"] for line in own}
    schedules = schedules_in_force(actor, sorted(credited), on) if credited else ({}, {})
    takes = takings_of(actor=actor, commitment_ids=credited, as_of=on, schedules=schedules)
    people = {person.participant_id for person in persons.values()}
    taken = decisions_of(actor=actor, participant_ids=people) if people else {}
    refusals = hire_refusals(
        actor=actor, placement_ids=[line["placement_id"] for line in own], known=hires, decisions=taken
    )
    lengths = {months for rule in rules.values() for months in rule.validities} | {_validity(on)}
    world = _World(
        persons=persons,
        rules=rules,
        dated={pk: rule for pk, rule in rules.items() if len(rule.followed) > 1},
        training=_training(actor, own, rules, on, replaced),
        priors=prior_facts(actor=actor, lines=own, persons=persons, rules=rules, on=on),
        siae=siae_facts(actor=actor, lines=own, persons=persons, rules=rules, on=on, replaced=replaced),
        validity=_validity(on),
        pieces=pieces,
        approvals=approvals_given(actor=actor, lines=own, persons=persons),
        refusals=refusals,
        late=decided_late(
            persons=[persons[pk] for pk, told in refusals.items() if told and pk in persons], taken=taken
        ),
        owed=owed_facts(actor=actor, takes=takes, as_of=on, schedules=schedules),
        publics=refused_publics(
            actor=actor, takes=takes,
            credited=((persons[line["placement_id"]].participant_id, line["commitment_id"]) for line in own
                      if line["placement_id"] in persons),
        ),
        counted=counted_for(actor=actor, participant_ids=people, months=lengths, decisions=taken),
        elsewhere=elsewhere,
    )
    examined = [line for line in own if line["placement_id"] in persons and line["state"] != _REFUSED]
    context = [line for line in around if line["placement_id"] in persons]
    return _facts_of(examined, world, subject=True) + _facts_of(context, world, subject=False)


def _around(
    actor: Actor, own: list[dict[str, Any]], same: list[int], all_of_them: list[int], statement_ids: Collection[int]
) -> list[dict[str, Any]]:
    """Other lines counted of the same persons (`all_of_them`: their work contracts) in the same months, and of the
    same work contracts in any month."""
    months = {line["month"] for line in own}
    return _others(actor, all_of_them, list(months), same, list(statement_ids))


@prepared
def _others(
    actor: Actor, people: list[int], months: list[date], same: list[int], without: list[int]
) -> QuerySet[HoursLine, dict[str, Any]]:
    month = Q(Among("placement_id", people)) & (Q(Among("month", months, "date")) | Q(Among("placement_id", same)))
    rows: QuerySet[HoursLine, dict[str, Any]] = lines_visible_to(actor).order_by("id").values(*LINE)
    known = rows.filter(month, state__in=COUNTED)
    return known.filter(~Q(Among("statement_id", without)))


def _validity(on: date) -> int:
    return months_of(parameters_on(on), "hours_validity_months")


@dataclass(frozen=True, slots=True)
class Training:
    """Hours of training known of an engagement, and its hours due firm at term: its cap is a share of them."""

    known: Decimal
    due: Decimal


def _training(
    actor: Actor, own: list[dict[str, Any]], rules: Mapping[int, EngagementRules], on: date,
    replaced: Sequence[Mapping[str, Any]],
) -> dict[int, Training]:  # fmt: skip
    """Engagements with a cap among those that receive training here: no query when there is none."""
    received = {(line["commitment_id"], line["month"]) for line in own if line["kind"] == _TRAINING}
    capped = sorted(
        {pk for pk, month in received if pk in rules and rules[pk].training_cap_at(month) is not None}
    )
    if not capped:
        return {}
    here = [line["id"] for line in own if line["state"] != LineState.REFUSED]
    lines = lines_visible_to(actor).filter(
        Q(state__in=COUNTED) | Q(Among("id", here)), commitment_id__in=capped, kind=HoursKind.TRAINING
    )
    known = dict(lines.order_by().values_list("commitment_id").annotate(total=Sum("hours")))
    moves: list[tuple[Mapping[str, Any], Decimal]] = [(line, line["hours"]) for line in own if line["id"] < 0]
    moves += [(line, -line["hours"]) for line in replaced if line["state"] in COUNTED]
    for line, hours in moves:
        if line["kind"] == _TRAINING and line["commitment_id"] in capped:
            known[line["commitment_id"]] = known.get(line["commitment_id"], ZERO) + hours
    figures = figures_for(actor=actor, commitment_ids=capped, as_of=on)
    return {
        pk: Training(known.get(pk, ZERO), figures[pk].firm_at_term)
        for pk in capped
        if pk in figures and not figures[pk].followed
    }


def _most(due: Decimal, cap: Decimal) -> Decimal:
    return (due * cap).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class _World:
    """What surrounds the lines, each read by one query."""

    persons: Mapping[int, Person]
    rules: Mapping[int, EngagementRules]
    dated: Mapping[int, EngagementRules]
    """Those whose rules by default changed from a month on: few, most often none."""
    training: Mapping[int, Training]
    priors: Mapping[int, PriorFacts]
    siae: Mapping[int, SiaeFacts]
    validity: int
    pieces: Mapping[int, Piece]
    approvals: Approvals
    refusals: Mapping[int, str]
    late: Mapping[int, date]
    owed: Mapping[int, OwedFacts]
    publics: Collection[tuple[int, int]]
    counted: Mapping[int, Mapping[int, Counted]]
    elsewhere: Mapping[tuple[int, date], Decimal]
    posts: dict[tuple[int, int, date | None], "_Post"] = field(default_factory=dict)
    """What all the lines of a work contract on an engagement say alike: made with the first of them."""

    def post(self, placement: int, commitment: int, month: date) -> "_Post":
        """What is known of a work contract on an engagement, in the months that follow the same rules."""
        dated = self.dated.get(commitment) if self.dated else None
        key = (placement, commitment, dated.at(month).since if dated else None)
        found = self.posts.get(key)
        if found is None:
            found = self.posts[key] = _post(self, placement, commitment, month)
        return found


@dataclass(slots=True)
class _Post:
    """A work contract on an engagement.

    `counting`: of hours of training (True) or not, as they are asked for; None: a month may say another.
    """

    facts: PostFacts
    person: Person
    rules: EngagementRules | None
    training: Training | None
    counted: Counted | None
    counting: dict[bool, CountingFacts] | None

    def counting_of(self, kind: str, month: date) -> CountingFacts:
        """The counting rules of the engagement as they bear on hours of a kind and a month."""
        if self.counting is None:
            return counting_facts(kind, month, self.person, self.rules, self.training)
        training = kind == _TRAINING
        found = self.counting.get(training)
        if found is None:
            found = self.counting[training] = counting_facts(kind, month, self.person, self.rules, self.training)
        return found


_NOT_OWED = OwedFacts()


def _post(world: _World, placement: int, commitment: int, month: date) -> _Post:
    person, rules, training = world.persons[placement], world.rules.get(commitment), world.training.get(commitment)
    followed = rules.at(month) if rules else None
    length = followed.counting.validity_months if followed else world.validity
    facts = PostFacts(
        person=person.participant_id,
        work_contract=placement,
        work_dates=Span(person.starts_on, person.ends_on),
        commitment_dates=Span(rules.starts_on, rules.ends_on) if rules else None,
        hired_on=person.starts_on,
        refusal_at_hire=world.refusals.get(placement, ""),
        weekly_hours=person.weekly_hours,
        commitment=commitment,
        eligible_on=world.late.get(placement),
        public_refused=(person.participant_id, commitment) in world.publics,
        off=followed.controls_off if followed else frozenset(),
        owed=world.owed.get(commitment, _NOT_OWED),
        work=work_facts(person),
    )
    counting: dict[bool, CountingFacts] | None = {} if rules is None or not rules.valued else None
    return _Post(facts, person, rules, training, world.counted[length].get(person.participant_id), counting)


def _facts_of(lines: Iterable[dict[str, Any]], world: _World, *, subject: bool) -> list[LineFacts]:
    facts, pieces, told = [], world.pieces if subject else {}, world.approvals.told
    elsewhere, priors, siae = world.elsewhere, world.priors, world.siae
    for line in lines:
        key, month, kind = line["id"], line["month"], line["kind"]
        post = world.post(line["placement_id"], line["commitment_id"], month)
        path = post.counted.path_of(month) if post.counted else None
        unseen = elsewhere.get((post.facts.person, month), ZERO) if elsewhere else ZERO
        piece = pieces.get(line["statement_id"])
        lapses = piece.lapses if piece else ()
        lapse = lapse_that_bears(lapses, piece_rows(month), post.person.modality) if lapses else None
        # in the order of LineFacts: with names, a hundred thousand cost three times as much
        facts.append(LineFacts(
            key, line["declarant_id"], month, line["hours"],
            not subject or (piece is not None and piece.proves),
            path.until if path else None,
            *post.facts, *post.counting_of(kind, month),
            subject, unseen, unseen > 0,
            path.first_hour_on if path else None,
            line.get("stated"), line.get("locked", False), line.get("uncounted", ""), line["corrects_id"] is not None,
            piece.given_on if piece else None,
            piece.seen if piece else "",
            lapse.since if lapse else None,
            lapse.what if lapse else "",
            told(line, post.person.modality) if subject else "",
            kind == _BEFORE, priors.get(key), siae.get(key), post.facts,
        ))  # fmt: skip
    return facts


def counting_facts(
    kind: str, month: date, person: Person, rules: EngagementRules | None, training: Training | None
) -> CountingFacts:
    """The counting rules of the engagement as they bear on hours of a kind and a month."""
    is_training = kind == HoursKind.TRAINING
    months = rules.cdi_at(month) if rules else None
    company = rules is not None and rules.company_only_at(month)
    cap = rules.training_cap_at(month) if rules and training else None
    return CountingFacts(
        is_training,
        cdi_end(person.work_contract, person.starts_on, months=months),
        is_study_training(person.work_contract, is_training=is_training, company_only=company),
        training.known if training and cap is not None else ZERO,
        _most(training.due, cap) if training and cap is not None else None,
    )
