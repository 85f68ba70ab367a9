"""« Dépôt sans compte »: its link, its code, its access word, its session (docs/adr/0020).

A link never signs in by itself. A code goes to the address of the deposit and serves in the browser that asked for it;
the access word, given by telephone, is the second secret. Then a session opens, of an account without password.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from clausette.access import deposit_rules as rules
from clausette.access import failures
from clausette.access.links import deposit_link
from clausette.access.queries import account_numbered
from clausette.access.rules import secret_hash
from clausette.access.sessions import end_after
from clausette.access.sign_in import open_session
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import isolated, writing
from clausette.kernel.queue import enqueue

ASKED = "deposit_code"
TOO_MANY_CODES = (
    "Cinq codes ont déjà été envoyés à cette adresse depuis une heure. Le dernier reçu sert encore s'il a moins de dix "
    "minutes ; sinon, recommencez dans une heure."
)
OTHER_BROWSER = (
    "Aucun code n'attend dans ce navigateur. Un code ne sert que là où il a été demandé : revenez sur cet appareil, ou "
    "demandez-en un nouveau d'ici."
)
EXPIRED = "Ce code avait plus de dix minutes. Demandez-en un nouveau : le précédent ne sert plus."
TOO_MANY_TRIES = "Cinq essais ont été faits avec ce code : il ne sert plus. Demandez-en un nouveau."
WRONG_CODE = "Ce n'est pas le code du dernier courriel. Recopiez ses six chiffres."
WRONG_WORD = "Ce n'est pas le mot d'accès. C'est celui que le facilitateur vous a donné par téléphone."
LOCKED = (
    "Trop de mots d'accès inexacts : par prudence, ce dépôt est fermé. Appelez la structure qui suit votre marché, "
    "elle vous donnera un nouveau mot."
)


@dataclass(frozen=True, slots=True)
class DepositLink:
    """What who holds a good link may know before any code."""

    secret: str
    uid: UUID
    account_id: int
    slug: str
    firm_name: str
    owner_name: str
    email: str
    word_hash: str
    failures: int


def read_link(*, secret: str) -> DepositLink | None:
    """Return what a link opens; None when it opens nothing (any more). Needs no rights, changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.deposit(%s)", [secret_hash(secret)])
        row = cursor.fetchone()
    return DepositLink(secret, *row) if row else None


def ask_code(request: HttpRequest, link: DepositLink, *, at: datetime) -> None:
    """Send a code to the address of the deposit; it serves in this browser. Raises Refusal (five in this hour)."""
    if failures.count_try(f"{link.uid}|deposit codes|{at:%Y-%m-%d %H}") > rules.CODES_AN_HOUR:
        raise Refusal(TOO_MANY_CODES)
    nonce = token_urlsafe(16)
    request.session[ASKED] = {"deposit": str(link.uid), "nonce": nonce, "at": at.timestamp()}
    enqueue("access.mail_deposit_code", deposit=str(link.uid), nonce=nonce)


def code_asked(request: HttpRequest, link: DepositLink) -> bool:
    """Tell whether a code of this deposit was asked for in this browser, good or not any more."""
    return _asked(request, link) is not None


def _asked(request: HttpRequest, link: DepositLink) -> Mapping[str, object] | None:
    found = request.session.get(ASKED)
    return found if isinstance(found, dict) and found.get("deposit") == str(link.uid) else None


def enter_deposit(
    request: HttpRequest, link: DepositLink, *, code: str, word: str, at: datetime, minutes: int
) -> None:
    """Open the session of a deposit for so many minutes. Raises Refusal (field `code` or `word`), and counts it."""
    asked = _asked(request, link)
    if asked is None:
        raise Refusal(OTHER_BROWSER)
    if rules.is_locked(link.failures):
        raise Refusal(LOCKED)
    nonce = str(asked["nonce"])
    if not rules.code_alive(float(str(asked["at"])), at):
        del request.session[ASKED]
        raise Refusal(EXPIRED)
    # counted before anything is compared: tries sent at once cannot each believe to be the fifth
    if failures.count_try(f"{nonce}|deposit code") > rules.CODE_TRIES:
        del request.session[ASKED]
        raise Refusal(TOO_MANY_TRIES)
    if not constant_time_compare(code, rules.code_of(settings.SECRET_KEY, link.uid, nonce)):
        raise Refusal(WRONG_CODE, field="code")
    if not _word_tried(link, word):
        raise Refusal(WRONG_WORD, field="word")
    open_session(request, account_numbered(link.account_id))
    request.session.pop(ASKED, None)
    request.session[rules.OPENED] = link.slug
    end_after(request.session, minutes)
    request.session.save()


def _word_tried(link: DepositLink, word: str) -> bool:
    good = check_password(rules.heard(word), link.word_hash)
    with isolated(), writing("access.login"), connection.cursor() as cursor:
        cursor.execute("SELECT sec.deposit_tried(%s, %s)", [secret_hash(link.secret), good])
    return good


def opened_for(request: HttpRequest) -> str:
    """Return the firm (its name in addresses) for which this session declares without an account, "" for others."""
    return str(request.session.get(rules.OPENED, ""))


def reached(*, account_id: int) -> tuple[str, str] | None:
    """Return the address and the path of the link of who declares with this account; worker role only.

    None: the account is of a member, or nothing is open for it any more (see `deposit_rules.has_address`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.deposit_reached(%s)", [account_id])
        row = cursor.fetchone()
    return (row[0], deposit_link(row[1])) if row else None


def mail_of(*, deposit: UUID) -> tuple[str, str] | None:
    """Return address and structure of an open deposit, for the mail of its code; worker role only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.deposit_email(%s)", [deposit])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None
