"""What a policy asks of one row is what the function of rights says of all (ADR 0023), and teaches nothing more."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clausette.kernel.writing import writing
from tests.hats import acting, as_owner
from tests.isolation.test_deposit import depositor
from tests.isolation.world import World

pytestmark = pytest.mark.django_db
SAME = {
    "known_contracts": ("contract_id", "sec.contracts()"),
    "known_placements": ("placement_id", "sec.placements()"),
    "known_persons": ("participant_id", "sec.persons()"),
    "known_commitments": ("commitment_id", "sec.commitments()"),
}
ROLES = ("pilot", "copilot", "buyer", "contractor", "group_member", "subcontractor", "employer")


def one(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return row[0] if row else None


def everybody(world: World) -> dict[str, tuple[int, int]]:
    """Account and organisation acted for: members, who declares without an account, who holds a mandate."""
    found = {name: (actor.account_id, actor.organisation_id) for name, actor in world.members.items()}
    found |= {f"deposit {name}": depositor(world, name) for name in ("C1", "C3")}
    mandates = {name: world.rows[f"mandate {name}"] for name in ("F1", "E")}
    return found | {f"mandate {name}": (row.account_id, row.organisation_id) for name, row in mandates.items()}


def test_each_view_says_what_its_function_says(world: World) -> None:
    met = dict.fromkeys(SAME, 0)
    for name, who in everybody(world).items():
        with acting(who):
            for view, (column, function) in SAME.items():
                by_view = set(one(f"SELECT coalesce(array_agg({column}), '{{}}') FROM sec.{view}"))
                assert by_view == set(one(f"SELECT {function}")), (name, view)
                met[view] += len(by_view)
            for role in ROLES:
                told = {"buyer": ["buyer", "coordinator", "delegate", "adviser"]}.get(role, [role])
                asked = "SELECT coalesce(array_agg(contract_id), '{}') FROM sec.known_contracts WHERE role = ANY (%s)"
                assert set(one(asked, told)) == set(one("SELECT sec.contracts(%s)", role)), (name, role)
    assert all(met.values()), "compared on something"


def test_engagements_known_are_those_owed_and_those_worked_on(world: World) -> None:
    for name, who in everybody(world).items():
        with acting(who):
            worked = set(one("SELECT coalesce(array_agg(commitment_id), '{}') FROM sec.known_worked"))
            owed = set(one("SELECT sec.owed()"))
            assert owed | worked == set(one("SELECT sec.commitments()")), name


def test_without_rights_a_view_is_an_error_and_forged_rights_see_nothing(world: World) -> None:
    for view in SAME:
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            one(f"SELECT count(*) FROM sec.{view}")
        assert getattr(caught.value.__cause__, "sqlstate", "") == "42501", view
    with acting(world.members["A"]):
        one("SELECT set_config('app.ctx', %s, true)", f"{world.members['C'].account_id}|{world.org('C')}|x")
        assert {view: one(f"SELECT count(*) FROM sec.{view}") for view in SAME} == dict.fromkeys(SAME, 0)


UNDER = {
    "known_contracts": "procurement_contractparty", "known_placements": "placements_allocation",
    "known_persons": "placements_placement", "known_commitments": "commitments_commitmentversion",
}  # fmt: skip


def test_a_view_evaluates_nothing_of_a_row_of_others(world: World) -> None:
    """Without its barrier, a condition that fails on one row would tell that the row is there."""
    who = world.members["F1"]
    for view, (column, function) in SAME.items():
        with acting(who):
            mine = one(f"SELECT {function}")
        with as_owner():
            foreign = one(f"SELECT min({column}) FROM {UNDER[view]} WHERE {column} <> ALL (%s)", mine)
        assert foreign, view
        assert mine, view
        with acting(who), connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM sec.{view} WHERE 1 / ({column} - {int(foreign)}) > 5")
            assert cursor.fetchall() == []


def test_a_view_is_only_read(world: World) -> None:
    for verb in ("UPDATE sec.known_contracts SET role = 'pilot'", "DELETE FROM sec.known_contracts"):
        with acting(world.members["A"]), pytest.raises(DatabaseError), transaction.atomic(), writing("hostile"):
            one(verb)
