"""Rights of the records left: the structure that left them reads them; never changed."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"
SIGNED = "left_by_id = (SELECT sec.account())"
PILOTED = "(contract_id IS NULL OR contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[]))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("imports", "0010_left_records"),
        ("advice", "0004_programme_rights"),
        ("procurement", "0002_rights"),
    ]
    operations: ClassVar = [
        *protect("imports_leftrecord", see=OWN, verbs="INSERT", write=f"{OWN} AND {SIGNED} AND {PILOTED}"),
        foreign_key("imports_leftrecord", ("study_id", "owner_org_id"), "advice_study", ("id", "owner_org_id")),
    ]
