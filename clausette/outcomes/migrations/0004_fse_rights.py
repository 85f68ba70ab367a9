"""Rights of the FSE+: rows of the structure; sensitive answers only for the persons it is in charge of."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"
IN_CHARGE = f"{OWN} AND participant_id IN (SELECT unnest(sec.persons_in_charge()))"
PERSON = ("participants_participant", ("id", "owner_org_id"))
OPERATION, ENTRY = "outcomes_fundedoperation", "outcomes_fundedentry"
QUESTIONNAIRE, SENSITIVE, LEAVING = (
    "outcomes_entryquestionnaire", "outcomes_sensitiveanswers", "outcomes_exitquestionnaire",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("outcomes", "0003_fse"), ("participants", "0002_rights")]
    operations: ClassVar = [
        *[
            one
            for table in (OPERATION, ENTRY, QUESTIONNAIRE, LEAVING)
            for one in protect(table, see=OWN, verbs="INSERT, UPDATE")
        ],
        *protect(SENSITIVE, see=IN_CHARGE, verbs="INSERT, UPDATE"),
        *[
            foreign_key(table, ("participant_id", "owner_org_id"), *PERSON)
            for table in (ENTRY, QUESTIONNAIRE, SENSITIVE, LEAVING)
        ],
        foreign_key(ENTRY, ("operation_id", "owner_org_id"), OPERATION, ("id", "owner_org_id")),
        foreign_key(QUESTIONNAIRE, ("entry_id", "owner_org_id"), ENTRY, ("id", "owner_org_id")),
        foreign_key(LEAVING, ("entry_id", "owner_org_id"), ENTRY, ("id", "owner_org_id")),
        foreign_key(SENSITIVE, ("questionnaire_id", "owner_org_id"), QUESTIONNAIRE, ("id", "owner_org_id")),
    ]
