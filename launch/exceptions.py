"""The lines that ask a check to look away: each names what it silences and says why."""

import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ASKED = {"type: ignore": re.compile(r"#\s*type:\s*ignore"), "noqa": re.compile(r"#\s*(ruff:\s*)?noqa\b")}
COMPLETE = {
    "type: ignore": re.compile(r"# type: ignore\[[a-z, -]+\]  # \S"),
    "noqa": re.compile(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)*(  #| -) \S"),
}
LEFT_OUT = {"__pycache__", "node_modules", ".venv"}


def comments(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line number and text of each comment of a Python source; a string that looks like one is not."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def exceptions(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield each exception of a source: its kind, its line, whether it names a code and gives a reason."""
    if not any(asked.search(text) for asked in ASKED.values()):
        return  # most sources: nothing to tell a comment from a string that looks like one
    for line, comment in comments(text):
        for kind, asked in ASKED.items():
            if asked.search(comment):
                yield kind, line, bool(COMPLETE[kind].search(comment))


def sources(root: Path, names: Iterable[str]) -> Iterator[Path]:
    """Yield the Python files under those folders or at those paths."""
    for name in names:
        path = root / name
        found = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        yield from (one for one in found if not LEFT_OUT & set(one.parts))


def count(root: Path, names: Iterable[str]) -> tuple[Counter[str], list[str]]:
    """Return how many exceptions of each kind there are, and those without a code or a reason."""
    counts: Counter[str] = Counter()
    wrong = []
    for path in sources(root, names):
        for kind, line, complete in exceptions(path.read_text(encoding="utf-8")):
            counts[kind] += 1
            if not complete:
                wrong.append(f"{path.relative_to(root)}:{line} ({kind})")
    return counts, wrong


def sentence(counts: Counter[str], wrong: Iterable[str], kind: str) -> str:
    """Say the count of a kind, as the check that it silences prints it."""
    bad = [one for one in wrong if one.endswith(f"({kind})")]
    if not counts[kind]:
        return f"aucun {kind}"
    if bad:
        return f"{counts[kind]} {kind}, dont sans code ou sans raison : {', '.join(bad)}"
    return f"{counts[kind]} {kind}, chacun avec code et raison"
