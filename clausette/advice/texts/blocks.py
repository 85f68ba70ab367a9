"""What a text is made of. Strings hold `{{ name }}`: names of the closed list of variables (`texts.variables`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from clausette.kernel.french import HARD

ROW = "ligne"
"""The name under which one thing of a list is written: `{{ ligne.numero }}`."""
TAG = re.compile(r"\{\{ ([a-z_.]+) \}\}")


def french(text: str) -> str:
    """Put unbreakable spaces where French wants them: inside « », before : ; ? ! % €."""
    text = re.sub(r" (?=[:;?!»%€])", HARD, text)
    return re.sub(r"« ", f"«{HARD}", text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `strong`: said louder; `right`: a signature, a place and a date."""

    text: str
    strong: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list of points."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemsOf:
    """One point for each thing of a list."""

    over: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `over`: `cells` is written once for each thing of this list; without it, `rows` as they are.

    `widths`: relative; `fill`: rows to be filled by hand are higher.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    over: str = ""
    widths: tuple[int, ...] = ()
    fill: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Two columns without heading: what, and its value. `fill`: room is left to write the values by hand."""

    rows: tuple[tuple[str, str], ...]
    fill: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, side by side."""

    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """Blocks that are written only if the flag is true."""

    flag: str
    blocks: tuple["Block", ...]


Block = Heading | Para | Items | ItemsOf | Table | Facts | Signatures | When
Plain = Heading | Para | Items | Table | Facts | Signatures
"""A block once filled: no list to walk, no condition."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text: its title, its blocks, its version. `compact`: smaller letters, to hold on a page."""

    title: str
    subtitle: str
    version: str
    blocks: tuple[Block, ...]
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its values. `missing`: what is to be completed, once each, in the order of the text."""

    title: str
    subtitle: str
    footer: str
    blocks: tuple[Plain, ...]
    missing: tuple[str, ...] = ()
    compact: bool = field(default=False)


def heading(text: str) -> Heading:
    """A title inside a text."""
    return Heading(french(text))


def para(text: str, *, strong: bool = False, right: bool = False) -> Para:
    """A paragraph."""
    return Para(french(text), strong=strong, right=right)


def items(*texts: str) -> Items:
    """A list of points."""
    return Items(tuple(french(text) for text in texts))


def items_of(over: str, text: str) -> ItemsOf:
    """One point for each thing of a list."""
    return ItemsOf(over, french(text))


def table(
    heads: Sequence[str],
    *rows: Sequence[str],
    over: str = "",
    widths: Sequence[int] = (),
    fill: bool = False,
) -> Table:
    """A table: of a list (`over`, one row of cells) or of rows as they are."""
    written = tuple(tuple(french(cell) for cell in row) for row in rows)
    return Table(tuple(french(head) for head in heads), written, over, tuple(widths), fill=fill)


def facts(*rows: tuple[str, str], fill: bool = False) -> Facts:
    """What, and its value."""
    return Facts(tuple((french(term), french(value)) for term, value in rows), fill=fill)


def when(flag: str, *blocks: Block) -> When:
    """Blocks that are written only if the flag is true."""
    return When(flag, blocks)
