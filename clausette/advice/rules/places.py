"""Where a purchase is carried out, as buyers write it, beside the territory of a structure."""

import re

from clausette.kernel.text import search_key

_CODE = re.compile(r"(?<![0-9A-Z])(97[1-6]|98[4-8]|2[AB]|[0-9]{2})([0-9]{3}|[0-9]{2})?(?![0-9])")


def department_of(text: str) -> str:
    """Return the department that a postal, INSEE or department code tells, « » when none is written.

    « 69003 Lyon », « Lyon (69) », « 2A004 », « 97411 » → « 974 ».
    """
    for found in _CODE.finditer(text.upper()):
        head, tail = found.group(1), found.group(2) or ""
        overseas = head.startswith(("97", "98")) and len(head) == 3
        if len(tail) == (2 if overseas else 3) or not tail:
            return head
        if overseas:
            continue
    return ""


def same_place(written: str, held: str) -> bool | None:
    """Say whether two places are in one department or name the same commune; None when it cannot be told."""
    if not written.strip() or not held.strip():
        return None
    one, other = department_of(written), department_of(held)
    if one and other:
        return one == other
    here, there = f" {search_key(written)} ", f" {search_key(held)} "
    return True if here in there or there in here else None
