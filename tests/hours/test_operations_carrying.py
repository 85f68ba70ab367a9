"""A surplus carried over: counted once, within the rule of the receiving engagement, given back until it is settled."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from clausette.commitments.enums import ValuedMatter, VersionReason
from clausette.commitments.models import (
    BaseHours,
    Commitment,
    CommitmentAct,
    CommitmentPart,
    CommitmentVersion,
)
from clausette.commitments.operations import (
    Signed,
    add_version,
    close_commitment,
    move_hours,
    reopen_commitment,
    resume_commitment,
    suspend_commitment,
)
from clausette.commitments.queries import valued_lines
from clausette.commitments.rules import Terms, Valued
from clausette.hours.errors import CorrectionImpossible
from clausette.hours.models import CorrectionProposal, HoursLine
from clausette.hours.operations import (
    carry_surplus,
    correct_line,
    give_back_surplus,
    propose_correction,
    say_rule,
    transfer_balance,
    withdraw_rule,
)
from clausette.hours.queries import Carried, carried_of, hours_of_year, progress_of, surplus_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from clausette.kernel.integrity import violated_constraint
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, party, world
from tests.hours.test_operations_openings import paper

pytestmark = pytest.mark.django_db
AT = noon(TODAY)


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def giving(w: World) -> Any:
    """100 h due of Ferrand on the contract of the world, from July to October, not settled yet."""
    return w.commitment


@pytest.fixture
def receiving(w: World) -> Any:
    """300 h due of the same titulaire on another contract of the same buyer."""
    return w.another()


@pytest.fixture
def actor(w: World, giving: Any, receiving: Any) -> Iterator[Actor]:
    """September (100 h) and October (80 h) are validated, 120 h are due: 60 h of surplus."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_commitmentpart SET hours = 120 WHERE commitment_id = %s", [giving.pk])
    with acting(w.pilot) as pilot:
        w.validated(pilot)
        yield pilot


def admit(actor: Actor, owed: Any, starts_on: date = date(2026, 7, 1), **values: Any) -> None:
    given: dict[str, Any] = {"hours_most": Decimal(50), "source": "CCAP, article 5.6"} | values
    say_rule(actor=actor, uid=owed.uid, rule=Valued(ValuedMatter.CARRY_OVER, starts_on, True, **given), on=TODAY)


def carry(actor: Actor, w: World, giving: Any, receiving: Any, hours: str = "40", **values: Any) -> UUID:
    signed = Signed(TODAY, "Accord écrit du maître d'ouvrage", paper(actor, w))
    given: dict[str, Any] = {"starts_on": TODAY, "signed": signed, "at": noon(TODAY), "on": TODAY} | values
    return carry_surplus(
        actor=actor, from_uid=giving.uid, to_uid=receiving.uid, hours=Decimal(hours), **given
    )  # fmt: skip


@pytest.fixture
def carried(actor: Actor, w: World, giving: Any, receiving: Any) -> UUID:
    """40 h of the 60."""
    close_commitment(actor=actor, uid=giving.uid, on=TODAY)
    admit(actor, receiving)
    return carry(actor, w, giving, receiving)


def validated(actor: Actor, *owed: Any) -> list[Decimal]:
    done = progress_of(actor=actor, as_of=TODAY)
    return [done[one.pk].validated for one in owed]


def test_the_surplus_counts_there_once(actor: Actor, giving: Any, receiving: Any, carried: UUID) -> None:
    assert validated(actor, giving, receiving) == [Decimal(140), Decimal(40)]
    assert surplus_of(actor=actor, commitment_id=giving.pk, on=TODAY).hours == Decimal(20)
    assert carried_of(actor=actor, commitment_id=giving.pk, as_of=TODAY) == Carried(Decimal(0), Decimal(40))
    assert carried_of(actor=actor, commitment_id=receiving.pk, as_of=TODAY) == Carried(Decimal(40), Decimal(0))
    assert hours_of_year(actor=actor, year=2026, as_of=TODAY).by_month == ((SEPT, Decimal(100)), (OCT, Decimal(80)))
    with as_owner():
        assert {line.month for line in HoursLine.objects.filter(act__uid=carried)} == {OCT}  # what was worked last
        act = CommitmentAct.objects.get(uid=carried)
    assert (act.hours, act.ceiling, act.kept) == (Decimal(40), Decimal(50), Decimal(120))


