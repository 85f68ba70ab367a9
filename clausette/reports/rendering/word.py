"""A paper as an editable text (DOCX): titles, tables with repeated headings, the curve with its words."""

import unicodedata
from datetime import datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from clausette.reports.curve import svg_picture
from clausette.reports.paper import Chart, Head, Ledger, Paper
from clausette.reports.rendering.pdf import drawn

_ACCENT, _SOFT, _WASH = RGBColor(0x0B, 0x5D, 0x62), RGBColor(0x58, 0x64, 0x74), "EEF5F5"
_PAGE = 176  # millimetres of text across an A4 page
_MANY = 6  # columns beyond which letters are smaller


def word_of(paper: Paper) -> bytes:
    """Return the text, ready to be edited; its figures are those of the PDF."""
    document = Document()
    _set_up(document, paper)
    _top(document, paper)
    for block in paper.blocks:
        document.add_heading(_plain(block.title), level=2)
        if block.note:
            _line(document, block.note, small=True)
        if isinstance(block, Chart):
            _picture(document, block)
        else:
            _table(document, block)
    _line(document, f"{paper.verification} {paper.hash}", small=True)
    for line in paper.signature:
        _line(document, line)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def _plain(text: str) -> str:
    """The text without the characters that XML refuses, nor those that turn its direction."""
    return "".join(
        one for one in text if one == "\n" or unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Cn")
    )


def _set_up(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(17)
    section.top_margin, section.bottom_margin = Mm(15), Mm(18)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    normal.element.get_or_add_rPr().append(language)
    for level, size in (("Heading 1", 20), ("Heading 2", 13)):
        style = document.styles[level]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), _ACCENT
        fonts = style.element.rPr.rFonts
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)  # the theme of the library would win over the name
        style.paragraph_format.keep_with_next = True
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.name, paper.issuer[0], "fr-FR"
    properties.created = properties.modified = datetime.combine(paper.issued_on, time())
    properties.comments = ""
    footer = section.footer.paragraphs[0].add_run(_plain(f"{paper.footer} · empreinte {paper.hash}"))
    footer.font.size, footer.font.color.rgb = Pt(7), _SOFT


def _top(document: Any, paper: Paper) -> None:
    _line(document, " · ".join(paper.issuer), small=True)
    document.add_heading(_plain(paper.title), level=1)
    _line(document, f"{paper.subtitle}. {paper.number}, {paper.issued}.", bold=True)
    for text in (paper.correction, paper.statement, paper.equivalent):
        if text:
            _line(document, text)
    if paper.notice:
        _line(document, paper.notice, small=True)
    if paper.boxes:
        cells = tuple(
            f"{box.label} : {box.value}" + (f" ({box.note})" if box.note else "") for box in paper.boxes
        )
        for cell in cells:
            _line(document, cell, bold=True)
    if paper.identity:
        heads = (Head("Objet", width=2), Head("Détail", width=6))
        rows = tuple((term, ", ".join(lines)) for term, lines in paper.identity)
        _table(document, Ledger("", heads, rows))


def _line(document: Any, text: str, *, small: bool = False, bold: bool = False) -> None:
    run = document.add_paragraph().add_run(_plain(text))
    run.bold = bold
    if small:
        run.font.size, run.font.color.rgb = Pt(8.5), _SOFT


def _picture(document: Any, chart: Chart) -> None:
    shape = document.add_picture(BytesIO(svg_picture(drawn(chart))), width=Mm(_PAGE))
    shape._inline.docPr.set("descr", chart.alt)  # noqa: SLF001  # the library has no way to say it


def _table(document: Any, ledger: Ledger) -> None:
    rows, total = ledger.written()
    table = document.add_table(rows=1 + len(rows) + bool(total), cols=len(ledger.heads))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    many = len(ledger.heads) > _MANY
    size = Pt(7 if many else 9)
    if many:
        _tight(table)
    widths = [head.width or 1 for head in ledger.heads]
    shares = [Mm(_PAGE * width / sum(widths)) for width in widths]
    for column, share in zip(table.columns, shares, strict=True):
        column.width = share
    lines = [[head.label for head in ledger.heads], *rows, *([total] if total else [])]
    grid = table._tbl.tr_lst  # noqa: SLF001  # `table.rows[n].cells` is quadratic on long tables
    for number, (line, made) in enumerate(zip(lines, grid, strict=True)):
        strong = number == 0 or (bool(total) and number == len(lines) - 1)
        for place, (text, cell) in enumerate(zip(line, made.tc_lst, strict=True)):
            cell.width = shares[place]
            _cell(
                cell,
                text,
                size,
                strong=strong,
                right=ledger.heads[place].kind not in ("text", "date", "month"),
                part=place == 0 and text.startswith("dont "),
            )
    for made in grid:
        made.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _repeat(grid[0])
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _tight(table: Any) -> None:
    """Less room beside the figures of a table of many columns: no number is cut in two."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        room = OxmlElement(side)
        room.set(qn("w:w"), "34")  # twentieths of a point: 0.6 mm
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    table._tbl.tblPr.append(margins)  # noqa: SLF001  # the library has no way to say it


def _cell(cell: Any, text: str, size: Any, *, strong: bool, right: bool, part: bool = False) -> None:
    """One cell. `part`: a figure that is held in the one above."""
    paragraph = Paragraph(cell.p_lst[0], cell)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    if part:
        paragraph.paragraph_format.left_indent = Mm(3)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(_plain(text))
    run.bold, run.font.size = strong, size


def _repeat(row: Any) -> None:
    """The first line is a heading, on each page; it is shaded."""
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in row.tc_lst:
        shade = OxmlElement("w:shd")
        for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _WASH)):
            shade.set(qn(key), value)
        cell.get_or_add_tcPr().append(shade)
