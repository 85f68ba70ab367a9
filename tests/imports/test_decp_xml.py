"""The XML of the official format: the same records as the JSON, read without trusting the file."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.imports.decp import FileForm, Problem, RecordKind, read_decp
from tests.imports.decp_builders import (
    act,
    act_changed,
    as_xml,
    avenant,
    concession,
    official_file,
    record,
    year,
)

SAMPLE = Path(__file__).parent / "samples" / "decp_marche.json"
WHOLE: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))["marches"]["marche"][0]
UTF8 = '<?xml version="1.0" encoding="UTF-8"?>'


def xml(text: str, **more: Any) -> Any:
    return read_decp(text.encode(), **more)


@pytest.mark.parametrize(
    "one", [WHOLE, record(), record(modifications=[avenant(1)], actesSousTraitance=[act(1)])]
)
def test_a_record_is_the_same_in_both_formats(one: dict[str, Any]) -> None:
    (from_xml,) = xml(as_xml(one, head=UTF8)).records
    (from_json,) = read_decp(official_file(one)).records
    assert from_xml.fields == from_json.fields
    assert (from_xml.fingerprint, from_xml.problems) == (from_json.fingerprint, from_json.problems)


def test_a_concession_is_the_same_in_both_formats() -> None:
    one = concession(donneesExecution=[year(), year("2027-10-01")])
    (from_xml,) = xml(as_xml(concessions=(one,))).records
    (from_json,) = read_decp(official_file(concessions=(one,))).records
    assert (from_xml.kind, from_xml.problems) == (RecordKind.CONCESSION, ())
    assert (from_xml.fields, from_xml.fingerprint) == (from_json.fields, from_json.fingerprint)


def test_marches_and_concessions_come_in_their_order_whatever_the_order_of_the_fields() -> None:
    backwards = dict(reversed(WHOLE.items()))
    parts = (as_xml(backwards), as_xml(concessions=(concession(),)), as_xml(record()))
    text = f"<marches>{''.join(part[9:-10] for part in parts)}</marches>"
    read = xml(text)
    assert [(one.position, one.kind.value, one.official_id) for one in read.records] == [
        (1, "marche", "2026-ECOLE-02"),
        (2, "contrat-concession", "DSP-01"),
        (3, "marche", "2026-01"),
    ]
    assert (read.form, read.notices) == (FileForm.XML, ())


@pytest.mark.parametrize(
    ("written", "expected"),
    [("oui", True), ("true", True), ("1", True), ("non", False), ("FALSE", False), ("0", False)],
)
def test_booleans_in_all_their_writings(written: str, expected: bool) -> None:
    text = as_xml(record()).replace("<marcheInnovant>non<", f"<marcheInnovant>{written}<")
    (read,) = xml(text).records
    assert (read.raw["marcheInnovant"], read.problems) == (expected, ())


@pytest.mark.parametrize("name", ["modificationActeSousTraitance", "modificationActesSousTraitance"])
def test_both_spellings_of_a_changed_act(name: str) -> None:
    one = record(
        actesSousTraitance=[act(1)],
        modificationsActesSousTraitance=[act_changed(1)],
        sousTraitanceDeclaree=True,
    )
    (read,) = xml(as_xml(one).replace("modificationActeSousTraitance", name)).records
    assert read.fields is not None
    assert (len(read.fields.subcontracts[0].modifications), read.problems) == (1, ())
    written = json.loads(official_file(one).decode().replace("modificationActeSousTraitance", name))
    (same,) = read_decp(json.dumps(written).encode()).records
    assert same.fields == read.fields


def test_an_empty_optional_element_is_a_field_left_out() -> None:
    more = "<origineUE/><origineFrance></origineFrance><idAccordCadre> </idAccordCadre></marche>"
    (read,) = xml(as_xml(record()).replace("</marche>", more)).records
    assert (read.problems, "origineUE" in read.raw) == ((), False)


def test_an_empty_required_element_is_told() -> None:
    (read,) = xml(as_xml(record()).replace("<montant>1000000</montant>", "<montant/>")).records
    assert [(one.path, one.sentence) for one in read.problems] == [
        ("montant", "Montant : un nombre est attendu, un texte a été lu.")
    ]


def test_namespaces_comments_and_schema_attributes_are_left_aside() -> None:
    text = as_xml(record()).replace("<", "<d:").replace("<d:/", "</d:")
    text = text.replace(
        "<d:marches>",
        '<d:marches xmlns:d="urn:decp" xmlns:xsi="x" xsi:noNamespaceSchemaLocation="s.xsd"><!-- -->',
    )
    (read,) = xml(text).records
    assert (read.fields is not None, read.problems) == (True, ())


@pytest.mark.parametrize(
    ("encoding", "declared", "notice"),
    [
        ("utf-8", '<?xml version="1.0" encoding="utf-8"?>', False),
        ("utf-8-sig", "", False),
        ("utf-16", '<?xml version="1.0" encoding="UTF-16"?>', False),
        ("utf-16", UTF8, False),
        ("iso-8859-1", '<?xml version="1.0" encoding="ISO-8859-1"?>', False),
        ("cp1252", "<?xml version='1.0' encoding='windows-1252'?>", False),
        ("cp1252", UTF8, True),
        ("cp1252", "", True),
    ],
)
def test_the_encoding_is_the_one_declared_or_the_mark(encoding: str, declared: str, notice: bool) -> None:
    one = record(objet="Réfection de la toiture du collège")
    read = read_decp(as_xml(one, head=declared).encode(encoding))
    assert read.refusal is None
    assert read.records[0].fields is not None
    assert read.records[0].fields.title == "Réfection de la toiture du collège"
    assert any("Windows-1252" in told for told in read.notices) is notice


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n + 1} "{f"&lol{n or str()};" * 10}">' for n in range(9))
    + "]><marches><marche>&lol9;</marche></marches>"
)
REFUSED = [
    (BOMB, "DOCTYPE"),
    ('<!DOCTYPE marches SYSTEM "http://exemple.fr/decp.dtd"><marches/>', "DOCTYPE"),
    (
        '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><marches><marche>&x;</marche></marches>',
        "DOCTYPE",
    ),
    ("<!DOCTYPE html><html></html>", "DOCTYPE"),
    ("<html><body/></html>", "page web"),
    ("<contrats/>", "la racine est <contrats>"),
    ("<marches><marche><id>1</id>", "sans doute coupé"),
    ("<marches><marche><id>1</objet></marche></marches>", "celle qui est ouverte, <id>"),
    ("<marches><marche><objet>Voirie & réseaux</objet></marche></marches>", "souvent « & » ou « < »"),
    ("<marches><marche>&eacute;</marche></marches>", "entité inconnue"),
    ("<marches></marches><marches/>", "après la fin"),
    ('<?xml version="1.0" encoding="klingon"?><marches/>', "encodage annoncé n'est pas connu"),
    ("<marches>" + "<a>" * 60 + "</a>" * 60 + "</marches>", "plus de 40 niveaux"),
    (
        "<marches><marche>" + "<a/>" * 50_001 + "</marche></marches>",
        "L'enregistrement 1 a plus de 50000 éléments",
    ),
    ("<marches>" + "<marche/>" * 20_001 + "</marches>", "plus de 20000 enregistrements"),
]


@pytest.mark.parametrize(("text", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_a_file_that_cannot_be_trusted_or_read_says_why(text: str, told: str) -> None:
    read = xml(text)
    assert read.refusal is not None
    assert told in read.refusal.sentence
    assert read.records == ()


def test_the_place_of_a_broken_tag_is_given() -> None:
    refusal = xml("<marches>\n <marche>\n  <id>1</objet>\n</marche></marches>").refusal
    assert refusal is not None
    assert (refusal.line, refusal.column) == (3, 10)


def test_what_is_not_a_record_is_said_and_nothing_is_lost() -> None:
    text = f"<marches>{as_xml(record())[9:-10]}<marché/><note>x</note><note>y</note>bavard</marches>"
    read = xml(text)
    assert len(read.records) == 1
    assert read.notices == (
        "L'élément <marché> n'existe pas dans le format : il n'est pas lu.",
        "L'élément <note> n'existe pas dans le format, 2 fois : il n'est pas lu.",
        "Du texte est écrit entre les enregistrements : il n'est pas lu.",
    )


def test_each_field_has_its_sentence_as_in_the_json() -> None:
    text = as_xml(record())
    for before, after in (
        ("<dureeMois>18<", "<dureeMois>dix-huit<"),
        ("<ccag>Travaux<", "<ccag>Chantiers<"),
        ("<montant>1000000</montant>", "<montant>NC</montant><montant>2</montant>"),
    ):
        assert before in text
        text = text.replace(before, after)
    (read,) = xml(text).records
    assert {one.path for one in read.problems} == {"dureeMois", "ccag", "montant"}
    assert [one.path for one in read.problems if one.blocking] == ["montant"]
    assert "écrite deux fois, avec des valeurs différentes" in next(
        one.sentence for one in read.problems if one.blocking
    )


def test_text_around_the_elements_of_a_record_is_told() -> None:
    (read,) = xml(as_xml(record()).replace("<objet>", "égaré<objet>")).records
    assert read.problems == (
        Problem("#texte", "égaré", "Cette clé n'existe pas dans le format : elle n'est pas lue."),
    )


PIECES = st.sampled_from(
    ["<marche>", "</marche>", "<id>1</id>", "<marches>", "</marches>", "<titulaires><titulaire/></titulaires>",
     "é", "&amp;", "&", "<!-- x -->", "<![CDATA[<a>]]>", "<?pi?>", "<contrat-concession/>", "\x00", "<!DOCTYPE x>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12), st.booleans())
def test_any_markup_gives_a_file_and_never_an_error(pieces: list[str], closed: bool) -> None:
    body = "".join(pieces)
    read = xml(f"<marches>{body}</marches>" if closed else f"<{body}")
    assert (read.refusal is None) or read.records == ()
    assert [one.position for one in read.records] == list(range(1, len(read.records) + 1))


@given(st.binary(max_size=200))
def test_any_bytes_after_an_opening_give_a_file(data: bytes) -> None:
    read = read_decp(b"<marches>" + data)
    assert read.refusal is not None or isinstance(read.records, tuple)
