"""A row is asked for its own contract: found by its key, where the function of rights reads them all (ADR 0023)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import known, sec_functions, seen

CHILDREN = (
    "procurement_award", "procurement_contractmodification", "procurement_contractphase", "procurement_contractstep",
    "procurement_lot", "procurement_subcontract",
)  # fmt: skip
HELD = (
    "organisation_id = (SELECT sec.organisation()) AND revoked_at IS NULL"
    " AND (SELECT sec.today()) BETWEEN valid_from AND coalesce(valid_to, 'infinity'::date)"
)
"""One's own part that holds today is always of a contract of one's own: nearly every query asks for it, and no more."""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("procurement", "0013_mandate_told")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_known.sql"),
        seen("procurement_contract", known("contracts", "contract_id", "procurement_contract.id")),
        seen("procurement_contractparty", f"({HELD}) OR contract_id IN (SELECT unnest(sec.contracts()))"),
        *(seen(table, known("contracts", "contract_id", f"{table}.contract_id")) for table in CHILDREN),
    ]
