"""Rights of the room: SQL functions, row-level security, foreign keys that cannot cross contracts."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
SEEN = "contract_id IN (SELECT unnest(sec.contracts()))"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])"
SHARED = "contract_id = ANY ((SELECT sec.contracts('copilot'))::bigint[])"
SQL = Path(__file__).resolve().parents[1] / "sec.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("procurement", "0001_initial"),
        ("access", "0002_rights"),
        ("files", "0002_rights"),
    ]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "procurement_worksoperation",
            see=f"{OWN} OR id IN (SELECT unnest(sec.operations()))",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND (SELECT sec.capable('facilitator'))",
        ),
        *protect(
            "procurement_contract",
            see="id IN (SELECT unnest(sec.contracts()))",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND id = ANY ((SELECT sec.contracts('pilot'))::bigint[])",
        ),
        *protect("procurement_lot", see=SEEN, verbs="INSERT, UPDATE", write=PILOTED),
        *protect("procurement_award", see=SEEN, verbs="INSERT, UPDATE", write=PILOTED),
        *protect("procurement_contractmodification", see=SEEN, verbs="INSERT", write=PILOTED),
        # The pilot admits others; nobody makes himself a pilot. A structure that shares the contract puts people to
        # work on it: it admits employers and sub-contractors, and nobody else.
        *protect(
            "procurement_contractparty",
            see=SEEN,
            verbs="INSERT, UPDATE",
            write=f"{PILOTED} AND role <> 'pilot'",
            insert=f"({PILOTED} AND role <> 'pilot') OR ({SHARED} AND role IN ('employer', 'subcontractor'))",
        ),
        foreign_key("procurement_award", ("lot_id", "contract_id"), "procurement_lot", ("id", "contract_id")),
        foreign_key(
            "procurement_contractparty", ("lot_id", "contract_id"), "procurement_lot", ("id", "contract_id")
        ),
        foreign_key("files_storedfile", ("contract_ref",), "procurement_contract", ("id",)),
    ]
