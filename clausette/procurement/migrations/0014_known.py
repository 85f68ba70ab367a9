"""One's own part in a contract is seen without reading all one's contracts; the view that other rooms ask (ADR 0023)."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions, seen

HELD = (
    "organisation_id = (SELECT sec.organisation()) AND revoked_at IS NULL"
    " AND (SELECT sec.today()) BETWEEN valid_from AND coalesce(valid_to, 'infinity'::date)"
)
"""A part that holds today is always of a contract of one's own: nearly every query asks for it, and no more."""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("procurement", "0013_mandate_told")]
    operations: ClassVar = [
        sec_functions(Path(__file__).resolve().parents[1] / "sec_known.sql"),
        seen("procurement_contractparty", f"({HELD}) OR contract_id IN (SELECT unnest(sec.contracts()))"),
    ]
