"""Jinja for DOCX templates that people bring: names of a closed list, lists walked, conditions; nothing else.

Two nets: what a template may hold is a short list of shapes (`wrong_in`), and the environment that fills it gives no
attribute, no call, no operator, no filter, no global.
"""

from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from clausette.advice.texts.blocks import ROW
from clausette.advice.texts.catalogue import Names
from clausette.advice.texts.variables import LISTS

LOOP = ("index", "first", "last")
"""What may be said of the place in a list: `loop.index`…"""


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """An environment that only writes values."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        for given in (self.globals, self.filters, self.tests):
            given.clear()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """None is, but the place in a list."""
        return attr in LOOP and type(obj).__name__ == "LoopContext"

    def is_safe_callable(self, obj: Any) -> bool:
        """None is."""
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Never: a product may be endless."""
        raise SecurityError(f"opérateur « {operator} »")

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        """Never."""
        raise SecurityError(f"opérateur « {operator} »")


def wrong_in(tree: nodes.Node, names: Names, walking: str = "") -> str:
    """Return what is refused in this tree, in French, « » when all is well. `walking`: the list being walked."""
    for node in tree.iter_child_nodes():
        if told := _wrong(node, names, walking):
            return told
    return ""


def _wrong(node: nodes.Node, names: Names, walking: str) -> str:
    if isinstance(node, nodes.Output | nodes.Not | nodes.And | nodes.Or):
        return wrong_in(node, names, walking)
    if isinstance(node, nodes.TemplateData):
        return ""
    if isinstance(node, nodes.If):
        return _wrong_test(node.test, names, walking) or wrong_in(node, names, walking)
    if isinstance(node, nodes.For):
        return _wrong_for(node, names, walking)
    if isinstance(node, nodes.Name):
        return _wrong_name(node.name, names)
    if isinstance(node, nodes.Getattr):
        return _wrong_attribute(node, walking)
    return "cette écriture n'est pas admise : un nom de la liste, rien d'autre"


def _wrong_test(test: nodes.Node, names: Names, walking: str) -> str:
    if isinstance(test, nodes.Name) and test.name in names.lists:
        return ""
    return _wrong(test, names, walking)


def _wrong_name(name: str, names: Names) -> str:
    if name in names.values or name in names.flags:
        return ""
    if name in names.lists:
        return f"« {name} » est une liste : écrivez une boucle « for {ROW} in {name} »"
    return f"variable inconnue « {name} »"


def _wrong_for(node: nodes.For, names: Names, walking: str) -> str:
    if walking:
        return "une boucle dans une boucle n'est pas admise"
    target, over = node.target, node.iter
    if not isinstance(over, nodes.Name) or over.name not in names.lists:
        said = over.name if isinstance(over, nodes.Name) else "cette boucle"
        return f"liste inconnue « {said} »"
    if not isinstance(target, nodes.Name) or target.name != ROW or node.test or node.recursive:
        return f"une boucle s'écrit « for {ROW} in {over.name} »"
    for child in (*node.body, *node.else_):
        if told := _wrong(child, names, over.name):
            return told
    return ""


def _wrong_attribute(node: nodes.Getattr, walking: str) -> str:
    whose = node.node.name if isinstance(node.node, nodes.Name) else ""
    if whose == ROW and walking and node.attr in LISTS[walking]:
        return ""
    if whose == "loop" and walking and node.attr in LOOP:
        return ""
    return f"variable inconnue « {whose}.{node.attr} »" if whose else "cette écriture n'est pas admise"
