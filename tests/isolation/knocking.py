"""Knock, look at the answer, and say what is wrong with it."""

import re
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.test import Client

from clausette.web.doors import second_factor_address
from tests.hats import as_owner
from tests.isolation.canaries import Planted, all_of
from tests.isolation.expected import DONE, NO
from tests.isolation.forms import Fields, forms_of
from tests.isolation.marks import Register
from tests.isolation.principals import Principal
from tests.isolation.probes import UNSEEN, Target
from tests.isolation.world import World

MOVING = re.compile(
    rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
    rb"|R\xc3\xa9f\xc3\xa9rence[^<]*<[^>]*>[^<]*<|R\xc3\xa9f\xc3\xa9rence : [0-9a-f]+"
    rb"|nonce-[A-Za-z0-9+/=_-]+|X-Reference: [0-9a-f]+"
)
Answer = Any  # what Django's test client returns: a response and its `exc_info`
SIGN_IN = "/compte/connexion/?next="
FACTOR = second_factor_address()
SILENT = ("journal_event", "journal_reading")


@dataclass(slots=True)
class Outcome:
    """What a run found."""

    knocks: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    leaks: list[tuple[str, str, Planted]] = field(default_factory=list)  # role, knock, row
    unseen: dict[tuple[str, str, str], dict[str, set[tuple[int, bytes]]]] = field(default_factory=dict)
    times: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)  # (who, address): relation: seconds
    seen: dict[tuple[str, str, str], set[int]] = field(default_factory=dict)
    bodies: dict[str, Fields] = field(default_factory=dict)
    writing: int = 0  # sendings that wrote a row, before they were undone
    entered: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # (address, method): who
    sent_back: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # the same, to the form they may send
    stopped: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # the same, sent to the second factor
    shown: set[str] = field(default_factory=set)  # personal fields read by who may not, with the knock

    def gap(self) -> float:
        """Milliseconds between the answers about a foreign and an absent object, same address: the median of them."""
        gaps = [one["foreign"] - one["absent"] for one in self.times.values() if {"foreign", "absent"} <= one.keys()]
        return abs(median(gaps)) * 1000


def plain(body: bytes, address: str) -> bytes:
    """The body without what differs at each answer."""
    return MOVING.sub(b"", body.replace(address.encode(), b"ADDRESS"))


