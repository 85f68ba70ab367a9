"""One exact writing of a record, to say « identique » when it comes again."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal


def canonical(value: object) -> str:
    """JSON with sorted keys, no space, and exact numbers: 575000, 575000.0 and 575000.00 are one number.

    `value`: what `read_decp` put in `raw` (dict, list, str, bool, None, int, Decimal).
    """
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(str(key))}:{canonical(value[key])}" for key in sorted(value))
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, Decimal):
        return _exact(value)
    return json.dumps(value)


def fingerprint(raw: object) -> str:
    """SHA-256, in hexadecimal, of the canonical writing."""
    return hashlib.sha256(canonical(raw).encode("ascii")).hexdigest()


def _exact(number: Decimal) -> str:
    if not number:
        return "0"
    return format(number.normalize(), "f")
