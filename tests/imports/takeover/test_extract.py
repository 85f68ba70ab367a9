"""Lines to records: nothing is lost in silence, each refusal has its cell."""

from datetime import date
from decimal import Decimal

from clausette.imports.takeover.extract import Extract, extract
from clausette.imports.takeover.mapping import propose
from clausette.imports.takeover.masking import mask
from clausette.imports.takeover.reading import read_workbook
from clausette.imports.takeover.records import Record, RecordKind
from tests.imports.takeover.books import CONTRACT, NIR, PERSON_HEAD, PUBLICS, four, hours, xlsx


def read(data: bytes) -> Extract:
    found = mask(read_workbook(data, kind="book"))
    return extract(found.workbook, propose(found.workbook), publics=PUBLICS, masked=found.places)


def of(found: Extract, kind: RecordKind) -> list[Record]:
    return [one for one in found.records if one.kind is kind]


def codes(record: Record) -> list[str]:
    return [finding.code for finding in record.findings]


def test_four_sheets_give_four_kinds_of_records() -> None:
    found = read(four(hours=[hours(date(2026, 1, 1), 98.5), hours("février 2026", "140h30")]))
    assert [one.kind.value for one in found.records] == ["contract", "person", "work", "hours", "hours"]
    assert found.hours == Decimal("239.00")
    assert all(not one.findings for one in found.records)


def test_a_wrong_cell_is_told_with_its_column_and_value() -> None:
    (line,) = of(read(four(hours=[hours(date(2026, 1, 1), "beaucoup")])), RecordKind.HOURS)
    finding = line.findings[0]
    assert (finding.code, finding.column, finding.label, finding.value) == ("E201", "E", "Heures", "beaucoup")
    assert "pas un nombre d'heures" in finding.sentence


def test_a_needed_cell_left_empty_is_told() -> None:
    (line,) = of(read(four(hours=[hours(None, 12)])), RecordKind.HOURS)
    assert codes(line) == ["E202"]
    assert line.findings[0].column == "D"


def test_a_line_of_total_is_left_and_checked() -> None:
    found = read(four(hours=[hours(date(2026, 1, 1), 98), ("Total", None, None, None, 100)]))
    assert len(of(found, RecordKind.HOURS)) == 1
    assert [note.finding.code for note in found.notes] == ["W210", "W212"]
    assert "100\u00a0h, ses lignes font 98\u00a0h" in found.notes[1].finding.sentence


def test_a_social_security_number_never_goes_further() -> None:
    data = xlsx({"Personnes": [(*PERSON_HEAD, "N° SS"), ("Lefranc", NIR, date(1994, 5, 17), NIR)]})
    found = mask(read_workbook(data, kind="book"))
    assert found.places == {("Personnes", 2, 1), ("Personnes", 2, 3)}
    assert "colonne D : 1\u00a0numéro de sécurité sociale effacé" in found.notices[1]
    assert NIR not in str(found.workbook)
    (person,) = of(read(data), RecordKind.PERSON)
    assert codes(person) == ["E203", "E202"]


def test_a_measure_of_justice_is_never_kept() -> None:
    data = xlsx(
        {"Personnes": [(*PERSON_HEAD, "Public retenu"), ("Lefranc", "Ines", date(1994, 5, 17), "Suivi SPIP")]}
    )
    (person,) = of(read(data), RecordKind.PERSON)
    assert (codes(person), person.values["public"]) == (["W209"], "AVIS_MOTIVE")
    assert "SPIP" not in str(person)


def test_a_wide_sheet_gives_one_record_a_month_and_none_for_nothing() -> None:
    rows = [("Nom", "Prénom", "Marché", "01/2026", "02/2026", "03/2026", "04/2026"),
            ("Lefranc", "Ines", "2025-014", 12.5, 0, None, "x2")]  # fmt: skip
    found = of(read(xlsx({"Heures": rows})), RecordKind.HOURS)
    assert [(one.column, one.day("month"), one.number("hours")) for one in found] == [
        ("D", date(2026, 1, 1), Decimal("12.50")),
        ("G", date(2026, 4, 1), None),
    ]
    assert codes(found[1]) == ["E201"]


def test_a_month_without_its_year_takes_it_from_the_column_beside() -> None:
    rows = [
        ("Nom", "Prénom", "Marché", "Année", "Mois", "Heures"),
        ("Lefranc", "Ines", "M1", 2026, "mars", 12),
    ]
    (line,) = of(read(xlsx({"Heures": rows})), RecordKind.HOURS)
    assert line.day("month") == date(2026, 3, 1)


def test_names_written_together_are_cut() -> None:
    rows = [("Nom et prénom", "Date de naissance"), ("DE LA TOUR Anne Marie", date(1990, 1, 2)),
            ("Kone Awa", date(1991, 1, 2))]  # fmt: skip
    found = of(read(xlsx({"Personnes": rows})), RecordKind.PERSON)
    assert [(one.text("last_name"), one.text("first_name")) for one in found] == [
        ("DE LA TOUR", "Anne Marie"), ("Kone", "Awa"),
    ]  # fmt: skip


def test_an_amendment_older_than_its_contract_is_told() -> None:
    head = ("N° du marché", "Marché", "Maître d'ouvrage", "Titulaire", "Début du marché", "Fin du marché",
            "Heures dues",
            "Date du dernier avenant")  # fmt: skip
    (line,) = of(read(xlsx({"Marchés": [head, (*CONTRACT, date(2025, 1, 1))]})), RecordKind.CONTRACT)
    assert codes(line) == ["E211"]


def test_in_a_flat_sheet_a_wrong_cell_is_told_once() -> None:
    rows = [("MOA", "Marché n°", "Nom prénom", "DDN", "Entreprise", "Début", "Fin", "Heures à réaliser", "Embauche",
             "janv. 2026"),
            ("Ville", "M1", "LEFRANC Ines", "demain", "Delorme", date(2025, 9, 1), date(2027, 3, 31), 1200,
             date(2026, 1, 5), 12)]  # fmt: skip
    good = [(*rows[1][:2], f"KONE Awa {n}", date(1990, 1, n), *rows[1][4:]) for n in range(1, 4)]
    found = read(xlsx({"Suivi": [*rows, *good]})).records[:4]
    assert [(one.kind.value, codes(one)) for one in found] == [
        ("contract", []), ("person", ["E201"]), ("work", []), ("hours", []),
    ]  # fmt: skip
    assert found[0].day("contract_starts_on") == date(2025, 9, 1)
    assert found[2].day("work_starts_on") == date(2026, 1, 5)
