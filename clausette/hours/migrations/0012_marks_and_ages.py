"""No mark for what is never kept; ages are those frozen with the decision, which erasure leaves."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import sec_functions

ROOM = Path(__file__).resolve().parents[1]
NEVER_KEPT = """
    DELETE FROM public.hours_staleprogress s USING public.commitments_commitment c
     WHERE c.id = s.commitment_id AND c.kind = 'per_amount'
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hours", "0011_statement_state"), ("participants", "0004_facts_rights")]
    operations: ClassVar = [
        sec_functions(ROOM / "sec_kept.sql"),
        sec_functions(ROOM / "sec_targets.sql"),
        migrations.RunSQL(NEVER_KEPT, migrations.RunSQL.noop),
    ]
