"""Who referred a person leaves the row that firms read: kept with the contacts, for those in charge."""

from pathlib import Path
from typing import ClassVar

import django.db.models as models
import django.db.models.deletion
from django.db import migrations
from django.db.models import Q

from clausette.kernel.protection import protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
FACILITATOR = "(SELECT sec.capable('facilitator'))"
PRESCRIBER = "(SELECT sec.capable('prescriber'))"
SQL = Path(__file__).resolve().parents[1] / "sec.sql"
MOVED = """
INSERT INTO participants_personcontact (uid, participant_id, owner_org_id, phone, email, phone_mark, email_mark)
SELECT gen_random_uuid(), p.id, p.owner_org_id, '', '', '', '' FROM participants_participant p
 WHERE p.referred_by_id IS NOT NULL
   AND NOT EXISTS (SELECT FROM participants_personcontact c WHERE c.participant_id = p.id);
UPDATE participants_personcontact c SET referred_by_id = p.referred_by_id, referred_on = p.referred_on
  FROM participants_participant p WHERE p.id = c.participant_id AND p.referred_by_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0020_states_told"), ("access", "0002_rights")]
    operations: ClassVar = [
        migrations.AddField(
            "personcontact", "referred_by",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+",
                to="access.organisation", verbose_name="orienté par",
            ),
        ),
        migrations.AddField(
            "personcontact", "referred_on", models.DateField(blank=True, null=True, verbose_name="orienté le")
        ),
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        sec_functions(SQL),
        *protect(
            "participants_participant",
            see=f"{OWN} OR id IN (SELECT unnest(sec.persons_referred())) OR id IN (SELECT unnest(sec.persons()))",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {FACILITATOR}",
        ),
        *protect(
            "participants_personcontact",
            see=f"({OWN} AND {FACILITATOR}) OR (referred_by_id = (SELECT sec.organisation()) AND {PRESCRIBER})",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {FACILITATOR}",
        ),
        migrations.RemoveConstraint("participant", "participants_referral_pair"),
        migrations.RemoveField("participant", "referred_by"),
        migrations.RemoveField("participant", "referred_on"),
        migrations.AddConstraint(
            "personcontact",
            models.CheckConstraint(
                name="participants_contact_referral",
                condition=Q(referred_by=None, referred_on=None)
                | Q(referred_by__isnull=False, referred_on__isnull=False),
                violation_error_message="Une orientation porte son organisme et sa date.",
            ),
        ),
    ]  # fmt: skip
