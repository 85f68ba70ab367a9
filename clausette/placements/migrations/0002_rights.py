"""Rights of the room: SQL functions, row-level security, foreign keys that cannot cross contracts."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
FACILITATOR = "(SELECT sec.capable('facilitator'))"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
OURS = "(employer_id = (SELECT sec.organisation()) OR host_company_id = (SELECT sec.organisation()))"
PARTY = "contract_id = ANY ((SELECT sec.contracts())::bigint[])"
SQL = Path(__file__).resolve().parents[1] / "sec.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("placements", "0001_initial"),
        ("commitments", "0002_rights"),
        ("participants", "0002_rights"),
    ]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "placements_placement",
            see=f"{OWN} OR id IN (SELECT unnest(sec.placements()))",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {FACILITATOR}",
        ),
        *protect(
            "placements_allocation",
            see=f"{PILOTED} OR ({OURS} AND {PARTY})",
            verbs="INSERT, UPDATE",
            write=PILOTED,
        ),
        foreign_key(
            "placements_placement",
            ("participant_id", "owner_org_id"),
            "participants_participant",
            ("id", "owner_org_id"),
        ),
        foreign_key(
            "placements_allocation",
            ("placement_id", "employer_id"),
            "placements_placement",
            ("id", "employer_id"),
        ),
        foreign_key(
            "placements_allocation",
            ("commitment_id", "contract_id"),
            "commitments_commitment",
            ("id", "contract_id"),
        ),
    ]
