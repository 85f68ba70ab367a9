"""Constraints of the tables of real engagements, broken one by one, give their French sentence."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import Model

from clausette.commitments.models import (
    BaseHours,
    Commitment,
    CommitmentAct,
    CommitmentVersion,
    GroupShare,
    StructureDefaults,
    SubTarget,
)
from clausette.kernel.integrity import sentence_of
from clausette.kernel.writing import writing
from tests.commitments.builders import commitment
from tests.hats import TODAY, acting, as_owner
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db
DAY = date(2030, 1, 1)


def _version(row: Commitment, **values: Any) -> Model:
    given = {"number": 9, "reason": "amendment", "effective_on": TODAY, "ends_on": DAY, **values}
    return CommitmentVersion(commitment=row, contract_id=row.contract_id, **given)


def _target(row: Commitment, **values: Any) -> Model:
    version = CommitmentVersion.objects.get(commitment=row)
    given = {"kind": "qpv", "base": "hours", "share": Decimal("0.5"), **values}
    return SubTarget(version=version, commitment=row, contract_id=row.contract_id, **given)


def _share(row: Commitment, **values: Any) -> Model:
    given = {"organisation_id": row.contractor_id, "share": Decimal("0.5"), "starts_on": DAY, **values}
    return GroupShare(commitment=row, contract_id=row.contract_id, **given)


def _base(row: Commitment, **values: Any) -> Model:
    given = {"starts_on": DAY, "ends_on": DAY, "hours": Decimal(10), "declarant_id": row.contractor_id, **values}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_account ORDER BY id LIMIT 1")
        account = (cursor.fetchone() or [0])[0]
    return BaseHours(commitment=row, contract_id=row.contract_id, declared_by_id=account, **given)


def _act(row: Commitment, **values: Any) -> Model:
    given = {
        "kind": "move", "hours": Decimal(10), "starts_on": DAY, "signed_on": DAY, "reason": "x", "document_id": 1,
        "from_commitment": row, "from_contract_id": row.contract_id, "to_commitment_id": row.pk + 1,
        "to_contract_id": row.contract_id, "owner_org_id": row.lead_org_id, **values,
    }  # fmt: skip
    return CommitmentAct(**given)


def _rules(row: Commitment, **values: Any) -> Model:
    return StructureDefaults(owner_org_id=row.lead_org_id, **values)


PER_AMOUNT = "Les heures selon le montant demandent des euros par heure, un seuil et le montant retenu."
ACT = (
    "Une globalisation a un plafond d’heures ; un mouvement ou un transfert a des heures ; un report du surplus a les "
    "deux, et les heures dues qui restent."
)
BROKEN: tuple[tuple[str, Callable[[Commitment], Model]], ...] = (
    (PER_AMOUNT, lambda row: _version(row, euros_per_hour=Decimal(2000))),
    (PER_AMOUNT, lambda row: _version(row, euros_per_hour=0, beyond_ht=0, amount_base="invoiced")),
    ("La part des heures travaillées va de plus de 0 % à 100 %.", lambda row: _version(row, hours_share=Decimal(2))),
    ("Un engagement a une seule base : calcul, montant ou part des heures.", lambda row: _version(
        row, hours_share=Decimal("0.1"), euros_per_hour=1, beyond_ht=0, amount_base="invoiced")),
    ("La part d’un objectif particulier va de plus de 0 % à 100 %.", lambda row: _target(row, share=0)),
    ("La part d’un membre va de plus de 0 % à 100 %.", lambda row: _share(row, share=2)),
    ("La fin de la part précède son début.", lambda row: _share(row, ends_on=TODAY)),
    ("Les heures travaillées ne peuvent pas être négatives.", lambda row: _base(row, hours=-1)),
    ("La fin de la période précède son début.", lambda row: _base(row, ends_on=TODAY)),
    ("Indiquez le motif du retrait.", lambda row: _base(row, withdrawn_on=DAY)),
    ("Un acte relie deux engagements différents.", lambda row: _act(row, to_commitment_id=row.pk)),
    (ACT, lambda row: _act(row, kind="globalisation")),
    (ACT, lambda row: _act(row, hours=None, ceiling=Decimal(5))),
    (ACT, lambda row: _act(row, kind="carry_over", ceiling=Decimal(5))),
    ("La fin de l’acte précède son début.", lambda row: _act(row, ends_on=TODAY)),
    ("Indiquez le motif de l’acte.", lambda row: _act(row, reason="")),
    ("Indiquez le motif du retrait.", lambda row: _act(row, withdrawn_on=DAY)),
    ("Les mois comptés vont de 1 à 120.", lambda row: _rules(row, cdi_months=0)),
    ("La part des heures de formation va de 0 % à 100 %.", lambda row: _rules(row, training_cap=2)),
    ("Le jour attendu du relevé est compris entre 1 et 28.", lambda row: _rules(row, due_day=31)),
)  # fmt: skip


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.mark.parametrize(("sentence", "broken"), BROKEN)
def test_a_broken_constraint_says_why(
    people: Cast, sentence: str, broken: Callable[[Commitment], Model]
) -> None:
    uid = commitment(people, contract(people))
    with as_owner():
        row = broken(Commitment.objects.get(uid=uid))
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            row.save()
        assert sentence_of(refused.value) == sentence


def _save(*rows: Model) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for row in rows:
            row.save()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_shares_of_a_group_never_pass_the_whole_on_any_day(people: Cast) -> None:
    uid = commitment(people, contract(people))
    with as_owner():
        row = Commitment.objects.get(uid=uid)
        other = row.lead_org_id
        _save(_share(row, share=Decimal("0.6"), ends_on=date(2030, 6, 30)))
        _save(_share(row, organisation_id=other, share=Decimal("0.4")))
        _save(_share(row, share=Decimal("0.6"), starts_on=date(2030, 7, 1)))
        with pytest.raises(IntegrityError) as refused:
            _save(_share(row, organisation_id=row.lead_org_id + 1, share=Decimal("0.01"), starts_on=DAY))
        assert "dépassent 100 %" in sentence_of(refused.value)


def test_hours_worked_are_declared_once_for_each_day(people: Cast) -> None:
    uid = commitment(people, contract(people))
    with as_owner():
        row = Commitment.objects.get(uid=uid)
        first = _base(row, ends_on=date(2030, 1, 31))
        _save(first, _base(row, starts_on=date(2030, 2, 1), ends_on=date(2030, 2, 28)))
        with pytest.raises(IntegrityError) as refused:
            _save(_base(row, starts_on=date(2030, 1, 31), ends_on=date(2030, 2, 1)))
        assert "déjà déclarées" in sentence_of(refused.value)
        BaseHours.objects.filter(pk=first.pk).update(withdrawn_on=DAY, withdrawn_reason="erreur")
        _save(_base(row, ends_on=date(2030, 1, 31)))


def test_an_act_stays_between_engagements_of_its_contracts(people: Cast) -> None:
    here = commitment(people, contract(people, "A"))
    there = commitment(people, contract(people, "B"))
    with as_owner():
        one, two = Commitment.objects.get(uid=here), Commitment.objects.get(uid=there)
        with pytest.raises(IntegrityError):
            _save(_act(one, to_commitment_id=two.pk, to_contract_id=one.contract_id))


def test_only_who_pilots_writes_acts_and_shares(people: Cast) -> None:
    uid = commitment(people, contract(people))
    with as_owner():
        row = Commitment.objects.get(uid=uid)
    for who in (people.buyer, people.firm, people.stranger):
        for made in (_share(row), _target_of(row), _act(row)):
            with (
                acting(who),
                writing("test"),
                pytest.raises(ProgrammingError, match="row-level security"),
                transaction.atomic(),
            ):
                made.save()


def _target_of(row: Commitment) -> Model:
    with as_owner():
        return _target(row)
