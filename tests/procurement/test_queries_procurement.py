"""What each of the cast reads: own, shared, foreign; constant number of queries."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.kernel import scope
from clausette.kernel.errors import Absent
from clausette.procurement.enums import PartyRole
from clausette.procurement.models import ContractParty
from clausette.procurement.operations import admit_party
from clausette.procurement.queries import (
    ContractFilters,
    contract_and_lot,
    contract_key,
    contract_keys,
    contract_sheet,
    contractors_of,
    contracts_visible_to,
    firm_lines,
    known_organisations,
    list_contracts,
    lot_id,
    lot_keys,
    operation_names,
)
from tests.hats import TODAY, acting, as_owner, on_day
from tests.procurement.builders import Cast, cast, contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def _names(people: Cast, who: str, **filters: object) -> list[str]:
    with acting(getattr(people, who)) as actor:
        found = list_contracts(actor=actor, filters=ContractFilters(**filters))  # type: ignore[arg-type]  # by test
        assert len(found.rows) == found.total
        return [row.common_name for row in found.rows]


@pytest.fixture
def two(people: Cast) -> tuple[UUID, UUID]:
    first = contract(people, "École Pasteur", number="2025-118", lots=2)
    return first, contract(people, "Halle Nord", firm="other_firm")


def test_each_reads_its_own_contracts(people: Cast, two: tuple[UUID, UUID]) -> None:
    read = {who: _names(people, who) for who in ("pilot", "buyer", "firm", "other_firm", "stranger", "other_buyer")}
    assert read == {
        "pilot": ["École Pasteur", "Halle Nord"],
        "buyer": ["École Pasteur", "Halle Nord"],
        "firm": ["École Pasteur"],
        "other_firm": ["Halle Nord"],
        "stranger": [],
        "other_buyer": [],
    }


def test_the_policies_alone_say_the_same(people: Cast, two: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scope, "apply", lambda queryset, condition: queryset)
    assert _names(people, "firm") == ["École Pasteur"]
    assert _names(people, "stranger") == []


def test_the_queries_alone_say_the_same(people: Cast, two: tuple[UUID, UUID]) -> None:
    with acting(people.firm) as actor, as_owner():
        assert [row.common_name for row in contracts_visible_to(actor)] == ["École Pasteur"]
    with acting(people.stranger) as actor, as_owner():
        assert list(contracts_visible_to(actor)) == []


def test_a_party_sees_between_its_days(people: Cast) -> None:
    uid = contract(people)
    with acting(people.pilot) as actor:
        admit_party(
            actor=actor,
            contract_uid=uid,
            organisation_uid=people.uid("other_firm"),
            role=PartyRole.EMPLOYER,
            valid_from=TODAY + timedelta(days=3),
        )
    assert _names(people, "other_firm") == []
    with on_day(TODAY + timedelta(days=3)):
        assert _names(people, "other_firm") == ["Gymnase des Acacias"]
    with as_owner():
        ContractParty.objects.filter(role=PartyRole.EMPLOYER).update(valid_to=TODAY + timedelta(days=4))
    with on_day(TODAY + timedelta(days=5)):
        assert _names(people, "other_firm") == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"words": "ecole"}, ["École Pasteur"]),
        ({"words": "2025-118"}, ["École Pasteur"]),
        ({"words": "morel"}, ["Halle Nord"]),
        ({"words": "metropole halle"}, ["Halle Nord"]),
        ({"words": "piscine"}, []),
        ({"state": "running"}, ["École Pasteur", "Halle Nord"]),
        ({"state": "closed"}, []),
        ({"state": "nonsense", "sort": "-nom"}, ["Halle Nord", "École Pasteur"]),
        ({"sort": "unknown"}, ["École Pasteur", "Halle Nord"]),
    ],
)
def test_filters(people: Cast, two: tuple[UUID, UUID], filters: dict[str, object], expected: list[str]) -> None:
    assert _names(people, "pilot", **filters) == expected


def test_filter_by_organisation(people: Cast, two: tuple[UUID, UUID]) -> None:
    assert _names(people, "pilot", organisation_uid=people.uid("firm")) == ["École Pasteur"]
    assert _names(people, "pilot", buyer_uid=people.uid("other_buyer")) == []


def test_the_list_costs_the_same_for_one_and_three(people: Cast) -> None:
    counts = []
    for name in ("A", "B", "C"):
        contract(people, name, lots=2)
        with acting(people.pilot) as actor, CaptureQueriesContext(connection) as queries:
            list_contracts(actor=actor)
        counts.append(len(queries))
    assert counts == [4, 4, 4]


def test_the_sheet_costs_the_same_with_more_lots(people: Cast) -> None:
    counts = []
    for lots in (1, 3):
        uid = contract(people, f"{lots}", lots=lots)
        with acting(people.pilot) as actor, CaptureQueriesContext(connection) as queries:
            contract_sheet(actor=actor, uid=uid)
        counts.append(len(queries))
    assert counts == [4, 4]


def test_keys(people: Cast, two: tuple[UUID, UUID]) -> None:
    with acting(people.firm) as actor:
        key = contract_key(actor, two[0])
        assert (key.common_name, key.buyer_name, key.owner_org_id) == (
            "École Pasteur",
            "Métropole du Lys",
            people.pilot.organisation_id,
        )
        with pytest.raises(Absent):
            contract_key(actor, two[1])
        assert contract_keys(actor, [key.id, 0]) == {key.id: key}
        assert lot_keys(actor, []) == {}
        assert contract_and_lot(actor, contract_id=key.id, lot_id=None) == (key, None)
    with acting(people.pilot) as actor:
        lots = [lot_id(actor, contract_id=key.id, uid=one.uid) for one in contract_sheet(actor=actor, uid=two[0]).lots]
        other = contract_key(actor, two[1])
    with acting(people.firm) as actor:
        named = lot_keys(actor, [lot for lot in lots if lot])
        for lot in lots:
            assert lot
            assert contract_and_lot(actor, contract_id=key.id, lot_id=lot) == (key, named[lot])
        with pytest.raises(Absent):
            contract_and_lot(actor, contract_id=other.id, lot_id=None)
    with acting(people.stranger) as actor, pytest.raises(Absent):
        contract_and_lot(actor, contract_id=key.id, lot_id=lots[0])
    with acting(people.firm) as actor:
        assert lot_id(actor, contract_id=key.id, uid=None) is None
        with pytest.raises(Absent):
            lot_id(actor, contract_id=key.id, uid=uuid4())


def test_choices_of_forms(people: Cast, two: tuple[UUID, UUID]) -> None:
    with acting(people.pilot) as actor:
        assert known_organisations(actor=actor, role=PartyRole.BUYER) == (("Métropole du Lys", "73282932000074"),)
        assert [line.name for line in firm_lines(actor=actor)] == ["Bâti Ouche", "Toitures Morel"]
        contractors = contractors_of(actor=actor, contract_id=contract_key(actor, two[0]).id)
        assert contractors == ((people.uid("firm"), "Bâti Ouche"),)
        assert operation_names(actor=actor) == ()
    with acting(people.stranger) as actor:
        assert known_organisations(actor=actor, role=PartyRole.BUYER) == ()
        assert firm_lines(actor=actor) == ()
