"""The attestation as read on paper: the text of the PDF, its tags, and what hostile input cannot do."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from clausette.kernel.french import format_hours
from clausette.reports.attestation.coherence import IncoherentFacts
from clausette.reports.attestation.facts import AttestationFacts, Body, Correction, MonthRow, facts_hash
from clausette.reports.attestation.render import render_pdf
from clausette.reports.attestation.wording import format_rate, words
from clausette.reports.fonts import MISSING, _covered, printable
from tests.reports.samples import followed, reprise, sample

HOSTILE = (
    '#panic("x")', "*gras* _penché_", "$x^2$", "<etiquette> @ref", "// fin /* fin", "= Titre", "#sys.inputs",
    "\\u{41} \\", '"guillemets" «»', "`code`", "~ -- --- ...", "[contenu] {code}", "https://exemple.invalid",
)  # fmt: skip


def read(facts: AttestationFacts) -> str:
    return flat("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(facts))).pages))


def flat(text: str) -> str:
    """Lines and kinds of spaces do not count when a text is looked for."""
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def text() -> str:
    return read(sample())


@pytest.mark.parametrize(
    "said",
    [
        "Attestation d’heures d’insertion",
        "N° ATT-2026-0001",
        "établie le 22 novembre 2026",
        "SIRET 999 100 019 00010",
        "Bâti Ouche (mandataire du groupement)",
        "SIRET 999 200 025 00016",
        "Dijon-sur-Ouche Métropole",
        "Gymnase des Acacias, lot 1 gros œuvre",
        "Construction d'un gymnase et de ses abords",
        "n° 2025-118 · notifié le 14 avril 2025",
        "article L2112-2 du code de la commande publique, à la date du 20 janvier 2025",
        "1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 h, arrondi à 833 h",
        "minimum exigé : 833 h",
        "Chiffres arrêtés au 31 octobre 2026",
        "Heures dues à ce jour 736,4 h",
        "Heures dues fermes au terme 833 h",
        "Heures déclarées 921,5 h",
        "Heures validées 700 h",
        "Heures restant à réaliser 133 h",
        "Taux de réalisation brut 84 %",
        "Taux de réalisation plafonné 84 %",
        "Personnes 9",
        "Contrats de travail comptés 11",
        "≈ 1 personne pendant 4,6 mois à temps plein (151,67 h par mois)",
        "Annule et remplace l’attestation n° ATT-2026-0000 du 3 novembre 2026. Motif : un relevé",
        "mai 2025 Bâti Ouche aucune heure 0,0 h",
        "décembre 2025 Bâti Ouche relevé non reçu –",
        "octobre 2026 Bâti Ouche 221,5 h à valider",
        "Total 921,5 h 700,0 h",
        "Intérim d'insertion (ETTI) 4 124,0 h",
        "Comment lire ces chiffres",
        "Claire Vasseur",
        "1 / 2",
        "2 / 2",
    ],
)
def test_the_paper_says(text: str, said: str) -> None:
    assert flat(said) in text


def test_the_hash_stands_on_each_page_and_in_the_verification(text: str) -> None:
    assert text.count(facts_hash(sample())) == 3
    assert "Pour vérifier ce document" in text


def test_the_words_of_the_trade_are_kept(text: str) -> None:
    for never in (
        "placement",
        "obligation",
        "néant",
        "allocation",
        "rejetées",
        "déficit",
        "preuve",
        "contrat ",
    ):
        assert never not in text.replace("contrat compté", "").lower(), never


def test_the_same_facts_give_the_same_bytes() -> None:
    assert render_pdf(sample()) == render_pdf(sample())


def test_it_is_tagged_french_and_titled() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(sample())))
    root = reader.root_object
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("fr")
    assert reader.metadata is not None
    assert reader.metadata.title == "Attestation d’heures d’insertion ATT-2026-0001"
    assert b"pdfuaid:part>1<" in render_pdf(sample())
    assert len(reader.pages) == 2


def test_nothing_optional_given() -> None:
    text = read(followed())
    assert "None" not in text
    assert "Suivi sans objectif chiffré" in text
    assert "1 234,5 h" in text
    for absent in (
        "Taux de",
        "Heures dues",
        "restant à réaliser 0",
        "Levier",
        "SIRET",
        "Annule",
        "Mois par mois",
    ):
        assert absent not in text, absent


def test_an_ended_engagement_with_an_opening_balance() -> None:
    text = read(reprise())
    assert "Heures non réalisées 200 h" in text
    assert "dont reprise au 30 avril 2025 300 h" in text
    assert "Reprise au 30 avril 2025 – 300,0 h" in text
    assert "Total 921,5 h 1 000,0 h" in text
    assert "restant à réaliser" not in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_markup_is_printed_as_text(hostile: str) -> None:
    base = sample()
    assert flat(hostile) in read(
        replace(base, firm=Body(hostile), market=replace(base.market, purpose=hostile))
    )


def test_hostile_everywhere_at_once() -> None:
    nasty = " ".join(HOSTILE)
    facts = replace(
        sample(),
        issuer=Body(nasty, nasty, nasty, nasty),
        buyer=Body(nasty, town=nasty),
        number="#1 <a>",
        corrects=Correction("$2$", date(2026, 1, 1), nasty),
        months=tuple(replace(row, declarant='#panic("y")') for row in sample().months),
    )
    assert "#panic" in read(facts)


def test_a_very_long_name_stays_on_the_page() -> None:
    facts = replace(sample(), firm=Body("Z" * 300), buyer=Body("Société " * 60))
    for page in PdfReader(io.BytesIO(render_pdf(facts))).pages:
        assert _rightmost(page.extract_text(extraction_mode="layout")) < 260
    assert read(facts).replace(" ", "").count("Z" * 300) == 2


def _rightmost(text: str) -> int:
    return max(len(line) for line in text.splitlines())


@pytest.mark.parametrize(
    "typed", ["👩‍👩‍👧 Bâti 😀", "北京建筑", "شركة", "\x00\x07Bâti\ufffe", "\ue000", "Bâti\u202eehcuO"]
)
def test_characters_without_glyph_do_not_stop_the_document(typed: str) -> None:
    assert "Heures validées 700 h" in read(replace(sample(), firm=Body(typed)))


def test_every_character_said_drawable_is_drawn() -> None:
    everything = "".join(map(chr, sorted(_covered())))
    assert render_pdf(replace(sample(), firm=Body(everything)))


def test_a_name_in_another_script_shows_its_places() -> None:
    assert printable("北京 Bâti\u202e\u00a0Ouche\n\t2") == f"{MISSING}{MISSING} Bâti\u00a0Ouche 2"


@given(typed=st.text(max_size=60))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_gives_a_document(typed: str) -> None:
    assert render_pdf(replace(followed(), firm=Body(typed), buyer=Body(typed, typed, typed)))


@given(rows=st.lists(st.decimals(0, 99_999, places=2), min_size=1, max_size=20))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_figure_is_on_paper(rows: list[Decimal]) -> None:
    total = sum(rows, Decimal(0))
    months = tuple(MonthRow(date(2025, 1 + n % 12, 1), f"Firme {n}", h, h) for n, h in enumerate(rows))
    figures = replace(followed().figures, declared=total, validated=total)
    text = read(replace(followed(), months=months, figures=figures))
    assert flat(f"Heures validées {format_hours(total)}") in text
    for whole, decimals in _shown(rows):
        assert re.search(
            rf"{whole}(,{decimals}0*)? h" if decimals == "" else rf"{whole},{decimals}0* h", text
        )


def _shown(rows: list[Decimal]) -> Iterator[tuple[str, str]]:
    for hours in rows:
        if hours:
            whole, _, decimals = flat(format_hours(hours)).removesuffix(" h").partition(",")
            yield whole, decimals


def test_figures_that_contradict_print_nothing() -> None:
    facts = replace(sample(), figures=replace(sample().figures, remaining=Decimal(1)))
    with pytest.raises(IncoherentFacts, match="restant à réaliser"):
        render_pdf(facts)


def test_nearly_done_is_not_done() -> None:
    assert flat(format_rate(Decimal("0.9999"))) == "99,9 %"
    assert flat(format_rate(Decimal(1))) == "100 %"
    assert flat(format_rate(Decimal("1.0804"))) == "108 %"


def test_what_the_template_gets_is_all_text() -> None:
    tree = words(sample())
    assert isinstance(tree["statement"], str)
    assert tree["hash"] == facts_hash(sample())
