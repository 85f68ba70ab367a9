"""« Dépôt sans compte »: access words, codes, delays. Pure."""

import hmac
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from clausette.kernel.text import search_key

OPENED = "deposit"
"""In the session of who declares without an account: the firm for which they do."""
IDLE_MINUTES = 30
"""Without a gesture, such a session ends; `sec.account_of` says it again."""
CODE_SECONDS = 10 * 60
CODE_TRIES = 5
CODES_AN_HOUR = 5
WRONG_WORDS = 10
"""Wrong access words in a row after which the structure gives a new one."""
_CONSONANTS, _VOWELS = "bdfglmnprstv", "aeiou"
SYLLABLES = 6
NOWHERE = "@sans-compte.invalid"


def new_word(choose: Callable[[Sequence[str]], str]) -> str:
    """Return an access word easy to say by telephone, « bado-mire-tusa »: 60⁶ of them, 4 × 10¹⁰.

    `choose` picks one of several (`secrets.choice`).
    """
    syllables = [choose(_CONSONANTS) + choose(_VOWELS) for _ in range(SYLLABLES)]
    return "-".join(first + second for first, second in zip(syllables[::2], syllables[1::2], strict=True))


def heard(word: str) -> str:
    """Return an access word as it is compared: letters alone, whatever the case, the accents, the hyphens."""
    return "".join(letter for letter in search_key(word) if letter.isalpha())


def code_of(key: str, deposit: UUID, nonce: str) -> str:
    """Return the six figures of a code: computed again by who sends the mail and by who checks, so never stored.

    `key` is the secret key of the installation; `nonce` is drawn for each code and kept by the browser's session.
    """
    digest = hmac.digest(key.encode(), f"deposit code|{deposit}|{nonce}".encode(), "sha256")
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"


def code_alive(sent_at: float, at: datetime) -> bool:
    """Tell whether a code sent at this instant (seconds since 1970) still serves: ten minutes, the last second too."""
    return 0 <= at.timestamp() - sent_at <= CODE_SECONDS


def is_locked(failures: int) -> bool:
    """Tell whether so many wrong access words in a row close the deposit until a new one is given."""
    return failures >= WRONG_WORDS


def nameless_email(uid: UUID) -> str:
    """Return what stands for the address of the account of a deposit: nobody can receive a mail there (RFC 2606)."""
    return f"depot-{uid.hex}{NOWHERE}"


def has_address(email: str) -> bool:
    """Tell whether a mail may be sent to the address of an account: not to what stands for one."""
    return not email.endswith(NOWHERE)


def acting_name(full_name: str) -> str:
    """Return the name that the acts of a deposit carry: « Claire Martin, sans compte »."""
    return f"{full_name}, sans compte"
