"""A DOCX template that a structure brings: each tag is read where it stands, then the whole as it will be filled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.document import Document as DocumentObject
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl.template import DocxTemplate
from jinja2.exceptions import TemplateError

from clausette.advice.enums import TextKind
from clausette.advice.errors import TemplateRefused
from clausette.advice.texts.catalogue import Names, names_of
from clausette.advice.texts.context import TextFacts, context_of
from clausette.advice.texts.filling import written
from clausette.advice.texts.sandbox import TemplateEnvironment, wrong_in
from clausette.advice.texts.word import render
from clausette.kernel.french import format_number

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_OPENERS = ("{{", "{%", "{#")
_HEAD = re.compile(r"^(\{[{%])(?:p|tr|tc|r)(?= )")
_AROUND = 60
MOST_TAGS = 2_000
MOST_OPEN = 50
"""Tags that may be left open before the reading by paragraphs says which one."""
_BROKEN = "Ce document ne peut pas être ouvert : enregistrez-le de nouveau au format DOCX."


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of the template, and where it is: « paragraphe 3 », « tableau 1, ligne 2, colonne 1 »."""

    place: str
    text: str

    def told(self, sentence: str) -> str:
        """A refusal with its place and the text around it."""
        around = self.text if len(self.text) <= _AROUND else f"{self.text[:_AROUND]}…"
        return f"{sentence[0].upper()}{sentence[1:]}, {self.place} : « {around} »."


def check_template(kind: TextKind, data: bytes) -> None:
    """Check a template whole. Raises TemplateRefused (field « file »): the name, its place, the text around."""
    names = names_of(kind)
    document = _opened(data)
    _check_amount(data)
    _check_properties(document)
    _check_pieces(list(pieces_of(document)), names)
    _check_whole(data, names)
    try:
        render(data, written(kind, context_of(TextFacts("", "", "", ""))))
    except (TemplateError, ValueError, KeyError, SyntaxError) as error:
        raise TemplateRefused("Ce modèle ne peut pas être rempli : vérifiez les boucles et les conditions.") from error


def _opened(data: bytes) -> DocumentObject:
    try:
        template: Any = DocxTemplate(BytesIO(data))
        document: DocumentObject = template.get_docx()
    except (KeyError, ValueError, OSError, SyntaxError, AttributeError, BadZipFile, PackageNotFoundError) as error:
        raise TemplateRefused(_BROKEN) from error
    return document


def pieces_of(document: DocumentObject) -> Iterator[Piece]:
    """Give the paragraphs in their order: body, then headers and footers."""
    yield from _of(document.element.body, "")
    for number, section in enumerate(document.sections, start=1):
        for where, part in (("en-tête", section.header), ("pied de page", section.footer)):
            if not part.is_linked_to_previous:
                yield from _of(part._element, f"{where} {number}, ")  # noqa: SLF001  # the library gives no other way


def _of(parent: Any, before: str) -> Iterator[Piece]:
    paragraphs = tables = 0
    for child in parent.iterchildren():
        if child.tag.endswith("}p"):
            paragraphs += 1
            yield Piece(f"{before}paragraphe {paragraphs}", Paragraph(child, None).text)  # type: ignore[arg-type]  # only read
        elif child.tag.endswith("}tbl"):
            tables += 1
            yield from _of_table(child, f"{before}tableau {tables}")
        elif child.tag.endswith("}sdt"):
            for content in child.iterchildren():
                yield from _of(content, f"{before}zone de contenu, ")


def _of_table(child: Any, before: str) -> Iterator[Piece]:
    for row_number, row in enumerate(Table(child, None).rows, start=1):  # type: ignore[arg-type]  # only read
        for column, cell in enumerate(row._tr.tc_lst, start=1):  # noqa: SLF001  # merged cells once
            place = f"{before}, ligne {row_number}, colonne {column}"
            for piece in _of(cell, ""):
                yield Piece(place if piece.place.startswith("paragraphe") else f"{place}, {piece.place}", piece.text)


def _check_properties(document: DocumentObject) -> None:
    """The filling also reads the properties of the document: no tag there."""
    said = document.core_properties
    for value in (said.author, said.comments, said.identifier, said.language, said.subject, said.title):
        if any(opener in (value or "") for opener in _OPENERS):
            raise TemplateRefused("Une propriété du document contient une variable : retirez-la.")


