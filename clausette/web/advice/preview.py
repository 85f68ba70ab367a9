"""A text shown in the page: the same blocks as the DOCX, what is to be completed marked."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from clausette.advice.texts.blocks import Facts, Filled, Heading, Items, Para, Plain, Table
from clausette.advice.texts.filling import HOLE

WIDE = SafeString('<div class="c-paper__wide" role="group" tabindex="0" aria-label="Tableau">')
"""Opens what scrolls sideways on a narrow screen: with the keyboard too."""


def html_of(filled: Filled) -> SafeString:
    """The text, titles from the third level on (the page has the first two)."""
    return format_html(
        '<p class="c-paper__title">{}</p><p class="c-paper__under">{}</p>{}<p class="c-paper__foot">{}</p>',
        filled.title,
        filled.subtitle,
        _joined(_block(block) for block in filled.blocks),
        filled.footer,
    )


def marked(text: str) -> SafeString:
    """A text, what is to be completed inside a mark."""
    parts, end = [], 0
    for hole in HOLE.finditer(text):
        parts.append(format_html("{}<mark>{}</mark>", text[end : hole.start()], hole[0]))
        end = hole.end()
    return format_html("{}{}", _joined(parts), text[end:])


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _block(block: Plain) -> SafeString:
    if isinstance(block, Heading):
        return format_html("<h3>{}</h3>", marked(block.text))
    if isinstance(block, Para):
        kind = "c-paper__right" if block.right else "c-paper__strong" if block.strong else "c-paper__para"
        return format_html('<p class="{}">{}</p>', kind, marked(block.text))
    if isinstance(block, Items):
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((marked(one),) for one in block.texts)))
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Facts):
        rows = ((marked(term), marked(value)) for term, value in block.rows)
        body = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td></tr>', rows)
        return format_html("{}<table><tbody>{}</tbody></table></div>", WIDE, body)
    signed = format_html_join("", "<p>{}</p>", ((marked(one),) for one in block.who))
    return format_html('<div class="c-paper__signed">{}</div>', signed)


def _table(block: Table) -> SafeString:
    heads = format_html_join("", '<th scope="col">{}</th>', ((head,) for head in block.heads))
    rows = (
        (format_html_join("", "<td>{}</td>", ((marked(cell),) for cell in row)),) for row in block.rows
    )
    body = format_html_join("", "<tr>{}</tr>", rows)
    return format_html("{}<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>", WIDE, heads, body)
