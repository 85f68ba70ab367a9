"""Each line that asks a check to look away names what it silences and says why."""

import re

import pytest

from launch.exceptions import count, exceptions, sentence
from tests.house.sources import ROOT

FOLDERS = ("run.py", "manage.py", "launch", "clausette", "config", "tests")


def test_each_exception_to_a_check_has_its_code_and_its_reason() -> None:
    counts, wrong = count(ROOT, FOLDERS)
    assert wrong == []
    assert set(counts) == {"type: ignore", "noqa"}
    for kind, number in counts.items():
        assert sentence(counts, wrong, kind) == f"{number} {kind}, chacun avec code et raison"


RULES = re.findall(r'^"[^"]+" = \[.*$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)


@pytest.mark.parametrize("rule", RULES)
def test_each_exception_of_a_folder_says_why(rule: str) -> None:
    assert re.search(r"\] +# \w", rule), rule


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("x = 1  # type: ignore[misc]  # of the widget", [("type: ignore", 1, True)]),
        ("x = 1  # type: ignore[misc]", [("type: ignore", 1, False)]),
        ("x = 1  # type: ignore  # because", [("type: ignore", 1, False)]),
        ("x = 1  # noqa: S311 - a story, not a secret", [("noqa", 1, True)]),
        ("x = 1  # noqa: S311, E501  # a story", [("noqa", 1, True)]),
        ("x = 1  # noqa: S311", [("noqa", 1, False)]),
        ("x = 1  # noqa", [("noqa", 1, False)]),
        ("# ruff: noqa", [("noqa", 1, False)]),
        ("x = '# noqa'", []),
    ],
)
def test_what_counts_as_an_exception(line: str, found: list[tuple[str, int, bool]]) -> None:
    assert list(exceptions(line + "\n")) == found


def test_a_count_says_which_lines_are_without_a_reason() -> None:
    counts, wrong = count(ROOT, ["tests/house/test_exceptions.py"])
    assert sentence(counts, wrong, "noqa") == "aucun noqa"
    counts["noqa"] += 1
    assert sentence(counts, ["a.py:3 (noqa)"], "noqa") == "1 noqa, dont sans code ou sans raison : a.py:3 (noqa)"
