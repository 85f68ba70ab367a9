"""The stage: one transaction, the role of the commands, and the rights of whoever speaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from uuid import UUID

from django.db import connection

from clausette.access.demonstration import PASSWORD
from clausette.access.install import install_organisation, make_account, seat
from clausette.access.operations import register_organisation
from clausette.access.queries import organisations, own_organisation
from clausette.access.rights import named_rights
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.months import add_months
from clausette.kernel.writing import refuse_stray_writes
from config.world.cast import BODIES, BODY, PEOPLE, STRUCTURES, VOICE
from config.world.plan import Calendar

WORKER = "clausette_worker"


@dataclass(frozen=True, slots=True)
class Member:
    """An account and the organisation it acts for."""

    account_id: int
    organisation_id: int


@dataclass(slots=True)
class Stage:
    """What is known while the story is told: the calendar, the chance, who exists."""

    calendar: Calendar
    chance: Random
    bodies: dict[str, UUID] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    @contextmanager
    def acting(self, person: str) -> Iterator[Actor]:
        """Open the rights of someone of the cast; nested, the rights of before come back."""
        member = self.members[person]
        with named_rights(member.account_id, member.organisation_id) as actor:
            yield actor

    @contextmanager
    def structure(self, key: str) -> Iterator[Actor]:
        """Open the rights of the one who acts for a structure."""
        with self.acting(VOICE[key]) as actor:
            yield actor


def at(day: date, hour: int = 10) -> datetime:
    """An instant of that day in Paris."""
    return datetime.combine(day, time(hour), tzinfo=PARIS)


def _current_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


@contextmanager
def hat(role: str) -> Iterator[None]:
    """Take a role of the database for the block. Empty: the role that connected (the owner)."""
    before = _current_role()
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"' if role else "RESET ROLE")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f'SET ROLE "{before}"')


def best_hat() -> str:
    """The worker's role where the owner may take it: then the policies hold here too; else the owner's own."""
    # before PostgreSQL 16 a member may always take the role, and « SET » is not a word
    may = "SET" if connection.pg_version >= 160000 else "MEMBER"  # type: ignore[attr-defined]  # of PostgreSQL's backend
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(session_user, %s, %s)", [WORKER, may])
        row = cursor.fetchone()
    return WORKER if row and row[0] else ""


@contextmanager
def guarded() -> Iterator[None]:
    """Refuse writes outside operations, as for the web: the owner's connection does not by itself."""
    held = refuse_stray_writes in connection.execute_wrappers
    if not held:
        connection.execute_wrappers.append(refuse_stray_writes)
    try:
        yield
    finally:
        if not held:
            connection.execute_wrappers.remove(refuse_stray_writes)


@contextmanager
def planned_once() -> Iterator[None]:
    """Plan each query once, for any value: under the policies it is planned longer than it runs, and the story asks
    the same ones a thousand times. Must run in a transaction, which forgets it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    driver = connection.connection
    before = driver.prepare_threshold, driver.prepared_max
    driver.prepare_threshold, driver.prepared_max = 1, 500
    try:
        yield
    finally:
        driver.prepare_threshold, driver.prepared_max = before


def install_structures(stage: Stage) -> None:
    """As owner: the structures facilitatrices and their people."""
    since = add_months(stage.calendar.as_of, -24)
    for key in STRUCTURES:
        body = BODY[key]
        installer = install_organisation(
            name=body.name, body_kind=body.kind, capabilities=frozenset(body.capabilities), siret=body.siret,
            commune_name=body.commune,
        )  # fmt: skip
        stage.bodies[key] = own_organisation(actor=installer).uid
        _seat_people(stage, key, installer.organisation_id, since)


def _seat_people(stage: Stage, body: str, organisation_id: int, since: date) -> None:
    for person in PEOPLE:
        if person.body == body:
            account = make_account(email=person.email, full_name=person.full_name, password=PASSWORD)
            seat(account_id=account, organisation=stage.bodies[body], role=person.role, on=since)
            stage.members[person.key] = Member(account, organisation_id)


def register_bodies(stage: Stage) -> None:
    """As the facilitator: everybody else, found by their SIRET."""
    with stage.structure("plie") as actor:
        for body in BODIES:
            if body.key not in STRUCTURES:
                stage.bodies[body.key] = register_organisation(
                    actor=actor, name=body.name, siret=body.siret, body_kind=body.kind,
                    capabilities=body.capabilities, commune_name=body.commune,
                )  # fmt: skip


def seat_the_others(stage: Stage) -> None:
    """As owner: the people of the other bodies, as if each had accepted an invitation."""
    since = add_months(stage.calendar.as_of, -18)
    with stage.structure("plie") as actor:
        cards = organisations(actor=actor, uids=stage.bodies.values())
    for key, uid in stage.bodies.items():
        if key not in STRUCTURES:
            _seat_people(stage, key, cards[uid].id, since)
