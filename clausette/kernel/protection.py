"""Row-level security in one line per table: grants, FORCE and policies, for the migrations of the rooms.

Two shapes of condition, measured: `contract_id = ANY ((SELECT sec.contracts())::bigint[])` on tables that are read by
their contract, `id IN (SELECT unnest(sec.contracts()))` on parents joined by their key. A third where the set is dear
to work out and rows are asked for one by one: `EXISTS (SELECT FROM sec.known_… )` (ADR 0023).
"""

from collections.abc import Sequence
from pathlib import Path

from django.db.migrations import RunSQL

APP = "clausette_app"
OWNER = "clausette_owner"


def _policy(table: str, name: str, command: str, role: str, *clauses: str) -> str:
    return (
        f"DROP POLICY IF EXISTS {name} ON {table};\n"
        f"CREATE POLICY {name} ON {table} FOR {command} TO {role} {' '.join(clauses)};"
    )


def protect(
    table: str,
    see: str,
    verbs: str = "INSERT, UPDATE",
    write: str | None = None,
    remove: str | None = None,
    insert: str | None = None,
) -> list[RunSQL]:
    """Return the migration operations that close a table and open it to the web role under conditions.

    `see`, `write`, `remove`, `insert` are SQL conditions on a row. `write` (default `see`) rules INSERT and UPDATE,
    `insert` overrides it for INSERT, `remove` (default `write`) rules DELETE when the verb is granted.
    Running it again in a later migration replaces the policies.
    """
    granted = [verb.strip().upper() for verb in verbs.split(",") if verb.strip()]
    write = write or see
    lines = [
        f"REVOKE ALL ON {table} FROM PUBLIC, {APP};",
        f"GRANT {', '.join(['SELECT', *granted])} ON {table} TO {APP};",
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;",
        # without it, definer functions, data migrations and dumps of the owner would see nothing
        _policy(table, "owner_all", "ALL", OWNER, "USING (true)", "WITH CHECK (true)"),
        _policy(table, "app_see", "SELECT", APP, f"USING ({see})"),
    ]
    if "INSERT" in granted:
        lines.append(_policy(table, "app_insert", "INSERT", APP, f"WITH CHECK ({insert or write})"))
    if "UPDATE" in granted:
        lines.append(_policy(table, "app_update", "UPDATE", APP, f"USING ({write})", f"WITH CHECK ({write})"))
    if "DELETE" in granted:
        lines.append(_policy(table, "app_delete", "DELETE", APP, f"USING ({remove or write})"))
    return [RunSQL("\n".join(lines), RunSQL.noop)]


def known(view: str, key: str, column: str, *others: str) -> str:
    """Return the condition that a column is among what a view `sec.known_…` says, `k` (and `others` hold there).

    PostgreSQL looks for the key of each row, or reads the view once when it expects many rows. `column` with its table:
    a name alone would be looked for in the view first.
    """
    return f"EXISTS (SELECT FROM sec.known_{view} k WHERE {' AND '.join((f'k.{key} = {column}', *others))})"


def seen(table: str, condition: str) -> RunSQL:
    """Return the migration operation that says again who sees the rows of a protected table; nothing else changes."""
    return RunSQL(f"ALTER POLICY app_see ON {table} USING ({condition})", RunSQL.noop)


def sec_functions(path: Path) -> RunSQL:
    """Return the operation that runs a room's `sec.sql` (CREATE OR REPLACE only) and closes its functions to PUBLIC.

    A new function is executable by everybody in PostgreSQL: the revocation must follow in the same migration.
    """
    return RunSQL(
        "SET LOCAL check_function_bodies = off;\n"
        + path.read_text(encoding="utf-8")
        + "\nREVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA sec FROM PUBLIC;",
        RunSQL.noop,
    )


def foreign_key(
    table: str, columns: str | Sequence[str], parent: str, parent_columns: str | Sequence[str]
) -> RunSQL:
    """Return a composite foreign key, checked at commit: ("commitment_id", "contract_id") → ("id", "contract_id").

    Foreign keys ignore row-level security: the tenant column travels with the key. The parent needs a unique
    constraint on `parent_columns`.
    """
    own, theirs = (
        [c.strip() for c in side.split(",")] if isinstance(side, str) else list(side)
        for side in (columns, parent_columns)
    )
    name = f"{table}_{own[0]}_same_scope"[:63]
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({', '.join(own)}) "
        f"REFERENCES {parent} ({', '.join(theirs)}) DEFERRABLE INITIALLY DEFERRED;",
        f"ALTER TABLE {table} DROP CONSTRAINT {name};",
    )
