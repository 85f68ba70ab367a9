"""A record kept on a row says the same as in its file, or says that it cannot."""

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clausette.imports.decp import DecpRecord, read_decp, record_kept
from clausette.imports.rules import plain_json
from tests.imports.decp_builders import SAMPLES, official_file, record
from tests.imports.test_decp_any_input import RECORD, places, values, write


def kept(read: DecpRecord) -> DecpRecord | None:
    """The record as a JSON column gives it back."""
    raw = json.loads(json.dumps(plain_json(read.raw)))
    return record_kept(read.position, raw, imprint=read.fingerprint, problems=read.problems)


def test_every_sample_is_understood_again_without_its_file() -> None:
    for name in ("decp_marche.json", "decp_mixed.json", "decp_2019.json"):
        read = read_decp((SAMPLES / name).read_bytes()).records
        assert read
        for one in read:
            again = kept(one)
            assert again is not None, (name, one.position)
            assert (again.kind, again.fields, again.problems) == (one.kind, one.fields, one.problems)


def test_cents_and_a_number_written_as_a_text_are_not_taken_for_each_other() -> None:
    (read,) = read_decp(official_file(record(montant=1_048_000.25, objet="Lot 3.10"))).records
    again = kept(read)
    assert again is not None
    assert again.fields == read.fields
    (doubtful,) = read_decp(official_file(record(montant=1_048_000.25, objet="3.10"))).records
    assert kept(doubtful) is None  # one text may be a number and the other is one: the file decides


def test_a_row_changed_since_proves_nothing() -> None:
    (read,) = read_decp(official_file(record())).records
    raw = {**json.loads(json.dumps(plain_json(read.raw))), "objet": "Autre objet"}
    assert record_kept(1, raw, imprint=read.fingerprint, problems=read.problems) is None


@settings(max_examples=100)
@given(st.lists(st.tuples(st.sampled_from(places(RECORD)), values), max_size=3))
def test_whatever_the_record_it_is_never_understood_otherwise(changes: list[tuple[Any, Any]]) -> None:
    changed = copy.deepcopy(RECORD)
    for path, value in changes:
        write(changed, path, value)
    for one in read_decp(json.dumps({"marches": {"marche": [changed]}}).encode()).records:
        again = kept(one)
        if again is not None:
            assert (again.fields, again.problems) == (one.fields, one.problems)
