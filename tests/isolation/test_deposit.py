"""A « dépôt sans compte » in the two nets: each table read directly, the database alone, then the queries alone."""

from contextlib import ExitStack

import pytest
from django.db import ProgrammingError, transaction

from clausette.kernel.operation import writing
from tests.hats import acting
from tests.isolation.tables import READS
from tests.isolation.test_matrix import without_policies, without_scopes
from tests.isolation.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THERE = {"A1", "B1"}
"""Persons at work for F1 on C1; C2, where F1 is titulaire too, has others."""


def read_by(world: World, who: tuple[int, int], *, deposit: bool) -> set[str]:
    """The short names of all the rows planted that somebody reads, whatever the table."""
    names = {(row._meta.db_table, row.pk): name for name, row in world.rows.items()}
    found = set()
    for table, read in READS.items():
        with acting(who) as actor:
            assert actor.deposit is deposit
            found |= {names.get((table, pk), "") for pk in read(actor).order_by("pk").values_list("pk", flat=True)}
    return found - {""}


def elsewhere(names: set[str]) -> set[str]:
    """Those of another contract than C1, and persons who do not work there."""
    apart = set()
    for name in names:
        kind, *rest = name.split()
        if {"C2", "C3", "C4"} & set(rest) or (kind in ("participant", "placement", "allocation", "check")
                                              and not THERE & set(rest)):  # fmt: skip
            apart.add(name)
    return apart


def depositor(world: World, name: str) -> tuple[int, int]:
    """Account and firm of a deposit."""
    row = world.rows[f"depositor {name}"]
    return row.account_id, row.organisation_id


@pytest.mark.parametrize("nets", ["both", "database", "queries", "none"])
def test_only_the_contract_of_the_deposit(world: World, nets: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as stack:
        if nets in ("database", "none"):
            without_scopes(monkeypatch)
        if nets in ("queries", "none"):
            stack.enter_context(without_policies())
        found = read_by(world, depositor(world, "C1"), deposit=True)
    assert {"contract C1", "statement C1 F1 10", "participant A1", "evidence C1 F1 10"} <= found
    if nets == "none":
        assert {"contract C2", "statement C2 F1 10"} <= elsewhere(found), "else the other three prove nothing"
    else:
        assert elsewhere(found) == set()
        assert not {name for name in found if name.split()[0] in ("letter", "deposit", "depositor", "membership")}


def test_a_member_of_the_firm_reads_both_contracts(world: World) -> None:
    member = world.members["F1"]
    found = read_by(world, (member.account_id, member.organisation_id), deposit=False)
    assert {"contract C1", "contract C2", "statement C2 F1 10"} <= found


def test_what_is_sent_to_another_contract_is_refused_by_the_database(world: World) -> None:
    statement = world.rows["statement C2 F1 10"]
    with acting(depositor(world, "C1")), writing("test"), transaction.atomic():
        changed = type(statement).objects.filter(pk=statement.pk).update(version=99)
        assert changed == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            type(statement).objects.create(
                contract_id=statement.contract_id, declarant_id=statement.declarant_id, month=statement.month,
                source="portal",
            )  # fmt: skip
