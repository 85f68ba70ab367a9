"""The second factor: a code of six figures made by a telephone (RFC 6238), and codes kept on paper.

The library holds the rows (secrets encrypted by our adapter); a code is used once for all web processes because its
number is kept, under lock, in the row.
"""

from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt, encrypt

from clausette.access import failures
from clausette.access.models import Account
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import isolated, writing

PERIOD = 30  # seconds
TOLERANCE = (-1, 0, 1)  # periods: a telephone is never exactly on time
WRONG = "Ce code n'est pas bon, ou il a déjà servi. Attendez le suivant et recopiez-le."
TOO_MANY = "Trop d'essais. Attendez un moment (15 minutes au plus), puis réessayez."


def code_at(secret: str, counter: int) -> str:
    """Return the code of a secret for one period of thirty seconds."""
    return str(format_hotp_value(hotp_value(secret, counter)))


def _counter(secret: str, code: str, at: datetime, after: int) -> int | None:
    """Return the number of the period whose code this is, later than `after`; None when there is none."""
    now = int(at.timestamp()) // PERIOD
    near = [now + shift for shift in TOLERANCE]
    return next((n for n in near if n > after and code_at(secret, n) == code), None)


def has_second_factor(*, account_id: int) -> bool:
    """Tell whether the account has enrolled one (codes on paper alone are none)."""
    found = Authenticator.objects.filter(user_id=account_id)
    return bool(found.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def new_secret() -> str:
    """Return a new secret, encrypted: what a session may keep between the page and its answer."""
    return str(encrypt(generate_totp_secret()))


def readable(secret: str) -> str:
    """Return the secret to type in a telephone that cannot scan."""
    return str(decrypt(secret))


def otpauth_address(account: Account, secret: str) -> str:
    """Return what the square to scan says."""
    return str(get_adapter().build_totp_url(account, readable(secret)))


def enrol(account: Account, *, secret: str, code: str, at: datetime) -> list[str]:
    """Keep the second factor once a first code proves it; return the codes to keep on paper.

    Raises Refusal (wrong code, field `code`).
    """
    clear = readable(secret)
    counter = _counter(clear, code, at, after=0)
    if counter is None:
        raise Refusal(WRONG, field="code")
    with isolated(), writing("access.login"):
        Authenticator.objects.filter(user_id=account.pk).delete()
        row = TOTP.activate(account, clear).instance
        row.data["last_counter"] = counter
        row.save(update_fields=["data"])
        return list(RecoveryCodes.activate(account).get_unused_codes())


def check_code(account: Account, *, code: str, at: datetime) -> None:
    """Accept a code of the telephone or of the paper, once. Raises Refusal (field `code`), and slows down guessing."""
    tries = f"{account.pk}|code"
    if failures.must_wait(tries, ""):
        raise Refusal(TOO_MANY, field="code")
    with isolated(), writing("access.login"):
        good = _use(account, code, at)
        if good:
            failures.forget_failures(tries)
        else:
            failures.count_failure(tries)
    if not good:
        raise Refusal(WRONG, field="code")


def _use(account: Account, code: str, at: datetime) -> bool:
    rows = Authenticator.objects.select_for_update().filter(user_id=account.pk).order_by("id")
    for row in rows:
        if row.type == Authenticator.Type.TOTP:
            counter = _counter(decrypt(row.data["secret"]), code, at, after=row.data.get("last_counter", 0))
            if counter is not None:
                row.data["last_counter"] = counter
                row.save(update_fields=["data"])
                return True
        elif row.type == Authenticator.Type.RECOVERY_CODES and RecoveryCodes(row).validate_code(code):
            return True
    return False


def forget_second_factor(*, account_id: int) -> None:
    """Delete the factor and the codes on paper of an account: its password alone opens its next session."""
    with writing("access.login"):
        Authenticator.objects.filter(user_id=account_id).delete()


def codes_left(*, account_id: int) -> int:
    """Return how many codes on paper have not been used."""
    row = Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


def renew_codes(account: Account) -> list[str]:
    """Replace the codes on paper; return the new ones."""
    with isolated(), writing("access.login"):
        Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
        return list(RecoveryCodes.activate(account).get_unused_codes())
