"""What the catalogue of PostgreSQL must say: six equalities that hold whatever a room adds."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from tests.hats import as_owner

pytestmark = pytest.mark.django_db

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
ROLES = "('clausette_app', 'clausette_worker', 'PUBLIC')"


def rows(sql: str) -> list[tuple[str, ...]]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)
        return [tuple(row) for row in cursor.fetchall()]


def first(sql: str) -> set[str]:
    return {row[0] for row in rows(sql)}


def table_lines(name: str) -> list[str]:
    """Return the lines of the table of a reference page, without its two lines of heading."""
    return [line for line in (REFERENCE / name).read_text().splitlines() if line.startswith("|")][2:]


def exempt() -> set[str]:
    return {name for line in table_lines("tables-outside-rls.md") for name in re.findall(r"`(\w+)`", line)}


PROTECTED = (
    "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind IN ('r', 'p')"
)


def test_every_table_is_forced_or_exempt_with_a_reason() -> None:
    tables = first("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert tables - first(PROTECTED) == exempt()
    assert not exempt() & first(PROTECTED)
    assert len(table_lines("tables-outside-rls.md")) <= 15
    assert not first("SELECT viewname FROM pg_views WHERE schemaname = 'public'"), (
        "a view escapes its reader's policies"
    )


def test_the_owner_sees_through_one_policy_on_every_forced_table() -> None:
    assert first(PROTECTED) == first(
        "SELECT tablename FROM pg_policies WHERE policyname = 'owner_all' AND roles = '{clausette_owner}' "
        "AND cmd = 'ALL' AND qual = 'true' AND with_check = 'true'"
    )


def test_no_policy_lets_everything_through_to_the_web() -> None:
    """Except reading what is public by law or by nature: the nomenclatures of `reference`."""
    open_to_all = rows(
        "SELECT tablename, cmd FROM pg_policies WHERE roles <> '{clausette_owner}' "
        "AND (qual = 'true' OR with_check = 'true') ORDER BY 1"
    )
    assert all(table.startswith("reference_") and command == "SELECT" for table, command in open_to_all)


def test_nobody_calls_a_function_of_rights_without_being_named() -> None:
    assert not first(
        "SELECT p.oid::regprocedure::text "
        "FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a "
        "WHERE p.pronamespace = 'sec'::regnamespace AND a.grantee = 0"
    )


def test_the_functions_the_web_and_the_worker_may_call_are_those_of_the_reference() -> None:
    granted = rows(
        "SELECT a.grantee::regrole::text, p.oid::regprocedure::text FROM pg_proc p, aclexplode(p.proacl) a "
        "WHERE p.pronamespace = 'sec'::regnamespace AND a.grantee <> p.proowner"
    )
    written = {
        (role.strip(" `"), function.strip(" `"))
        for function, role in (line.split("|")[1:3] for line in table_lines("database-functions.md"))
    }
    assert {(role, function) for role, function in granted} == written


def test_every_function_of_rights_fixes_its_search_path() -> None:
    # a body read when it is made (prosqlbody) means the same whatever the path; with the rights of who asks, it may be
    # written in the place of its call
    assert not first(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'sec'::regnamespace "
        "AND (proconfig IS NULL OR NOT 'search_path=pg_catalog' = ANY (proconfig)) "
        "AND (prosecdef OR prosqlbody IS NULL)"
    )
    assert not first(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef AND pronamespace <> 'sec'::regnamespace"
    )


def test_what_two_functions_of_rights_share_is_a_function() -> None:
    """Two alike are mended apart: the same body save its messages; the same reading of who is written to."""
    bodies = Counter(
        re.sub(r"'[^']*'", "''", re.sub(r"\s+", " ", body))
        for (body,) in rows("SELECT prosrc FROM pg_proc WHERE pronamespace = 'sec'::regnamespace "
                            "AND prorettype = 'trigger'::regtype ORDER BY oid")
    )  # fmt: skip
    assert [body for body, times in bodies.items() if times > 1 and " IF " in body] == [], "more than a refusal"
    assert first("SELECT proname FROM pg_proc WHERE pronamespace = 'sec'::regnamespace "
                 "AND prosrc LIKE '%last_login DESC NULLS LAST, a.email LIMIT%'") == {"three_addresses"}  # fmt: skip


def test_no_role_but_the_owner_empties_or_alters_a_table() -> None:
    assert not rows(
        "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants "
        f"WHERE grantee IN {ROLES} AND table_schema IN ('public', 'sec') "
        "AND privilege_type IN ('TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN')"
    )
    assert not first(f"SELECT table_name FROM information_schema.role_table_grants WHERE grantee IN {ROLES} "
                     "AND (table_name LIKE 'auth\\_%' "
                     "OR table_schema = 'sec' AND table_name NOT LIKE 'known\\_%')")  # fmt: skip


def test_a_view_of_rights_gives_numbers_through_a_barrier_and_is_only_read() -> None:
    views = set(rows("SELECT relname, coalesce(array_to_string(reloptions, ','), '') FROM pg_class "
                     "WHERE relkind IN ('v', 'm') AND relnamespace = 'sec'::regnamespace"))  # fmt: skip
    named = {name for line in table_lines("views-of-rights.md") for name in re.findall(r"`sec\.(\w+)`", line)}
    assert views == {(name, "security_barrier=true") for name in named}
    assert all(name.startswith("known_") for name in named)
    granted = rows("SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants "
                   f"WHERE grantee IN {ROLES} AND table_schema = 'sec'")  # fmt: skip
    assert sorted(granted) == [(name, "clausette_app", "SELECT") for name in sorted(named)]
    columns = first("SELECT column_name FROM information_schema.columns WHERE table_schema = 'sec' "
                    "AND table_name LIKE 'known\\_%'")  # fmt: skip
    assert columns == {"contract_id", "role", "placement_id", "participant_id", "commitment_id"}


def test_every_verb_granted_on_a_protected_table_has_its_policy() -> None:
    granted = set(rows(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants g JOIN pg_class c "
        "ON c.relname = g.table_name AND c.relforcerowsecurity WHERE grantee = 'clausette_app'"
    ))  # fmt: skip
    assert granted == set(rows("SELECT tablename, cmd FROM pg_policies WHERE roles = '{clausette_app}'"))
