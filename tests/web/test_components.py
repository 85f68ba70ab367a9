"""The markup that matters: what is said, tied and linked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from clausette.kernel.columns import Column
from clausette.web.components.badges import SHAPES, Badge
from clausette.web.components.buttons import Button, LinkButton
from clausette.web.components.fields import Field, FileInput, FormErrors
from clausette.web.components.figures import Gauge
from clausette.web.components.grid import GridCell, GridRow, HoursGrid
from clausette.web.components.lists import Fact, Facts, NextAction, NextActions
from clausette.web.components.notices import EmptyState, Flash
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.querystring import with_params
from clausette.web.components.tables import Sort, Table, Under


@dataclass(frozen=True)
class Lot:
    name: str
    due: Decimal | None
    ends_on: date | None = None


COLUMNS: tuple[Column[Lot], ...] = (
    Column("Lot", lambda lot: lot.name),
    Column("Dues", lambda lot: lot.due, "hours"),
    Column("Fin", lambda lot: lot.ends_on, "date"),
)


class SampleForm(forms.Form):
    name = forms.CharField(label="Nom", help_text="Celui du téléphone.")
    device = forms.ChoiceField(
        label="Levier", choices=(("a", "Exécution"), ("b", "Réservé")), widget=forms.RadioSelect
    )
    note = forms.CharField(label="Remarque", required=False, widget=forms.Textarea)


def test_a_disabled_button_says_why_and_is_tied_to_its_reason() -> None:
    button = Button("Valider", disabled="Il manque une pièce.")
    html = str(button)
    assert f'aria-describedby="{button.reason_id}" disabled' in html
    assert f'<span class="c-reason" id="{button.reason_id}">Il manque une pièce.</span>' in html


def test_a_disabled_link_leads_nowhere() -> None:
    html = str(LinkButton("Bilan", "/bilan", disabled="Rien n'est validé."))
    assert "href" not in html
    assert 'aria-disabled="true"' in html


def test_what_comes_from_people_is_escaped() -> None:
    table = Table("Lots", COLUMNS, [Lot("<b>Lot</b>", None)], row_href=lambda lot: '/"x')
    assert "&lt;b&gt;Lot&lt;/b&gt;" in str(table)
    assert 'href="/&quot;x"' in str(table)
    assert "<script" not in str(Flash("<script>"))


def test_each_tone_has_a_shape_of_its_own() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES) == 6
    assert "#shape-check" in str(Badge("validé", "ok"))


def test_a_table_formats_links_and_totals() -> None:
    table = Table(
        "Lots",
        COLUMNS,
        [Lot("Lot 1", Decimal("1234.5"), date(2026, 3, 1)), Lot("Lot 2", None)],
        row_href=lambda lot: f"/{lot.name}",
        links={"Dues": lambda lot: "/lignes" if lot.due else ""},
        totals={"Dues": Decimal("1234.5")},
        totals_links={"Dues": "/toutes"},
    )
    html = str(table)
    assert '<th scope="row" role="rowheader"><a href="/Lot 1">Lot 1</a></th>' in html
    assert '<a href="/lignes">1\u202f234,5\u00a0h</a>' in html
    assert '<a href="/toutes">1\u202f234,5\u00a0h</a>' in html
    assert "1er\u00a0mars 2026" in html
    assert html.count("non renseigné") == 2


def test_a_second_line_has_its_label_its_link_and_its_sort() -> None:
    request = RequestFactory().get("/?tri=-titre")
    below = Under("Titre", lambda lot: f"<{lot.name}>", lambda lot: f"/titre/{lot.name}")
    lots = [Lot("Lot 1", Decimal(3)), Lot("Lot 2", None)]
    sort = Sort.asked(request, {"Dues": "dues", "Titre": "titre"}, "dues")
    html = str(Table("Lots", COLUMNS, lots, under={"Dues": below}, sort=sort))
    said = (
        '<span class="c-under"><span class="visually-hidden">Titre : </span>'
        '<a href="/titre/Lot {0}">&lt;Lot {0}&gt;</a></span>'
    )
    assert f"3\u00a0h{said.format(1)}</td>" in html
    assert f"non renseigné</span>{said.format(2)}</td>" in html, "also where the figure is missing"
    assert 'aria-sort="descending"' in html
    assert 'href="?tri=dues"' in html
    assert '<a href="?tri=titre" class="is-sorted">Titre' in html


def test_a_table_without_rows_teaches() -> None:
    empty = EmptyState("Aucun lot", "Un lot porte un engagement.", LinkButton("Ajouter", "/n"))
    html = str(Table("Lots", COLUMNS, [], empty=empty))
    assert "<table" not in html
    assert "Un lot porte un engagement." in html


def test_sorting_is_a_link_that_keeps_the_filters_and_forgets_the_page() -> None:
    request = RequestFactory().get("/?etat=ouvert&tri=fin&page=3")
    sort = Sort.asked(request, {"Fin": "fin", "Lot": "nom"}, "nom")
    assert (sort.current, sort.descending) == ("fin", False)
    assert sort.href("Fin") == "?etat=ouvert&tri=-fin"
    assert sort.href("Lot") == "?etat=ouvert&tri=nom"
    assert sort.href("Dues") == ""
    assert sort.direction("Fin") == "ascending"


def test_an_unknown_sort_falls_back() -> None:
    request = RequestFactory().get("/?tri=-mot_de_passe")
    sort = Sort.asked(request, {"Fin": "fin"}, "-fin")
    assert (sort.current, sort.descending) == ("fin", True)


def test_pagination_counts_and_links() -> None:
    page = Pagination(214, 3, "marchés", QueryDict("tri=fin"))
    assert (page.pages, page.offset, page.first, page.last) == (5, 100, 101, 150)
    assert page.previous_href == "?tri=fin&page=2"
    assert Pagination(214, 99, "marchés").current == 5
    assert Pagination(0, 1, "marchés").total_words == "0\u00a0marché"
    assert "<nav" not in str(Pagination(12, 1, "marchés"))
    assert [n for n, _ in Pagination(5000, 50).links] == [1, 0, 49, 50, 51, 0, 100]


def test_a_page_number_that_is_not_one_is_the_first() -> None:
    factory = RequestFactory()
    assert [page_number(factory.get(f"/?page={raw}")) for raw in ("2", "0", "-1", "x", "²", "9" * 30)] == [
        2, 1, 1, 1, 1, 1,
    ]  # fmt: skip


def test_parameters_set_and_taken_away() -> None:
    assert with_params({"a": 1, "b": 2}, b=None, c="é") == "?a=1&c=%C3%A9"


def test_a_gauge_says_its_numbers() -> None:
    gauge = Gauge(Decimal(833), Decimal(700), Decimal(60), Decimal("0.72"))
    assert gauge.text == (
        "700\u00a0h validées, 60\u00a0h déclarées en attente, sur 833\u00a0h dues\u00a0; 72\u00a0% du temps écoulé"
    )
    assert gauge.validated_width == "84.03%"
    assert gauge.due_mark == ""
    assert Gauge(Decimal(300), Decimal(400)).due_mark == "75.00%"
    assert Gauge(Decimal(0), Decimal(0), elapsed=Decimal(2)).time_mark == "0.50%"


def test_a_field_ties_label_help_and_error() -> None:
    form = SampleForm({"name": "", "device": "a"}, auto_id="id_%s")
    html = str(Field(form["name"]))
    assert 'for="id_name"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert '<p class="c-help" id="id_name_helptext">Celui du téléphone.</p>' in html
    assert 'id="id_name_error"' in html
    assert "facultatif" in str(Field(form["note"]))


def test_radios_are_a_group_with_a_legend() -> None:
    html = str(Field(SampleForm({"name": "x", "device": ""})["device"]))
    assert "<legend" in html
    assert html.count('type="radio"') == 2
    assert 'aria-describedby="id_device_error"' in html


def test_the_summary_of_errors_links_to_the_fields() -> None:
    form = SampleForm({"name": "", "device": ""})
    form.add_error(None, "Les dates se croisent.")
    html = str(FormErrors(form))
    assert "3 points sont à corriger" in html
    assert 'href="#id_name"' in html
    assert 'href="#id_device_0"' in html
    assert "Les dates se croisent." in html


def test_a_file_field_announces_its_limits() -> None:
    widget = FileInput(limit="10 Mo", kinds=("PDF", "JPEG", "PNG"))
    assert widget.limits == "PDF, JPEG ou PNG, 10 Mo au plus"


def test_the_grid_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    grid = HoursGrid(
        "Heures",
        ("octobre 2026",),
        (
            GridRow("D. Lemaire", (GridCell("h1", "douze", "Ce n'est pas un nombre."),)),
            GridRow("S. Diallo", (GridCell("h2", "7,5", locked="validé"),)),
        ),
    )
    html = str(grid)
    assert 'name="h1" id="id_h1" value="douze"' in html
    assert 'aria-label="D. Lemaire, octobre 2026, heures"' in html
    assert 'aria-describedby="erreur-h1"' in html
    assert 'name="h2"' not in html


def test_a_desk_block_counts_all_its_lines() -> None:
    html = str(NextActions("À valider", [NextAction("Bâti Ouche", "octobre")], total=12, more_href="/tout"))
    assert '<span class="c-count">12</span>' in html
    assert "Tout voir (12)" in html


def test_an_unknown_fact_says_so() -> None:
    assert "non renseigné" in str(Facts([Fact("Référent", None)]))
    assert "non renseigné" not in str(Facts([Fact("Heures", 0)]))


def test_tags_render_in_a_template() -> None:
    source = '{% load clausette %}{% section "Titre" count=0 %}{% badge "tenu" "ok" %}{{ h|people }}{% endsection %}'
    html = Template(source).render(Context({"h": Decimal(833)}))
    assert '<span class="c-count">0</span>' in html
    assert "≈ 1\u00a0personne pendant 5,5\u00a0mois" in html
