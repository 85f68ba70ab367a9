"""Any SQL, as an injection would run it: as the web role, inside somebody's transaction, with their rights open.

Each statement must read no row of others, write nothing of others, and learn nothing of how rights are signed. What
the tables outside row-level security let through is said by the last tests, honestly.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clausette.kernel.writing import writing
from tests.hats import acting, as_owner
from tests.isolation.canaries import UID, WORD
from tests.isolation.summary import say
from tests.isolation.tables import tenant_tables
from tests.isolation.world import World

pytestmark = pytest.mark.django_db

# {c4}: a contract of others, {org}: their organisation, {account}: their account, {person}: a person of theirs
READINGS = (
    "SELECT * FROM procurement_contract",
    "SELECT * FROM procurement_contract WHERE id = {c4}",
    "SELECT * FROM procurement_contract WHERE true OR owner_org_id = {org}",
    "SELECT * FROM procurement_contract UNION ALL SELECT * FROM procurement_contract",
    "TABLE participants_participant",
    "SELECT p.* FROM participants_participant p JOIN participants_eligibilityreason r ON r.participant_id = p.id",
    "SELECT r.* FROM participants_eligibilityreason r RIGHT JOIN access_organisation o ON true",
    "SELECT row_to_json(p)::text FROM participants_participant p",
    "SELECT json_agg(p)::text FROM participants_participant p",
    "SELECT string_agg(last_name, ',') FROM participants_participant",
    "SELECT xmlagg(xmlelement(name a, last_name))::text FROM participants_participant",
    "SELECT query_to_xml('SELECT * FROM participants_participant', true, false, '')::text",
    "SELECT table_to_xml('participants_participant', true, false, '')::text",
    "SELECT * FROM participants_participant WHERE last_name LIKE 'zq%%' ORDER BY (1/(id - id + 1))",
    "WITH x AS MATERIALIZED (SELECT * FROM files_storedfile) SELECT * FROM x",
    "SELECT * FROM (SELECT * FROM hours_hoursline OFFSET 0) x",
    "SELECT l.* FROM hours_hoursline l, LATERAL (SELECT * FROM placements_placement p WHERE p.id = l.placement_id) q",
    "SELECT * FROM participants_participant TABLESAMPLE SYSTEM (100)",
    "SELECT * FROM ONLY participants_participant FOR SHARE",
    "SELECT * FROM journal_event",
    "SELECT subject_label FROM journal_event WHERE organisation_id = {org}",
    "SELECT * FROM journal_reading",
    "SELECT * FROM access_membership",
    "SELECT * FROM access_invitation",
    "SELECT * FROM reports_report",
    "SELECT convert_from(content, 'UTF8') FROM reports_reportfile",
    "SELECT * FROM imports_importrow",
    "SELECT unnest(sec.contracts())::text",
    "SELECT * FROM sec.reported_by(ARRAY(SELECT generate_series(1, 99)), array_fill(DATE '2026-10-01', ARRAY[99]))",
    "SELECT person_id, hours FROM sec.hours_of_persons(ARRAY[{person}]::bigint[], ARRAY[DATE '2026-10-01'])",
    "SELECT most_common_vals::text FROM pg_stats WHERE tablename = 'participants_participant'",
    "SELECT histogram_bounds::text FROM pg_stats WHERE tablename = 'participants_participant'",
    "SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%%zq%%'",
)
REFUSED = (
    "SELECT key FROM sec.k",
    "COPY sec.k TO STDOUT",
    "SELECT sec.sign('1|1')",
    "SELECT sec.part(1)",
    "SELECT * FROM sec.open_as({account}, {org})",
    "SELECT * FROM sec.enter({account}, {org})",
    "SELECT sec.account_of('x')",
    "COPY participants_participant TO PROGRAM 'cat'",
    "COPY participants_participant FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "SET row_security = off; SELECT * FROM participants_participant",
    "ALTER TABLE participants_participant DISABLE ROW LEVEL SECURITY",
    "DROP POLICY app_see ON participants_participant",
    "CREATE POLICY mine ON participants_participant USING (true)",
    "CREATE OR REPLACE FUNCTION sec.owed() RETURNS bigint[] LANGUAGE sql AS 'SELECT NULL::bigint[]'",
    "CREATE FUNCTION public.peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    "CREATE TABLE public.mine AS SELECT * FROM participants_participant",
    "TRUNCATE participants_participant CASCADE",
    "DELETE FROM procurement_contract",
    "DELETE FROM participants_participant",
    "UPDATE journal_event SET reason = 'x'",
    "DELETE FROM journal_event",
    (
        "INSERT INTO journal_reading (account_id, organisation_id, kind, subject_uid) "
        "VALUES ({me}, {own}, 'identity', gen_random_uuid())"
    ),
    (
        "INSERT INTO procurement_contractparty (uid, contract_id, organisation_id, role, valid_from) "
        "VALUES (gen_random_uuid(), {c4}, {own}, 'contractor', '2020-01-01')"
    ),
    (
        "INSERT INTO procurement_contractparty (uid, contract_id, organisation_id, role, valid_from) "
        "VALUES (gen_random_uuid(), {c1}, {own}, 'pilot', '2020-01-01')"
    ),
    (
        "INSERT INTO access_membership (uid, account_id, organisation_id, role, valid_from) "
        "VALUES (gen_random_uuid(), {me}, {org}, 'admin', '2020-01-01')"
    ),
    (
        "INSERT INTO placements_allocation "
        "(uid, placement_id, employer_id, host_company_id, contract_id, commitment_id, starts_on, share) VALUES "
        "(gen_random_uuid(), {placement}, {employer}, {own}, {c1}, {commitment}, '2026-01-01', 1)"
    ),
    "UPDATE reference_datedparameter SET value = 1",
    "SELECT * FROM auth_permission",
)
NO_EFFECT = (
    "UPDATE procurement_contract SET owner_org_id = {org} WHERE owner_org_id <> {org}",
    "UPDATE procurement_contract SET common_name = 'x' WHERE id = {c4}",
    "UPDATE participants_participant SET last_name = 'x' WHERE owner_org_id = {org}",
    "UPDATE access_organisation SET name = 'x' WHERE id = {org}",
    "UPDATE access_membership SET role = 'admin' WHERE organisation_id = {org}",
    "UPDATE procurement_contractparty SET role = 'copilot' WHERE contract_id = {c4}",
    "UPDATE hours_statement SET state = 'draft' WHERE contract_id = {c4}",
    "DELETE FROM hours_hoursline WHERE contract_id = {c4}",
)


@pytest.fixture(params=["A", "M", "F1", "P"])
def who(world: World, request: pytest.FixtureRequest) -> Iterator[tuple[World, str, dict[str, Any]]]:
    """Somebody's open rights, and the numbers of what is not theirs."""
    stranger = world.members["C"]
    numbers = {
        "c4": world.deals["C4"].row.pk, "c1": world.deals["C1"].row.pk, "org": stranger.organisation_id,
        "account": stranger.account_id, "person": world.rows["participant C1"].pk,
        "own": world.org(request.param), "me": world.members[request.param].account_id,
        "placement": world.rows["placement C1"].pk, "employer": world.org("G"),
        "commitment": world.rows["commitment C1 F1"].pk,
    }  # fmt: skip
    with acting(world.members[request.param]):
        yield world, request.param, numbers


