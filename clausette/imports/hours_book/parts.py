"""The parts of an XLSX file that say nothing of its lines: types, relations, names of sheets, styles."""

from collections.abc import Iterator, Sequence
from html import escape

from clausette.imports.takeover.reading.results import sheet_name

HEAD, DAY, ERROR = 1, 2, 3
"""Styles of cells: heading, date, what is to be corrected."""
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET_TAIL = "</sheetData></worksheet>"
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/>'
    '</font><font><sz val="11"/><color rgb="FF9C0006"/><name val="Calibri"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE3F0EF"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFE5E5"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">'
    '<xf xfId="0"/><xf xfId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"/>'
    '<xf xfId="0" numFmtId="164" applyNumberFormat="1"/>'
    '<xf xfId="0" fontId="2" fillId="3" applyFont="1" applyFill="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def sheet_head(columns: int, told: int | None) -> str:
    """Return what precedes the lines of a sheet. `told`: number, from 1, of the wide column of what is said."""
    widths = f'<col min="1" max="{max(1, columns)}" width="18" customWidth="1"/>'
    if told is not None:
        widths += f'<col min="{told}" max="{told}" width="100" customWidth="1"/>'
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


def names_of(names: Sequence[str]) -> list[str]:
    """Return names that any workbook accepts, each once."""
    found: list[str] = []
    for name in names:
        wanted, count = sheet_name(name), 2
        while wanted.casefold() in (one.casefold() for one in found):
            wanted, count = f"{sheet_name(name)[:27]} {count}", count + 1
        found.append(wanted)
    return found


def around(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the parts of the file beside its sheets: path, content."""
    numbered = list(enumerate(names, 1))
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>' for number, name in numbered
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number, _ in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    yield "[Content_Types].xml", (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" '
        f'ContentType="{_TYPE}.styles+xml"/>{kinds}</Types>'
    )
    yield "_rels/.rels", (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    yield "xl/workbook.xml", (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    )
    yield "xl/_rels/workbook.xml.rels", (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship Id="rId{len(names) + 1}" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    )
    yield "xl/styles.xml", _STYLES
