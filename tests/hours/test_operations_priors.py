"""Training before hiring: declared with its certificate, admitted or not by a dated rule, within its ceiling."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.queries import valued_lines
from clausette.commitments.rules import Valued
from clausette.hours.enums import HoursKind, PriorKind, StatementSource
from clausette.hours.errors import ErrorsRemain
from clausette.hours.models import HoursLine, PriorTraining
from clausette.hours.operations import (
    NewTraining,
    correct_line,
    remove_prior,
    save_prior,
    say_rule,
    split_total,
    submit_statement,
    validate_statement,
    withdraw_rule,
)
from clausette.hours.queries import hours_until_of, outside_rules, priors_of, progress_of, split_sheet
from clausette.hours.queries.findings import findings_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.kernel.integrity import violated_constraint
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import NOV, OCT, SEPT, World, made, worker, world
from tests.hours.test_operations_openings import paper

pytestmark = pytest.mark.django_db
AT, AUG = noon(TODAY), date(2026, 8, 1)


@pytest.fixture
def w() -> World:
    """Karim is hired on 5 October."""
    found = world()
    found.uids["karim"] = worker(
        found.pilot, found.commitment, "Karim", "Adli", host=found.firm, start=date(2026, 10, 5)
    ).uid  # fmt: skip
    return found


@pytest.fixture
def actor(w: World) -> Iterator[Actor]:
    with acting(w.pilot) as pilot:
        yield pilot


def poei(actor: Actor, w: World, **values: Any) -> NewTraining:
    """140 hours from 31 August to 25 September."""
    given: dict[str, Any] = {
        "kind": PriorKind.POEI, "provider": "AFPA du Lys", "starts_on": date(2026, 8, 31),
        "ends_on": date(2026, 9, 25), "hours": Decimal(140),
    }  # fmt: skip
    return NewTraining(document_uid=paper(actor, w), **given | values)


def declare(actor: Actor, w: World, hours: str = "140", month: date = SEPT, **values: Any) -> UUID:
    given: dict[str, Any] = {
        "placement_uid": w.uids["karim"], "declarant_uid": w.uids["firm"], "source": StatementSource.GRID
    } | values  # fmt: skip
    given.setdefault("training", poei(actor, w))
    return save_prior(
        actor=actor, commitment_uid=w.commitment.uid, month=month, hours=Decimal(hours), on=TODAY, **given
    ).uid  # fmt: skip


def admit(actor: Actor, w: World, starts_on: date = date(2026, 7, 1), **values: Any) -> None:
    rule = Valued(ValuedMatter.BEFORE_HIRING, starts_on, True, source="CCAP, art. 5.3")
    given = {name: getattr(rule, name) for name in ("matter", "starts_on", "admitted", "source")} | values
    say_rule(actor=actor, uid=w.commitment.uid, rule=Valued(**given), on=TODAY)


def forced(rows: Any, **values: Any) -> None:
    """Write beyond every rule but those of the database."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        rows.update(**values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def said_of(actor: Actor, uid: UUID) -> set[str]:
    with as_owner():
        pk = HoursLine.objects.filter(statement__uid=uid).values_list("statement_id", flat=True)[0]
    found = findings_of(actor=actor, statement_ids=[pk], on=TODAY).get(pk, ())
    return {one.code for one in found} - {"W104", "I303"}


def hand(actor: Actor, uid: UUID) -> None:
    submit_statement(actor=actor, uid=uid, version=None, at=AT, on=TODAY)


def validate(actor: Actor, uid: UUID, **said: str) -> None:
    hand(actor, uid)
    validate_statement(
        actor=actor, uid=uid, version=None, justifications={"W104": "Vue."} | said, at=AT, on=TODAY
    )  # fmt: skip


def test_hours_admitted_count_in_the_progress_and_are_no_worked_hours(actor: Actor, w: World) -> None:
    admit(actor, w, person_most=Decimal(140), days_most=30)
    uid = declare(actor, w)
    assert said_of(actor, uid) == set()
    validate(actor, uid)
    assert progress_of(actor=actor, as_of=TODAY)[w.commitment.pk].validated == Decimal(140)
    line = HoursLine.objects.get(statement__uid=uid)
    assert (line.kind, line.month, line.worked_month.hours) == (HoursKind.BEFORE, SEPT, Decimal(0))
    (training,) = priors_of(actor=actor, contract_id=w.contract.pk)
    assert (training.person, training.left, training.kind) == ("Adli Karim", Decimal(0), PriorKind.POEI)


def test_nothing_said_stops_the_validation(actor: Actor, w: World) -> None:
    uid = declare(actor, w)
    hand(actor, uid)
    assert said_of(actor, uid) == {"E023"}
    with pytest.raises(ErrorsRemain):
        validate_statement(actor=actor, uid=uid, version=None, justifications={"W104": "Vue."}, at=AT, on=TODAY)
    assert progress_of(actor=actor, as_of=TODAY)[w.commitment.pk].validated == 0
    admit(actor, w, starts_on=date(2026, 10, 1))
    assert said_of(actor, uid) == {"E023"}  # the rule is of the months from October on


