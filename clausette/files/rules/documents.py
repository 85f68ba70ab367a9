"""What a text (DOCX) may not hold: macros, objects, links that fetch something outside, hidden encodings."""

import re
from collections.abc import Collection

from clausette.files.errors import FileRefused

MACROS = "Ce document contient des macros : enregistrez-le au format .docx, sans macro."
OUTSIDE = "Ce document va chercher un contenu à l'extérieur (image liée, modèle attaché) : intégrez-le ou retirez-le."
OBJECT = "Ce document contient un objet incorporé : retirez-le."
ODD = "Ce document est écrit d'une façon inattendue : enregistrez-le de nouveau au format .docx."

_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
_OUTSIDE = re.compile(r"TargetMode\s*=\s*[\"']\s*External", re.IGNORECASE)
_LINK = re.compile(r"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_WEB = re.compile(r"Target\s*=\s*[\"'](?:https?://|mailto:)", re.IGNORECASE)
_OBJECTS = ("word/embeddings/", "word/activex/", "word/controls/")
_TEXTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml", re.IGNORECASE)


def is_document(names: Collection[str]) -> bool:
    """Whether these are the parts of a DOCX."""
    return "[Content_Types].xml" in names and "word/document.xml" in names


def is_document_text(name: str) -> bool:
    """Whether this part holds what a person reads."""
    return _TEXTS.fullmatch(name) is not None


def check_part(name: str, data: bytes) -> None:
    """Check one part of a DOCX. Raises FileRefused."""
    lowered = name.lower()
    if lowered.startswith(_OBJECTS) or "afchunk" in lowered:
        raise FileRefused(OBJECT)
    if not lowered.endswith((".xml", ".rels")):
        return
    text = data.decode("utf-8", errors="replace")
    if b"\x00" in data or "<!DOCTYPE" in text.upper():
        raise FileRefused(ODD)
    if lowered == "[content_types].xml" and "macroenabled" in text.lower():
        raise FileRefused(MACROS)
    if lowered.endswith(".rels"):
        _check_relations(text)


def _check_relations(text: str) -> None:
    """A link that a person may click is fine; anything else outside is fetched by the program that opens it."""
    for relation in _RELATION.findall(text):
        if _OUTSIDE.search(relation) and not (_LINK.search(relation) and _WEB.search(relation)):
            raise FileRefused(OUTSIDE)
