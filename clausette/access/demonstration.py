"""The accounts of the demonstration: shown to everybody there, and only there."""

from dataclasses import dataclass

from django.db import connection

# every account of the demonstration world has this one
PASSWORD = "clausette-demonstration"  # noqa: S105 - shown on the sign-in page of the demonstration


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody of the demonstration world, and for whom they act."""

    email: str
    full_name: str
    organisation_name: str
    capabilities: frozenset[str]
    is_admin: bool


def demo_accounts() -> list[DemoAccount]:
    """Return the accounts of the demonstration, facilitators first; nothing in a real installation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.demonstration_accounts()")
        return [
            DemoAccount(email, name, place, frozenset(can), admin)
            for email, name, place, can, admin in cursor.fetchall()
        ]
