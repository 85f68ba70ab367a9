"""Files of hours sent by a mandate, in the two nets: who holds it reads these alone; withdrawn, nobody but the firm."""

from contextlib import ExitStack

import pytest
from django.test import Client

from tests.hats import TODAY, as_owner, noon, sign_in
from tests.isolation.deposits import UNTIL
from tests.isolation.hourfiles import BY_MANDATE, MANDATED
from tests.isolation.test_deposit import read_by
from tests.isolation.test_matrix import without_policies, without_scopes
from tests.isolation.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OF_FILES = ("hoursbytes", "hoursfile", "hoursline", "hoursblock", "hourscolumns", "hourschoice", "filled")
NETS = ("both", "database", "queries", "none")


def of_files(names: set[str]) -> set[str]:
    """Those that are of a file of hours."""
    return {name for name in names if name.startswith(OF_FILES)}


def planted(world: World, firm: str) -> set[str]:
    """What was planted of the files sent for a firm by its mandate."""
    return {name for name in of_files(set(world.rows)) if name.endswith(BY_MANDATE) and firm in name.split()}


def holder(world: World, firm: str) -> tuple[int, int]:
    """The account that holds the mandate of a firm, and the firm."""
    row = world.rows[f"mandate {firm}"]
    return row.account_id, row.organisation_id


def withdraw(world: World, firm: str, *, another: bool = True) -> None:
    """Withdraw the mandate; give another to the same person, on one contract."""
    row = world.rows[f"mandate {firm}"]
    with as_owner():
        mandates = type(row).objects
        mandates.filter(pk=row.pk).update(revoked_at=noon(TODAY))
        if not another:
            return
        mandates.create(
            organisation_id=row.organisation_id, account_id=row.account_id, contract=world.deals["C1"].row,
            accepted_at=row.accepted_at, email=row.email, token_hash="again", starts_on=TODAY, ends_on=UNTIL,
            given_by_id=row.given_by_id,
        )  # fmt: skip


@pytest.mark.parametrize("nets", NETS)
def test_the_holder_reads_what_was_sent_by_the_mandate_alone(
    world: World, nets: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as stack:
        if nets in ("database", "none"):
            without_scopes(monkeypatch)
        if nets in ("queries", "none"):
            stack.enter_context(without_policies())
        found = {firm: of_files(read_by(world, holder(world, firm), deposit=True)) for firm in ("F1", "E")}
    for firm, names in found.items():
        assert len(planted(world, firm)) == 11, "two files with their bytes, lines, blocks, and what was said of them"
        assert planted(world, firm) <= names
        others = {name for name in names - planted(world, firm) if name.split()[0] != "filled" or firm not in name}
        if nets == "none":
            assert {"hoursfile F1 read", "hoursfile G read" + BY_MANDATE} <= others, "else the rest proves nothing"
        else:
            assert others == set()


def test_nobody_else_but_the_firm_reads_them(world: World) -> None:
    for firm in MANDATED:
        names = planted(world, firm)
        assert read_by(world, _member(world, firm), deposit=False) >= names
        seen = {one for one in world.members if one != firm and _sees(world, one, names)}
        handled = {name for name in names if name.startswith("filled")}
        (filled,) = handled
        pilots = world.deals[filled.split()[1]].pilots
        assert seen == pilots, "the statement filled, of those in charge of the contract"
        for one in pilots:
            assert read_by(world, _member(world, one), deposit=False) & names == handled
        for other in set(MANDATED) - {firm}:
            assert read_by(world, holder(world, other), deposit=True) & names == set()


def test_withdrawn_nobody_but_the_firm_reads_them(world: World) -> None:
    withdraw(world, "F1")
    names = planted(world, "F1")
    said = {"hourscolumns F1" + BY_MANDATE, "hourschoice F1" + BY_MANDATE}
    kept = read_by(world, holder(world, "F1"), deposit=True) & names
    assert kept == said, "their own words follow them from one mandate to the next; the files do not"
    assert read_by(world, _member(world, "F1"), deposit=False) >= names


@pytest.mark.parametrize("another", [True, False])
def test_pages_are_opened_to_the_holder_as_long_as_the_mandate_runs(world: World, another: bool) -> None:
    client = Client()
    sign_in(client, holder(world, "F1")[0])
    pages = {
        name: f"/o/{world.members['F1'].slug}/fichiers-d-heures/{row.uid}/"
        for name, row in world.rows.items() if name.startswith("hoursfile ")
    }  # fmt: skip

    def opened() -> set[str]:
        return {name for name, page in pages.items() if client.get(page).status_code == 200}

    assert opened() == {"hoursfile F1 read" + BY_MANDATE, "hoursfile F1 applied" + BY_MANDATE}
    withdraw(world, "F1", another=another)
    assert opened() == set()


def _member(world: World, name: str) -> tuple[int, int]:
    actor = world.members[name]
    return actor.account_id, actor.organisation_id


def _sees(world: World, name: str, names: set[str]) -> bool:
    return bool(read_by(world, _member(world, name), deposit=False) & names)