def test_nothing_without_a_rule_nor_before_the_end(actor: Actor, w: World, giving: Any, receiving: Any) -> None:
    with pytest.raises(Invalid, match="Soldez d'abord"):
        carry(actor, w, giving, receiving)
    close_commitment(actor=actor, uid=giving.uid, on=TODAY)
    with pytest.raises(Invalid, match="ne dit pas") as caught:
        carry(actor, w, giving, receiving)
    assert set(caught.value.errors) == {"to"}
    admit(actor, receiving, date(2026, 12, 1))  # later than the month asked
    with pytest.raises(Invalid, match="ne dit pas"):
        carry(actor, w, giving, receiving)
    assert validated(actor, giving, receiving) == [Decimal(180), Decimal(0)]


def test_neither_beyond_the_surplus_nor_beyond_the_ceiling(
    actor: Actor, w: World, giving: Any, receiving: Any, carried: UUID
) -> None:
    with pytest.raises(Invalid, match="reste 10"):
        carry(actor, w, giving, receiving, "10.01")
    with pytest.raises(Invalid, match="déjà reportées"):
        admit(actor, receiving, TODAY.replace(day=1), hours_most=Decimal(30))
    admit(actor, receiving, TODAY.replace(day=1), hours_most=Decimal(200))
    with pytest.raises(Invalid, match=r"surplus est de 20"):
        carry(actor, w, giving, receiving, "20.01")
    carry(actor, w, giving, receiving, "20")
    assert validated(actor, giving, receiving) == [Decimal(120), Decimal(60)]
    with pytest.raises(Invalid, match="pas d'heures validées au-delà"):
        carry(actor, w, giving, receiving, "1")


def test_the_rule_under_which_it_was_carried_stays(actor: Actor, receiving: Any, carried: UUID) -> None:
    (rule,) = valued_lines(actor=actor, commitment_id=receiving.pk)
    with pytest.raises(Invalid, match="déjà reportées"):
        withdraw_rule(actor=actor, uid=rule.uid, on=TODAY, reason="Erreur")


def test_given_back_the_hours_come_home(actor: Actor, w: World, giving: Any, receiving: Any, carried: UUID) -> None:
    with pytest.raises(Invalid):
        give_back_surplus(actor=actor, act_uid=carried, reason=" ", at=noon(TODAY), on=TODAY)
    assert give_back_surplus(actor=actor, act_uid=carried, reason="Accord dénoncé", at=noon(TODAY), on=TODAY) == 1
    assert validated(actor, giving, receiving) == [Decimal(180), Decimal(0)]
    with pytest.raises(WrongState, match="déjà annulé"):
        give_back_surplus(actor=actor, act_uid=carried, reason="Accord dénoncé", at=noon(TODAY), on=TODAY)
    carry(actor, w, giving, receiving, "50")
    assert validated(actor, giving, receiving) == [Decimal(130), Decimal(50)]


def test_not_once_the_receiving_engagement_is_settled(actor: Actor, receiving: Any, carried: UUID) -> None:
    close_commitment(actor=actor, uid=receiving.uid, on=TODAY)
    with pytest.raises(WrongState, match="soldé"):
        give_back_surplus(actor=actor, act_uid=carried, reason="Accord dénoncé", at=noon(TODAY), on=TODAY)


def test_the_giving_engagement_is_not_opened_again(actor: Actor, giving: Any, carried: UUID) -> None:
    with pytest.raises(Refusal, match="annulez d'abord le report"):
        reopen_commitment(actor=actor, uid=giving.uid, reason="Un mois manquait")
    give_back_surplus(actor=actor, act_uid=carried, reason="Accord dénoncé", at=noon(TODAY), on=TODAY)
    reopen_commitment(actor=actor, uid=giving.uid, reason="Un mois manquait")


def test_hours_due_stay_where_they_were_worked(actor: Actor, w: World, giving: Any, carried: UUID) -> None:
    """140 h are left, 120 h are due: a correction of 20 h holds, one of 21 h does not."""
    with as_owner():
        line = HoursLine.objects.get(statement__month=SEPT, commitment=giving, corrects=None)
    with pytest.raises(Refusal, match="annulez d'abord le report"):
        correct_line(actor=actor, line_uid=line.uid, new_hours=Decimal(79), reason="Erreur de relevé", at=AT, on=TODAY)
    correct_line(actor=actor, line_uid=line.uid, new_hours=Decimal(80), reason="Erreur de relevé", at=AT, on=TODAY)


def test_hours_received_are_corrected_where_they_were_worked(actor: Actor, receiving: Any, carried: UUID) -> None:
    with as_owner():
        line = HoursLine.objects.get(commitment=receiving)
    with pytest.raises(CorrectionImpossible, match="par un acte"):
        correct_line(actor=actor, line_uid=line.uid, new_hours=Decimal(35), reason="Erreur de relevé", at=AT, on=TODAY)


