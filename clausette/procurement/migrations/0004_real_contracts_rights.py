"""Rights of the tables of real contracts; who acts for the buyer reads what he reads."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect, sec_functions

OWN = "owner_org_id = (SELECT sec.organisation())"
FACILITATES = "(SELECT sec.capable('facilitator'))"
SEEN = "contract_id IN (SELECT unnest(sec.contracts()))"
TAKES_PART = "contract_id = ANY ((SELECT sec.contracts())::bigint[])"
PILOTED = "contract_id = ANY ((SELECT sec.contracts('pilot'))::bigint[])"
FOLLOWED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot'))::bigint[])"
WHOLE = "contract_id = ANY ((SELECT sec.contracts('pilot', 'copilot', 'buyer'))::bigint[])"
TYPED = "contract_id = ANY ((SELECT sec.contracts('pilot', 'buyer'))::bigint[])"
SIGNED = "entered_org_id = (SELECT sec.organisation()) AND entered_by_id = (SELECT sec.account())"
LOT = (("lot_id", "contract_id"), "procurement_lot", ("id", "contract_id"))
SQL = Path(__file__).resolve().parents[1] / "sec.sql"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("procurement", "0003_real_contracts"), ("procurement", "0002_rights")]
    operations: ClassVar = [
        sec_functions(SQL),
        *protect("procurement_contractphase", see=SEEN, verbs="INSERT, UPDATE", write=PILOTED),
        *protect("procurement_contractstep", see=SEEN, verbs="INSERT", write=PILOTED),
        *protect(
            "procurement_partycontact",
            see=f"{OWN} AND {TAKES_PART}",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {FOLLOWED}",
        ),
        # The structure référente withdraws anything; the buyer what his own organisation typed.
        *protect(
            "procurement_amountentry",
            see=f"{WHOLE} OR (contractor_id = (SELECT sec.organisation()) AND {TAKES_PART})",
            verbs="INSERT, UPDATE",
            insert=f"{TYPED} AND {SIGNED}",
            write=f"{PILOTED} OR ({TYPED} AND entered_org_id = (SELECT sec.organisation()))",
        ),
        *protect(
            "procurement_operationparty",
            see=f"{OWN} OR operation_id IN (SELECT unnest(sec.operations()))",
            verbs="INSERT, UPDATE",
            write=f"{OWN} AND {FACILITATES}",
        ),
        foreign_key("procurement_contractphase", *LOT),
        foreign_key("procurement_amountentry", *LOT),
        foreign_key(
            "procurement_contract",
            ("framework_id", "owner_org_id"),
            "procurement_contract",
            ("id", "owner_org_id"),
        ),
        foreign_key(
            "procurement_contract",
            ("framework_lot_id", "framework_id"),
            "procurement_lot",
            ("id", "contract_id"),
        ),
        foreign_key(
            "procurement_contract",
            ("relaunches_id", "owner_org_id"),
            "procurement_contract",
            ("id", "owner_org_id"),
        ),
        foreign_key(
            "procurement_award", ("replaces_id", "contract_id"), "procurement_award", ("id", "contract_id")
        ),
        foreign_key(
            "procurement_operationparty",
            ("operation_id", "owner_org_id"),
            "procurement_worksoperation",
            ("id", "owner_org_id"),
        ),
    ]
