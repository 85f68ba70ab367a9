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

from clausette.access.rights import page_rights
from clausette.access.sessions import SessionStore
from clausette.kernel.operation import isolated
from config import env
from config.memory import settle
from config.settings.database import connection_options
from config.world.plans import WholeReading, whole_readings
from config.world.stage import Member, guarded

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2|svg))"')
RIGHTS = re.compile(r"sec\.(open|organisations_of|record_readings)|app\.ctx|set_config|access_session")
Query = tuple[str, Any]


@dataclass(slots=True)
class Seen:
    """The queries of one request."""

    queries: list[Query] = field(default_factory=list)
    spent: float = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.queries.append((str(sql), params))
        start = perf_counter()
        answer = execute(sql, params, many, context)
        if _reads(str(sql)):
            self.spent += (perf_counter() - start) * 1000
        return answer

    @property
    def business(self) -> list[Query]:
        """Those that read: transactions, rights and settings left out."""
        return [(sql, params) for sql, params in self.queries if _reads(sql)]


def _reads(sql: str) -> bool:
    return sql.lstrip(" (").startswith("SELECT") and not RIGHTS.search(sql)


@dataclass(frozen=True, slots=True)
class Measure:
    """One page: milliseconds (median), queries, bytes; `alone`: the same SELECTs as owner."""

    name: str
    address: str
    wall: float
    cpu: float
    queries: int
    sql: float
    alone: float
    html: int
    packed: int
    first_load: int
    whole: tuple[WholeReading, ...]

    @property
    def ratio(self) -> float:
        """Server time for one millisecond of bare SQL."""
        return self.wall / self.alone if self.alone else 0.0

    @property
    def tax(self) -> float:
        """Time of the SQL of the page, policies and driver included, for one millisecond of bare SQL."""
        return self.sql / self.alone if self.alone else 0.0


@contextmanager
def _connected(role: str, options: dict[str, Any]) -> Iterator[None]:
    """A connection of this role, with its own login. The owner's comes back at the end."""
    place = env.database(os.environ | {"CLAUSETTE_ROLE": role})
    kept = {**connection.settings_dict}
    connection.close()
    connection.settings_dict |= {
        "USER": place.user, "PASSWORD": place.password, "HOST": place.host, "PORT": place.port, "OPTIONS": options,
    }  # fmt: skip
    try:
        with guarded():
            yield
    finally:
        connection.close()
        connection.settings_dict |= kept


@contextmanager
def served() -> Iterator[None]:
    """A connection of the web: its policies, its settings, its memory."""
    settle()
    with _connected("app", connection_options("app")):
        yield


@contextmanager
def served_as_worker() -> Iterator[None]:
    """A connection of the worker, which alone opens rights without a session, with the settings of the web."""
    with _connected("worker", connection_options("app")):
        yield


@contextmanager
def as_worker() -> Iterator[None]:
    """A connection of the worker with its own settings: no page waits behind it, nothing cuts a long statement."""
    with _connected("worker", connection_options("worker")):
        yield


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
        spent, seen = _asked(client, address, times)
        whole = _scanned(client, address, seen)
    alone = _alone(seen.business, member, times)
    packed = len(gzip.compress(body, 6))
    return Measure(
        name, address, median(walls), median(cpus), len(seen.business), spent, alone, len(body), packed,
        packed + sum(_weight(link) for link in sorted(set(LINKED.findall(body.decode())))), tuple(whole),
    )  # fmt: skip


def _asked(client: Client, address: str, times: int) -> tuple[float, Seen]:
    """Median milliseconds that a page waits for its SELECTs, as the web; and these."""
    spent: list[float] = []
    for _ in range(times):
        seen = Seen()
        with connection.execute_wrapper(seen):
            client.get(address)
        spent.append(seen.spent)
    return median(spent), seen


def _scanned(client: Client, address: str, seen: Seen) -> list[WholeReading]:
    """Large tables read whole by the queries of a page, planned under the same rights as the page."""
    slug = address.split("/")[2]
    with page_rights(client.cookies[settings.SESSION_COOKIE_NAME].value, slug, read_only=True):
        return whole_readings([sql for sql, _ in seen.business])


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
