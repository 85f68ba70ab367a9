"""Situations told with a referral, sealed with a key of the referral: what was in clear goes."""

import json
from typing import Any, ClassVar

import django.db.models as models
from django.db import migrations
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.lookups import Exact

from clausette.kernel.sealing import Spot, keyring

LENGTH = 93  # one block: see clausette/participants/sealing.py


def seal(apps: Any, editor: Any) -> None:
    """Seal each situation in Python: the keys are not in the database."""
    situations = apps.get_model("participants", "ReferralSituation")
    for row in situations.objects.annotate(whose=F("referral__uid")).order_by("pk"):
        text = json.dumps([row.category, "", row.means], separators=(",", ":"))
        spot = Spot("participants_referralsituation", row.uid, "sealed")
        situations.objects.filter(pk=row.pk).update(
            sealed=keyring([row.whose], make=True).seal(row.whose, spot, text)
        )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0015_erased")]
    operations: ClassVar = [
        migrations.AddField(
            "referralsituation", "sealed", models.BinaryField("situation et pièce, scellées", null=True)
        ),
        migrations.RunPython(seal),
        migrations.RemoveConstraint("referralsituation", "participants_situation_once"),
        migrations.RemoveConstraint("referralsituation", "participants_situation_no_justice"),
        migrations.RemoveField("referralsituation", "category"),
        migrations.RemoveField("referralsituation", "means"),
        migrations.AddConstraint(
            "referralsituation",
            models.CheckConstraint(
                name="participants_situation_sealed",
                condition=Q(sealed=None)
                | Q(
                    Exact(Func("sealed", function="octet_length", output_field=IntegerField()), LENGTH),
                    Exact(Func("sealed", Value(0), function="get_byte", output_field=IntegerField()), 1),
                ),
                violation_error_message="La situation dite n’est pas scellée.",
            ),
        ),
    ]
