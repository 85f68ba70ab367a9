"""The session store: cookies hashed, idle 60 minutes, absolute 12 hours, one account per session."""

from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.utils import timezone

from clausette.access.deposit_rules import IDLE_MINUTES, OPENED
from clausette.access.models import Session
from clausette.access.rules import hashed
from clausette.kernel.operation import writing

SEEN_EVERY = timedelta(seconds=60)
DEPOSIT_IDLE = timedelta(minutes=IDLE_MINUTES)
_ALIVE = """SELECT * FROM access_session
             WHERE session_key = %s AND expire_date > %s AND seen_at > %s AND created_at > %s"""
"""Written by hand: it is the first query of every page, and the ORM took longer to write it than to run it."""


class SessionStore(db.SessionStore):
    """`session_key` stays the cookie in Python; the table only knows its double hash."""

    agent: str = ""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        now = timezone.now()
        idle, age = timedelta(seconds=settings.SESSION_IDLE_SECONDS), timedelta(seconds=settings.SESSION_COOKIE_AGE)
        asked = [hashed(self.session_key or ""), now, now - idle, now - age]
        found = next(iter(Session.objects.raw(_ALIVE, asked)), None)
        if found is None or _left_open(found, now):
            self._session_key = None
            return None
        if found.seen_at < now - SEEN_EVERY:
            # said at most once a minute: a page costs no write of its own
            with writing("access.session"):
                Session.objects.filter(session_key=found.session_key).update(seen_at=now)
        return found

    def exists(self, session_key: str | None) -> bool:
        return Session.objects.filter(session_key=hashed(session_key or "")).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        instance = cast(Session, super().create_model_instance(data))
        cookie = str(instance.session_key)
        instance.session_key = hashed(cookie)
        instance.account_id = int(data["_auth_user_id"]) if data.get("_auth_user_id") else None
        instance.agent = self.agent[:120]
        return instance

    def save(self, must_create: bool = False) -> None:
        with writing("access.session"):
            if must_create or self.session_key is None:
                super().save(must_create)
                return
            # keep `created_at` and `seen_at`: the absolute limit counts from the sign-in
            data = self._get_session(no_load=False)  # type: ignore[attr-defined]  # private in Django's own store
            instance = self.create_model_instance(data)
            updated = Session.objects.filter(session_key=instance.session_key).update(
                session_data=instance.session_data,
                expire_date=instance.expire_date,
                account_id=instance.account_id,
            )
            if not updated:
                raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            with writing("access.session"):
                Session.objects.filter(session_key=hashed(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        with writing("access.session"):
            super().clear_expired()


def _left_open(found: Session, now: datetime) -> bool:
    """Whether a deposit was left without a gesture: the others have the whole hour."""
    return found.seen_at < now - DEPOSIT_IDLE and OPENED in found.get_decoded()


def end_after(session: SessionBase, minutes: int) -> None:
    """Make a session end so many minutes from now, whatever is done in it."""
    session.set_expiry(timezone.now() + timedelta(minutes=minutes))


def account_of_ended(cookie: str) -> int | None:
    """Return the account of a session that is over but still in the table; None when nobody can tell any more."""
    return Session.objects.filter(session_key=hashed(cookie)).values_list("account_id", flat=True).first()
