"""How PostgreSQL would run the queries of a page for the web role: no whole reading of a large table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

LARGE = 10_000
"""Rows from which a table must be entered by an index."""
SIZES = """SELECT relname, reltuples::bigint FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > %s"""


@dataclass(frozen=True, slots=True)
class WholeReading:
    """A sequential scan of a large table by a query of a page."""

    table: str
    rows: int
    query: str

    def __str__(self) -> str:
        return f"lecture entière de {self.table} ({self.rows} lignes) : {self.query[:160]}…"


def large_tables() -> dict[str, int]:
    """The tables with more than LARGE rows, by the statistics of the last ANALYZE."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES, [LARGE])
        return {str(name): int(rows) for name, rows in cursor.fetchall()}


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _numbered(sql: str) -> str:
    """The text of a prepared statement: « %s » becomes $1, $2…"""
    first, *rest = sql.split("%s")
    return (first + "".join(f"${rank}{part}" for rank, part in enumerate(rest, 1))).replace("%%", "%")


def plan_of(sql: str) -> dict[str, Any]:
    """The generic plan of a query, the one that a page runs; under the rights and the role of the moment."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {_numbered(sql)}")
        found: dict[str, Any] = cursor.fetchone()[0][0]["Plan"]
    return found


def whole_readings(queries: Sequence[str]) -> list[WholeReading]:
    """The sequential scans of large tables in these queries; rights are open, PostgreSQL is at least 16."""
    large = large_tables()
    return [
        WholeReading(node["Relation Name"], large[node["Relation Name"]], sql)
        for sql in queries
        for node in _nodes(plan_of(sql))
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in large
    ]
