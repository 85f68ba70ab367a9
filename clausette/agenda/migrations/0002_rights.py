"""Rights of the reminders: settings, letters and postponements are the structure's; a reminder is a line of its marché.

Who follows or bought the marché reads its reminders, and the firm reads those about it; the address is in the letter,
which is read by the structure that wrote it alone.
"""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"
ACCOUNT = "(SELECT sec.account())"
HELD = "contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])"
READ = (
    "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot', 'buyer'))::bigint[]) OR "
    "(organisation_id = (SELECT sec.organisation()) AND contract_id = ANY ((SELECT sec.contracts())::bigint[]))"
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agenda", "0001_reminders"),
        ("procurement", "0008_exchanges_rights"),
        ("access", "0002_rights"),
    ]
    operations: ClassVar = [
        *protect("agenda_reminderrung", see=OWN, verbs="INSERT", write=f"{OWN} AND set_by_id = {ACCOUNT}"),
        *protect("agenda_remindertext", see=OWN, insert=f"{OWN} AND set_by_id = {ACCOUNT}"),
        *protect("agenda_letter", see=OWN, insert=f"{OWN} AND written_by_id = {ACCOUNT}"),
        *protect("agenda_reminder", see=READ, verbs="INSERT", write=f"{OWN} AND {HELD}"),
        *protect(
            "agenda_postponement",
            see=f"{OWN} AND {HELD}",
            verbs="INSERT",
            write=f"{OWN} AND {HELD} AND put_by_id = {ACCOUNT}",
        ),
        foreign_key("agenda_reminder", ("letter_id", "owner_org_id"), "agenda_letter", ("id", "owner_org_id")),
    ]
