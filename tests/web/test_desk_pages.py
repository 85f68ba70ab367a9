"""« Ma journée », « Tableau de suivi », the search and the exports, as pages."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.agenda.queries import Engagement, day_of_firm
from clausette.hours.operations.keeping import keep_progress
from clausette.kernel.columns import Column
from clausette.outcomes import operations as outcomes
from clausette.outcomes.enums import Support
from clausette.placements.queries import placements_visible_to
from clausette.web.desk.sheets import as_csv, as_xlsx, harmless
from clausette.web.desk.views.firm import left_to_do
from tests.agenda.builders import filled
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import World, commitment, worker
from tests.placements.builders import person
from tests.web.browsing import html, signed_in
from tests.world import demonstration

pytestmark = pytest.mark.django_db
OPENS = re.compile(r"SAVEPOINT|app\.ctx|access_session|sec\.(open|organisations_of)")
"""What opens the transaction and the rights is not counted, as in the benchmark."""


def cells(book: bytes) -> list[list[str]]:
    """The texts of the cells of the first sheet, read in the file itself."""
    with ZipFile(BytesIO(book)) as parts:
        texts = re.findall(
            r"<si><t[^>]*>(.*?)</t></si>", parts.read("xl/sharedStrings.xml").decode(), re.DOTALL
        )
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    rows = []
    for row in re.findall(r"<row [^>]*>(.*?)</row>", sheet, re.DOTALL):
        found = re.findall(r"<c ([^>]*?)(?:/>|>(?:<v>(.*?)</v>)?</c>)", row)
        rows.append([texts[int(value)] if 't="s"' in kind else value for kind, value in found])
    return rows


@pytest.fixture
def w() -> World:
    demonstration()
    return filled()


def test_facilitator_reads_the_blocks_in_the_order_of_the_trade(w: World) -> None:
    page = html(w.pilot, "?complet=1")
    titles = ("Relevés à valider, avec remarque", "Relevés manquants", "Engagements en difficulté")
    assert [page.index(title) for title in titles] == sorted(page.index(title) for title in titles)
    assert "Trois choses vous attendent" in page
    assert "140\u00a0h" in page


def test_first_answer_is_quick_and_the_rest_comes_after(w: World) -> None:
    first, rest = html(w.pilot, ""), html(w.pilot, "?bloc=suite")
    assert 'hx-get="?bloc=suite"' in first
    assert "à justifier" not in first
    assert "à justifier" in rest
    assert "<html" not in rest


def test_a_work_contract_that_ends_soon_is_prolonged_from_here(w: World) -> None:
    ending = worker(w.pilot, w.commitment, "Eva", "Brève", host=w.firm, end=date(2026, 11, 30))
    with acting(w.pilot) as pilot:
        uid = placements_visible_to(pilot).values_list("uid", flat=True).get(pk=ending.pk)
    rest = html(w.pilot, "?bloc=suite")
    assert f"/mises-a-l-emploi/{uid}/prolonger/" in rest
    assert rest.index("Fins dans les 30 jours") < rest.index("Prolonger")


def test_all_the_paths_that_wait_are_on_a_page_of_their_own(w: World) -> None:
    assert "Aucun parcours" in html(w.stranger, "parcours-a-suivre/")
    for rank in range(8):
        first, end = f"Zoé {rank}", date(2026, 6, 30)
        worker(w.pilot, w.commitment, first, "Partie", host=w.firm, start=date(2026, 1, 5), end=end)
    block, page = html(w.pilot, "?bloc=suite"), html(w.pilot, "parcours-a-suivre/")
    assert "parcours-a-suivre/" in block
    assert [told.count(" Partie</strong>") for told in (block, page)] == [7, 8]


def test_nothing_is_said_to_wait_while_a_questionnaire_is_late(w: World) -> None:
    assert "Rien ne vous attend" in html(w.stranger, "")
    uid, first, last = person(w.stranger), date(2026, 3, 2), date(2026, 6, 30)
    with acting(w.stranger) as actor:
        values = outcomes.OperationValues("Parcours 2026", "202600123", date(2026, 1, 1))
        funded = outcomes.create_operation(actor=actor, values=values)
        entry = outcomes.enter(
            actor=actor, participant_uid=uid, operation_uid=funded, entered_on=first, support=Support.LASTING, on=TODAY
        )
        outcomes.leave(actor=actor, entry_uid=entry, left_on=last, said=None, on=TODAY)
    page = html(w.stranger, "")
    assert f"entrees-fse/{entry}/" in page
    assert "Rien ne vous attend" not in page


def test_a_new_structure_is_told_how_to_begin(w: World) -> None:
    assert "Pour commencer" in html(w.stranger, "")


def test_firm_reads_what_it_owes_and_declares(w: World) -> None:
    page = html(w.firm, "")
    assert "Mois à déclarer" in page
    assert "693\u00a0h" in page


def test_buyer_reads_hours_and_no_name(w: World) -> None:
    page = html(w.buyer, "")
    assert "Gymnase des Acacias" in page
    assert "Lemaire" not in page


def test_desk_keeps_its_number_of_queries(w: World) -> None:
    client, counts = signed_in(w.pilot), []
    for n in (1, 3):
        with acting(w.pilot) as pilot, as_owner():
            keep_progress(actor=pilot, as_of=TODAY)  # as the worker does each minute
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/o/{w.pilot.slug}/")
        counts.append([q["sql"] for q in captured if not OPENS.search(q["sql"])])
        worker(w.pilot, commitment(w.contract, w.firm, start=w.commitment.starts_on.replace(day=1 + n)), f"N{n}", "X",
               host=w.firm)  # fmt: skip
    assert len(counts[0]) == len(counts[1]) <= 14


def test_board_keeps_its_number_of_queries(w: World) -> None:
    client = signed_in(w.pilot)
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/o/{w.pilot.slug}/tableau-de-suivi/")
    assert len([q for q in captured if "SAVEPOINT" not in q["sql"] and "app.ctx" not in q["sql"]]) <= 15


def test_board_opens_each_number_and_keeps_its_filters(w: World) -> None:
    page = html(w.pilot, "tableau-de-suivi/?mots=acacias&tri=-dues")
    assert f"lignes/?engagement={w.commitment.uid}&amp;etat=validated" in page
    assert 'aria-sort="descending"' in page
    assert "tableau-de-suivi.xlsx?mots=acacias" in page
    assert "Aucune ligne ne correspond" in html(w.pilot, "tableau-de-suivi/?mots=piscine")


@pytest.mark.parametrize("query", ["mo=rien", "page=zéro", "tri=autre", "etat=x&operation=y", "page=999"])
def test_board_takes_any_address(w: World, query: str) -> None:
    assert "Tableau de suivi" in html(w.pilot, f"tableau-de-suivi/?{query}")


@pytest.mark.parametrize("path", ["tableau-de-suivi/", "tableau-de-suivi.csv", "tableau-de-suivi.xlsx"])
def test_board_is_for_facilitators(w: World, path: str) -> None:
    assert "structure facilitatrice" in html(w.buyer, path, 403)


@pytest.mark.parametrize("path", ["", "tableau-de-suivi/", "recherche/"])
def test_strangers_and_posts_are_refused(w: World, path: str) -> None:
    client = signed_in(w.stranger)
    assert client.get(f"/o/{w.pilot.slug}/{path}").status_code == 404
    assert client.post(f"/o/{w.stranger.slug}/{path}").status_code == 405


def test_files_hold_what_is_seen(w: World) -> None:
    client = signed_in(w.pilot)
    text = client.get(f"/o/{w.pilot.slug}/tableau-de-suivi.csv").content.decode("utf-8-sig")
    head, line = text.splitlines()
    assert head.startswith("Marché;Lot;Maître d'ouvrage;Titulaire;Fin;Dues fermes;Validées")
    assert line.startswith(
        "Gymnase des Acacias;;Lys Métropole;Bâti Ouche;30/06/2027;833;140;221,5;693;16,81;"
    )
    book = client.get(f"/o/{w.pilot.slug}/tableau-de-suivi.xlsx")
    rows = cells(book.content)
    assert rows[1][0] == "Gymnase des Acacias"
    assert [float(value) for value in rows[1][5:9]] == [833, 140, 221.5, 693]
    assert (rows[2][0], float(rows[2][5])) == ("Total", 833)


@pytest.mark.parametrize("typed", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1"])
def test_a_typed_formula_is_a_text(typed: str) -> None:
    columns = (Column("Nom", lambda row: row),)
    line = as_csv("a.csv", columns, [typed]).content.decode("utf-8-sig").splitlines()[1]
    book = as_xlsx("a.xlsx", "A", columns, [typed], totals={}).content
    assert harmless(typed) == f"'{typed}"
    assert line.startswith("'")
    assert cells(book)[1][0].strip() == typed.strip()
    assert b"<f>" not in ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml")


def test_a_heading_of_a_workbook_is_never_cut() -> None:
    columns: tuple[Column[int], ...] = (Column("Montant avec considération", lambda row: row, "euros"),)
    with ZipFile(BytesIO(as_xlsx("a.xlsx", "A", columns, [1], totals={}).content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    (width,) = re.findall(r'<col [^>]*width="([0-9.]+)"', sheet)
    assert float(width) > len("considération") + 3
    assert re.findall(r'<row r="1"[^>]* ht="([0-9]+)"', sheet) == ["30"]


def test_search_says_what_is_left(w: World) -> None:
    page = html(w.pilot, "recherche/?q=GYM")
    assert "il reste 693\u00a0h sur 833\u00a0h, 221,5\u00a0h à valider" in page
    assert "Lemaire David" in html(w.pilot, "recherche/?q=lem")
    assert "Rien ne répond" in html(w.buyer, "recherche/?q=lemaire")
    assert "Que cherchez-vous" in html(w.pilot, "recherche/?q=%00")


def test_hours_beyond_one_engagement_do_not_fill_the_bar_of_another(w: World) -> None:
    with acting(w.firm) as actor:
        day = day_of_firm(actor=actor, on=TODAY)
        row = next(one for one in day.owed if one.progress.due_firm is not None)

        def standing(*hours: int) -> Engagement:
            due, validated, declared = map(Decimal, hours)
            return replace(row, progress=replace(row.progress, due_firm=due, validated=validated, declared=declared))

        figure = left_to_do(actor, replace(day, owed=(standing(100, 400, 30), standing(300, 0, 120))))
    assert figure is not None
    assert figure.value == "300\u00a0h"
    assert figure.gauge is not None
    assert figure.gauge.due == 400
    assert figure.gauge.validated == 100
    assert figure.gauge.declared == 120
