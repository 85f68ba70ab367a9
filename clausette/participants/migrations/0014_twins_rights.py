"""Rights on contacts, pairs and reunions; sounds of the persons already there; nothing merged twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions
from clausette.participants.rules.likeness import sound_key

OWN = "owner_org_id = (SELECT sec.organisation())"
FACILITATOR = "(SELECT sec.capable('facilitator'))"
IN_CHARGE = "participant_id IN (SELECT unnest(sec.persons_in_charge()))"
SQL = Path(__file__).resolve().parents[1] / "sec_twins.sql"
PERSON = ("participants_participant", ("id", "owner_org_id"))
AT_ONCE = 2000


def write_sounds(apps: Any, _editor: Any) -> None:
    """Give each person already registered the key of how their name sounds."""
    people = apps.get_model("participants", "Participant").objects.filter(sound_key="").order_by("id")
    for rows in _batches(people):
        for row in rows:
            row.sound_key = sound_key(row.last_name, row.first_name)[:200]
        people.model.objects.bulk_update(rows, ["sound_key"])


def _batches(people: Any) -> Iterator[list[Any]]:
    last = 0
    while rows := list(people.filter(pk__gt=last)[:AT_ONCE]):
        last = rows[-1].pk
        yield rows


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0013_twins")]
    operations: ClassVar = [
        migrations.RunPython(write_sounds, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        sec_functions(SQL),
        migrations.RunSQL(
            "CREATE CONSTRAINT TRIGGER participants_merged_no_chain AFTER INSERT OR UPDATE ON participants_participant "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) "
            "EXECUTE FUNCTION sec.person_merged_once()",
            "DROP TRIGGER participants_merged_no_chain ON participants_participant",
        ),
        *protect(
            "participants_personcontact", see=IN_CHARGE, verbs="INSERT, UPDATE", write=f"{OWN} AND {FACILITATOR}"
        ),
        *protect("participants_resemblance", see=f"{OWN} AND {FACILITATOR}", verbs="INSERT, UPDATE"),
        *protect("participants_reunion", see=f"{OWN} AND {FACILITATOR}", verbs="INSERT, UPDATE"),
        foreign_key("participants_participant", ("merged_into_id", "owner_org_id"), *PERSON),
        foreign_key("participants_personcontact", ("participant_id", "owner_org_id"), *PERSON),
        foreign_key("participants_resemblance", ("first_id", "owner_org_id"), *PERSON),
        foreign_key("participants_resemblance", ("second_id", "owner_org_id"), *PERSON),
        foreign_key("participants_reunion", ("kept_id", "owner_org_id"), *PERSON),
        foreign_key("participants_reunion", ("gone_id", "owner_org_id"), *PERSON),
    ]
