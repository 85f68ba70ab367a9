"""The persons held whom a workbook may speak of, with what is written of them; prescribers and districts it names."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from clausette.access.queries import find_organisations
from clausette.imports.takeover.compare import HeldPerson
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.persons import NO, YES
from clausette.imports.takeover.records import Record, RecordKind
from clausette.kernel.actor import Actor
from clausette.participants.enums import CheckState, Sex
from clausette.participants.queries import (
    checks_visible_to,
    contacts_visible_to,
    homes_visible_to,
    participants_visible_to,
)
from clausette.participants.rules.likeness import sound_key
from clausette.reference.enums import DistrictGeneration
from clausette.reference.operations import generations_loaded
from clausette.reference.queries import district

IDENTITY = ("pk", "uid", "sort_key", "first_name", "last_name", "birth_date", "sex", "commune_name")


def held_people(actor: Actor, keys: set[str], records: Collection[Record]) -> tuple[HeldPerson, ...]:
    """Return the persons of the structure who have these names, or look like those of the lines (four queries)."""
    turned = {key_of(f"{one.text('first_name')} {one.text('last_name')}") for one in records}
    persons = [one for one in records if one.kind is RecordKind.PERSON]
    sounds = {sound_key(one.text("last_name"), one.text("first_name"))[:200] for one in persons} - {""}
    births = {day for one in persons if (day := one.day("birth_date"))}
    rows = participants_visible_to(actor).filter(
        Q(sort_key__in=keys | turned) | Q(sound_key__in=sounds) | Q(birth_date__in=births),
        owner_org_id=actor.organisation_id,
    )
    found = list(rows.order_by("pk").values(*IDENTITY))
    ids = [row["pk"] for row in found]
    checks = checks_visible_to(actor).filter(participant_id__in=ids, state=CheckState.ELIGIBLE)
    eligible = set(checks.order_by().values_list("participant_id", flat=True))
    homes = homes_visible_to(actor).filter(participant_id__in=ids)
    homed = set(homes.order_by().values_list("participant_id", flat=True))
    reach = {
        person: (phone, email)
        for person, phone, email in contacts_visible_to(actor)
        .filter(participant_id__in=ids)
        .order_by()
        .values_list("participant_id", "phone", "email")
    }
    return tuple(
        HeldPerson(
            row["pk"], row["uid"], row["sort_key"], f"{row['first_name']} {row['last_name']}", row["birth_date"],
            row["pk"] in eligible, row["last_name"], row["first_name"],
            _said(row, reach.get(row["pk"], ("", "")), homed=row["pk"] in homed),
        )
        for row in found
    )  # fmt: skip


def _said(row: Mapping[str, Any], reach: tuple[str, str], *, homed: bool) -> dict[str, str]:
    """What is written of a person, by field of a workbook; « oui » for what is only known to be there."""
    return {
        "sex": "" if row["sex"] == Sex.UNKNOWN else row["sex"],
        "commune": row["commune_name"],
        "phone": reach[0],
        "email": reach[1],
        "district": YES if homed else "",
    }


def known_prescribers(actor: Actor, records: Collection[Record]) -> dict[str, UUID]:
    """Return the prescribers that the lines may name, by the key of their name; two of one name are nobody."""
    if not any(one.text("prescriber_name") for one in records):
        return {}
    cards = find_organisations(actor=actor, capability="prescriber", limit=500)
    times = Counter(key_of(card.name) for card in cards)
    return {key: card.uid for card in cards if times[key := key_of(card.name)] == 1}


def wrong_districts(records: Collection[Record]) -> frozenset[str]:
    """Return the codes that no list of districts knows; a list that is not loaded knows them all."""
    codes = {one.text("district") for one in records} - {"", YES, NO}
    loaded = generations_loaded() if codes else set()
    return frozenset(
        code for code in codes
        if district(code) is None
        and (DistrictGeneration.OF_2015 if code.startswith("QP") else DistrictGeneration.OF_2024) in loaded
    )  # fmt: skip