def run(sql: str, numbers: dict[str, Any]) -> tuple[list[Any], int]:
    """Run in a savepoint as an injection would; return the rows and how many were touched."""
    with transaction.atomic(), writing("hostile"), connection.cursor() as cursor:
        cursor.execute(sql.format(**numbers), [] if "%%" in sql else None)
        return (cursor.fetchall() if cursor.description else []), cursor.rowcount


def foreign(world: World, org: str, rows: list[Any]) -> set[str]:
    """Canaries of others in what was read."""
    data = repr(rows).encode()
    known = [world.aviary.words[n] for n in map(int, WORD.findall(data)) if n in world.aviary.words]
    known += [world.aviary.uids[u] for m in UID.findall(data) if (u := m.decode()) in world.aviary.uids]
    return {f"{one.table} {one.pk}" for one in known if org not in one.seen_by}


def test_no_reading_sees_a_row_of_others(who: tuple[World, str, dict[str, Any]]) -> None:
    world, org, numbers = who
    read = 0
    for sql in READINGS:
        try:
            rows, _ = run(sql, numbers)
        except DatabaseError:
            continue
        read += len(rows)
        assert foreign(world, org, rows) == set(), sql
        assert not ("sec.hours_of_persons" in sql and rows), "hours of a person unknown"
    assert read, "the statements do run"


def test_every_tenant_table_gives_only_what_the_world_says(who: tuple[World, str, dict[str, Any]]) -> None:
    world, org, numbers = who
    for table in tenant_tables():
        rows, _ = run(f"SELECT id FROM {table}", numbers)
        known = {
            one.pk for (name, _), one in world.aviary.rows.items() if name == table and org in one.seen_by
        }
        everything = {one.pk for (name, _), one in world.aviary.rows.items() if name == table}
        assert {row[0] for row in rows} & everything == known, table


