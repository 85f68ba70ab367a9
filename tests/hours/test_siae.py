"""Hours sub-contracted to a structure d'insertion: refused or bounded by a dated rule, read at the month worked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.access.models import Organisation
from clausette.commitments.enums import ValuedMatter
from clausette.commitments.rules import Valued
from clausette.hours.enums import StatementSource
from clausette.hours.errors import ErrorsRemain
from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations import Entry, save_collective, say_rule, submit_statement, validate_statement
from clausette.hours.queries import Candidate, findings_of_candidates
from clausette.hours.queries.findings import findings_of
from clausette.hours.rules.controls import ControlParams, LineFacts, Span, run
from clausette.hours.rules.controls.facts import SiaeFacts
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.placements.models import Placement
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.rules import parameters_at
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, worker, world
from tests.hours.test_operations_openings import paper

AT = noon(TODAY)
PARAMS = ControlParams.of(TODAY, parameters_at(PARAMETERS, TODAY))
LINE = LineFacts(
    key=1, person=1, declarant=1, work_contract=1, month=SEPT, hours=Decimal(100), work_dates=Span(SEPT, None),
    commitment_dates=Span(date(2026, 1, 1), date(2027, 12, 31)), hired_on=SEPT, refusal_at_hire="", hours_until=None,
    weekly_hours=Decimal(35), has_evidence=True, commitment=7,
)  # fmt: skip
hours = st.decimals(min_value=0, max_value=1000, places=2)


def codes(*lines: LineFacts) -> set[str]:
    return {one.code for one in run(lines, PARAMS)} & {"E026", "E027"}


def test_silence_admits_and_a_rule_refuses() -> None:
    assert codes(LINE) == set()
    assert codes(replace(LINE, siae=SiaeFacts(True))) == set()
    assert codes(replace(LINE, siae=SiaeFacts(False))) == {"E026"}


@given(most=hours, known=hours)
def test_beyond_the_ceiling_stops(most: Decimal, known: Decimal) -> None:
    assert codes(replace(LINE, siae=SiaeFacts(True, most, known))) == ({"E027"} if known > most else set())


def test_one_finding_for_a_month_of_an_engagement() -> None:
    facts = SiaeFacts(True, Decimal(150), Decimal(200))
    lines = [replace(LINE, key=key, person=key, siae=facts) for key in (1, 2)]
    (found,) = (one for one in run(lines, PARAMS) if one.code == "E027")
    assert found.keys == (1, 2)


@pytest.fixture
def w(db: None) -> World:
    """Awa works for an EI that Ferrand sub-contracts to."""
    found = world()
    placed = worker(found.pilot, found.commitment, "Awa", "Diop", host=found.firm)
    with as_owner():
        type(placed).objects.filter(pk=placed.pk).update(modality="subcontract_ei")
    found.uids["awa"] = placed.uid
    return found


def awa(w: World, hours: str) -> Entry:
    return Entry(w.uids["awa"], w.commitment.uid, Decimal(hours))


@pytest.fixture
def actor(w: World) -> Iterator[Actor]:
    with acting(w.pilot) as pilot:
        yield pilot


def say(actor: Actor, w: World, starts_on: date, *, admitted: bool = True, **values: Any) -> None:
    rule = Valued(ValuedMatter.SIAE, starts_on, admitted, source="CCAP, article 5.4", **values)
    say_rule(actor=actor, uid=w.commitment.uid, rule=rule, on=TODAY)


def told(actor: Actor, uid: UUID) -> set[str]:
    with as_owner():
        pk = HoursLine.objects.filter(statement__uid=uid).values_list("statement_id", flat=True)[0]
    found = findings_of(actor=actor, statement_ids=[pk], on=TODAY).get(pk, ())
    return {one.code for one in found} & {"E026", "E027"}


def test_each_month_follows_the_rule_of_its_time(actor: Actor, w: World) -> None:
    uids = {month: w.save(actor, month, awa(w, "100")).uid for month in (SEPT, OCT)}
    assert [told(actor, uid) for uid in uids.values()] == [set(), set()]
    say(actor, w, OCT, admitted=False)
    assert [told(actor, uid) for uid in uids.values()] == [set(), {"E026"}]


def test_the_ceiling_counts_the_months_already_known(actor: Actor, w: World) -> None:
    say(actor, w, date(2026, 7, 1), hours_most=Decimal(150))
    first = w.save(actor, SEPT, awa(w, "100"), w.entry(w.lemaire, "100")).uid
    assert told(actor, first) == set()  # Lemaire is hired directly: no part of it
    submit_statement(actor=actor, uid=first, version=None, at=AT, on=TODAY)
    validate_statement(actor=actor, uid=first, version=None, justifications={"W104": "Vues."}, at=AT, on=TODAY)
    assert told(actor, w.save(actor, OCT, awa(w, "50")).uid) == set()
    over = w.save(actor, OCT, awa(w, "50.01"), version=1)
    assert told(actor, over.uid) == {"E027"}


def test_hours_validated_are_not_left_outside_by_a_new_rule(actor: Actor, w: World) -> None:
    ref = w.save(actor, SEPT, awa(w, "100"))
    submit_statement(actor=actor, uid=ref.uid, version=None, at=AT, on=TODAY)
    validate_statement(actor=actor, uid=ref.uid, version=None, justifications={"W104": "Vues."}, at=AT, on=TODAY)
    with pytest.raises(Invalid, match="déjà validées"):
        say(actor, w, SEPT, admitted=False)
    say(actor, w, OCT, admitted=False)


def attested(actor: Actor, w: World, month: date, hours: str, declarant: str = "etti") -> UUID:
    """Hours of four people attested as a whole; unless it is said otherwise, by who lends them."""
    return save_collective(
        actor=actor, commitment_uid=w.commitment.uid, declarant_uid=w.uids[declarant], month=month,
        hours=Decimal(hours), people=4, document_uid=paper(actor, w), source=StatementSource.PAPER, on=TODAY,
    ).uid  # fmt: skip


def kind(w: World, who: Actor, kind: str) -> None:
    with as_owner():
        Organisation.objects.filter(pk=who.organisation_id).update(body_kind=kind)


def whole(actor: Actor, uid: UUID) -> set[str]:
    with as_owner():
        pk = Statement.objects.get(uid=uid).pk
    found = findings_of(actor=actor, statement_ids=[pk], on=TODAY).get(pk, ())
    return {one.code for one in found} & {"E026", "E027"}


def test_hours_attested_as_a_whole_count_in_the_ceiling(actor: Actor, w: World) -> None:
    kind(w, w.etti, "ei")
    say(actor, w, date(2026, 7, 1), hours_most=Decimal(150))
    first = attested(actor, w, SEPT, "100")
    assert whole(actor, first) == set()
    submit_statement(actor=actor, uid=first, version=None, at=AT, on=TODAY)
    named = w.save(actor, OCT, awa(w, "50")).uid
    assert told(actor, named) == set()
    named = w.save(actor, OCT, awa(w, "50.01"), version=1).uid
    assert told(actor, named) == {"E027"}


def test_a_file_hears_it_as_the_page_does(actor: Actor, w: World) -> None:
    kind(w, w.etti, "ei")
    say(actor, w, date(2026, 7, 1), hours_most=Decimal(150))
    submit_statement(actor=actor, uid=attested(actor, w, SEPT, "100"), version=None, at=AT, on=TODAY)
    with as_owner():
        placed = Placement.objects.get(uid=w.uids["awa"]).pk
    for hours, code in (("50", False), ("50.01", True)):
        line = Candidate(placed, w.commitment.pk, w.contract.pk, w.firm.organisation_id, OCT, Decimal(hours))
        found = findings_of_candidates(actor=actor, candidates=[line], on=TODAY)
        assert any(one.code == "E027" for one in found.get(0, ())) == code


def test_alone_they_stop_at_the_ceiling_too(actor: Actor, w: World) -> None:
    kind(w, w.etti, "ei")
    say(actor, w, date(2026, 7, 1), hours_most=Decimal(150))
    within = attested(actor, w, SEPT, "150")
    assert whole(actor, within) == set()
    over = attested(actor, w, SEPT, "150.01")
    assert whole(actor, over) == {"E027"}
    submit_statement(actor=actor, uid=over, version=None, at=AT, on=TODAY)
    with pytest.raises(ErrorsRemain):
        validate_statement(actor=actor, uid=over, version=None, at=AT, on=TODAY)


@pytest.mark.parametrize(
    ("titulaire", "employer", "declarant", "code"),
    [
        ("company", "etti", "firm", set()), ("esat", "etti", "firm", set()), ("company", "etti", "etti", set()),
        ("company", "ei", "etti", {"E027"}), ("esat", "ei", "etti", {"E027"}),
        ("company", "regie", "etti", {"E027"}), ("regie", "etti", "firm", set()),
    ],
)  # fmt: skip
def test_who_declares_them_says_if_they_are_sub_contracted(
    actor: Actor, w: World, titulaire: str, employer: str, declarant: str, code: set[str]
) -> None:
    kind(w, w.firm, titulaire)
    kind(w, w.etti, employer)
    say(actor, w, date(2026, 7, 1), hours_most=Decimal(150))
    assert whole(actor, attested(actor, w, SEPT, "200", declarant)) == code
