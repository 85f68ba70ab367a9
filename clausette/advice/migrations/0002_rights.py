"""Rights of the room: row-level security, foreign keys that cannot cross structures or studies."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"
STUDY = ("advice_study", ("id", "owner_org_id"))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("advice", "0001_initial"), ("access", "0002_rights")]
    operations: ClassVar = [
        *protect("advice_study", see=OWN, verbs="INSERT, UPDATE"),
        *protect("advice_studylot", see=OWN, verbs="INSERT, UPDATE"),
        *protect("advice_studycalibration", see=OWN, verbs="INSERT"),
        foreign_key("advice_studylot", ("study_id", "owner_org_id"), *STUDY),
        foreign_key("advice_studycalibration", ("study_id", "owner_org_id"), *STUDY),
        foreign_key("advice_studycalibration", ("lot_id", "study_id"), "advice_studylot", ("id", "study_id")),
    ]