def _check_pieces(pieces: list[Piece], names: Names) -> None:
    """Each tag alone; loops and conditions opened and closed in their order."""
    opened: list[tuple[str, str, Piece]] = []
    for piece in pieces:
        for tag in _TAG.findall(piece.text):
            _check_tag(tag, piece, names, opened)
        rest = _TAG.sub("", piece.text)
        if any(mark in rest for mark in (*_OPENERS, "}}", "%}", "#}")):
            raise TemplateRefused(piece.told("une variable n'est pas fermée"))
    if opened:
        word, _, piece = opened[-1]
        raise TemplateRefused(piece.told(f"il manque « end{word} » après « {word} »"))


def _check_tag(tag: str, piece: Piece, names: Names, opened: list[tuple[str, str, Piece]]) -> None:
    plain = _HEAD.sub(r"\1", tag).translate(_QUOTES)
    if plain.startswith("{#"):
        raise TemplateRefused(piece.told("les commentaires « {# » ne sont pas admis"))
    if plain.startswith("{{"):
        walked = next((over for word, over, _ in reversed(opened) if word == "for"), "")
        _demand(_wrong_alone(plain, names, walked), piece)
        return
    said = plain[2:-2].strip(" -")
    word = said.split(" ", 1)[0]
    if word in ("for", "if"):
        walked = next((over for kind, over, _ in reversed(opened) if kind == "for"), "")
        _demand(_wrong_alone(f"{{% {said} %}}{{% end{word} %}}", names, walked), piece)
        opened.append((word, said.rsplit(" ", 1)[-1] if word == "for" else "", piece))
    elif word in ("endfor", "endif"):
        if not opened or opened[-1][0] != word.removeprefix("end"):
            raise TemplateRefused(piece.told(f"« {word} » ne ferme rien"))
        opened.pop()
    elif word not in ("else", "elif") or not opened:
        raise TemplateRefused(piece.told(f"« {word} » n'est pas admis"))
    elif word == "elif":
        _demand(_wrong_alone(f"{{% {said[2:]} %}}{{% endif %}}", names, ""), piece)


_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def _wrong_alone(source: str, names: Names, walked: str) -> str:
    """What is refused in one tag read alone, « » when nothing is."""
    try:
        tree = TemplateEnvironment().parse(source)
    except TemplateError:
        return f"écriture incomprise « {source[2:-2].strip()} »" if source.startswith("{{") else "écriture incomprise"
    return wrong_in(tree, names, walked)


def _demand(told: str, piece: Piece) -> None:
    if told:
        raise TemplateRefused(piece.told(told))


def _check_whole(data: bytes, names: Names) -> None:
    """Every part, as the filling will read it: what the reading by paragraphs did not see is seen here."""
    template: Any = DocxTemplate(BytesIO(data))
    for source in _parts(data):
        if any(opener in _shown(source) for opener in _OPENERS):
            _check_part(template.patch_xml(source), names)


def _check_amount(data: bytes) -> None:
    """A text has tens of variables: thousands, or tags left open, would only make the filling endless."""
    for source in _parts(data):
        text = _shown(source)
        opened = sum(text.count(mark) for mark in _OPENERS)
        closed = sum(text.count(mark) for mark in ("}}", "%}", "#}"))
        if opened > MOST_TAGS or (opened > MOST_OPEN and opened != closed):
            most = format_number(MOST_TAGS)
            raise TemplateRefused(f"Ce modèle contient plus de {most} variables, ou des variables jamais fermées.")


def _parts(data: bytes) -> Iterator[str]:
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                yield archive.read(name).decode("utf-8", errors="replace")


def _shown(source: str) -> str:
    return re.sub(r"<[^>]*>", "", source)


def _check_part(source: str, names: Names) -> None:
    try:
        told = wrong_in(TemplateEnvironment().parse(source), names)
    except TemplateError as error:
        raise TemplateRefused("Ce modèle contient une écriture incomprise : vérifiez ses variables.") from error
    if told:
        raise TemplateRefused(f"{told[0].upper()}{told[1:]}, dans une zone de texte, une note ou un commentaire.")
