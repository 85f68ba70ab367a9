"""A reason whose public is a canary: sealed, it may be found on the pages of those in charge only."""

from datetime import date
from typing import Any
from uuid import uuid4

from clausette.kernel.sealing import keyring
from clausette.participants.sealing import Reason, seal_reason
from tests.isolation.canaries import Aviary


def plant_reason(aviary: Aviary, charge: set[str], day: date, decided: dict[str, Any]) -> Any:
    """Write the reason of a check, and remember who may read its public."""
    uid, word = uuid4(), aviary.word()
    person, person_owner = decided["participant"].uid, decided["participant"].owner_org_id
    sealed = seal_reason(keyring([person], make=True), person=person, row=uid, reason=Reason(word, day))
    model = "participants.EligibilityReason"
    row = aviary.plant(model, charge, uid=uid, sealed=sealed, is_main=True, **decided)
    number = int(word[2:6])
    aviary.know(row, charge, [number])
    aviary.mark(number, model, "sealed", person_owner)
    return row
