"""Who touches tables, transactions and clocks; what each room declares."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import BaseConstraint, CheckConstraint, Model, UniqueConstraint

from tests.house.sources import ROOMS, ROOT, calls, nodes, python_files, short, tree

OURS = [model for model in apps.get_models() if model.__module__.startswith("clausette.")]

# who may say `.objects` besides the queries and operations of a room: infrastructure, each with its reason
HANDS = {
    "clausette/access/failures.py",  # counters of failed sign-ins, written before anybody has rights
    "clausette/access/sessions.py",  # the session store
    "clausette/access/own_account.py",  # one's own account: no organisation, hence no operation
    "clausette/access/second_factor.py",  # the sign-in library's own table
    "clausette/access/install.py",  # the first rows of all, written by the owner
    "clausette/files/treating/child.py",  # writes PDF and pictures, no table
    "clausette/reports/rendering/word.py",  # writes a text, no table
    "clausette/advice/texts/word.py",  # writes a text, no table
    "clausette/kernel/operation.py",  # saves the rows that operations change
}


def may_touch_tables(path: Path) -> bool:
    parts = path.relative_to(ROOT / "clausette").parts
    return (
        short(path) in HANDS
        or Path(parts[min(1, len(parts) - 1)]).stem in ("queries", "operations", "models")
        or "commands" in parts
    )


def touches(node: ast.AST) -> str:
    """Return what in this node goes straight to a table, "" for nothing."""
    if isinstance(node, ast.Attribute) and (node.attr == "objects" or re.fullmatch(r"[a-z]+_set", node.attr)):
        return f".{node.attr}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "get_model":
            return "get_model("
        if node.func.attr in ("bulk_create", "bulk_update", "refresh_from_db", "save", "delete"):
            return "" if "session" in ast.unparse(node.func.value) else f".{node.func.attr}("
    return ""


def test_only_queries_and_operations_touch_tables() -> None:
    found = {
        f"{short(path)}:{node.lineno} {what}"  # type: ignore[attr-defined]  # nodes that touch have a line
        for path in python_files("clausette")
        if not may_touch_tables(path)
        for node in nodes(path)
        if (what := touches(node))
    }
    assert found == set()


def test_what_a_function_of_rights_gives_is_asked_in_one_place() -> None:
    """As a class of its own, « = ANY ((SELECT sec.x())) » was written again in each room (kernel.scope.GivenBy)."""
    written = re.compile(r"%\(expressions\)s = ANY \(\(SELECT sec\.")
    found = {short(path) for path in python_files("clausette") if written.search(path.read_text(encoding="utf-8"))}
    assert found == {"clausette/kernel/scope.py"}


def test_there_is_one_clock() -> None:
    clocks = {"clausette/kernel/clock.py", "clausette/access/sessions.py"}
    asked = re.compile(r"(date|datetime|timezone|dt)\.(today|now|utcnow)$")
    found = {
        f"{short(path)}:{node.lineno}"
        for path in (*python_files("clausette"), *python_files("config"))
        if short(path) not in clocks
        for node in calls(path, "today", "now", "utcnow")
        if asked.search(ast.unparse(node.func))
    }
    assert found == set()


def test_clock_is_read_by_web_commands_and_tasks_only() -> None:
    allowed = (
        "clausette/web/",
        "clausette/kernel/",
        "clausette/access/adapters.py",
        "clausette/journal/models.py",
    )
    found = {
        f"{short(path)}:{node.lineno}"
        for path in python_files("clausette")
        if not short(path).startswith(allowed)
        and "commands" not in path.parts
        and path.stem not in ("tasks", "notices")
        for node in calls(path, "today", "now")
        if ast.unparse(node.func) in ("clock.today", "clock.now")
    }
    assert found == set()


def test_a_form_sent_empty_says_what_is_missing() -> None:
    """`request.POST or None` takes a form sent empty for a page that is only read: it is refused without a word."""
    said = re.compile(r"request\.POST or None")
    assert {short(path) for path in python_files("clausette") if said.search(path.read_text("utf-8"))} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_says_what_it_is_for(room: str) -> None:
    module = tree(ROOT / "clausette" / room / "__init__.py")
    assert len((ast.get_docstring(module) or "").split()) >= 15
    assert len(module.body) == 1, "no code in the __init__ of a room"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_each_model_says_which_fields_are_personal(model: type[Model]) -> None:
    names = {field.name for field in model._meta.concrete_fields}
    personal, ordinary = model.Privacy.personal, model.Privacy.ordinary  # type: ignore[attr-defined]  # ours
    assert personal | ordinary == names
    assert personal & ordinary == set()


def says_nothing(constraint: BaseConstraint) -> bool:
    if isinstance(constraint, UniqueConstraint):
        named = {*constraint.fields, *(getattr(one, "name", "") for one in constraint.expressions)}
        if "id" in named:
            return False  # only there to be pointed at by a composite foreign key
    if not isinstance(constraint, CheckConstraint | UniqueConstraint):
        return False
    return str(constraint.violation_error_message) == str(constraint.default_violation_error_message)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_each_constraint_has_its_french_sentence(model: type[Model]) -> None:
    assert [one.name for one in model._meta.constraints if says_nothing(one)] == []


def test_foreign_keys_look_down_and_never_walk_up() -> None:
    floors = {room: number for number, room in enumerate(ROOMS)}
    wrong = []
    for model in OURS:
        for field in model._meta.concrete_fields:
            if not field.is_relation or field.related_model is None:
                continue
            target = field.related_model._meta.app_label
            if (
                floors[target] > floors[model._meta.app_label]
                or getattr(field.remote_field, "related_name", "") != "+"
            ):
                wrong.append(f"{model._meta.label}.{field.name}")
    assert wrong == []
