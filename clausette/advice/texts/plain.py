"""A text to copy: no layout but lines, points and tabulations, which a text editor and a workbook both understand."""

from clausette.advice.texts.blocks import Facts, Filled, Heading, Items, Para, Plain, Table


def plain_of(filled: Filled) -> str:
    """Return the text to copy, one blank line between blocks."""
    parts = [filled.title, filled.subtitle, *(_block(block) for block in filled.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Plain) -> str:
    if isinstance(block, Heading | Para):
        return block.text
    if isinstance(block, Items):
        return "\n".join(f"- {text}" for text in block.texts)
    if isinstance(block, Facts):
        return "\n".join(f"{term} :\t{value}".rstrip() for term, value in block.rows)
    if isinstance(block, Table):
        return "\n".join("\t".join(row).rstrip() for row in (block.heads, *block.rows))
    return "\t".join(block.who)


def sentences_of(filled: Filled) -> tuple[str, ...]:
    """Return what the text says, piece by piece: paragraphs, points, titles, rows of tables."""
    found: list[str] = []
    for block in filled.blocks:
        found += [line.removeprefix("- ") for line in _block(block).split("\n")]
    return tuple(line for line in found if line.strip())
