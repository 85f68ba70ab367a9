"""Reasons sealed with the key of their person: what was in clear is sealed, then its columns go."""

import json
from typing import Any, ClassVar

import django.db.models as models
from django.db import migrations
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.lookups import Exact

from clausette.kernel.sealing import Spot, keyring

AT_ONCE = 2000
LENGTH = 93  # one block: see clausette/participants/sealing.py


def seal(apps: Any, editor: Any) -> None:
    """Seal each reason in Python: the keys are not in the database."""
    reasons = apps.get_model("participants", "EligibilityReason").objects.annotate(person=F("participant__uid"))
    last = 0
    while rows := list(reasons.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        ring = keyring([row.person for row in rows], make=True)
        for row in rows:
            day = row.evidence_on.isoformat() if row.evidence_on else ""
            text = json.dumps([row.category, day, row.means], separators=(",", ":"))
            spot = Spot("participants_eligibilityreason", row.uid, "sealed")
            row.sealed = ring.seal(row.person, spot, text)
        reasons.bulk_update(rows, ["sealed"], batch_size=500)
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0008_evidence_rights")]
    operations: ClassVar = [
        migrations.AddField(
            "eligibilityreason", "sealed", models.BinaryField("public et pièce, scellés", null=True)
        ),
        migrations.RunPython(seal),
        migrations.RemoveConstraint("eligibilityreason", "participants_reason_once"),
        migrations.RemoveConstraint("eligibilityreason", "participants_reason_no_justice"),
        migrations.RemoveField("eligibilityreason", "category"),
        migrations.RemoveField("eligibilityreason", "evidence_on"),
        migrations.RemoveField("eligibilityreason", "means"),
        migrations.AddConstraint(
            "eligibilityreason",
            models.CheckConstraint(
                name="participants_reason_sealed",
                condition=Q(sealed=None)
                | Q(
                    Exact(Func("sealed", function="octet_length", output_field=IntegerField()), LENGTH),
                    Exact(Func("sealed", Value(0), function="get_byte", output_field=IntegerField()), 1),
                ),
                violation_error_message="Le motif d’éligibilité n’est pas scellé.",
            ),
        ),
    ]
