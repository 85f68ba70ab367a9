"""Rights of programmes, readings of the tender, values, offers and templates; keys that cannot cross structures."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

OWN = "owner_org_id = (SELECT sec.organisation()) AND (SELECT sec.capable('facilitator'))"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("advice", "0003_programmes"), ("procurement", "0002_rights"), ("files", "0002_rights")]
    operations: ClassVar = [
        *protect("advice_programme", see=OWN, verbs="INSERT, UPDATE"),
        *protect("advice_tendercheck", see=OWN, verbs="INSERT"),
        *protect("advice_ownvalue", see=OWN, verbs="INSERT"),
        *protect("advice_insertionoffer", see=OWN, verbs="INSERT, UPDATE"),
        *protect("advice_owntemplate", see=OWN, verbs="INSERT, UPDATE"),
        foreign_key("advice_study", ("programme_id", "owner_org_id"), "advice_programme", ("id", "owner_org_id")),
        foreign_key("advice_study", ("contract_id", "owner_org_id"), "procurement_contract", ("id", "owner_org_id")),
        foreign_key("advice_tendercheck", ("study_id", "owner_org_id"), "advice_study", ("id", "owner_org_id")),
    ]
