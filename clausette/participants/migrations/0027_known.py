"""A person is asked for the work that makes them known, by their key, where the function reads everybody (ADR 0023)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import known, sec_functions, seen


def _among(column: str, function: str) -> str:
    return f"{column} IN (SELECT unnest((SELECT sec.{function}())::bigint[]))"


def _met(column: str) -> str:
    return known("persons", "participant_id", column)


OWN = "owner_org_id = (SELECT sec.organisation())"
IN_CHARGE = _among("participant_id", "persons_in_charge")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0026_referral_piece_rights")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_known.sql"),
        seen(
            "participants_participant",
            f"{OWN} OR {_among('id', 'persons_referred')} OR {_met('participants_participant.id')}",
        ),
        *(
            seen(table, f"{OWN} OR {IN_CHARGE} OR {_met(f'{table}.participant_id')}")
            for table in ("participants_eligibilitycheck", "participants_limitmove")
        ),
    ]
