"""The twelve texts: complete or empty, the three outputs say the same, nothing stays unresolved."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import clausette.advice.texts.wording as wording
from clausette.advice.enums import TextKind
from clausette.advice.texts.catalogue import TEXTS, names_of
from clausette.advice.texts.context import TextFacts, TextLot, context_of
from clausette.advice.texts.filling import HOLE, fill, grouped, written
from clausette.advice.texts.plain import plain_of, sentences_of
from clausette.advice.texts.sandbox import TemplateEnvironment, wrong_in
from clausette.advice.texts.variables import FLAGS, LISTS, VALUES
from clausette.advice.texts.word import own_template, word_of
from clausette.procurement.enums import LegalDeviceKind
from clausette.web.advice.preview import html_of
from tests.advice.texts_samples import EMPTY, TODAY, full, html_text, word_text, words

UNRESOLVED = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|\bligne\.")
DEVICES = (LegalDeviceKind.BOTH, LegalDeviceKind.EXECUTION, LegalDeviceKind.RESERVED_IAE, LegalDeviceKind.NONE)


def outputs(kind: TextKind, facts: TextFacts) -> tuple[str, str, str]:
    """The DOCX, the page and the text to copy, as they are read."""
    context = context_of(facts)
    filled = fill(kind, context)
    page = html_text(html_of(filled)).strip().removesuffix(filled.footer)
    return word_text(word_of(kind, context, on=TODAY)), page, plain_of(filled)


@pytest.mark.parametrize("kind", TextKind)
@pytest.mark.parametrize("facts", [full(), EMPTY], ids=["full", "empty"])
def test_the_three_outputs_say_the_same_and_nothing_stays_unresolved(kind: TextKind, facts: TextFacts) -> None:
    docx, page, plain = outputs(kind, facts)
    assert words(docx) == words(page) == words(plain)
    for text in (docx, page, plain):
        assert UNRESOLVED.search(text) is None
    missing = fill(kind, context_of(facts)).missing
    found = dict.fromkeys(hole.split(": ", 1)[1].removesuffix("]") for hole in HOLE.findall(docx))
    assert tuple(found) == missing


@pytest.mark.parametrize("kind", [TextKind.RULES, TextKind.CLAUSES, TextKind.QUESTION])
@pytest.mark.parametrize("device", DEVICES)
def test_each_levier_has_its_paragraphs(kind: TextKind, device: LegalDeviceKind) -> None:
    docx, page, plain = outputs(kind, full(device, 1))
    assert words(docx) == words(page) == words(plain)
    scored = device == LegalDeviceKind.BOTH
    assert ("articles L2152-7 et R2152-7" in plain) is scored
    if kind == TextKind.RULES:
        assert ("condition d'exécution du marché" in plain) is (device in DEVICES[:2])
        assert ("réservée aux structures d'insertion" in plain) is (device == LegalDeviceKind.RESERVED_IAE)


def test_twelve_lots_are_all_written_in_their_order() -> None:
    text = plain_of(fill(TextKind.RULES, context_of(full(count=12))))
    assert [line.split("\t")[0] for line in text.splitlines() if line.endswith("833\u00a0h")] == [
        str(n) for n in range(1, 13)
    ]


def test_what_is_missing_of_a_lot_says_which_one() -> None:
    facts = replace(full(), lots=(TextLot("1", "Peinture", volume="70\u00a0h"), TextLot("2", "Sols")))
    assert fill(TextKind.RULES, context_of(facts)).missing[0] == "volume d'insertion du lot 2"


def test_what_is_missing_of_many_lots_is_said_once() -> None:
    missing = ("titre", "volume d'insertion du lot 1", "calcul du volume du lot 1", "volume d'insertion du lot 2")
    assert grouped(missing) == ("titre", "volume d'insertion des lots 1, 2", "calcul du volume du lot 1")


def test_values_are_text_and_never_a_template_nor_a_page() -> None:
    buyer = "{{ 7*7 }} <b>&amp; {% for %}\x0b\u202e"
    hostile = replace(full(), buyer=buyer, title="L'« école » & \"fils\" {_{ objet }_}")
    context = context_of(hostile)
    docx = word_text(word_of(TextKind.AGREEMENT, context, on=TODAY))
    assert "Entre {{ 7*7 }} <b>&amp; {% for %}, maître d'ouvrage" in docx
    assert "&lt;b&gt;" in html_of(fill(TextKind.AGREEMENT, context))


def test_no_article_of_law_is_typed_in_the_wording() -> None:
    article = re.compile(r"\b[LRD]\.? ?\d{3,}|\barticles? \d")
    for path in Path(str(wording.__file__)).parent.glob("*.py"):
        assert article.findall(path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize("kind", TextKind)
def test_our_own_templates_obey_the_rules_of_those_that_are_brought(kind: TextKind) -> None:
    from clausette.advice.texts.checking import check_template

    check_template(kind, own_template(kind))


def test_every_variable_is_documented_and_serves() -> None:
    names = [names_of(kind) for kind in TextKind]
    assert set().union(*(one.values for one in names)) | {"heures_total"} == set(VALUES)
    assert set().union(*(one.lists for one in names)) == set(LISTS)
    for kind, one in zip(TextKind, names, strict=True):
        assert len(one.documented()) >= len(one.values) + len(FLAGS)
        assert set(written(kind, context_of(EMPTY))) >= one.values | one.lists | one.flags


def test_sentences_are_those_of_the_text() -> None:
    filled = fill(TextKind.CLAUSES, context_of(full()))
    assert set(sentences_of(filled)) <= set(plain_of(filled).replace("- ", "").splitlines())
    assert len(TEXTS) == len(TextKind)


@pytest.mark.parametrize("kind", TextKind)
def test_the_template_is_the_same_each_time(kind: TextKind) -> None:
    first = word_text(own_template(kind))
    own_template.cache_clear()
    assert word_text(own_template(kind)) == first
    tree = TemplateEnvironment().parse("{{ structure }}")
    assert wrong_in(tree, names_of(kind)) == ""
