"""Lots pasted from a spreadsheet."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.procurement.rules import parse_lots
from clausette.procurement.rules.lots import MAX_NUMBER, MAX_TITLE


def test_tabs_with_headings() -> None:
    text = (
        "N°\tIntitulé\tMontant HT\tCPV\r\n1\tGros œuvre\t1 200 000,50 €\t45223220-4\r\n"
        "\r\n2\tPeinture; sols\t180000\t\r\n"
    )
    paste = parse_lots(text)
    assert paste.errors == ()
    assert [(r.line, r.number, r.title, r.amount_ht, r.cpv) for r in paste.rows] == [
        (2, "1", "Gros œuvre", Decimal("1200000.50"), "45223220-4"),
        (4, "2", "Peinture; sols", Decimal(180000), ""),
    ]


def test_semicolons_and_quotes() -> None:
    paste = parse_lots('1;"Espaces verts ; entretien";90 000 € HT;77310000\n02;Nettoyage\n')
    assert paste.errors == ()
    assert [(r.number, r.title, r.amount_ht) for r in paste.rows] == [
        ("1", "Espaces verts ; entretien", Decimal(90000)),
        ("02", "Nettoyage", None),
    ]


def test_a_lone_quote_does_not_swallow_the_rest() -> None:
    paste = parse_lots('1;Tube 3" ;10\n2;Autre;20')
    assert [r.number for r in paste.rows] == ["1", "2"]
    assert paste.errors == ()


def test_errors_by_cell_and_good_lines_kept() -> None:
    paste = parse_lots(
        "1;Gros œuvre;abc;123\n;Peinture;0;\n3;;-5;45000000\n1;Double;10;\n5;Bon;10;45000000\n6;x;1;;y\n7;x;1,234;"
    )
    assert [r.number for r in paste.rows] == ["5"]
    assert [(e.line, e.column) for e in paste.errors] == [
        (1, "montant"),
        (1, "CPV"),
        (2, "numéro"),
        (2, "montant"),
        (3, "intitulé"),
        (3, "montant"),
        (4, "numéro"),
        (6, "colonne 5"),
        (7, "montant"),
    ]
    assert paste.errors[0].sentence == "Ligne 1, montant : « abc » n'est pas un nombre."
    assert paste.errors[6].sentence == "Ligne 4, numéro : le lot 1 est déjà dans la liste."


@pytest.mark.parametrize("text", ["", "\n\n", " ; ; ", "Numéro;Intitulé"])
def test_nothing(text: str) -> None:
    assert parse_lots(text).rows == ()
    assert parse_lots(text).errors == ()


def test_limits() -> None:
    many = "\n".join(f"{n};Lot {n}" for n in range(1, 203))
    paste = parse_lots(many)
    assert len(paste.rows) == 200
    assert [(e.line, e.message) for e in paste.errors] == [(201, "au plus 200 lots à la fois.")]
    assert [e.column for e in parse_lots(f"1;{'x' * (MAX_TITLE + 1)}").errors] == ["intitulé"]
    assert [e.column for e in parse_lots(f"{'1' * (MAX_NUMBER + 1)};x").errors] == ["numéro"]
    assert len(parse_lots("x" * 100_001).errors) == 1


@given(st.text(alphabet='01aé;\t\n\r", €-', max_size=200))
def test_never_fails_and_loses_no_line(text: str) -> None:
    paste = parse_lots(text)
    assert len({row.number for row in paste.rows}) == len(paste.rows)
    assert not {row.line for row in paste.rows} & {error.line for error in paste.errors}


@given(st.text(max_size=100))
def test_any_text(text: str) -> None:
    parse_lots(text)


@given(st.lists(st.tuples(st.text(alphabet="abc é", min_size=1), st.integers(1, 10**9)), max_size=20))
def test_good_lines_come_back(lots: list[tuple[str, int]]) -> None:
    good = [(f"x{title.strip()}x", amount) for title, amount in lots]
    text = "\n".join(f"{rank};{title};{amount}" for rank, (title, amount) in enumerate(good, 1))
    paste = parse_lots(text)
    assert [(" ".join(title.split()), Decimal(amount)) for title, amount in good] == [
        (r.title, r.amount_ht) for r in paste.rows
    ]


def test_the_limits_themselves_are_accepted() -> None:
    assert parse_lots(f"{'1' * MAX_NUMBER};{'x' * MAX_TITLE}").errors == ()
    assert len(parse_lots(";" * 100_000).errors) == 0