def test_beyond_the_ceiling_of_the_person_the_line_is_brought_to_it(actor: Actor, w: World) -> None:
    admit(actor, w, person_most=Decimal(100))
    uid = declare(actor, w)
    assert said_of(actor, uid) == {"E025"}
    (training,) = priors_of(actor=actor, contract_id=w.contract.pk)
    again = declare(actor, w, "100", training=training.uid)
    assert again == uid
    assert said_of(actor, uid) == set()


def test_the_ceiling_counts_the_months_before(actor: Actor, w: World) -> None:
    admit(actor, w, share_most=Decimal("0.15"))  # of 833 h: 124.95
    validate(actor, declare(actor, w, "7", AUG))
    (training,) = priors_of(actor=actor, contract_id=w.contract.pk)
    uid = declare(actor, w, "117.95", training=training.uid)
    assert said_of(actor, uid) == set()
    assert declare(actor, w, "117.96", training=training.uid) == uid
    assert said_of(actor, uid) == {"E025"}


def test_a_usage_exceeded_is_answered(actor: Actor, w: World) -> None:
    admit(actor, w)
    uid = declare(actor, w, "200", training=poei(actor, w, hours=Decimal(200), starts_on=date(2026, 8, 17)))
    assert said_of(actor, uid) == {"W117"}
    validate(actor, uid, W117="Le maître d'ouvrage l'accepte par courrier.")


def test_a_certificate_is_never_exceeded_in_the_database_either(actor: Actor, w: World) -> None:
    declare(actor, w, "100", AUG)
    (training,) = priors_of(actor=actor, contract_id=w.contract.pk)
    with pytest.raises(Invalid) as refused:
        declare(actor, w, "40.01", training=training.uid)
    assert set(refused.value.errors) == {"hours"}
    declare(actor, w, "40", training=training.uid)
    with pytest.raises(IntegrityError) as broken:
        forced(HoursLine.objects.filter(month=SEPT), hours=Decimal("40.01"))
    assert violated_constraint(broken.value) == "hours_line_within_prior"


@pytest.mark.parametrize("kind", ["work", "before"])
def test_only_these_hours_have_a_training(actor: Actor, w: World, kind: str) -> None:
    line = HoursLine.objects.get(statement__uid=declare(actor, w))
    values = {"kind": "work"} if kind == "work" else {"prior": None}
    with pytest.raises(IntegrityError) as broken:
        forced(HoursLine.objects.filter(pk=line.pk), **values)
    assert violated_constraint(broken.value) == "hours_line_prior"


def test_a_training_is_of_the_same_work_contract(actor: Actor, w: World) -> None:
    line = HoursLine.objects.get(statement__uid=declare(actor, w))
    foreign = made(
        "hours.PriorTraining", placement_id=w.lemaire.pk, contract_id=w.contract.pk, commitment_id=w.commitment.pk,
        declarant_id=w.firm.organisation_id, kind="poec", provider="GRETA", starts_on=SEPT, ends_on=SEPT,
        hours=Decimal(200), document_id=PriorTraining.objects.get().document_id,
    )  # fmt: skip
    with pytest.raises(IntegrityError) as broken:
        forced(HoursLine.objects.filter(pk=line.pk), prior=foreign)
    assert violated_constraint(broken.value) == "hours_hoursline_prior_id_same_scope"
    with pytest.raises(Invalid) as refused:
        declare(actor, w, training=foreign.uid)
    assert set(refused.value.errors) == {"training"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"month": OCT}, "month"),
        ({"training": {"ends_on": date(2026, 10, 5)}}, "ends_on"),
        ({"training": {"provider": " "}}, "provider"),
        ({"training": {"hours": Decimal(100)}}, "hours"),
        ({"declarant_uid": "etti"}, "declarant"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    actor: Actor, w: World, values: dict[str, Any], field: str
) -> None:
    given = dict(values)
    if "training" in given:
        given["training"] = poei(actor, w, **given["training"])
    if "declarant_uid" in given:
        given["declarant_uid"] = w.uids["etti"]
    with pytest.raises(Invalid) as refused:
        declare(actor, w, **given)
    assert set(refused.value.errors) == {field}
    with as_owner():
        assert not HoursLine.objects.exists()
        assert not PriorTraining.objects.exists()


