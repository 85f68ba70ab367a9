"""Each constraint of the room, broken, gives its French sentence."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clausette.kernel.integrity import sentence_of
from clausette.procurement.models import (
    Award,
    Contract,
    ContractModification,
    ContractParty,
    Lot,
    WorksOperation,
)
from tests.hats import TODAY, as_owner
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db


def _copy(row: Contract, **values: object) -> Contract:
    return Contract(
        owner_org_id=row.owner_org_id, buyer_id=row.buyer_id, common_name="x", sort_key="x", **values
    )


def _operation(row: Contract) -> WorksOperation:
    return WorksOperation(owner_org_id=row.owner_org_id, name="Une", sort_key="une")


BROKEN: dict[str, Callable[[Contract, Cast], list[Any]]] = {
    "Une opération porte déjà ce nom.": lambda row, people: [_operation(row), _operation(row)],
    "Ce marché existe déjà : même maître d’ouvrage et même numéro.": lambda row, people: [_copy(row, official_id="7")],
    "Le montant HT doit être supérieur à zéro.": lambda row, people: [_copy(row, amount_ht=Decimal(0))],
    "La fin d’exécution précède le début.": lambda row, people: [
        _copy(row, starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1))
    ],
    "La durée est d’au moins un mois.": lambda row, people: [_copy(row, duration_months=0)],
    "Ce numéro de lot existe déjà dans le marché.": lambda row, people: [
        Lot(contract=row, number="1", title="a"),
        Lot(contract=row, number="1", title="b"),
    ],
    "Le montant du lot doit être supérieur à zéro.": lambda row, people: [
        Lot(contract=row, number="1", title="a", amount_ht=Decimal(0))
    ],
    "Cette entreprise est déjà titulaire de ce lot.": lambda row, people: [
        Award(contract=row, contractor_id=people.firm.organisation_id)
    ],
    "Le montant attribué doit être supérieur à zéro.": lambda row, people: [
        Award(contract=row, contractor_id=people.other_firm.organisation_id, amount_ht=Decimal(-1))
    ],
    "Indiquez le motif de fin de l’attribution.": lambda row, people: [
        Award(contract=row, contractor_id=people.other_firm.organisation_id, ended_on=TODAY)
    ],
    "Cet organisme tient déjà ce rôle dans le marché.": lambda row, people: [
        ContractParty(contract=row, organisation_id=row.buyer_id, role="buyer", valid_from=TODAY)
    ],
    "La fin du rôle précède le début.": lambda row, people: [
        ContractParty(
            contract=row, organisation_id=row.buyer_id, role="employer", valid_from=TODAY, valid_to=date(2020, 1, 1)
        )
    ],
    "La part est comprise entre 0 et 100 %.": lambda row, people: [
        ContractParty(
            contract=row, organisation_id=row.buyer_id, role="employer", valid_from=TODAY, share=Decimal("1.5")
        )
    ],
    "Cet avenant est déjà enregistré.": lambda row, people: [
        ContractModification(contract=row, number=1, source="typed"),
        ContractModification(contract=row, number=1, source="typed"),
    ],
}


def _save(rows: list[Any]) -> None:
    with transaction.atomic():
        for row in rows:
            row.save()


@pytest.mark.parametrize("sentence", BROKEN)
def test_a_broken_constraint_says_why(sentence: str) -> None:
    people = cast()
    uid = contract(people, number="7")
    with as_owner():
        rows = BROKEN[sentence](Contract.objects.get(uid=uid), people)
        with pytest.raises(IntegrityError) as broken:
            _save(rows)
        assert sentence_of(broken.value) == sentence
