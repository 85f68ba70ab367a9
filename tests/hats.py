"""Change hats in a test: look as the owner of the database, act as a member, live another day, sign in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client

from clausette.access.models import Account
from clausette.access.rights import actor_of
from clausette.access.sessions import SessionStore
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.operation import writing

TODAY = date(2026, 11, 16)  # a Monday
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def noon(day: date) -> datetime:
    """Return ten in the morning of that day in Paris: what `clock.now` and `sec.now` answer in tests."""
    return datetime.combine(day, time(10), tzinfo=clock.PARIS)


@contextmanager
def as_owner() -> Iterator[None]:
    """Prepare or inspect the world beyond anybody's rights; same connection, same transaction."""
    with connection.cursor() as cursor, writing("test"):
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()
        cursor.execute("RESET ROLE")
        try:
            yield
        finally:
            if before and not connection.needs_rollback:
                cursor.execute(f'SET ROLE "{before[0]}"')


@contextmanager
def acting(who: Actor | tuple[int, int]) -> Iterator[Actor]:
    """Open the rights of (account, organisation) in the test's transaction, under the web role; yield the Actor."""
    account, organisation = (who.account_id, who.organisation_id) if isinstance(who, Actor) else who
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.ctx', true)")
            before = (cursor.fetchone() or [""])[0] or ""
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM sec.open_as(%s, %s)", [account, organisation])
            row = cursor.fetchone()
        assert row is not None
        yield actor_of(row)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.ctx', %s, true)", [before])


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """Live another day: the clock of the program and the one of the database (until the end of the test)."""
    with clock.pretending(noon(day)), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('test.today', true)")
        before = (cursor.fetchone() or [""])[0] or ""
        cursor.execute("SELECT set_config('test.today', %s, false)", [day.isoformat()])
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("SELECT set_config('test.today', %s, false)", [before])


def sign_in(client: Client, account_id: int) -> str:
    """Give the client a session of this account, as after a full sign-in; return its cookie."""
    account = Account.objects.get(pk=account_id)
    session = SessionStore()
    session[SESSION_KEY] = str(account_id)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    client.cookies["clausette"] = session.session_key or ""
    return session.session_key or ""
