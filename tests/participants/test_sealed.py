"""Reasons are sealed: neither a dump, nor SQL, nor the journal shows why a person is eligible."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from clausette.kernel.sealing import Keyring, Unreadable, keystore
from clausette.participants.enums import EvidenceMeans
from clausette.participants.models import EligibilityReason
from clausette.participants.operations import CategoryEntry
from clausette.participants.queries import main_public, reasons_of
from clausette.participants.sealing import NEVER, SEALED_LENGTH, Reason, open_reason, seal_reason
from clausette.reference.queries import categories
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import decide, person
from tests.world import two_structures

WHO, ROW = uuid4(), uuid4()
RING = Keyring({WHO: b"k" * 32})
CANARY = "REFUGIE"


@settings(max_examples=30)
@given(
    st.text(st.characters(min_codepoint=48, max_codepoint=95), min_size=1, max_size=20).filter(lambda c: c != NEVER),
    st.none() | st.dates(), st.sampled_from(EvidenceMeans),
)  # fmt: skip
def test_a_reason_opens_the_same_and_all_have_one_length(code: str, day: date | None, means: EvidenceMeans) -> None:
    sealed = seal_reason(RING, person=WHO, row=ROW, reason=Reason(code, day, means))
    assert len(sealed) == SEALED_LENGTH
    assert open_reason(RING, person=WHO, row=ROW, sealed=sealed) == Reason(code, day, means)
    with pytest.raises(Unreadable):
        open_reason(RING, person=WHO, row=uuid4(), sealed=sealed)


def test_a_justice_measure_cannot_be_sealed() -> None:
    with pytest.raises(ValueError, match="justice"):
        seal_reason(RING, person=WHO, row=ROW, reason=Reason(NEVER))


@pytest.mark.django_db
def test_every_public_of_the_list_can_be_sealed() -> None:
    for public in categories():
        if public.code != NEVER:
            seal_reason(RING, person=WHO, row=ROW, reason=Reason(public.code, TODAY, EvidenceMeans.PRESCRIBER))


@pytest.mark.django_db
def test_the_whole_base_read_by_its_owner_shows_no_category() -> None:
    two = two_structures()
    uid = person(two.first)
    entry = [CategoryEntry(CANARY, True, date(2026, 11, 3), title_ends_on=date(2027, 11, 3))]
    decide(two.first, uid, categories=entry)
    with acting(two.first) as actor:
        assert main_public(actor=actor, participant_uid=uid) == CANARY
    marks = (CANARY, CANARY.encode().hex(), "2026-11-03")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename NOT LIKE 'reference%' ORDER BY 1"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            said = "\n".join(row[0] for row in cursor.fetchall())
            assert not [mark for mark in marks if mark in said], table


@pytest.mark.django_db
def test_a_reason_copied_to_the_row_of_another_is_unreadable() -> None:
    two = two_structures()
    one, other = person(two.first), person(two.first, "Bea")
    decide(two.first, one)
    decide(two.first, other)
    with as_owner():
        first, second = EligibilityReason.objects.order_by("id")
        EligibilityReason.objects.filter(pk=second.pk).update(sealed=first.sealed)
    with acting(two.first) as actor:
        (check,) = reasons_of(actor=actor, uid=other).checks
        assert main_public(actor=actor, participant_uid=other) == ""
    assert check.reasons[0].label == "illisible : la clé de cette personne n'est pas là"


@pytest.mark.django_db
def test_once_the_key_is_destroyed_the_reason_is_told_erased() -> None:
    two = two_structures()
    uid = person(two.first)
    decide(two.first, uid)
    keystore().destroy([uid])
    with acting(two.first) as actor:
        (check,) = reasons_of(actor=actor, uid=uid).checks
    assert [(one.label, one.evidence_on, one.is_main) for one in check.reasons] == [("effacé", None, True)]
