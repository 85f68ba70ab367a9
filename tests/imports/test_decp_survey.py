"""A very large file is read as it comes: what concerns a structure is kept as written, the rest is counted."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausette.imports.decp import Interest, UnreadableError, department_in, read_decp, survey
from config.world.large_decp import siret_of, write_large
from tests.imports.decp_builders import BUYER, official_file, record

NOBODY = Interest(frozenset(), frozenset())
OURS = Interest(frozenset({BUYER[:9]}), frozenset({"21"}))


def read(data: bytes, interest: Interest = OURS) -> Any:
    return survey(io.BytesIO(data), interest)


def elsewhere(**fields: Any) -> dict[str, Any]:
    return record("9", **{"acheteur": {"id": siret_of(1)}, **fields})


def placed(code: str, kind: str = "Code commune", social: str = "Clause sociale") -> dict[str, Any]:
    return elsewhere(
        lieuExecution={"code": code, "typeCode": kind}, considerationsSociales={"considerationSociale": [social]}
    )


def test_our_buyers_and_the_clauses_of_our_territory_are_kept_as_written() -> None:
    data = official_file(
        record("1"), placed("21231"), placed("71000"), placed("21231", social="Pas de considération sociale"),
        placed("27", "Code région"),
    )
    found = read(data)
    assert (found.read, found.count) == (5, 2)
    kept = read_decp(found.written())
    assert [one.official_id for one in kept.records] == ["1", "9"]
    assert kept.refusal is None
    whole = read_decp(data).records
    assert [one.fingerprint for one in kept.records] == [whole[0].fingerprint, whole[1].fingerprint]
    assert "5\u00a0enregistrements lus" in found.sentence


def test_nothing_that_concerns_us_keeps_nothing() -> None:
    found = read(official_file(record("1")), NOBODY)
    assert (found.read, found.count) == (1, 0)
    assert json.loads(found.written()) == {"marches": {"marche": []}}


def test_the_list_of_2019_and_the_concessions_are_read_too() -> None:
    old = json.dumps({"marches": [record("1"), record("2")], "autre": [1, {"a": "]}"}]}).encode()
    assert read(old).count == 2
    granted = {"id": "c", "autoriteConcedante": {"id": BUYER}}
    both = {"marches": {"contrat-concession": [granted], "marche": [record("1")]}}
    found = read(json.dumps(both).encode())
    assert {kind.value: len(texts) for kind, texts in found.kept.items()} == {"marche": 1, "contrat-concession": 1}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "commence par"), (b"[1]", "commence par"), (b'{"a": 1}', "marches"), (b'{"marches": 3}', "commence par"),
        (b'{"marches": {"marche": [{"id": "1"', "coup"), (b'{"marches": {"marche": [{"id": }]}}', "mal"),
        (b'{"marches": {"marche": [{"objet": "\xe9t\xe9"}]}}', "UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_said_in_french(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(data)
    assert said in refused.value.refusal.sentence


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6), st.integers(1, 60))
@settings(max_examples=60)
def test_pieces_of_any_length_read_the_same(titles: list[str], chunk: int) -> None:
    records = [record(str(number), objet=title) for number, title in enumerate(titles)]
    data = json.dumps({"marches": {"marche": records}}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        data.decode()
    except UnicodeDecodeError:
        return
    found = survey(io.BytesIO(data), OURS, chunk=chunk)
    assert found.read == len(titles)
    assert [json.loads(text)["objet"] for text in next(iter(found.kept.values()))] == titles


@pytest.mark.parametrize(
    ("code", "kind", "told"),
    [
        ("21231", "Code commune", "21"), ("21", "Code département", "21"), ("97411", "Code commune", "974"),
        ("2A004", "Code commune", "2A"), ("27", "Code région", ""), ("FR", "Code pays", ""), ("", "Code commune", ""),
    ],
)  # fmt: skip
def test_the_department_of_a_place(code: str, kind: str, told: str) -> None:
    assert department_in({"code": code, "typeCode": kind}) == told


def test_the_file_made_to_measure_is_a_true_one() -> None:
    stream = io.BytesIO()
    size = write_large(stream, records=40, bodies=(BUYER,))
    data = stream.getvalue()
    assert len(data) == size
    whole = read_decp(data)
    assert len(whole.records) == 40
    assert not [problem for one in whole.records for problem in one.problems if problem.blocking]
    assert read(data, Interest(frozenset({BUYER[:9]}), frozenset())).count == 1
