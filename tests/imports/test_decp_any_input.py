"""Whatever a file holds, reading it never raises and no record is lost."""

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clausette.imports.decp import Outcome, RecordKind, canonical, compare, read_decp

SAMPLE = json.loads((Path(__file__).parent / "samples" / "decp_marche.json").read_text(encoding="utf-8"))
RECORD = SAMPLE["marches"]["marche"][0]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["NC", "\x00", "\ud800", "99310001500011", "2026-02-30", "1e999", "Sans objet", 10**50])
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(sorted(RECORD)) | st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a JSON value, itself excepted."""
    keys: list[Any] = []
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    return [found for key in keys for found in [(*path, key), *places(value[key], (*path, key))]]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(places(RECORD)), values), min_size=1, max_size=4))
def test_any_mutation_of_a_record_is_read_and_nothing_is_lost(changes: list[tuple[Any, Any]]) -> None:
    record = copy.deepcopy(RECORD)
    for path, value in changes:
        write(record, path, value)
    check_whole([record, RECORD], [record])


@settings(max_examples=150, deadline=None)
@given(st.lists(values, max_size=5), st.lists(values, max_size=3))
def test_any_list_of_anything_comes_back_whole(marches: list[Any], concessions: list[Any]) -> None:
    check_whole(marches, concessions)


@settings(max_examples=150, deadline=None)
@given(values | st.builds(lambda inner: {"marches": inner}, values))
def test_any_root_gives_records_or_one_refusal(root: Any) -> None:
    read = read_decp(json.dumps(root).encode())
    assert read.refusal is None or (read.records == () and read.refusal.sentence.endswith("."))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.integers(0, 3000).map(lambda cut: json.dumps(SAMPLE).encode()[:cut]))
def test_any_bytes_give_a_file(data: bytes) -> None:
    read = read_decp(data)
    assert (read.refusal is None) or read.records == ()


def check_whole(marches: list[Any], concessions: list[Any]) -> None:
    data = json.dumps({"marches": {"marche": marches, "contrat-concession": concessions}}).encode()
    read = read_decp(data)
    kinds = [RecordKind.MARCHE] * len(marches) + [RecordKind.CONCESSION] * len(concessions)
    assert [(record.position, record.kind) for record in read.records] == list(enumerate(kinds, start=1))
    found = compare(read.records, {})
    assert [one.record for one in found] == list(read.records)
    for one in found:
        assert (one.outcome is Outcome.REFUSED) == (one.record.fields is None)
        assert one.sentence
        kept = json.dumps(json.loads(canonical(one.record.raw)), ensure_ascii=False)
        kept.encode("utf-8")
        assert "\\u0000" not in kept
    assert read_decp(data) == read


def write(value: Any, path: tuple[Any, ...], new: Any) -> None:
    """Write at a path, when an earlier change has left it in place."""
    for step in path[:-1]:
        if not has(value, step):
            return
        value = value[step]
    if has(value, path[-1]):
        value[path[-1]] = new


def has(value: Any, step: Any) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)
