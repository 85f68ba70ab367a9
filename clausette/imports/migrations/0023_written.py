"""What a file wrote is remembered by the numbers of work contracts and engagements, no more by their identifiers."""

from typing import ClassVar

from django.db import migrations

TO_NUMBERS = """
UPDATE imports_hoursfilestatement AS filled SET written = (
  SELECT coalesce(jsonb_agg(jsonb_build_array(p.id, c.id, w.cells -> 2, w.cells -> 3, w.cells -> 4) ORDER BY w.rank),
                  '[]')
    FROM jsonb_array_elements(filled.written) WITH ORDINALITY AS w(cells, rank)
    JOIN placements_placement p ON p.uid = (w.cells ->> 0)::uuid
    JOIN commitments_commitment c ON c.uid = (w.cells ->> 1)::uuid)
 WHERE jsonb_typeof(filled.written #> '{0,0}') = 'string'
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("imports", "0020_proposed"), ("placements", "0008_allocated")]
    operations: ClassVar = [migrations.RunSQL(TO_NUMBERS, migrations.RunSQL.noop)]
