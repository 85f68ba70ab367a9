"""Secrets, delays, slugs: pure."""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from clausette.kernel.text import collapse

FREE_FAILURES = 10
LONGEST_WAIT = 15 * 60
INVITATION_DAYS = 7
MANDATE = "mandate"  # what `sec.enter` adds to the capabilities of who declares for another firm
# the name an official file leaves: kinds of identifier of the DECP (schema v2.0.3, « typeIdentifiant »), then figures
NAMELESS = r"^(SIRET|TVA|TAHITI|RIDET|FRWF|IREP|UE|HORS-UE) [0-9A-Z .-]*[0-9][0-9A-Z .-]*$"


def ticket(cookie: str) -> str:
    """Return what opens the rights in SQL: a reader of the SQL log cannot make a cookie of it."""
    return sha256(cookie.encode()).hexdigest()


def hashed(cookie: str) -> str:
    """Return what the table of sessions holds: a reader of the table cannot make a ticket of it."""
    return sha256(ticket(cookie).encode()).hexdigest()[:40]


def secret_hash(secret: str) -> str:
    """Return what is kept of the secret of a link or of a device."""
    return sha256(secret.encode()).hexdigest()


def link_secret(key: str, purpose: str, uid: UUID) -> str:
    """Return the secret of the link about a thing: computed again by who sends the mail, so never stored nor queued.

    `key` is the secret key of the installation; 256 bits, unguessable without it.
    """
    digest = hmac.digest(key.encode(), f"{purpose}|{uid}".encode(), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def wait_after(failures: int) -> int:
    """Return the seconds to wait after this many failures: none up to 10, then 2ⁿ, at most 15 minutes (G13)."""
    beyond = failures - FREE_FAILURES
    return 0 if beyond < 0 else min(2**beyond, LONGEST_WAIT)


def free_slug(key: str, taken: Collection[str]) -> str:
    """Return a name for addresses made from a search key, free among `taken` (« mairie-de-lens-2 »)."""
    base = "-".join(key.split())[:50].strip("-") or "organisme"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def is_nameless(name: str) -> bool:
    """Say whether a body is still known by its number only: « SIRET 732 829 320 00074 »."""
    return re.match(NAMELESS, collapse(name)) is not None
