"""Rights on referrals, narrowed: each side changes what is its own, and a referral is born without an answer."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect, sec_functions

ORG = "(SELECT sec.organisation())"
OWNED = f"owner_org_id = {ORG} AND (SELECT sec.capable('facilitator'))"
CARRIED = f"prescriber_id = {ORG} AND (SELECT sec.capable('prescriber'))"
TIED = "owner_org_id IN (SELECT unnest(sec.tied_structures()))"
BORN = "participant_id IS NULL AND state = 'proposed' AND answered_on IS NULL"
SQL = Path(__file__).resolve().parents[1] / "referrals.sql"
TRIGGER = """
DROP TRIGGER IF EXISTS referral_sides ON participants_referral;
CREATE TRIGGER referral_sides BEFORE UPDATE ON participants_referral FOR EACH ROW EXECUTE FUNCTION sec.referral_sides();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0016_sealed_situations")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "participants_referral",
            see=f"({OWNED}) OR ({CARRIED})",
            insert=f"{CARRIED} AND {TIED} AND author_id = (SELECT sec.account()) AND {BORN}",
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER IF EXISTS referral_sides ON participants_referral;"),
    ]
