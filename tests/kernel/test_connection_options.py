"""What each role asks of the server it connects to, whoever configured that server."""

import psycopg
import pytest
from django.db import connection

from config.settings.database import connection_options


@pytest.mark.parametrize("role", ["app", "worker", "owner"])
def test_no_plan_waits_to_be_compiled(role: str) -> None:
    place = connection.get_connection_params()
    place = {name: place[name] for name in ("user", "password", "host", "port", "dbname") if place.get(name)}
    with psycopg.connect(**place, options=connection_options(role)["options"]) as opened:
        assert opened.execute("SHOW jit").fetchone() == ("off",)
        [waits] = opened.execute("SHOW statement_timeout").fetchone() or ("",)
    assert waits == ("10s" if role == "app" else "0")
