"""A text as a DOCX: our template made from its blocks, and a template filled with the values of a purchase."""

import unicodedata
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docxtpl.template import DocxTemplate

from clausette.advice.enums import TextKind
from clausette.advice.texts.catalogue import TEXTS
from clausette.advice.texts.context import Context
from clausette.advice.texts.filling import HOLE, written
from clausette.advice.texts.layout import document_of
from clausette.advice.texts.sandbox import TemplateEnvironment


@cache
def own_template(kind: TextKind) -> bytes:
    """Return our template of a text, with its variables: made from the same blocks as the page."""
    data = BytesIO()
    document_of(TEXTS[kind]).save(data)
    return data.getvalue()


def word_of(kind: TextKind, context: Context, *, template: bytes | None = None, on: date) -> bytes:
    """Return the DOCX of a text, filled. `template`: the structure's own, already checked."""
    values = written(kind, context)
    filled = render(template or own_template(kind), values)
    properties = filled.core_properties
    properties.title = TEXTS[kind].title
    properties.author = _clean(context.values["structure"])
    properties.created = properties.modified = datetime.combine(on, time())
    data = BytesIO()
    filled.save(data)
    return data.getvalue()


def render(template: bytes, values: Mapping[str, object]) -> Any:
    """Return the document filled, what is to be completed coloured. Raises jinja2.TemplateError."""
    document = DocxTemplate(BytesIO(template))
    document.render(cleaned(values), jinja_env=TemplateEnvironment(), autoescape=True)
    filled: Any = document.docx
    for run in list(filled.element.body.iter(_RUN)):
        _colour(run)
    return filled


_RUN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}r"


def cleaned(values: Mapping[str, object]) -> dict[str, Any]:
    """Values without the characters that XML refuses or that turn the direction of a text."""
    return {name: _cleaned(value) for name, value in values.items()}


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list):
        return [{key: _clean(text) for key, text in row.items()} for row in value]
    return value


def _clean(text: str) -> str:
    return "".join(one for one in text if one == "\n" or unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Cn"))


def _colour(run: Any) -> None:
    """Cut a run around what is to be completed, and put colour behind it."""
    text = run.text
    found = list(HOLE.finditer(text))
    if not found or len(run.t_lst) != 1:
        return
    end, pieces = 0, []
    for hole in found:
        pieces += [(text[end : hole.start()], False), (hole[0], True)]
        end = hole.end()
    pieces.append((text[end:], False))
    for piece, coloured in pieces:
        if not piece:
            continue
        part = deepcopy(run)
        part.text = piece
        if coloured:
            part.get_or_add_rPr().highlight_val = WD_COLOR_INDEX.YELLOW
        run.addprevious(part)
    run.getparent().remove(run)