class Knocker:
    """One run of the matrix over one world."""

    def __init__(self, world: World, *, strict: bool = True) -> None:
        self.world, self.strict, self.out = world, strict, Outcome()
        self.register = Register(world.aviary)
        self.clients: dict[str, Client] = {}
        self.tables: list[str] = []
        self.before: dict[tuple[str, str], str] = {}

    def client(self, who: Principal) -> Client:
        """The browser of somebody."""
        if who.name not in self.clients:
            client = Client(raise_request_exception=False)
            if who.cookie:
                client.cookies["clausette"] = who.cookie
            self.clients[who.name] = client
        return self.clients[who.name]

    def read(self, target: Target, method: str = "GET", *, htmx: bool = False) -> Answer:
        """Ask for a page or its fragment."""
        headers = {"HX-Request": "true"} if htmx else {}
        start = time.perf_counter()
        response = self.client(target.who).generic(method, target.address, headers=headers)
        spent = time.perf_counter() - start
        if method == "GET" and not htmx and target.who.live:
            self.out.times.setdefault((target.who.name, target.route.name), {})[target.relation] = spent
        self._look(target, f"{method}{' HX' if htmx else ''}", response, b"", htmx=htmx)
        return response

    def send(self, target: Target, fields: Fields, kind: str) -> None:
        """Post a body in a transaction that is rolled back, after a look at what it changed."""
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        with transaction.atomic():
            counted = self._written()
            response = self.client(target.who).post(target.address, data)
            self._look(target, f"POST {kind}", response, repr(fields).encode())
            self._compare(target, response, kind, counted)
            transaction.set_rollback(True)
        if target.who.cookie:  # what was posted may have signed out: rolled back, the cookie too
            self.client(target.who).cookies["clausette"] = target.who.cookie

    # --- what is wrong with an answer ----------------------------------------------------------------------------

    def _look(self, target: Target, how: str, response: Answer, sent: bytes, *, htmx: bool = False) -> None:
        out, who = self.out, target.who
        out.knocks += 1
        out.statuses[response.status_code] += 1
        label = f"{who.name} {how} {target.route.name} [{target.relation}]"
        if response.status_code >= 500:
            error = getattr(response, "exc_info", None)
            out.faults.append(f"{label}: {response.status_code} {error[1]!r}" if error else f"{label}: 500")
            return
        everything = all_of(response)
        asked = target.address + sent.decode(errors="replace")
        for planted in self.world.aviary.found_in(everything, asked):
            if who.org not in planted.seen_by and not self._sent(planted, sent):
                out.leaks.append((who.role, label, planted))
        if not self.strict:
            return
        out.shown |= {f"{one}: {label}" for one in self.register.shown_in_spite(who, everything, sent)}
        self._status(target, how, label, response, htmx=htmx)
        self._entered(target, how, response)
        if who.live and target.relation in UNSEEN:
            kind = "slug" if "slug" in target.relation else "object"
            key = (who.name, how, f"{target.route.name} {kind}")
            answers = out.unseen.setdefault(key, {}).setdefault(target.relation, set())
            answers.add((response.status_code, plain(everything, target.address)))
        elif how == "GET" and response.status_code == 200 and b"<form" in everything:
            for name, fields in forms_of(everything.decode(errors="replace"), target.address, out.bodies):
                out.bodies.setdefault(name, fields)

    def _sent(self, planted: Planted, sent: bytes) -> bool:
        return bool(sent) and planted in self.world.aviary.found_in(sent, "")

    def _entered(self, target: Target, how: str, response: Answer) -> None:
        """Remember who was let in: shown the page, or sent on once the act was done (not to the sign-in).

        Sent to the second factor, one has entered nothing either: that is counted apart. A sending answered by its own
        form let its sender in, though the act was not done: apart too.
        """
        where = response.headers["Location"] if response.status_code == 302 else ""
        key = (target.route.name, how.split()[0])
        if where.startswith(FACTOR) and target.address != FACTOR:
            self.out.stopped.setdefault(key, set()).add(target.who.name)
        elif response.status_code in (200, 204, 302) and SIGN_IN not in where:
            self.out.entered.setdefault(key, set()).add(target.who.name)
        elif response.status_code in DONE - {302}:
            self.out.sent_back.setdefault(key, set()).add(target.who.name)

    def _status(self, target: Target, how: str, label: str, response: Answer, *, htmx: bool) -> None:
        wanted, status = accepted(target, how.split()[0], htmx=htmx), response.status_code
        if target.who.live and target.relation not in UNSEEN:
            key = (target.route.name, target.column, "POST" if how.startswith("POST") else "GET")
            if how == "GET" or how.startswith("POST"):
                self.out.seen.setdefault(key, set()).add(status)
        if status not in wanted:
            self.out.faults.append(f"{label}: {status}, expected {sorted(wanted)} {target.address}")

    # --- what a sending changed ----------------------------------------------------------------------------------

    def remember(self) -> None:
        """Take the state of all tenant tables, by row, as owner."""
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relname NOT LIKE 'reference_%%' ORDER BY 1"
            )
            self.tables = [row[0] for row in cursor.fetchall()]
        self.before = self._state(self.tables)

    def nothing_written(self) -> None:
        """Readings write nothing but the journal of readings, under the name of who read."""
        after = self._state(self.tables)
        for key in sorted(after.keys() | self.before.keys()):
            if key[0] != "journal_reading" and after.get(key) != self.before.get(key):
                self.out.faults.append(f"a reading changed {key}")

    def _state(self, tables: Collection[str]) -> dict[tuple[str, str], str]:
        if not tables:
            return {}
        told = (f"SELECT '{table}', t.id::text, md5(t::text) FROM {table} t" for table in tables)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(told))
            return {(table, pk): digest for table, pk, digest in cursor.fetchall()}

    def _written(self) -> dict[str, int]:
        """How many rows of each table this connection wrote since its transaction began, undone ones included."""
        with connection.cursor() as cursor:
            cursor.execute(
                # pg_stat_xact_user_tables says the same in four times as long
                "SELECT relname, rows FROM (SELECT relname, pg_stat_get_xact_tuples_inserted(oid) "
                "+ pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid) AS rows "
                "FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace) t WHERE rows > 0"
            )
            return dict(cursor.fetchall())

    def _compare(self, target: Target, response: Answer, kind: str, counted: dict[str, int]) -> None:
        if response.status_code == NO:
            return
        written = self._written()
        touched = {table for table in self.tables if written.get(table, 0) != counted.get(table, 0)}
        self.out.writing += bool(touched)
        before = {key: digest for key, digest in self.before.items() if key[0] in touched} if touched else {}
        after = self._state(touched)
        label = (
            f"{target.who.name} POST {kind} {target.route.name} [{target.relation}] -> {response.status_code}"
        )
        changed = {key for key in after.keys() | before.keys() if after.get(key) != before.get(key)}
        if "journal_event" in touched:
            self._told(label, [pk for table, pk in changed if table == "journal_event"])
        refused = response.status_code >= 400 or target.relation in UNSEEN or not target.who.live
        for table, pk in sorted(changed):
            if refused and table != "journal_reading":
                self.out.faults.append(f"{label}: refused, yet {table} {pk} changed")
            elif not self._may_change(target.who, table, pk):
                self.out.faults.append(f"{label}: {table} {pk} of another tenant changed")

    def _told(self, label: str, events: Collection[str]) -> None:
        """The journal never holds what a person typed in a personal field."""
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT t::text FROM journal_event t WHERE id::text = ANY(%s)", [list(events)])
            told = "\n".join(row[0] for row in cursor.fetchall()).encode()
        for one in self.register.written_in(told):
            self.out.shown.add(f"{one} in the journal: {label}")

    def _may_change(self, who: Principal, table: str, pk: str) -> bool:
        if (table, pk) not in self.before:
            return table not in SILENT or self._signed(who, table, pk)
        known = next((p for (t, n), p in self.world.aviary.rows.items() if t == table and str(n) == pk), None)
        return known is not None and who.org in known.seen_by

    def _signed(self, who: Principal, table: str, pk: str) -> bool:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"SELECT organisation_id FROM {table} WHERE id::text = %s", [pk])
            row: Any = cursor.fetchone()
        return who.actor is not None and row[0] == who.actor.organisation_id


def accepted(target: Target, method: str, *, htmx: bool = False) -> frozenset[int]:
    """The statuses that `expected.txt` and the class of the address accept."""
    route, who = target.route, target.who
    verb = "GET" if method == "HEAD" else method
    if verb not in route.methods:
        return frozenset({NO})
    if route.access in ("public", "personal"):
        cell = target.line.cells["signed" if who.cookie and who.name != "asleep" else "anonymous"]
        return cell.post if verb == "POST" else cell.get
    if not who.cookie or who.name == "asleep":
        return frozenset({200 if htmx else 302})
    if who.name == "no_factor":
        return frozenset({302})
    if not who.live or "slug" in target.relation:
        return frozenset({404})
    if route.capabilities and who.actor and not any(who.actor.can(one) for one in route.capabilities):
        return frozenset({403})
    cell = target.line.cells[target.column]
    wanted = cell.post if verb == "POST" else cell.get
    if target.relation == "asked":  # the object named after « ? » may be unknown
        return wanted | {404}
    if target.relation not in UNSEEN:
        return wanted
    # what does not depend on the object may be refused before it is looked for: the same for all (`different`)
    first = {403} if wanted == {403} else set()
    return frozenset({404} | first | ({400} if verb == "POST" else set()))
