"""The opinion and the answer of a referral are sealed with its key: what was in clear goes."""

from base64 import b64encode
from typing import Any, ClassVar

from django.db import migrations

from clausette.kernel.sealing import Spot, keyring

MARK = "scellé:"  # see clausette/participants/words.py
FIELDS = ("opinion", "answer")


def seal(apps: Any, editor: Any) -> None:
    """Seal each text in Python: the keys are not in the database."""
    referrals = apps.get_model("participants", "Referral")
    for row in referrals.objects.exclude(opinion="", answer="").order_by("pk"):
        ring = keyring([row.uid], make=True)
        for field in FIELDS:
            text = getattr(row, field)
            if text and not text.startswith(MARK):
                sealed = ring.seal(row.uid, Spot("participants_referral", row.uid, field), text)
                setattr(row, field, MARK + b64encode(sealed).decode())
        row.save(update_fields=FIELDS)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0022_told_notes")]
    operations: ClassVar = [migrations.RunPython(seal)]
