"""How long pages take on the demonstration world, beside the SELECTs they need run alone by the owner."""

import gzip
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.db import connection
from django.test import Client

from clausette.access.sessions import SessionStore
from clausette.kernel.operation import isolated
from config import env
from config.settings.database import connection_options
from config.world.stage import Member, guarded

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2|svg))"')
RIGHTS = re.compile(r"sec\.(open|organisations_of|record_readings)|app\.ctx|set_config|access_session")
Query = tuple[str, Any]


@dataclass(slots=True)
class Seen:
    """The queries of one request."""

    queries: list[Query] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.queries.append((str(sql), params))
        return execute(sql, params, many, context)

    @property
    def business(self) -> list[Query]:
        """Those that read: transactions, rights and settings left out."""
        reads = [(sql, params) for sql, params in self.queries if sql.lstrip(" (").startswith("SELECT")]
        return [(sql, params) for sql, params in reads if not RIGHTS.search(sql)]


@dataclass(frozen=True, slots=True)
class Measure:
    """One page: milliseconds (median), queries, bytes; `alone`: the same SELECTs as owner."""

    name: str
    address: str
    wall: float
    cpu: float
    queries: int
    alone: float
    html: int
    packed: int
    first_load: int

    @property
    def ratio(self) -> float:
        """Server time for one millisecond of bare SQL."""
        return self.wall / self.alone if self.alone else 0.0


@contextmanager
def served() -> Iterator[None]:
    """A connection of the web: its own login, its policies, its settings. The owner's comes back at the end."""
    place = env.database(os.environ | {"CLAUSETTE_ROLE": "app"})
    kept = {**connection.settings_dict}
    connection.close()
    connection.settings_dict |= {
        "USER": place.user, "PASSWORD": place.password, "HOST": place.host, "PORT": place.port,
        "OPTIONS": connection_options("app"),
    }  # fmt: skip
    try:
        with guarded():
            yield
    finally:
        connection.close()
        connection.settings_dict |= kept


@contextmanager
def signed_in(member: Member) -> Iterator[Client]:
    """A browser with a session of this account, closed at the end."""
    account = get_user_model().objects.get(pk=member.account_id)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    try:
        yield client
    finally:
        session.delete()


def measure(name: str, address: str, member: Member, *, times: int) -> Measure:
    """Ask for a page `times` times after three for nothing; a page that does not answer 200 is a fault."""
    with served(), signed_in(member) as client:
        walls, cpus, body = _rounds(client, address, times)
        seen = Seen()
        with connection.execute_wrapper(seen):
            client.get(address)
    alone = _alone(seen.business, member, times)
    packed = len(gzip.compress(body, 6))
    return Measure(
        name, address, median(walls), median(cpus), len(seen.business), alone, len(body), packed,
        packed + sum(_weight(link) for link in sorted(set(LINKED.findall(body.decode())))),
    )  # fmt: skip


def _rounds(client: Client, address: str, times: int) -> tuple[list[float], list[float], bytes]:
    walls: list[float] = []
    cpus: list[float] = []
    body = b""
    for turn in range(times + 3):
        wall, cpu = perf_counter(), process_time()
        answer = client.get(address)
        body = answer.content
        if answer.status_code != 200:
            raise ValueError(f"{address} : réponse {answer.status_code}")
        if turn >= 3:
            walls.append((perf_counter() - wall) * 1000)
            cpus.append((process_time() - cpu) * 1000)
    return walls, cpus, body


def _alone(queries: list[Query], member: Member, times: int) -> float:
    """Median milliseconds of the same SELECTs, as owner, in one transaction with the same rights."""
    taken: list[float] = []
    with isolated(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.open_as(%s, %s)", [member.account_id, member.organisation_id])
        for _ in range(times):
            start = perf_counter()
            for sql, params in queries:
                cursor.execute(sql, params)
                cursor.fetchall()
            taken.append((perf_counter() - start) * 1000)
    return median(taken)


def _weight(link: str) -> int:
    """Bytes of a static file on the wire: compressed beforehand when the site does so."""
    path = Path(settings.STATIC_ROOT) / link.removeprefix(settings.STATIC_URL).split("?")[0]
    packed = path.with_name(path.name + ".gz")
    return (packed if packed.exists() else path).stat().st_size if path.exists() else 0
