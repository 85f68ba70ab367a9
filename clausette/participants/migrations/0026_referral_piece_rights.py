"""Rights on the pieces of referrals: each body its own; the file is read by the structure that received it."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

ORG = "(SELECT sec.organisation())"
OWNED = f"owner_org_id = {ORG} AND (SELECT sec.capable('facilitator'))"
CARRIED = f"prescriber_id = {ORG} AND (SELECT sec.capable('prescriber'))"
TIED = "owner_org_id IN (SELECT unnest(sec.tied_structures()))"
OPEN = (
    "EXISTS (SELECT FROM participants_referral r WHERE r.id = referral_id"
    " AND r.state IN ('proposed', 'in_review', 'returned'))"
)
BORN = "state IN ('joined', 'seen') AND gone_on IS NULL AND check_made_id IS NULL"
FILE_OWN = f"owner_org_id = {ORG}"
PILOTED = "contract_ref = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
JOINED = "id = ANY ((SELECT sec.joined_files())::bigint[])"
TABLE = "participants_referralpiece"
SQL = Path(__file__).resolve().parents[1] / "sec_pieces.sql"
TRIGGER = f"""
DROP TRIGGER IF EXISTS piece_sides ON {TABLE};
CREATE TRIGGER piece_sides BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION sec.piece_sides();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0025_referral_pieces"), ("files", "0009_file_of_owner")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            TABLE,
            see=f"({OWNED}) OR ({CARRIED})",
            insert=f"{CARRIED} AND {TIED} AND joined_by_id = (SELECT sec.account()) AND {BORN} AND {OPEN}",
        ),
        migrations.RunSQL(TRIGGER, f"DROP TRIGGER IF EXISTS piece_sides ON {TABLE};"),
        *protect(
            "files_storedfile",
            see=f"{FILE_OWN} OR {PILOTED} OR {JOINED}",
            verbs="INSERT",
            write=f"{FILE_OWN} AND deposited_by_id = (SELECT sec.account())",
        ),
        foreign_key(
            TABLE,
            ("referral_id", "owner_org_id", "prescriber_id"),
            "participants_referral",
            ("id", "owner_org_id", "prescriber_id"),
        ),
        foreign_key(TABLE, ("file_id", "prescriber_id"), "files_storedfile", ("id", "owner_org_id")),
        foreign_key(
            TABLE, ("check_made_id", "owner_org_id"), "participants_eligibilitycheck", ("id", "owner_org_id")
        ),
    ]
