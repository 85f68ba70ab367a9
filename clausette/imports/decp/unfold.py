"""From an XML element to the value that the JSON of the same record has, guided by the shapes of the format.

The same record gives the same value in both formats, so that one is recognised in the other. What the shapes do
not foresee is kept as plain objects and texts: it is told where it stands, not lost.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from clausette.imports.decp.decode import Pairs, number_of
from clausette.imports.decp.shapes import Amount, Flag, Group, Operator, Several, Shape, Share, Whole, Wrapped

_WHOLE = re.compile(r"-?\d+", re.ASCII)
_DECIMAL = re.compile(r"-?\d+\.\d+|-?\d+(\.\d+)?[eE][+-]?\d+", re.ASCII)
FLAGS = {"oui": True, "true": True, "1": True, "non": False, "false": False, "0": False}


@dataclass(slots=True)
class Node:
    """One element: local name, whether it says « nil », pieces of text, children in their order."""

    name: str
    nil: bool = False
    texts: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, without the white space around it."""
        return "".join(self.texts).strip()

    @property
    def empty(self) -> bool:
        """Whether it says nothing: the XML way to leave a field out."""
        return self.nil or not (self.children or self.text)


def unfold(node: Node, shape: Shape) -> object:
    """Return the value of an element of this shape."""
    match shape:
        case Group():
            return _group(node, shape)
        case Several(item=Wrapped() as item):
            return [_wrapped(child, item) for child in node.children] if node.children else _leaf(node)
        case Operator():
            return Pairs([(child.name, _plain(child)) for child in node.children]) if node.children else _leaf(node)
        case _:
            return _plain(node) if node.children else _scalar(shape, node)


def _group(node: Node, shape: Group) -> object:
    if not node.children:
        return _leaf(node) or {}
    pairs: list[tuple[str, object]] = []
    lists: dict[str, list[object]] = {}
    for child in node.children:
        known = shape.fields.get(child.name)
        if known is None:
            pairs.append((child.name, _plain(child)))
        elif isinstance(known.shape, Several) and not isinstance(known.shape.item, Wrapped):
            if child.name not in lists:
                lists[child.name] = []
                pairs.append((child.name, lists[child.name]))
            lists[child.name].append(unfold(child, known.shape.item))
        elif known.required or not child.empty:
            pairs.append((child.name, unfold(child, known.shape)))
    if node.text:
        pairs.append(("#texte", node.text))
    return Pairs(pairs)


def _wrapped(child: Node, shape: Wrapped) -> object:
    if child.name == shape.key or child.name in shape.also:
        return {shape.key: unfold(child, shape.inner)}
    return {child.name: _plain(child)}


def _leaf(node: Node) -> str | None:
    return None if node.nil else node.text


def _scalar(shape: Shape, node: Node) -> object:
    text = _leaf(node)
    if not text:
        return text
    if isinstance(shape, Flag):
        return FLAGS.get(text.casefold(), text)
    return number_in(text) if isinstance(shape, Whole | Amount | Share) else text


def number_in(text: str) -> int | Decimal | str:
    """The number that a text holds, as the JSON would have it; the text when it is none."""
    if _WHOLE.fullmatch(text):
        return number_of(text, whole=True)
    return number_of(text) if _DECIMAL.fullmatch(text) else text


def _plain(node: Node) -> object:
    """Objects and texts, as they are; names written several times make a list."""
    if not node.children:
        return _leaf(node)
    found: dict[str, object] = {}
    for child in node.children:
        value = _plain(child)
        if child.name not in found:
            found[child.name] = value
            continue
        held = found[child.name]
        found[child.name] = [*held, value] if isinstance(held, list) else [held, value]
    return found
