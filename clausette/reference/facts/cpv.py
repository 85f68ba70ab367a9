"""Divisions and groups of the CPV nomenclature: enough to tell a code from a typing error.

Source: regulation (EC) 213/2008, annex I. The first two digits are the division, the third the group.
"""

from collections.abc import Mapping

_GROUPS = (
    "03:1234 09:123 14:23456789 15:123456789 16:1345678 18:12345689 19:124567 22:12345689 24:1234569 30:12 31:1234567 "
    "32:2345 33:1679 34:12345679 35:12345678 37:3458 38:123456789 39:123578 41:1 42:123456789 43:12345678 44:12345689 "
    "45:12345 48:123456789 50:12345678 51:123456789 55:123459 60:123456 63:157 64:12 65:12345 66:1567 70:123 "
    "71:23456789 72:123456789 73:1234 75:123 76:123456 77:123456789 79:123456789 80:123456 85:123 90:45679 92:1234567 "
    "98:12359"
)
CPV_GROUPS: Mapping[str, str] = {one[:2]: one[3:] for one in _GROUPS.split(" ")}
"""Division (two digits) → third digits in use."""
