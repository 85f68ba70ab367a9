"""Rights of the room: SQL functions, row-level security, foreign keys that cannot cross contracts."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

SEEN = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot', 'buyer'))::bigint[])"
KNOWN = "ANY ((SELECT sec.commitments())::bigint[])"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])"
SQL = Path(__file__).resolve().parents[1] / "sec.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("commitments", "0001_initial"), ("procurement", "0002_rights")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "commitments_commitment", see=f"{SEEN} OR id = {KNOWN}", verbs="INSERT, UPDATE", write=PILOTED
        ),
        *protect(
            "commitments_commitmentversion",
            see=f"{SEEN} OR commitment_id = {KNOWN}",
            verbs="INSERT",
            write=PILOTED,
        ),
        *protect(
            "commitments_commitmentpart",
            see=f"{SEEN} OR commitment_id = {KNOWN}",
            verbs="INSERT",
            write=PILOTED,
        ),
        foreign_key(
            "commitments_commitment", ("lot_id", "contract_id"), "procurement_lot", ("id", "contract_id")
        ),
        foreign_key(
            "commitments_commitmentversion",
            ("commitment_id", "contract_id"),
            "commitments_commitment",
            ("id", "contract_id"),
        ),
        foreign_key(
            "commitments_commitmentpart",
            ("version_id", "commitment_id", "contract_id"),
            "commitments_commitmentversion",
            ("id", "commitment_id", "contract_id"),
        ),
    ]
