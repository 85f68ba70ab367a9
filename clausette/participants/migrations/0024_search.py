"""A name is sought in an index that holds all that the search reads, and nobody's search walks the names of others.

The index on `sort_key` alone served only to walk the whole table. Policies: `unnest(sec.persons())` is evaluated by the
planner too, to guess how many rows it gives; behind a SELECT of its own it is read once, when a row asks for it.
The rights are those of `0002`, `0004`, `0012` and `0021`.
"""

from typing import ClassVar

from django.db import migrations, models


def _among(column: str, function: str) -> str:
    return f"{column} IN (SELECT unnest((SELECT sec.{function}())::bigint[]))"


OWN = "owner_org_id = (SELECT sec.organisation())"
IN_CHARGE, MET = _among("participant_id", "persons_in_charge"), _among("participant_id", "persons")
SEEN = {
    "participants_participant": f"{OWN} OR {_among('id', 'persons_referred')} OR {_among('id', 'persons')}",
    "participants_eligibilitycheck": f"{OWN} OR {IN_CHARGE} OR {MET}",
    "participants_limitmove": f"{OWN} OR {IN_CHARGE} OR {MET}",
    "participants_eligibilityreason": IN_CHARGE,
    "participants_decisionfacts": IN_CHARGE,
    "participants_checknote": IN_CHARGE,
    "participants_home": IN_CHARGE,
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0023_sealed_texts")]
    operations: ClassVar = [
        migrations.AlterField("participant", "sort_key", models.CharField("clé de tri", max_length=200)),
        migrations.RemoveIndex(model_name="participant", name="participants_owner_key"),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                condition=models.Q(("erased_on", None), ("merged_into", None)), fields=["owner_org", "sort_key"],
                include=("id",), name="participants_owner_name",
            ),
        ),
        *(
            migrations.RunSQL(f"ALTER POLICY app_see ON {table} USING ({seen})", migrations.RunSQL.noop)
            for table, seen in SEEN.items()
        ),
    ]  # fmt: skip
