"""The right of access covers every table that holds a person: proved against the catalogue of the database."""

import json
from io import BytesIO

import pytest
from django.apps import apps
from django.db import connection
from pypdf import PdfReader

from clausette.kernel.errors import Absent, NotAllowed
from clausette.privacy.enums import HoldReason
from clausette.privacy.operations import set_hold
from clausette.privacy.queries.catalogue import ELSEWHERE, PLAIN_LINKS, held_tables, personal_fields
from clausette.privacy.queries.export import as_json, everything_held
from clausette.privacy.telling import holding_paper
from clausette.reports.rendering.pdf import pdf_of
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import decide, people, person, put_to_work, site

pytestmark = pytest.mark.django_db
KEYS = """
    SELECT DISTINCT k.conrelid::regclass::text, k.confrelid::regclass::text FROM pg_constraint k WHERE k.contype = 'f'
"""


def test_every_table_that_a_chain_of_keys_leads_from_to_a_person_is_exported() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(KEYS)
        keys = {(table.replace('"', ""), parent.replace('"', "")) for table, parent in cursor.fetchall()}
    holding = {"participants_participant"}
    while more := {table for table, parent in keys if parent in holding} - holding:
        holding |= more
    assert {table.model._meta.db_table for table in held_tables()} == holding
    assert len(holding) > 8


def test_every_personal_field_is_exported_or_says_why_not() -> None:
    held = {table.label for table in held_tables()} | set(PLAIN_LINKS)
    personal = {model._meta.label for model in apps.get_models() if personal_fields(model)}
    assert personal - held == set(ELSEWHERE)
    assert all(ELSEWHERE.values())


def test_everything_is_told_as_json_and_as_a_document() -> None:
    cast = people()
    uid = person(cast.pilot, "Zoé", "Lhoest", commune_name="Ouche")
    decide(cast.pilot, uid)
    put_to_work(cast, uid, site(cast))
    with acting(cast.pilot) as actor:
        set_hold(actor=actor, participant_uid=uid, reason=HoldReason.FSE, until=TODAY.replace(year=2031), on=TODAY)
        held = everything_held(actor=actor, uid=uid, on=TODAY)
    told = json.loads(json.dumps(as_json(held)))
    rows = {one["table"]: one["rows"] for one in told["sections"]}
    assert set(rows) >= {table.label for table in held_tables()} | set(PLAIN_LINKS)
    assert rows["participants.Participant"][0]["last_name"] == "Lhoest"
    assert rows["participants.EligibilityReason"][0]["category"] == "RSA"
    assert rows["privacy.RetentionHold"][0]["reason"] == "Opération FSE+"
    assert len(rows["placements.Placement"]) == len(rows["placements.Allocation"]) == 1
    assert {row["verb"] for row in rows["journal.Event"]} >= {"participants.participant.created", "privacy.hold.set"}
    pages = PdfReader(BytesIO(pdf_of(holding_paper(held)))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for word in ("Lhoest", "Ouche", "RSA", "Opération FSE+", "Bâti", "article 15 du RGPD"):
        assert word in text, word


def test_only_the_structure_that_follows_answers() -> None:
    cast = people()
    uid = person(cast.pilot, "Zoé", "Lhoest", referred_by_uid=cast.uid("prescriber"))
    with acting(cast.prescriber) as actor, pytest.raises(NotAllowed, match="droit d'accès"):
        everything_held(actor=actor, uid=uid, on=TODAY)
    with acting(cast.stranger) as actor, pytest.raises(Absent):
        everything_held(actor=actor, uid=uid, on=TODAY)
