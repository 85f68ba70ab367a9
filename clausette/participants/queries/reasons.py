"""Reasons opened with the keys of their persons: one reading of keys for all the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.sealing import ERASED, UNREADABLE, KeyDestroyed, KeyMissing, Unreadable, keyring
from clausette.participants.enums import CheckState, EvidenceMeans
from clausette.participants.models import EligibilityReason
from clausette.participants.queries.visibility import reasons_visible_to
from clausette.participants.sealing import open_reason


@dataclass(frozen=True, slots=True)
class OpenedReason:
    """One reason. `category` is « » and `told` says why when it cannot be opened (erased, key not at hand)."""

    participant_id: int
    check_id: int
    decided_on: date | None
    is_main: bool
    category: str = ""
    evidence_on: date | None = None
    means: EvidenceMeans | None = None
    told: str = ""


def opened(rows: QuerySet[EligibilityReason]) -> list[OpenedReason]:
    """Return the reasons of these rows, in their order (one query)."""
    columns = ("participant_id", "check_made_id", "check_made__decided_on", "is_main")
    read = list(rows.values_list("participant__uid", "uid", "sealed", *columns))
    ring = keyring(row[0] for row in read)
    found = []
    for person, row, sealed, whose, check, decided_on, is_main in read:
        known = (whose, check, decided_on, is_main)
        try:
            if sealed is None:
                raise KeyDestroyed
            said = open_reason(ring, person=person, row=row, sealed=sealed)
        except KeyDestroyed:
            found.append(OpenedReason(*known, told=ERASED))
        except (KeyMissing, Unreadable):
            found.append(OpenedReason(*known, told=UNREADABLE))
        else:
            found.append(OpenedReason(*known, said.category, said.evidence_on, said.means))
    return found


def main_public(*, actor: Actor, participant_uid: UUID) -> str:
    """Return the public retenu of the last check of a person, « » when unknown to the actor (one query)."""
    rows = reasons_visible_to(actor).filter(participant__uid=participant_uid, is_main=True)
    found = opened(rows.order_by("-check_made_id", "-id")[:1])
    return found[0].category if found else ""


def reasons_of_decisions(*, actor: Actor, participant_ids: Iterable[int]) -> list[OpenedReason]:
    """Return the reasons of the favourable decisions of these persons, by decision (one query)."""
    rows = reasons_visible_to(actor).filter(
        participant_id__in=list(participant_ids), check_made__state__in=(CheckState.ELIGIBLE, CheckState.EXPIRED)
    )
    return opened(rows.order_by("check_made__decided_on", "check_made_id", "id"))
