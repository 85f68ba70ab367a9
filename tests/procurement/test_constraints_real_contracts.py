"""What the database itself refuses of real contracts: broken facts, keys that cross, writes of those who only read."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clausette.kernel.integrity import sentence_of
from clausette.kernel.writing import writing
from clausette.procurement.models import (
    AmountEntry,
    Award,
    Contract,
    ContractPhase,
    ContractStep,
    Lot,
    OperationParty,
    PartyContact,
    WorksOperation,
)
from tests.hats import TODAY, acting, as_owner, noon
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def people() -> Cast:
    return cast()


def _phase(row: Contract, **values: Any) -> ContractPhase:
    given = {"kind": "renewal", "number": 1, "starts_on": TODAY, "ends_on": LATER, **values}
    return ContractPhase(contract=row, **given)


def _amount(row: Contract, people: Cast, **values: Any) -> AmountEntry:
    given = {
        "kind": "invoiced", "on": TODAY, "reference": "F-1", "amount_ht": Decimal(10),
        "contractor_id": people.firm.organisation_id, "entered_by_id": people.pilot.account_id,
        "entered_org_id": people.pilot.organisation_id, **values,
    }  # fmt: skip
    return AmountEntry(contract=row, **given)


def _copy(row: Contract, **values: Any) -> Contract:
    given = {"owner_org_id": row.owner_org_id, "buyer_id": row.buyer_id, "common_name": "x", "sort_key": "x", **values}
    return Contract(**given)


BROKEN: dict[str, Callable[[Contract, Cast], list[Any]]] = {
    "Seul un bon de commande ou un marché subséquent dépend d’un accord-cadre.": lambda row, people: [
        _copy(row, framework=row)
    ],
    "Indiquez l’accord-cadre de ce lot.": lambda row, people: [
        lot := Lot(contract=row, number="1", title="a"), _copy(row, framework_lot=lot)
    ],
    "Ce marché est déjà relancé.": lambda row, people: [_copy(row, relaunches=row), _copy(row, relaunches=row)],
    "Cette phase existe déjà dans le marché.": lambda row, people: [_phase(row), _phase(row)],
    "La fin de la phase précède son début.": lambda row, people: [_phase(row, ends_on=date(2020, 1, 1))],
    "Le montant de la phase doit être supérieur à zéro.": lambda row, people: [_phase(row, amount_ht=Decimal(0))],
    "Une tranche optionnelle ou une reconduction se décide à une date.": lambda row, people: [
        _phase(row, state="confirmed")
    ],
    "Indiquez pourquoi cette phase n’est pas faite.": lambda row, people: [
        _phase(row, state="not_made", decided_on=TODAY)
    ],
    "Une résiliation, et elle seule, a une cause.": lambda row, people: [
        ContractStep(contract=row, from_state="running", to_state="terminated", on=TODAY)
    ],
    "Le marché est déjà dans cet état.": lambda row, people: [
        ContractStep(contract=row, from_state="running", to_state="running", on=TODAY)
    ],
    "Donnez le nom du contact.": lambda row, people: [
        PartyContact(contract=row, owner_org_id=row.owner_org_id, organisation_id=row.buyer_id, name="")
    ],
    "Cette référence est déjà enregistrée pour cette entreprise.": lambda row, people: [
        _amount(row, people), _amount(row, people)
    ],
    "Une commande est supérieure à zéro ; une facture ou un avoir n’est pas nul.": lambda row, people: [
        _amount(row, people, kind="ordered", amount_ht=Decimal(-1))
    ],
    "Donnez le numéro de la commande ou de la facture.": lambda row, people: [_amount(row, people, reference="")],
    "Un retrait a un motif.": lambda row, people: [_amount(row, people, withdrawn_at=noon(TODAY))],
}  # fmt: skip


def _save(*rows: Any) -> None:
    """Write rows; what is checked at commit is checked here."""
    with transaction.atomic(), connection.cursor() as cursor:
        for row in rows:
            row.save()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("sentence", BROKEN)
def test_a_broken_fact_is_said(people: Cast, sentence: str) -> None:
    uid = contract(people)
    with as_owner():
        rows = BROKEN[sentence](Contract.objects.get(uid=uid), people)
        with pytest.raises(IntegrityError) as broken:
            _save(*rows)
    assert sentence_of(broken.value) == sentence


def test_no_key_crosses_contracts_or_structures(people: Cast) -> None:
    uid, other = contract(people, lots=1, firm=""), contract(people, "Autre", lots=1)
    with as_owner():
        here, there = Contract.objects.get(uid=uid), Contract.objects.get(uid=other)
        lot, award = Lot.objects.get(contract=there), Award.objects.get(contract=there)
        foreign = people.stranger.organisation_id
        project = WorksOperation(owner_org_id=here.owner_org_id, name="Une", sort_key="une")
        project.save()
        crossing: list[Any] = [
            _phase(here, lot=lot),
            _amount(here, people, lot=lot),
            Award(contract=here, contractor_id=people.firm.organisation_id, replaces=award),
            _copy(here, owner_org_id=foreign, kind="order", framework=here),
            _copy(here, owner_org_id=foreign, relaunches=here),
            _copy(here, kind="order", framework=here, framework_lot=lot),
            OperationParty(owner_org_id=foreign, operation=project, organisation_id=here.buyer_id, role="buyer"),
        ]  # fmt: skip
        for row in crossing:
            with pytest.raises(IntegrityError, match="_same_scope"):
                _save(row)


def _refused(sql: str, *values: int) -> bool:
    """Whether the database refuses a statement, or changes nothing: our own guard on writes is lifted."""
    try:
        with transaction.atomic(), writing("test.real.contracts"), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return bool(cursor.rowcount == 0)
    except DatabaseError:
        return True


def test_those_who_only_read_write_nothing_even_in_sql(people: Cast) -> None:
    uid = contract(people)
    with as_owner():
        row = Contract.objects.get(uid=uid)
        _phase(row).save()
        PartyContact(contract=row, owner_org_id=row.owner_org_id, organisation_id=row.buyer_id, name="Roy").save()
        _amount(row, people).save()
    step = (
        "INSERT INTO procurement_contractstep (uid, contract_id, from_state, to_state, \"on\", motive, reason) "
        "VALUES (gen_random_uuid(), %s, 'running', 'suspended', '2026-11-03', '', '')"
    )
    entry = (
        "INSERT INTO procurement_amountentry (uid, contract_id, contractor_id, kind, \"on\", reference, amount_ht, "
        "entered_by_id, entered_org_id, withdrawn_reason) "
        "VALUES (gen_random_uuid(), %s, %s, 'invoiced', '2026-11-03', 'F-2', 5, %s, %s, '')"
    )
    for who in (people.buyer, people.firm, people.stranger):
        with acting(who):
            assert _refused("UPDATE procurement_contractphase SET state = 'confirmed', decided_on = '2026-11-03'")
            assert _refused("UPDATE procurement_partycontact SET name = 'x'")
            assert _refused("UPDATE procurement_amountentry SET amount_ht = 1")
            assert _refused(step, row.pk)
    for who in (people.firm, people.stranger):
        with acting(who):
            assert _refused(entry, row.pk, people.firm.organisation_id, who.account_id, who.organisation_id)
    with acting(people.buyer) as actor:  # in his own name only
        assert _refused(entry, row.pk, people.firm.organisation_id, people.pilot.account_id, row.owner_org_id)
        assert not _refused(entry, row.pk, people.firm.organisation_id, actor.account_id, actor.organisation_id)
    with acting(people.pilot):  # a step is never changed, nor erased
        assert not _refused(step, row.pk)
        assert _refused("UPDATE procurement_contractstep SET reason = 'x'")
        assert _refused("DELETE FROM procurement_contractstep")
        assert _refused("DELETE FROM procurement_amountentry")
