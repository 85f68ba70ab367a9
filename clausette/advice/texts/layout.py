"""Our DOCX templates, drawn from the blocks of a text: the variables stay written, each in a run of its own."""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from clausette.advice.texts.blocks import (
    ROW,
    TAG,
    Block,
    Facts,
    Heading,
    Items,
    ItemsOf,
    Para,
    Signatures,
    Table,
    Text,
    When,
)

_ACCENT, _SOFT, _WASH = RGBColor(0x0B, 0x5D, 0x62), RGBColor(0x58, 0x64, 0x74), "EEF5F5"
_LINE = "AEB8C2"
_WIDE = 170  # millimetres of text across the page
_BLANK, _BOX = Mm(7), Mm(16)  # heights of a row, and of an answer, filled by hand
_FONT = "Calibri"


def document_of(text: Text) -> Any:
    """Return the template of a text."""
    document = Document()
    _set_up(document, text)
    document.add_heading(text.title, level=1)
    if text.subtitle:
        under = document.add_paragraph()
        run = under.add_run(text.subtitle)
        run.font.color.rgb = _SOFT
        under.paragraph_format.space_after = Pt(6 if text.compact else 12)
    before: Block | None = None
    for block in text.blocks:
        _add(document, block, text)
        if isinstance(before, ItemsOf) and isinstance(block, Para):
            document.paragraphs[-1].paragraph_format.space_before = Pt(8)
        before = block
    return document


def _set_up(document: Any, text: Text) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(16 if text.compact else 20), Mm(16)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10 if text.compact else 10.5)
    normal.paragraph_format.space_after = Pt(3 if text.compact else 6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    normal.element.get_or_add_rPr().append(language)
    for level, size, before in (("Heading 1", 20, 0), ("Heading 2", 12.5, 8 if text.compact else 14)):
        _heading_style(document.styles[level], size, before)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(2)
    properties = document.core_properties
    properties.title, properties.author, properties.language, properties.comments = text.title, "", "fr-FR", ""
    _footer(section.footer.paragraphs[0])


def _heading_style(style: Any, size: float, before: int) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _ACCENT
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)  # the theme of the library would win over the name
    style.paragraph_format.keep_with_next = True
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)


def _footer(paragraph: Any) -> None:
    """The name of the template, its version, the date of the law; the number of the page on the right."""
    paragraph.style = "Normal"  # the tabulations of « Footer » would cut a long name
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDE), WD_TAB_ALIGNMENT.RIGHT)
    _write(paragraph, "{{ pied }}\tPage ")
    for kind in ("begin", "PAGE", "end"):
        run = paragraph.add_run()
        if kind == "PAGE":
            code = OxmlElement("w:instrText")
            code.text = kind
        else:
            code = OxmlElement("w:fldChar")
            code.set(qn("w:fldCharType"), kind)
        run._r.append(code)  # noqa: SLF001  # the library has no way to number pages
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(7.5), _SOFT


def _write(paragraph: Any, text: str, *, bold: bool = False, size: float | None = None) -> None:
    """A text in runs, each variable alone in its own: what is to be completed can be coloured."""
    for piece in _pieces(text):
        run = paragraph.add_run(piece)
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)


def _pieces(text: str) -> list[str]:
    """« pour {{ acheteur }}. » → « pour  », « {{ acheteur }} », « . »."""
    end, found = 0, []
    for tag in TAG.finditer(text):
        found += [text[end : tag.start()], tag[0]]
        end = tag.end()
    return [piece for piece in (*found, text[end:]) if piece]


def _add(document: Any, block: Block, text: Text) -> None:
    if isinstance(block, When):
        document.add_paragraph(f"{{%p if {block.flag} %}}")
        for one in block.blocks:
            _add(document, one, text)
        document.add_paragraph("{%p endif %}")
    elif isinstance(block, Heading):
        _write(document.add_heading(level=2), block.text)
    elif isinstance(block, Para):
        paragraph = document.add_paragraph()
        _write(paragraph, block.text, bold=block.strong)
        paragraph.paragraph_format.keep_with_next = block.strong or None
        if block.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.space_before = Pt(8)
    elif isinstance(block, Items):
        for number, point in enumerate(block.texts, start=1):
            paragraph = document.add_paragraph(style="List Bullet")
            _write(paragraph, point)
            if number == len(block.texts):
                paragraph.paragraph_format.space_after = Pt(6)
    elif isinstance(block, ItemsOf):
        document.add_paragraph(f"{{%p for {ROW} in {block.over} %}}")
        _write(document.add_paragraph(style="List Bullet"), block.text)
        document.add_paragraph("{%p endfor %}")
    else:
        _add_table(document, block, text)


def _add_table(document: Any, block: Table | Facts | Signatures, text: Text) -> None:
    size = 9 if text.compact else 9.5
    if isinstance(block, Facts):
        _grid(document, block.rows, (5, 9), size, first_bold=True, height=_BOX if block.fill else None)
    elif isinstance(block, Signatures):
        _signatures(document, block.who)
    else:
        walked: Sequence[Sequence[str]] = block.rows
        if block.over:
            start, end = f"{{%tr for {ROW} in {block.over} %}}", "{%tr endfor %}"
            empty = [""] * (len(block.heads) - 1)
            walked = ([start, *empty], block.rows[0], [end, *empty])
        _grid(document, (block.heads, *walked), block.widths, size, headed=True, height=_BLANK if block.fill else None)


def _grid(
    document: Any,
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    size: float,
    *,
    headed: bool = False,
    first_bold: bool = False,
    height: Any = None,
) -> None:
    count = len(rows[0])
    made = document.add_table(rows=len(rows), cols=count)
    made.style, made.autofit = "Table Grid", False
    _soft_lines(made)
    shares = [Mm(_WIDE * one / sum(widths or (1,) * count)) for one in (widths or (1,) * count)]
    for column, share in zip(made.columns, shares, strict=True):
        column.width = share
    for number, (row, texts) in enumerate(zip(made.rows, rows, strict=True)):
        head = headed and number == 0
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  # no other way
        if height and not head:
            row.height = height
        if head:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  # no other way
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = shares[place]
            strong = head or (first_bold and place == 0)
            _cell(cell, text, size, strong=strong)
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.line_spacing = Pt(6)


def _soft_lines(made: Any) -> None:
    """Grey lines: a table is read, not its frame."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", _LINE)):
            line.set(qn(key), value)
        borders.append(line)
    made._tbl.tblPr.append(borders)  # noqa: SLF001  # the library has no way to say it


def _cell(cell: Any, text: str, size: float, *, strong: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    _write(paragraph, text, bold=strong, size=size)
    if strong:
        shade = OxmlElement("w:shd")
        for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _WASH)):
            shade.set(qn(key), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001  # the library has no way to say it


def _signatures(document: Any, who: Sequence[str]) -> None:
    """Places to sign, kept together on a page."""
    before = document.add_paragraph()
    before.paragraph_format.keep_with_next = True
    made = document.add_table(rows=1, cols=len(who))
    made.rows[0].height = Mm(26)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  # no other way
    for cell, text in zip(made.rows[0].cells, who, strict=True):
        _write(cell.paragraphs[0], text, bold=True)
