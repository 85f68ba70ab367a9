"""Run SQL with the environment's psycopg. This script is the one module here that is not standard library
only.

Standard input: one line of JSON, `{"url": …, "statements": [[sql, parameters], …], "hold": false}`.
Standard output: one line of JSON, the rows of each statement, or `{"error": …, "sqlstate": …}`.
With `hold`, the statements run in one repeatable-read transaction that lasts until standard input closes.
It takes the password on its standard input: arguments are visible to every user of the machine.
"""

import json
import sys
from typing import Any

import psycopg


def run(url: str, statements: list[tuple[str, list[Any]]], *, hold: bool) -> None:
    """Run each statement, say its rows, and wait for the end of the input when asked to hold."""
    with psycopg.connect(url, autocommit=not hold, connect_timeout=10, client_encoding="utf8") as connection:
        if hold:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        answers: list[list[tuple[Any, ...]]] = []
        for text, parameters in statements:
            cursor = connection.execute(text, parameters or None)
            answers.append(cursor.fetchall() if cursor.description else [])
        print(json.dumps(answers, default=str), flush=True)
        if hold:
            sys.stdin.read()


def main() -> None:
    """Read the demand, run it, say the error as data."""
    demand = json.loads(sys.stdin.readline())
    try:
        run(demand["url"], demand["statements"], hold=bool(demand.get("hold")))
    except psycopg.Error as error:
        print(json.dumps({"error": str(error).strip(), "sqlstate": error.sqlstate or ""}), flush=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
