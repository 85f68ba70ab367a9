"""Sheets and columns recognised by their names, their words and their content."""

from datetime import date

from clausette.imports.takeover.fields import SheetKind
from clausette.imports.takeover.mapping import SheetPlan, plan_to, propose, structure_of
from clausette.imports.takeover.reading import read_workbook
from clausette.imports.takeover.writing import template_workbook
from tests.hats import TODAY
from tests.imports.takeover.books import PUBLICS, four, hours, xlsx


def plans(data: bytes, kind: str = "book") -> tuple[SheetPlan, ...]:
    return propose(read_workbook(data, kind=kind))


def fields(plan: SheetPlan) -> dict[str, str]:
    return {column.heading: column.field for column in plan.columns}


def test_the_template_is_recognised_whole() -> None:
    found = plans(template_workbook(publics=PUBLICS, on=TODAY))
    kinds = [plan.kind for plan in found]
    assert kinds == [
        SheetKind.IGNORED, SheetKind.CONTRACTS, SheetKind.PEOPLE, SheetKind.WORK, SheetKind.HOURS, SheetKind.IGNORED,
        SheetKind.IGNORED,
    ]  # fmt: skip
    taken = [column for plan in found[1:5] for column in plan.columns]
    assert [column.heading for column in taken if not column.field] == []
    assert min(column.confidence for column in taken) >= 90
    assert fields(found[1])["Dont heures déjà validées de 2025"] == "opening:2025"


def test_sheets_of_other_names_are_known_by_their_columns() -> None:
    found = plans(four(hours=[hours(date(2026, 1, 1), 98.5)]))
    assert [plan.kind for plan in found] == [
        SheetKind.CONTRACTS,
        SheetKind.PEOPLE,
        SheetKind.WORK,
        SheetKind.HOURS,
    ]


FLAT = {
    "Suivi": [
        ("Suivi des clauses 2026",),
        (),
        ("", "", "", "", "", "", "Heures 2026", "", ""),
        ("MOA", "Marché n°", "Nom prénom", "DDN", "Entreprise", "SIRET", "janvier", "février", "Total"),
        ("Ville", "2025-014", "LEFRANC Ines", date(1994, 5, 17), "Delorme", "73282932000074", 12, 13, 25),
    ]
}


def test_a_wide_flat_sheet_with_two_lines_of_headings() -> None:
    (plan,) = plans(xlsx(FLAT, merge="A1:I1"))
    assert (plan.kind, plan.heading_line) == (SheetKind.FLAT, 4)
    assert plan.places() == {
        "buyer_name": 0, "contract_number": 1, "full_name": 2, "birth_date": 3, "contractor_name": 4,
        "contractor_siret": 5, "month:2026-01": 6, "month:2026-02": 7,
    }  # fmt: skip


def test_months_below_a_merged_year_are_months() -> None:
    rows = [("", "", "", "Heures 2026", None, None), ("Nom", "Prénom", "Marché", "janvier", "février", "mars"),
            ("Lefranc", "Ines", "2025-014", 12, 13, 14)]  # fmt: skip
    from io import BytesIO

    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Heures")
        sheet.merge_range("D1:F1", "Heures 2026")
        for line, row in enumerate(rows[1:], 1):
            sheet.write_row(line, 0, row)
    (plan,) = plans(made.getvalue())
    assert plan.places() == {
        "last_name": 0, "first_name": 1, "contract_number": 2, "month:2026-01": 3, "month:2026-02": 4,
        "month:2026-03": 5,
    }  # fmt: skip


def test_a_bare_siret_belongs_to_the_body_before_it() -> None:
    (plan,) = plans(
        xlsx({"Marchés": [("Marché", "Maître d'ouvrage", "SIRET", "Titulaire", "SIRET", "Heures dues")]})
    )
    assert plan.places()["buyer_siret"] == 2
    assert plan.places()["contractor_siret"] == 4


def test_a_column_of_dates_is_no_column_of_hours() -> None:
    rows = [
        ("Nom", "Prénom", "N° du marché", "Mois", "Heures"),
        ("Lefranc", "Ines", "1", "mars 2026", "3 mars 2026"),
    ]
    (plan,) = plans(xlsx({"Heures": rows}))
    assert next(c for c in plan.columns if c.heading == "Heures").confidence < 70


def test_former_answers_come_first() -> None:
    data = xlsx(
        {"X": [("Nom", "Prénom", "Machin", "Mois", "Heures"), ("Lefranc", "Ines", "M1", "03/2026", 12)]}
    )
    (plan,) = plans(data)
    assert fields(plan)["Machin"] == ""
    kept = plan_to(plan)
    kept["columns"]["2"] = "contract_number"
    (again,) = propose(read_workbook(data, kind="book"), {structure_of(plan): kept})
    assert fields(again)["Machin"] == "contract_number"
    assert {column.confidence for column in again.columns} == {100}


def test_a_hidden_sheet_is_not_taken_unless_asked() -> None:
    import zipfile
    from io import BytesIO

    source = BytesIO(four())
    target = BytesIO()
    with zipfile.ZipFile(source) as made, zipfile.ZipFile(target, "w") as copy:
        for name in made.namelist():
            text = made.read(name)
            if name == "xl/workbook.xml":
                text = text.replace(b'name="Personnes"', b'name="Personnes" state="hidden"')
            copy.writestr(name, text)
    found = plans(target.getvalue())
    assert (found[1].sheet, found[1].kind) == ("Personnes", SheetKind.IGNORED)
    assert found[1].places()["last_name"] == 0
