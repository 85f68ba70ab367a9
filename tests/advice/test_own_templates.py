"""Templates that a structure brings: what is refused, with its name and place; hostile ones; the one that serves."""

import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from clausette.advice.enums import TextKind
from clausette.advice.errors import TemplateRefused
from clausette.advice.operations import bring_template, withdraw_template
from clausette.advice.queries import list_templates, template_file, template_serving
from clausette.advice.texts.checking import check_template
from clausette.advice.texts.context import context_of
from clausette.advice.texts.sandbox import TemplateEnvironment
from clausette.advice.texts.word import own_template, word_of
from clausette.files.enums import Purpose
from clausette.files.errors import FileRefused
from clausette.files.rules import check_file
from clausette.kernel import clock
from clausette.kernel.errors import Absent, NotAllowed, WrongState
from tests.advice.texts_samples import TODAY, full, word_text
from tests.hats import acting
from tests.world import Two, body, member, two_structures

KIND = TextKind.CLAUSES


def brought(*paragraphs: str, cell: str = "", footer: str = "", prop: str = "") -> bytes:
    """A document of paragraphs, perhaps a table of one cell, a footer, a property."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cell:
        document.add_table(rows=1, cols=1).rows[0].cells[0].text = cell
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    document.core_properties.comments = prop
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def rewritten(part: str, old: bytes, new: bytes, **more: bytes) -> bytes:
    """Our template with a piece of one part replaced, and parts added."""
    source, out = ZipFile(BytesIO(own_template(KIND))), BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in source.namelist():
            data = source.read(name)
            made.writestr(name, data.replace(old, new) if name == part else data)
        for name, data in more.items():
            made.writestr(name, data)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(TemplateRefused) as refused:
        check_template(KIND, data)
    assert refused.value.field == "file"
    return refused.value.message.replace("\u00a0", " ")


def test_a_template_of_ones_own_is_filled() -> None:
    data = brought(
        "Notre CCAP pour {{ acheteur }}", "{%p for ligne in lots %}", "Lot {{ ligne.numero }}, {{ loop.index }}",
        "{%p endfor %}", "{%p if critere %}", "Critère : {{ article_critere }}", "{%p else %}", "Sans critère",
        "{%p endif %}", footer="{{ pied }}",
    )  # fmt: skip
    check_template(KIND, data)
    text = word_text(word_of(KIND, context_of(full(count=2)), template=data, on=TODAY))
    assert "Notre CCAP pour Ville de Nordre\nLot 1, 1\nLot 2, 2\nCritère : articles L2152-7" in text
    assert "Sans critère" not in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            brought("Bonjour", "Pour {{ acheteurs }}, bien"),
            "Variable inconnue « acheteurs », paragraphe 2 : « Pour {{ acheteurs }}, bien ».",
        ),
        (
            brought(cell="{{ lots }}"),
            "« lots » est une liste : écrivez une boucle « for ligne in lots », tableau 1, ligne 1, colonne 1",
        ),
        (brought(footer="{{ secret }}"), "Variable inconnue « secret », pied de page 1, paragraphe 1"),
        (brought("{{ titulaire }}"), "Variable inconnue « titulaire »"),
        (brought("{{ acheteur "), "Une variable n'est pas fermée, paragraphe 1"),
        (brought("acheteur }}"), "Une variable n'est pas fermée"),
        (brought("{{ acheteur + }}"), "Écriture incomprise « acheteur + », paragraphe 1"),
        (brought("{%p for ligne in lots %}", "x"), "Il manque « endfor » après « for », paragraphe 1"),
        (brought("{%p endif %}"), "« endif » ne ferme rien"),
        (brought("{%p if acheteurs %}", "{%p endif %}"), "Variable inconnue « acheteurs »"),
        (brought("{%p for un in lots %}", "{%p endfor %}"), "Une boucle s'écrit « for ligne in lots »"),
        (brought("{%p for ligne in gens %}", "{%p endfor %}"), "Liste inconnue « gens »"),
        (
            brought("{%p for ligne in lots %}", "{{ ligne.prix }}", "{%p endfor %}"),
            "Variable inconnue « ligne.prix », paragraphe 2",
        ),
        (brought("{{ ligne.numero }}"), "Variable inconnue « ligne.numero »"),
        (brought("{# note #}"), "Les commentaires"),
        (brought(prop="{{ acheteur }}"), "Une propriété du document contient une variable"),
        (b"PK\x03\x04 nothing", "Ce document ne peut pas être ouvert"),
        (brought("{{ " * 100), "Ce modèle contient plus de"),
        (brought("{{ acheteur }}" * 2001), "Ce modèle contient plus de"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_name_and_its_place(data: bytes, sentence: str) -> None:
    assert refusal(data).startswith(sentence)


HOSTILE = (
    "{{ ''.__class__ }}", "{{ acheteur.__class__.__mro__ }}", "{{ acheteur['__class__'] }}", "{{ acheteur|length }}",
    "{{ range(10**9) }}", "{{ 'a' * 10**9 }}", "{{ acheteur * 99999999 }}", "{{ self }}", "{{ loop }}",
    "{{ cycler('a') }}",
    "{{ lipsum.__globals__ }}", "{%p include 'x' %}", "{%p import 'os' as os %}", "{%p extends 'x' %}",
    "{%p set x = 1 %}", "{%p macro x() %}", "{%p raw %}", "{% colspan 2 %}", "{% cellbg acheteur %}", "{% hm %}",
    "{{ acheteur() }}", "{{ acheteur.upper() }}", "{{ acheteur ~ objet }}", "{{ acheteur if condition else objet }}",
    "{{r acheteur.__class__ }}",
)  # fmt: skip


@pytest.mark.parametrize("tag", HOSTILE)
def test_nothing_but_names_of_the_list_is_admitted(tag: str) -> None:
    start = time.monotonic()
    assert refusal(brought(f"Texte {tag} fin"))
    assert refusal(brought(footer=f"Texte {tag} fin"))
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "loop", ["for ligne in range(10**9)", "for ligne in lots recursive", "for ligne in lots if condition"]
)
def test_a_loop_walks_a_list_of_the_purchase_and_nothing_else(loop: str) -> None:
    assert refusal(brought(f"{{%p {loop} %}}", "x", "{%p endfor %}"))


def test_loops_are_not_nested() -> None:
    nested = ["{%p for ligne in lots %}"] * 6 + ["x"] + ["{%p endfor %}"] * 6
    assert "Une boucle dans une boucle" in refusal(brought(*nested))


def test_a_tag_hidden_from_the_reading_by_paragraphs_is_seen_in_the_whole() -> None:
    inside = b"<w:p><w:r><w:t>{{ ''.__class__ }}</w:t></w:r></w:p>"
    box = b"<w:p><w:r><w:txbxContent>" + inside + b"</w:txbxContent></w:r></w:p></w:body>"
    assert refusal(rewritten("word/document.xml", b"</w:body>", box))
    assert refusal(rewritten("word/document.xml", b"<w:body>", b"<w:body><w:p>")).startswith("Ce document ne peut pas")


def test_the_environment_gives_nothing_even_without_the_first_net() -> None:
    environment = TemplateEnvironment()
    for source in ("{{ x.__class__ }}", "{{ x * 3 }}", "{{ x() }}", "{{ -y }}", "{{ absent }}", "{{ x['__class__'] }}"):
        with pytest.raises(Exception, match=r".+"):
            environment.from_string(source).render(x="a", y=1)
    assert environment.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"


OUTSIDE = (
    b'<Relationship Id="rId99" Type="http://x/attachedTemplate" Target="http://e.fr/t.dotm" TargetMode="External"/>'
    b"</Relationships>"
)
LINK = (
    b'<Relationship Id="rId99" Type="http://x/hyperlink" Target="https://www.example.fr" TargetMode="External"/>'
    b"</Relationships>"
)
RELS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (rewritten(RELS, b"</Relationships>", OUTSIDE), "va chercher un contenu à l'extérieur"),
        (rewritten(RELS, b"</Relationships>", LINK.replace(b"https:", b"file:")), "va chercher un contenu"),
        (rewritten("word/document.xml", b"<w:body>", b"<!DOCTYPE x><w:body>"), "écrit d'une façon inattendue"),
        (rewritten("", b"", b"", **{"word/vbaProject.bin": b"x"}), "macros"),
        (rewritten("", b"", b"", **{"word/embeddings/oleObject1.bin": b"x"}), "objet incorporé"),
        (rewritten("", b"", b"", **{"word/media/image1.png": b"0" * 40_000_000}), "démesuré"),
        (own_template(KIND)[:-40], "abîmé ou coupé"),
        (b"%PDF-1.4 %%EOF", "ici, le type admis est DOCX"),
    ],
)  # fmt: skip
def test_a_document_that_fetches_runs_or_grows_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused, match=sentence):
        check_file(name="modele.docx", data=data, purpose=Purpose.TEMPLATE)


def test_a_link_that_one_may_click_is_fine() -> None:
    data = rewritten(RELS, b"</Relationships>", LINK)
    assert check_file(name="modele.docx", data=data, purpose=Purpose.TEMPLATE).name == "modele.docx"
    check_template(KIND, data)


@pytest.fixture
def two() -> Two:
    return two_structures()


@pytest.mark.django_db
def test_the_last_one_serves_and_withdrawn_the_one_before_does(two: Two) -> None:
    with acting(two.first) as actor:
        first = bring_template(actor=actor, kind=KIND, name="un.docx", data=brought("Un {{ acheteur }}"))
        second = bring_template(actor=actor, kind=KIND, name="deux.docx", data=brought("Deux {{ acheteur }}"))
        assert template_serving(actor=actor, kind=KIND) == (2, second)
        assert [(one.number, one.serves) for one in list_templates(actor=actor)] == [(2, True), (1, False)]
        withdraw_template(actor=actor, uid=second, at=clock.now())
        assert template_serving(actor=actor, kind=KIND) == (1, first)
        with pytest.raises(WrongState):
            withdraw_template(actor=actor, uid=second, at=clock.now())
        withdraw_template(actor=actor, uid=first, at=clock.now())
        assert template_serving(actor=actor, kind=KIND) is None
        bring_template(actor=actor, kind=KIND, name="trois.docx", data=brought("Trois"))
        assert [one.number for one in list_templates(actor=actor) if one.serves] == [3]
    with acting(two.second) as actor:
        assert list_templates(actor=actor) == ()
        with pytest.raises(Absent):
            template_file(actor=actor, uid=first)
        with pytest.raises(Absent):
            withdraw_template(actor=actor, uid=first, at=clock.now())


@pytest.mark.django_db
def test_what_is_refused_is_not_kept_and_only_a_facilitator_brings(two: Two) -> None:
    with acting(two.first) as actor:
        with pytest.raises(TemplateRefused):
            bring_template(actor=actor, kind=KIND, name="un.docx", data=brought("{{ rien }}"))
        assert list_templates(actor=actor) == ()
    buyer = member(body("Lys Métropole", "buyer"), "marc@lys.example")
    with acting(buyer) as actor, pytest.raises(NotAllowed):
        bring_template(actor=actor, kind=KIND, name="un.docx", data=brought("x"))