@pytest.mark.parametrize("sql", REFUSED, ids=lambda sql: sql[:60])
def test_the_database_refuses(who: tuple[World, str, dict[str, Any]], sql: str) -> None:
    with pytest.raises(DatabaseError):
        run(sql, who[2])


@pytest.mark.parametrize("whose", ["", ", owner_org_id = {org}"])
def test_a_work_contract_of_others_is_not_taken_over_by_naming_its_number(world: World, whose: str) -> None:
    """From an allocation of one's own contract, changed to name it: not even within the transaction."""
    numbers = {"placement": world.rows["placement C1"].pk, "employer": world.org("G"), "org": world.org("C"),
               "c1": world.deals["C1"].row.pk}  # fmt: skip
    sql = "UPDATE placements_allocation SET placement_id = {placement}, employer_id = {employer}" + whose
    with acting(world.members["A"]):
        assert run("SELECT id FROM placements_allocation WHERE contract_id = {c1}", numbers)[0]
        with pytest.raises(DatabaseError, match="row-level security"):
            run(sql + " WHERE id = (SELECT min(id) FROM placements_allocation WHERE contract_id = {c1})", numbers)
        assert run("SELECT id FROM placements_placement WHERE id = {placement}", numbers)[0] == []


@pytest.mark.parametrize("sql", NO_EFFECT, ids=lambda sql: sql[:60])
def test_writing_on_rows_of_others_touches_none(who: tuple[World, str, dict[str, Any]], sql: str) -> None:
    try:
        _, touched = run(sql, who[2])
    except DatabaseError:
        return
    assert touched <= 0


def test_the_web_role_cannot_become_another() -> None:
    """The tests log in as the owner and take the role of the web: SET ROLE itself can only be read in the catalogue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.rolname FROM pg_roles r WHERE r.rolname <> 'clausette_app' "
            "AND pg_has_role('clausette_app', r.oid, 'MEMBER')"
        )
        assert cursor.fetchall() == []


FORGED = ("{account}|{org}|x", "{account}|{org}|", "{account}|{org}", "||", "{me}|{org}|{signature}")


@pytest.mark.parametrize("value", FORGED)
def test_a_forged_context_has_no_rights(who: tuple[World, str, dict[str, Any]], value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.ctx')")
        current = str((cursor.fetchone() or [""])[0])
        cursor.execute(
            "SELECT set_config('app.ctx', %s, true)",
            [value.format(**who[2], signature=current.split("|")[-1])],
        )
        for table in tenant_tables():
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


def test_without_rights_every_protected_table_is_an_error(world: World) -> None:
    for table in [*tenant_tables(), "access_organisation"]:
        with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
        assert getattr(caught.value.__cause__, "sqlstate", "") == "42501", table


def test_what_the_tables_of_the_sign_in_let_through_is_known(who: tuple[World, str, dict[str, Any]]) -> None:
    """An injection *would* read these: names, addresses, hashes of passwords, encrypted second factors.

    No cookie can be made of `access_session` (double hash), nobody signs in with a hash; no row of the trade.
    The list may only grow on purpose.
    """
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(privilege_type, ',' ORDER BY privilege_type) "
            "FROM information_schema.role_table_grants g JOIN pg_class c ON c.relname = g.table_name "
            "AND NOT c.relrowsecurity WHERE grantee = 'clausette_app' AND table_schema = 'public' GROUP BY 1 ORDER BY 1"
        )
        granted = dict(cursor.fetchall())
    every = "DELETE,INSERT,SELECT,UPDATE"
    assert granted == {
        "access_account": "INSERT,SELECT,UPDATE",
        "access_demonstration": "SELECT",
        "access_knowndevice": every,
        "access_loginfailure": every,
        "access_session": every,
        "account_emailaddress": every,
        "account_emailconfirmation": every,
        "django_content_type": "SELECT",
        "django_migrations": "SELECT",
        "mfa_authenticator": every,
        "procrastinate_events": "INSERT,SELECT",
        "procrastinate_jobs": "INSERT,SELECT",
        "procrastinate_periodic_defers": "INSERT,SELECT",
    }
    total = len(READINGS) + len(REFUSED) + len(NO_EFFECT) + len(FORGED)
    say(f"hostile SQL as {who[1]}: {total} statements tried")
