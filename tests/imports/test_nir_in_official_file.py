"""A social security number published in an official record: said where it is, never kept, the others go on."""

import json
from typing import Any

import pytest

from clausette.files.errors import FileRefused
from clausette.files.models import StoredFile
from clausette.files.queries import read_file
from clausette.imports.decp import Effect, Problem, fit_to_keep, read_decp
from clausette.imports.decp.secrecy import CERTAIN, POSSIBLE, REMOVED
from clausette.imports.enums import RowFate
from clausette.imports.models import ImportBatch, ImportRow
from clausette.imports.operations import compare_again, take_in_decp
from tests.files.builders import nir_with_key
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import BUYER, as_xml, official_file, record, take
from tests.procurement.builders import cast

NIR = nir_with_key()
SPACED = f"{NIR[0]} {NIR[1:3]} {NIR[3:5]} {NIR[5:7]} {NIR[7:10]} {NIR[10:13]} {NIR[13:]}"
CORSICAN = f"184032A350123{97 - int('1840319350123') % 97:02d}"


def problems(one: dict[str, Any]) -> list[Problem]:
    (found,) = read_decp(official_file(one)).records
    return [problem for problem in found.problems if problem.sentence in (CERTAIN, POSSIBLE)]


@pytest.mark.parametrize("number", [NIR, SPACED, SPACED.replace(" ", "\u00a0"), CORSICAN])
def test_the_record_is_refused_at_its_field_and_the_number_is_not_repeated(number: str) -> None:
    (found,) = read_decp(official_file(record(objet=f"Toiture, M. Roux {number}"))).records
    assert found.problems[0] == Problem("objet", f"Toiture, M. Roux {REMOVED}", CERTAIN, Effect.RECORD)
    assert found.blocked
    assert found.fields is None
    assert number not in repr(found)


def test_any_text_of_the_record_is_searched() -> None:
    modified = {"modification": {"id": 1, "objetModification": f"avenant {NIR}"}}
    (problem,) = problems(record(modifications=[modified]))
    assert problem.path == "modifications[0].modification.objetModification"


def test_thirteen_characters_without_a_key_are_remarked_and_the_record_can_be_taken() -> None:
    (found,) = read_decp(official_file(record(objet=f"Toiture {NIR[:13]}"))).records
    assert Problem("objet", f"Toiture {NIR[:13]}", POSSIBLE) in found.problems
    assert not found.blocked


@pytest.mark.parametrize("objet", ["Lot 12 - marché 73282932000074", "Travaux 2026-03 / 0450123456", "IBAN"])
def test_a_siret_and_a_telephone_pass(objet: str) -> None:
    assert problems(record(objet=objet)) == []


def test_a_file_without_a_number_is_kept_to_the_byte() -> None:
    data = official_file(record())
    assert fit_to_keep(data, read_decp(data)) is data


def test_the_number_is_taken_out_of_the_bytes_however_it_is_written_and_said_again() -> None:
    escaped = json.dumps({"marches": {"marche": [record(objet=f'"é" {SPACED}'.replace(" ", "\u00a0"))]}}).encode()
    kept = fit_to_keep(escaped, read_decp(escaped))
    assert REMOVED.encode() in kept
    assert NIR[7:13].encode() not in kept.replace(b"\\u00a0", b"")
    again, before = read_decp(kept).records[0], read_decp(escaped).records[0]
    assert (again.problems, again.fingerprint, again.raw) == (before.problems, before.fingerprint, before.raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("written", [SPACED, f"&#{ord(NIR[0])};{NIR[1:]}", f"<![CDATA[{NIR} & fils]]>"])
def test_the_number_is_taken_out_of_an_xml_file(encoding: str, written: str) -> None:
    head = f'<?xml version="1.0" encoding="{"windows-1252" if encoding == "cp1252" else encoding}"?>'
    text = as_xml(record("2026-01", objet="Toiture de l'école OBJET"), record("2026-02"), head=head)
    data = text.replace("OBJET", written).encode(encoding)
    read = read_decp(data)
    assert [one.blocked for one in read.records] == [True, False]
    kept = fit_to_keep(data, read)
    assert NIR[7:13].encode() not in kept
    again = read_decp(kept)
    assert again.refusal is None
    assert [one.fingerprint for one in again.records] == [one.fingerprint for one in read.records]


def test_the_number_is_taken_out_of_a_table() -> None:
    columns = "uid,objet,dateNotification,titulaire_id"
    data = f"{columns}\n{BUYER}A,Toiture {SPACED},2026-03-02,{BUYER}\n{BUYER}B,Voirie,2026-03-02,{BUYER}\n".encode()
    read = read_decp(data)
    assert [one.blocked for one in read.records] == [True, False]
    kept = fit_to_keep(data, read)
    assert (SPACED.encode() in kept, BUYER.encode() in kept) == (False, True)
    assert [one.key for one in read_decp(kept).records] == [one.key for one in read.records]


@pytest.mark.django_db
def test_the_others_can_be_taken_and_nothing_kept_holds_the_number() -> None:
    people = cast()
    batch = take(people.pilot, record("2026-01", objet=f"Toiture {NIR}"), record("2026-02"))
    with acting(people.pilot) as actor:
        compare_again(actor=actor, batch_uid=batch)
    with as_owner():
        bad, good = ImportRow.objects.filter(batch__uid=batch).order_by("position")
        assert (bad.fate, good.fate) == (RowFate.REFUSED, RowFate.ADDED)
        assert bad.title == f"Toiture {REMOVED}"
        assert {"path": "objet", "sentence": CERTAIN}.items() <= bad.problems[0].items()
        assert NIR not in repr(list(ImportRow.objects.order_by("id").values()))
        uid = ImportBatch.objects.select_related("file").get(uid=batch).file.uid
    with acting(people.pilot) as actor:
        assert NIR.encode() not in read_file(actor=actor, uid=uid).data


@pytest.mark.django_db
def test_a_number_outside_the_texts_of_a_record_refuses_the_file() -> None:
    people, data = cast(), official_file(record(montant=int(NIR)))
    with acting(people.pilot) as actor, pytest.raises(FileRefused, match="sécurité sociale"):
        take_in_decp(actor=actor, name="decp.json", data=data, on=TODAY)
    with as_owner():
        assert not StoredFile.objects.exists()
