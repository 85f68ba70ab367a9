"""A small world M: poured by the owner, read by everybody under the policies, counted by the rules."""

from decimal import Decimal

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, connection

from clausette.access.demonstration import PASSWORD
from clausette.access.queries import facilitator_seats
from clausette.access.rights import named_rights
from clausette.commitments.queries import commitments_visible_to
from clausette.hours.queries import lines_visible_to, progress_of, statements_visible_to
from clausette.kernel.operation import isolated
from clausette.procurement.queries import contracts_visible_to
from config.world import growth, plans
from config.world.aside import set_aside
from config.world.script import World
from config.world.stage import hat
from tests.hats import TODAY

pytestmark = pytest.mark.slow
SMALL = growth.Size(followed=60, elsewhere=(7, 7), firms=9)
WRONG_SUMS = """
SELECT count(*) FROM hours_workedmonth w WHERE hours <>
  (SELECT coalesce(sum(l.hours), 0) FROM hours_hoursline l WHERE l.worked_month_id = w.id AND state <> 'refused')
   AND EXISTS (SELECT FROM procurement_contract c JOIN hours_hoursline l ON l.contract_id = c.id
                WHERE l.worked_month_id = w.id AND c.official_id LIKE 'M-%%')"""


@pytest.fixture(scope="module")
def lines(world: World) -> int:
    """How many lines were poured."""
    return growth.grow(SMALL, as_of=TODAY)


def test_it_has_the_size_asked(lines: int) -> None:
    main = growth.seat_of("plie")
    with named_rights(main.account_id, main.organisation_id) as actor:
        assert contracts_visible_to(actor).filter(owner_org_id=actor.organisation_id).count() == 60
    with hat(""), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procurement_contract WHERE official_id LIKE 'M-%%'", [])
        poured = cursor.fetchone()[0]
    assert 85 * poured < lines < 115 * poured


def test_the_hours_of_a_month_are_those_of_its_lines(lines: int) -> None:
    with hat(""), connection.cursor() as cursor:
        cursor.execute(WRONG_SUMS, [])
        assert cursor.fetchone() == (0,)


def test_another_structure_signs_in_and_sees_its_own_contracts_only(lines: int) -> None:
    with hat("clausette_app"):
        account = authenticate(email="facilitateur@aubenne.example", password=PASSWORD)
    assert account is not None
    seat = next(iter(facilitator_seats(email="facilitateur@aubenne.example")))
    with named_rights(seat.account_id, seat.organisation_id) as actor:
        owners = set(contracts_visible_to(actor).values_list("owner_org_id", flat=True))
        assert owners == {seat.organisation_id}
        assert contracts_visible_to(actor).count() == 7
        assert lines_visible_to(actor).count() > 300
        assert statements_visible_to(actor).filter(state="submitted").exists()


def test_its_engagements_are_counted_by_the_rules_of_the_house(lines: int) -> None:
    main = growth.seat_of("plie")
    with named_rights(main.account_id, main.organisation_id) as actor:
        poured = commitments_visible_to(actor).filter(contract__official_id__startswith="M-")
        ids = list(poured.order_by("id").values_list("pk", flat=True))
        progress = progress_of(actor=actor, commitment_ids=ids, as_of=TODAY)
        summed = sum(
            lines_visible_to(actor).filter(commitment_id__in=ids).values_list("hours", flat=True), Decimal(0)
        )
    assert len(progress) == len(ids) > 20
    assert sum(one.validated + one.declared for one in progress.values()) == summed
    assert all(one.due_firm and one.validated > 0 for one in progress.values())
    assert any(one.missing_months for one in progress.values())


SHAPE = """
SELECT 'key', conrelid::regclass::text, conname, pg_get_constraintdef(oid) || convalidated FROM pg_constraint
 WHERE conrelid = 'hours_hoursline'::regclass
UNION ALL SELECT 'index', indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
  FROM pg_index WHERE indrelid = 'hours_hoursline'::regclass
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger
 WHERE tgrelid = 'hours_hoursline'::regclass AND NOT tgisinternal ORDER BY 1, 2, 3"""
TWICE = """
INSERT INTO hours_hoursline (id, uid, created_at, statement_id, contract_id, commitment_id, worked_month_id,
  placement_id, declarant_id, month, kind, hours, state, reason, worked_contract_id, reporting_org_id, reserve_reason,
  late_reason, corrects_id)
SELECT -1, gen_random_uuid(), created_at, statement_id, contract_id, commitment_id, worked_month_id,
  placement_id, {declarant}, month, kind, {hours}, state, 'Une de trop', worked_contract_id, reporting_org_id, '',
  '', id FROM hours_hoursline WHERE state = 'validated' AND corrects_id IS NULL LIMIT 1"""


def _shape() -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SHAPE)
        return list(cursor.fetchall())


def _ran(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def test_what_is_set_aside_is_put_back_as_it_was(lines: int) -> None:
    with hat(""):
        before = _shape()
        with set_aside(["hours_hoursline"], _ran):
            assert len(_shape()) < len(before)
        assert _shape() == before


@pytest.mark.parametrize(
    ("declarant", "hours", "told"),
    [("-7", "1", "statement_id_same_scope"), ("declarant_id", "700", "worked months hold less")],
)
def test_what_does_not_hold_stops_the_pouring(lines: int, declarant: str, hours: str, told: str) -> None:
    with hat(""), pytest.raises(IntegrityError, match=told), isolated(), set_aside(["hours_hoursline"], _ran):
        assert _ran(TWICE.format(declarant=declarant, hours=hours)) == 1


def test_it_is_poured_once(lines: int) -> None:
    with pytest.raises(growth.NotGrown):
        growth.grow(SMALL, as_of=TODAY)


def test_the_bench_names_the_large_tables_read_from_end_to_end(
    lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "LARGE", 500)
    with hat(""):
        whole = plans.whole_readings(
            [
                "SELECT sum(hours) FROM hours_hoursline WHERE hours > %s",
                "SELECT hours FROM hours_hoursline WHERE id = %s",
                "SELECT 1 FROM access_demonstration WHERE id = %s",
            ]
        )
    assert [one.table for one in whole] == ["hours_hoursline"]
