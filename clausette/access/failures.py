"""Failed sign-ins: counted in PostgreSQL for all web processes at once, so that guessing gets slower and slower.

A known device of the account does not wait: a stranger cannot keep somebody out.
"""

from datetime import date, datetime, timedelta
from secrets import token_urlsafe

from django.db import connection
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from clausette.access.models import KnownDevice, LoginFailure
from clausette.access.rules import FREE_FAILURES, LONGEST_WAIT, secret_hash
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import writing

DEVICE_COOKIE = "clausette-appareil"
DEVICE_COOKIE_AGE = 180 * 24 * 3600
SENDINGS_A_DAY = 5
SENT_JUST_NOW = (
    "Ce lien vient d'être renvoyé, il y a moins de dix minutes. Laissez au courriel le temps d'arriver : il est "
    "peut-être parmi les indésirables."
)
SENT_ENOUGH = "Ce lien a déjà été renvoyé cinq fois aujourd'hui. Vérifiez l'adresse, ou réessayez demain."

# atomic: two processes that fail at the same instant count two; a quiet day forgets
COUNT = """
    INSERT INTO access_loginfailure AS f (address_hash, count, last_at) VALUES (%s, 1, now())
    ON CONFLICT (address_hash) DO UPDATE SET
      count = CASE WHEN f.last_at < now() - interval '1 day' THEN 1 ELSE f.count + 1 END,
      last_at = now(),
      blocked_until = CASE WHEN f.last_at >= now() - interval '1 day' AND f.count + 1 >= %s
        THEN now() + make_interval(secs => least(power(2, least(f.count + 1 - %s, 20)), %s)) END"""


def _key(email: str) -> str:
    return salted_hmac("access.failures", email.strip().lower(), algorithm="sha256").hexdigest()


def must_wait(email: str, device: str) -> bool:
    """Tell whether this address must wait before another try from this device (its cookie, "" for none)."""
    if not LoginFailure.objects.filter(address_hash=_key(email), blocked_until__gt=Now()).exists():
        return False
    known = KnownDevice.objects.filter(token_hash=secret_hash(device), account__email=email.strip().lower())
    return not (device and known.exists())


def count_failure(email: str) -> None:
    """Count one failed try for this address, known or not."""
    with writing("access.login"), connection.cursor() as cursor:
        cursor.execute(COUNT, [_key(email), FREE_FAILURES, FREE_FAILURES, LONGEST_WAIT])


def count_try(key: str) -> int:
    """Count one try of anything that is limited, and return how many there were, this one included, in a day."""
    with writing("access.login"), connection.cursor() as cursor:
        cursor.execute(f"{COUNT} RETURNING count", [_key(key), FREE_FAILURES, FREE_FAILURES, LONGEST_WAIT])
        return int(cursor.fetchone()[0])


def count_sending(what: str, *, on: date, at: datetime) -> None:
    """Count one mail with a link sent again on demand. Raises Refusal: one in these ten minutes, or five that day.

    `what`: whose link it is. Called by an operation, whose refusal undoes the count.
    """
    if count_try(f"{what}|sent {on}") > SENDINGS_A_DAY:
        raise Refusal(SENT_ENOUGH)
    if count_try(f"{what}|sent {at:%Y-%m-%d %H} {at.minute // 10}") > 1:
        raise Refusal(SENT_JUST_NOW)


def forget_failures(email: str) -> None:
    """Start again from zero after a success."""
    with writing("access.login"):
        LoginFailure.objects.filter(address_hash=_key(email)).delete()


def remember_device(account_id: int, device: str) -> str:
    """Keep this browser as known for the account; return the secret of its cookie (the one given, if known)."""
    with writing("access.login"):
        known = KnownDevice.objects.filter(account_id=account_id, token_hash=secret_hash(device))
        if device and known.update(seen_at=Now()):
            return device
        secret = token_urlsafe(32)
        KnownDevice.objects.create(account_id=account_id, token_hash=secret_hash(secret))
    return secret


def forget_old() -> None:
    """Delete the failures of past days and the browsers not seen for six months."""
    with writing("access.login"):
        LoginFailure.objects.filter(last_at__lt=Now() - timedelta(days=2)).delete()
        KnownDevice.objects.filter(seen_at__lt=Now() - timedelta(seconds=DEVICE_COOKIE_AGE)).delete()