def test_the_database_holds_the_pair(actor: Actor, w: World, giving: Any, receiving: Any, carried: UUID) -> None:
    """Whoever writes: not settled, beyond the ceiling, hours of nobody, half given back."""
    with as_owner():
        act = CommitmentAct.objects.get(uid=carried)
        line = HoursLine.objects.get(commitment=receiving)
    own = {
        f.attname: getattr(act, f.attname)
        for f in CommitmentAct._meta.concrete_fields if f.name not in ("id", "uid", "created_at")
    }  # fmt: skip
    reverse = {
        "from_commitment_id": act.to_commitment_id, "from_contract_id": act.to_contract_id,
        "to_commitment_id": act.from_commitment_id, "to_contract_id": act.from_contract_id,
    }  # fmt: skip
    for wrong in ({"hours": Decimal("10.01")}, reverse):
        with pytest.raises(IntegrityError) as caught, as_owner(), transaction.atomic():
            CommitmentAct.objects.create(**own | wrong)
        assert violated_constraint(caught.value) == "commitments_act_surplus"
    with pytest.raises(IntegrityError) as caught, as_owner(), transaction.atomic():
        CommitmentAct.objects.filter(pk=act.pk).update(withdrawn_on=TODAY, withdrawn_reason="Erreur")
    assert violated_constraint(caught.value) == "hours_act_used"
    copied = {
        f.attname: getattr(line, f.attname)
        for f in HoursLine._meta.concrete_fields if f.name not in ("id", "uid", "created_at")
    } | {"hours": Decimal(-40), "corrects_id": line.pk, "reason": "Erreur"}  # fmt: skip

    def half() -> None:
        HoursLine.objects.create(**copied)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError) as caught, as_owner(), transaction.atomic():
        half()
    assert violated_constraint(caught.value) in {"hours_line_within_act", "hours_surplus_whole"}


def test_who_may(w: World, giving: Any, receiving: Any, carried: UUID) -> None:
    for who in (w.firm, w.buyer):
        with acting(who) as one, pytest.raises(NotAllowed):
            give_back_surplus(actor=one, act_uid=carried, reason="Accord dénoncé", at=noon(TODAY), on=TODAY)
        with acting(who) as one:
            assert validated(one, giving, receiving) == [Decimal(140), Decimal(40)]
    with acting(w.stranger) as one, pytest.raises(Absent):
        give_back_surplus(actor=one, act_uid=carried, reason="Accord dénoncé", at=noon(TODAY), on=TODAY)


def test_hours_due_are_not_lowered_below_the_share_that_a_surplus_takes(
    actor: Actor, w: World, giving: Any, receiving: Any
) -> None:
    """40 h are a fifth of 200: not of 199.9. What only lengthens, or a ceiling said in hours, changes nothing."""

    def due(hours: str) -> None:
        add_version(
            actor=actor, uid=receiving.uid, reason=VersionReason.AMENDMENT, effective_on=TODAY,
            terms=Terms(minimum_hours=Decimal(hours)), comment="Avenant",
        )  # fmt: skip

    close_commitment(actor=actor, uid=giving.uid, on=TODAY)
    admit(actor, receiving, hours_most=None, share_most=Decimal("0.2"))
    act = carry(actor, w, giving, receiving)
    with pytest.raises(Invalid, match=r"40\sh de surplus .* Annulez d'abord le report"):
        due("199.9")
    with pytest.raises(Invalid, match="surplus") as caught:
        move_hours(
            actor=actor, from_uid=receiving.uid, to_uid=w.another().uid, hours=Decimal("100.1"), on=TODAY,
            signed=Signed(TODAY, "Accord écrit", paper(actor, w)),
        )  # fmt: skip
    assert set(caught.value.errors) == {"hours"}
    due("200")
    give_back_surplus(actor=actor, act_uid=act, reason="Accord dénoncé", at=noon(TODAY), on=TODAY)
    due("10")


def test_corrections_proposed_end_when_a_surplus_goes_and_when_it_comes_back(
    w: World, actor: Actor, giving: Any, receiving: Any
) -> None:
    close_commitment(actor=actor, uid=giving.uid, on=TODAY)
    admit(actor, receiving)
    october = HoursLine.objects.get(month=OCT, corrects=None).uid

    def proposed(hours: int) -> None:
        with acting(w.firm) as firm:
            propose_correction(
                actor=firm, line_uid=october, hours=Decimal(hours), reason="Feuille mal lue", at=noon(TODAY), on=TODAY
            )

    def states() -> list[str]:
        with as_owner():
            return list(CorrectionProposal.objects.order_by("id").values_list("state", flat=True))

    proposed(70)
    with acting(w.pilot) as pilot:
        act = carry(pilot, w, giving, receiving)
    assert states() == ["moot"]
    proposed(30)
    with acting(w.pilot) as pilot:
        give_back_surplus(actor=pilot, act_uid=act, reason="Accord dénoncé", at=noon(TODAY), on=TODAY)
    assert states() == ["moot", "moot"]


