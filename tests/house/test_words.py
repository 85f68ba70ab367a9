"""Words that never reach the screen (the trade says them otherwise)."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import nodes, python_files, short, templates

NEVER = {
    r"placements?": "mise à l'emploi",
    r"obligations?(?! d.emploi)": "engagement d'insertion",
    r"néant": "aucune heure ce mois-ci",
    r"allocations?(?! (d.invalidité|de solidarité|adulte|aux adultes|d.aide|spécifique))": "répartition des heures",
    r"rejetée?s?": "heures non retenues",
    r"déficits?": "heures restant à réaliser, ou non réalisées",
    r"preuves?": "pièce justificative",
    r"snapshots?": "chiffres arrêtés au …",
    r"dispositifs? techniques?": "levier juridique",
    r"criblages?": "repérage",
    r"cliquez ici": "le nom de ce qu'on ouvre",
    r"contrats?(?! (de travail|de mise à disposition|comptés?|d.apprentissage|de professionnalisation|à durée|aidés?))":
        "marché (le contrat est « de travail »)",
}  # fmt: skip
TAGS = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<(script|style)\b.*?</\1>", re.DOTALL)
SHOWN = re.compile(r'(?:title|alt|placeholder|aria-label|value)="([^"]*)"')
QUOTED = re.compile(r'"([^"]*)"')


def shown_text(source: str) -> str:
    """Return what a person may read of a template: text, some attributes, sentences given to tags."""
    inside = " ".join(
        " ".join(QUOTED.findall(tag.group())) for tag in re.finditer(r"{%.*?%}", source, re.DOTALL)
    )
    sentences = " ".join(re.findall(r"[^\"]* [^\"]*", inside)) if " " in inside else ""
    bare = TAGS.sub(" ", source)
    attributes = " ".join(SHOWN.findall(bare))
    return f"{re.sub(r'<[^>]*>', ' ', bare)} {attributes} {sentences}"


def said(text: str) -> set[str]:
    """Return the words of the list that the text says, with what to say instead."""
    return {
        f"{match.group()} → {better}"
        for word, better in NEVER.items()
        for match in re.finditer(rf"(?<![\w/:._-]){word}(?![\w/:._=-])", text, re.IGNORECASE)
    }


@pytest.mark.parametrize("template", templates(), ids=short)
def test_no_template_says_a_word_of_the_list(template: Path) -> None:
    assert said(shown_text(template.read_text(encoding="utf-8"))) == set()


def sentences(path: Path) -> list[str]:
    """Return the literal sentences of a module: strings with a French letter or a space, docstrings left out."""
    docs = {
        id(node.body[0].value)
        for node in nodes(path)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in nodes(path)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs
        and re.search(r"[éèêàçœÉÀ’]", node.value)
    ]


def test_an_address_is_asked_for_by_one_name() -> None:
    called = re.compile(r"""(?:label=|Column\(|Fact\()["'](?:Courriel|E-?mail|Mail)\b""")
    assert [short(path) for path in python_files("clausette") if called.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", python_files("clausette"), ids=short)
def test_no_sentence_in_the_code_says_a_word_of_the_list(path: Path) -> None:
    assert {word for sentence in sentences(path) for word in said(sentence)} == set()