def test_the_training_goes_with_its_last_hours_and_a_validated_line_is_corrected(actor: Actor, w: World) -> None:
    admit(actor, w)
    declare(actor, w, "10", AUG)
    (training,) = priors_of(actor=actor, contract_id=w.contract.pk)
    uid = declare(actor, w, "120", training=training.uid)
    first, second = HoursLine.objects.order_by("month")
    remove_prior(actor=actor, line_uid=first.uid)
    assert PriorTraining.objects.count() == 1
    validate(actor, uid)
    with pytest.raises(WrongState):
        remove_prior(actor=actor, line_uid=second.uid)
    correct_line(
        actor=actor, line_uid=second.uid, new_hours=Decimal(110), reason="Deux jours d'absence.", at=AT, on=TODAY
    )
    assert progress_of(actor=actor, as_of=TODAY)[w.commitment.pk].validated == Decimal(110)
    (left,) = priors_of(actor=actor, contract_id=w.contract.pk)
    assert left.left == Decimal(30)


def test_a_training_taken_away_alone_leaves_nothing(actor: Actor, w: World) -> None:
    declare(actor, w)
    remove_prior(actor=actor, line_uid=HoursLine.objects.get().uid)
    assert not PriorTraining.objects.exists()
    with pytest.raises(Absent):
        declare(actor, w, training=w.contract.uid)


def test_the_grid_leaves_it_and_nil_is_refused_beside_it(actor: Actor, w: World) -> None:
    declare(actor, w)
    with pytest.raises(Invalid) as refused:
        w.save(actor, SEPT, is_nil=True, version=2)
    assert set(refused.value.errors) == {"is_nil"}
    w.save(actor, SEPT, w.entry(w.lemaire, "100"), version=2)
    assert {line.kind: line.hours for line in HoursLine.objects.all()} == {"before": 140, "work": 100}


def test_a_total_of_the_month_bounds_the_work_alone(actor: Actor, w: World) -> None:
    """In the month of the hiring: 20 h of training, then 60 h worked, stated as the total."""
    karim, training = w.uids["karim"], poei(actor, w, ends_on=date(2026, 10, 2), hours=Decimal(20))
    declare(actor, w, "20", OCT, training=training)
    split_total(
        actor=actor, placement_uid=karim, month=OCT, total=Decimal(60), parts={w.commitment.uid: Decimal(60)},
        seen=None, source=StatementSource.GRID, on=TODAY,
    )  # fmt: skip
    sheet = split_sheet(actor=actor, placement_uid=karim, month=OCT, on=TODAY)
    assert [part.hours for part in sheet.parts] == [Decimal(60)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_clock_of_the_person_starts_at_work(actor: Actor, w: World) -> None:
    admit(actor, w)
    validate(actor, declare(actor, w))
    with as_owner():
        person = HoursLine.objects.get().placement.participant_id
    assert hours_until_of(actor=actor, participant_ids=[person]) == {}
    entry = w.entry(w.lemaire, "30")
    w.save(actor, NOV, entry.__class__(w.uids["karim"], w.commitment.uid, Decimal(30)))
    hand(actor, HoursLine.objects.get(month=NOV).statement.uid)
    assert hours_until_of(actor=actor, participant_ids=[person])[person].first_hour_on == NOV


def test_a_rule_under_validated_hours_stays_a_later_one_does_not_reach_them(actor: Actor, w: World) -> None:
    admit(actor, w)
    validate(actor, declare(actor, w))
    with pytest.raises(Invalid) as refused:
        admit(actor, w, starts_on=date(2026, 9, 1), admitted=False)
    assert set(refused.value.errors) == {"starts_on"}
    admit(actor, w, starts_on=date(2026, 10, 1), admitted=False)
    assert outside_rules(actor=actor, on=TODAY, commitment_ids=[w.commitment.pk]) == []
    later, first = valued_lines(actor=actor, commitment_id=w.commitment.pk)
    with pytest.raises(Invalid) as kept:
        withdraw_rule(actor=actor, uid=first.uid, on=TODAY, reason="Erreur de saisie.")
    assert set(kept.value.errors) == {"reason"}
    withdraw_rule(actor=actor, uid=later.uid, on=TODAY, reason="Erreur de saisie.")
    with pytest.raises(WrongState):
        withdraw_rule(actor=actor, uid=later.uid, on=TODAY, reason="Erreur de saisie.")


def test_a_rule_never_changes_in_the_database_either(actor: Actor, w: World) -> None:
    admit(actor, w)
    with pytest.raises(IntegrityError) as broken, as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_valuedrule SET admitted = false")
    assert violated_constraint(broken.value) == "commitments_valuedrule_stays"
    with pytest.raises(Invalid):
        admit(actor, w)  # the same day twice


def test_the_firm_declares_its_own_and_says_no_rule(w: World) -> None:
    with acting(w.firm) as firm:
        declare(firm, w, source=StatementSource.PORTAL)
        with pytest.raises(NotAllowed):
            admit(firm, w)
    with acting(w.etti) as etti, pytest.raises(NotAllowed):
        declare(etti, w, training=w.contract.uid)
    with acting(w.stranger) as stranger:
        assert priors_of(actor=stranger, contract_id=w.contract.pk) == ()
