"""The sources of the house, read once for the tests that look at their shape."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "kernel", "journal", "access", "reference", "files", "procurement", "commitments", "participants", "advice",
    "placements", "hours", "outcomes", "agenda", "reports", "imports", "privacy", "web",
)  # fmt: skip


@cache
def python_files(folder: str) -> tuple[Path, ...]:
    """Return the Python files under a folder of the root, migrations left out."""
    found = sorted((ROOT / folder).rglob("*.py"))
    return tuple(path for path in found if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def lines(path: Path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of the syntax tree of a file."""
    return tuple(ast.walk(tree(path)))


def calls(path: Path, *methods: str) -> Iterator[ast.Call]:
    """Yield the calls of a file to something's method of one of these names."""
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods:
            yield node


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function of a file with its number of lines, decorators left out."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def short(path: Path) -> str:
    """Return the path as one says it."""
    return str(path.relative_to(ROOT))


def templates() -> list[Path]:
    """Return every template."""
    return sorted((ROOT / "clausette").rglob("templates/**/*.html"))
