"""Rights on referrals: each body its own; the compartment of situations; needs read by the prescribers tied."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

ORG = "(SELECT sec.organisation())"
FACILITATOR = "(SELECT sec.capable('facilitator'))"
PRESCRIBER = "(SELECT sec.capable('prescriber'))"
TIED = "owner_org_id IN (SELECT unnest(sec.tied_structures()))"
OWNED = f"owner_org_id = {ORG} AND {FACILITATOR}"
CARRIED = f"prescriber_id = {ORG} AND {PRESCRIBER}"
SQL = Path(__file__).resolve().parents[1] / "referrals.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0005_referrals"), ("access", "0002_rights")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect(
            "participants_prescribertie",
            see=f"owner_org_id = {ORG} OR prescriber_id = {ORG}",
            write=OWNED,
        ),
        *protect("participants_need", see=f"owner_org_id = {ORG} OR {TIED}", write=OWNED),
        *protect(
            "participants_referral",
            see=f"({OWNED}) OR ({CARRIED})",
            insert=f"{CARRIED} AND {TIED} AND author_id = (SELECT sec.account()) AND participant_id IS NULL",
        ),
        *protect(
            "participants_referralsituation",
            see=f"({OWNED}) OR ({CARRIED})",
            verbs="INSERT, DELETE",
            write=CARRIED,
        ),
        foreign_key(
            "participants_referral", ("need_id", "owner_org_id"), "participants_need", ("id", "owner_org_id")
        ),
        foreign_key(
            "participants_referral",
            ("participant_id", "owner_org_id"),
            "participants_participant",
            ("id", "owner_org_id"),
        ),
        foreign_key(
            "participants_referralsituation",
            ("referral_id", "owner_org_id", "prescriber_id"),
            "participants_referral",
            ("id", "owner_org_id", "prescriber_id"),
        ),
    ]
