"""A text and its values: what is not known is written « [à compléter : …] » and listed beside."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clausette.advice.enums import TextKind
from clausette.advice.texts.blocks import (
    ROW,
    TAG,
    Block,
    Facts,
    Filled,
    Heading,
    Items,
    ItemsOf,
    Para,
    Plain,
    Signatures,
    Table,
    Text,
    When,
)
from clausette.advice.texts.catalogue import TEXTS
from clausette.advice.texts.context import Context
from clausette.advice.texts.variables import LISTS, VALUES
from clausette.kernel.french import HARD, format_date

HOLE = re.compile(rf"\[à compléter{HARD}: [^\]]*\]")
"""A value that is not known, as it is written."""
_OF_LOT = " du lot"


def hole(label: str) -> str:
    """« [à compléter : pondération du critère] »."""
    return f"[à compléter{HARD}: {label}]"


@dataclass(slots=True)
class _Filler:
    context: Context
    missing: dict[str, None] = field(default_factory=dict)

    def _hole(self, label: str) -> str:
        self.missing[label] = None
        return hole(label)

    def text(self, text: str, row: Mapping[str, str] | None = None, over: str = "") -> str:
        """One string with its values."""

        def value(found: re.Match[str]) -> str:
            name = found[1]
            if name.startswith(f"{ROW}."):
                key = name.removeprefix(f"{ROW}.")
                return (row or {}).get(key, "") or self._hole(label_of(over, key, row or {}))
            return self.context.values[name] or self._hole(VALUES[name])

        return TAG.sub(value, text)

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Plain]:
        """Blocks with their values, lists walked, conditions decided."""
        for block in blocks:
            if isinstance(block, When):
                if self.context.flags[block.flag]:
                    yield from self.blocks(block.blocks)
            elif isinstance(block, ItemsOf):
                rows = self.context.lists[block.over] or ({},)
                yield Items(tuple(self.text(block.text, row, block.over) for row in rows))
            elif isinstance(block, Table):
                yield self._table(block)
            else:
                yield self._plain(block)

    def _table(self, block: Table) -> Plain:
        heads = tuple(self.text(head) for head in block.heads)
        if not block.over:
            cells = tuple(tuple(self.text(cell) for cell in row) for row in block.rows)
            return Table(heads, cells, "", block.widths, block.fill)
        rows = self.context.lists[block.over] or ({},)
        cells = tuple(tuple(self.text(cell, row, block.over) for cell in block.rows[0]) for row in rows)
        return Table(heads, cells, "", block.widths, block.fill)

    def _plain(self, block: Heading | Para | Items | Facts | Signatures) -> Plain:
        if isinstance(block, Heading):
            return Heading(self.text(block.text))
        if isinstance(block, Para):
            return Para(self.text(block.text), block.strong, block.right)
        if isinstance(block, Items):
            return Items(tuple(self.text(one) for one in block.texts))
        if isinstance(block, Facts):
            return Facts(tuple((self.text(term), self.text(value)) for term, value in block.rows), block.fill)
        return Signatures(tuple(self.text(who) for who in block.who))


def label_of(over: str, key: str, row: Mapping[str, str]) -> str:
    """What is missing in one thing of a list: « volume d'insertion du lot 2 »."""
    label = LISTS[over][key]
    number = row.get("numero", "")
    return f"{label} {number}" if over == "lots" and number and label.endswith(_OF_LOT) else label


def grouped(missing: tuple[str, ...]) -> tuple[str, ...]:
    """What is missing, the lots of one same thing said together: « volume d'insertion des lots 1, 2, 3 »."""
    lots: dict[str, list[str]] = {}
    for label in missing:
        what, of_lot, number = label.partition(f"{_OF_LOT} ")
        lots.setdefault(what if of_lot else label, []).extend([number] if of_lot else [])
    return tuple(_together(what, numbers) for what, numbers in lots.items())


def _together(what: str, numbers: list[str]) -> str:
    if not numbers:
        return what
    return f"{what} du lot {numbers[0]}" if len(numbers) == 1 else f"{what} des lots {', '.join(numbers)}"


def footer_of(text: Text, context: Context) -> str:
    """« Modèle CCAP 2026.1, droit en vigueur au 21 août 2026. »."""
    law = f", droit en vigueur au {format_date(context.law_on)}" if context.law_on else ""
    return f"{text.title}, modèle {text.version}{law}."


def fill(kind: TextKind, context: Context) -> Filled:
    """Return a text with its values and what is missing."""
    text = TEXTS[kind]
    filler = _Filler(context)
    blocks = tuple(filler.blocks(text.blocks))
    return Filled(
        text.title, text.subtitle, footer_of(text, context), blocks, tuple(filler.missing), text.compact
    )


def written(kind: TextKind, context: Context) -> dict[str, object]:
    """Return the variables as a DOCX template takes them: holes written where a value is not known."""
    values = {name: context.values.get(name, "") or hole(label) for name, label in VALUES.items()}
    lists = {
        over: [
            {key: row.get(key, "") or hole(label_of(over, key, row)) for key in keys}
            for row in (context.lists[over] or ({},))
        ]
        for over, keys in LISTS.items()
    }
    return {**values, **lists, **context.flags, "pied": footer_of(TEXTS[kind], context)}