STAYS = r"40\sh de surplus sont reportées ici, et leur plafond est une part des heures dues .* Annulez d'abord"


def shared(owed: Any, w: World, hours: str, starts_on: date, ends_on: date, **terms: Any) -> None:
    """Make it a tenth of the hours worked, declared for these days."""
    with as_owner():
        CommitmentPart.objects.filter(commitment=owed).delete()
        CommitmentVersion.objects.filter(commitment=owed).update(
            minimum_hours=None, hours_share=Decimal("0.1"), rounding="nearest", **terms
        )
        Commitment.objects.filter(pk=owed.pk).update(kind="share_of_hours", starts_on=date(2026, 7, 1))
        BaseHours.objects.create(
            commitment=owed, contract_id=owed.contract_id, starts_on=starts_on, ends_on=ends_on, hours=Decimal(hours),
            declared_by_id=w.pilot.account_id, declarant_id=w.pilot.organisation_id,
        )  # fmt: skip


def a_fifth(actor: Actor, w: World, giving: Any, receiving: Any) -> None:
    """40 h carried under a ceiling of a fifth of the hours due."""
    close_commitment(actor=actor, uid=giving.uid, on=TODAY)
    admit(actor, receiving, hours_most=None, share_most=Decimal("0.2"))
    carry(actor, w, giving, receiving)


def test_a_suspension_that_lowers_the_hours_due_below_the_share_of_a_surplus_is_refused(
    actor: Actor, w: World, giving: Any, receiving: Any
) -> None:
    """A tenth of 2,000 h estimated over 184 days, half of them declared as much: 200 h due, 40 h are a fifth."""
    with as_owner():
        Commitment.objects.filter(pk=receiving.pk).update(ends_on=date(2026, 12, 31))
    shared(receiving, w, "1000", date(2026, 7, 1), date(2026, 9, 30), estimated_base=Decimal(2000))
    a_fifth(actor, w, giving, receiving)
    with pytest.raises(Invalid, match=STAYS):
        suspend_commitment(actor=actor, uid=receiving.uid, on=TODAY, comment="Arrêt de chantier")
    give_back_all(actor)
    suspend_commitment(actor=actor, uid=receiving.uid, on=TODAY, comment="Arrêt de chantier")


def give_back_all(actor: Actor) -> None:
    with as_owner():
        acts = list(CommitmentAct.objects.filter(withdrawn_on=None).values_list("uid", flat=True))
    for uid in acts:
        give_back_surplus(actor=actor, act_uid=uid, reason="Accord dénoncé", at=AT, on=TODAY)


def test_a_resumption_that_lowers_the_hours_due_below_the_share_of_a_surplus_is_refused(
    actor: Actor, w: World, giving: Any, receiving: Any
) -> None:
    """A tenth of 2,000 h declared until the term: a nearer term leaves less than the 200 h of which 40 are a fifth."""
    with as_owner():
        Commitment.objects.filter(pk=receiving.pk).update(ends_on=date(2026, 12, 31))
    shared(receiving, w, "2000", date(2026, 12, 1), date(2026, 12, 31))
    a_fifth(actor, w, giving, receiving)
    suspend_commitment(actor=actor, uid=receiving.uid, on=TODAY, comment="Arrêt de chantier")
    with pytest.raises(Invalid, match=STAYS):
        resume_commitment(
            actor=actor, uid=receiving.uid, on=date(2026, 11, 20), comment="Reprise", ends_on=date(2026, 12, 30)
        )
    resume_commitment(actor=actor, uid=receiving.uid, on=date(2026, 11, 20), comment="Reprise")


def test_a_transfer_that_leaves_less_than_the_share_of_a_surplus_is_refused(
    actor: Actor, w: World, giving: Any, receiving: Any
) -> None:
    """The former titulaire would owe the 40 h validated: they are no fifth of themselves."""
    with as_owner():
        row = apps.get_model("procurement.Contract").objects.get(pk=receiving.contract_id)
    party(row, w.etti, "contractor")
    a_fifth(actor, w, giving, receiving)
    with as_owner():
        to = apps.get_model("access.Organisation").objects.get(pk=w.etti.organisation_id).uid

    def transfer() -> UUID:
        signed = Signed(TODAY, "Avenant de transfert", paper(actor, w))
        return transfer_balance(actor=actor, uid=receiving.uid, to_contractor_uid=to, on=TODAY, signed=signed)

    with pytest.raises(Invalid, match=STAYS):
        transfer()
    give_back_all(actor)
    transfer()
