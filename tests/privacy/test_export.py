"""The right of access covers every table that holds a person: proved against the catalogue of the database."""

import json
from io import BytesIO

import pytest
from django.apps import apps
from django.db import connection
from pypdf import PdfReader

from clausette.kernel.errors import Absent, NotAllowed
from clausette.outcomes import operations as outcomes
from clausette.outcomes.enums import Sensitive, Support
from clausette.outcomes.rules import EntrySaid, SensitiveSaid
from clausette.participants.models import Participant, Resemblance
from clausette.participants.operations.notes import Opinion
from clausette.participants.words import MOVES, NOTES
from clausette.privacy.enums import HoldReason
from clausette.privacy.operations import set_hold
from clausette.privacy.queries.catalogue import ELSEWHERE, PLAIN_LINKS, held_tables, personal_fields
from clausette.privacy.queries.export import OPENED, as_json, everything_held
from clausette.privacy.queries.unsealing import ANSWERS, is_sealed
from clausette.privacy.telling import holding_paper
from clausette.reports.rendering.pdf import pdf_of
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import BORN, decide, people, person, put_to_work, site
from tests.world import two_structures

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


def test_nothing_sealed_is_left_sealed_and_what_a_reunited_record_holds_is_told() -> None:
    cast = people()
    uid, twin = person(cast.pilot, "Zoé", "Lhoest"), person(cast.pilot, "Zoë", "L'Hoest", phone="06 12 34 56 78")
    other = person(cast.pilot, "Aline", "Moreau")
    decide(cast.pilot, uid, opinion=Opinion("Mia Roy", "Mission locale", "Parcours repris de zéro", TODAY))
    with acting(cast.pilot) as actor:
        values = outcomes.OperationValues("Parcours", "202600123", TODAY)
        operation = outcomes.create_operation(actor=actor, values=values)
        entry = outcomes.enter(
            actor=actor, participant_uid=uid, operation_uid=operation, entered_on=TODAY, support=Support.LASTING,
            on=TODAY,
        )  # fmt: skip
        outcomes.fill_entry(
            actor=actor, entry_uid=entry, said=EntrySaid(address="12 rue des Lilas"),
            sensitive=SensitiveSaid(disability=Sensitive.REFUSED), signature=outcomes.Signature(), on=TODAY,
        )  # fmt: skip
    with as_owner():
        ids = dict(Participant.objects.values_list("uid", "pk"))
        Participant.objects.filter(uid=twin).update(merged_into_id=ids[uid])
        Resemblance.objects.all().delete()
        pair = sorted((ids[uid], ids[other]))
        Resemblance.objects.create(
            owner_org_id=cast.pilot.organisation_id, first_id=pair[0], second_id=pair[1], score=70, reasons=["nom"]
        )
    with acting(cast.pilot) as actor:
        for asked in (uid, other):
            held = everything_held(actor=actor, uid=asked, on=TODAY)
            rows = {one["table"]: one["rows"] for one in as_json(held)["sections"]}
            (pair_told,) = rows["participants.Resemblance"]
            assert {pair_told["first"], pair_told["second"]} == {held.person.name, "une autre personne"}
        told = json.dumps(as_json(everything_held(actor=actor, uid=uid, on=TODAY)), ensure_ascii=False)
    for word in ("Parcours repris de zéro", "12 rue des Lilas", "Ne souhaite pas répondre", "L'Hoest", "06 12"):
        assert word in told, word
    assert "Moreau" not in told


def test_the_line_of_a_workbook_about_somebody_else_is_not_told() -> None:
    two = two_structures()
    uid = person(two.first, "Jean", "Martin")
    with as_owner():
        own = {"owner_org_id": two.first.organisation_id}
        file = apps.get_model("files.StoredFile").objects.create(
            **own, name="suivi.xlsx", content_type="x", size=1, sha256="0" * 64, deposited_by_id=two.first.account_id
        )
        batch = apps.get_model("imports.TakeoverBatch").objects.create(
            **own, file=file, sha256="0" * 64, brought_by_id=two.first.account_id
        )
        apps.get_model("imports.TakeoverMade").objects.create(
            **own, batch=batch, table_name="participants_participant", row_id=1, row_uid=uid, events=1
        )
        lines = (
            ("MARTIN", "Jean", BORN.isoformat(), "sien"), ("Martin", "jean", None, "sien aussi"),
            ("Martin", "Jean", "1971-01-02", "homonyme"), ("Martinez", "Jean", None, "autre nom"),
            ("Martin", "Jean-Luc", None, "autre prénom"), ("Jean-Martin", "Paul", None, "prénoms mêlés"),
        )  # fmt: skip
        for position, (last, first, born, note) in enumerate(lines, 1):
            said = {"last_name": last, "first_name": first, "job": note} | ({"birth_date": born} if born else {})
            apps.get_model("imports.TakeoverLine").objects.create(
                **own, batch=batch, position=position, kind="work", sheet="S", line=position, key=f"w:{position}",
                values=said, fate="new",
            )  # fmt: skip
    with acting(two.first) as actor:
        held = everything_held(actor=actor, uid=uid, on=TODAY)
    (taken,) = (one for one in held.sections if one.table == "imports.TakeoverLine")
    assert [row[1] for row in taken.rows] == ["1", "2"]


def test_every_sealed_table_has_who_opens_it() -> None:
    sealed = {table.label: table.model._meta.db_table for table in held_tables() if is_sealed(table.model)}
    assert {label for label, table in sealed.items() if table not in (NOTES, MOVES, *ANSWERS)} == set(OPENED)
