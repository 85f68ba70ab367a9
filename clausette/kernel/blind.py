"""A blind index: equality of what one does not want to read or to send, by a keyed mark.

The key is outside the database (it comes from the secret key of the instance): whoever holds a copy of the tables
cannot try telephones one after the other. A mark is cut to 128 bits. It serves to find equals, never to show.
"""

from django.utils.crypto import salted_hmac

LENGTH = 32


def mark(kind: str, value: str) -> str:
    """Return the mark of a value already normalised, « » for no value. Marks of two kinds are never equal.

    Another secret key makes other marks: they are written again when a person is written again.
    """
    if not value:
        return ""
    return salted_hmac(f"clausette.blind.{kind}", value, algorithm="sha256").hexdigest()[:LENGTH]
