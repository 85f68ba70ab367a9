"""Rights of exchanges: a structure that follows the contract notes its own and reads them alone, like its contacts."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import protect

OWN = "owner_org_id = (SELECT sec.organisation())"
TAKES_PART = "contract_id = ANY ((SELECT sec.contracts())::bigint[])"
FOLLOWED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
SIGNED = "noted_by_id = (SELECT sec.account())"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("procurement", "0007_exchanges"), ("procurement", "0004_real_contracts_rights")]
    operations: ClassVar = [
        *protect(
            "procurement_exchange",
            see=f"{OWN} AND {TAKES_PART}",
            verbs="INSERT",
            write=f"{OWN} AND {FOLLOWED} AND {SIGNED}",
        ),
    ]
