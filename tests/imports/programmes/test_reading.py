"""Files of any kind to lines: columns in any order, faults told at their cell, the other lines kept."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.advice.enums import ProgrammeSource
from clausette.imports.programmes.plans import answered, former_of, is_sure, plans_from, plans_to, refusals
from clausette.imports.programmes.reading import MOST_LINES, read_programme
from clausette.imports.programmes.results import OTHER_SHEET
from tests.imports.programmes.samples import CLEANING, HEAD, PAINTING, amount, cpv, lot, notice, programme
from tests.imports.takeover.books import xlsx


def test_a_plain_workbook_is_read_whole() -> None:
    read = read_programme(programme(PAINTING, CLEANING))
    assert (read.refusal, read.source, is_sure(read.plans)) == ("", ProgrammeSource.WORKBOOK, True)
    first, second = read.lines
    assert first.values == {
        "reference": "2027-01", "title": "Peinture des écoles", "nature": "works", "amount": Decimal("1234567.50"),
        "cpv": "45442100", "engaged_on": date(2027, 3, 1), "duration": 12, "place": "69003 Lyon",
    }  # fmt: skip
    assert (first.number, second.number, second.values["duration"]) == (2, 3, 48)
    assert not any(line.remarks for line in read.lines)


def test_columns_are_found_whatever_their_order_and_names() -> None:
    head = ("Ville", "Budget prévisionnel (k€)", "Intitulé", "CPV", "Période", "Observations")
    row = ("Lyon", 150, "Toiture du gymnase", 45261210, "T2 2027", "urgent")
    read = read_programme(programme(row, head=head, above=[("Achats 2027 de la ville",)]))
    assert read.lines[0].values == {
        "place": "Lyon", "amount": Decimal(150_000), "title": "Toiture du gymnase", "cpv": "45261210",
        "engaged_on": date(2027, 4, 1),
    }  # fmt: skip
    assert read.lines[0].number == 3
    assert read.plans[0].columns[0].heading == "Ville"


def test_faults_are_told_at_their_cell_and_the_other_lines_are_kept() -> None:
    wrong = ("2027-03", "Espaces verts", "Jardin", "à définir", "99123456", "bientôt", "longue", "Lyon")
    untitled = ("2027-04", None, "Travaux", 1000, None, None, None, None)
    read = read_programme(programme(PAINTING, wrong, (), untitled, ("", "TOTAL", "", "1 500 000"), CLEANING))
    assert [(line.number, line.stopped) for line in read.lines] == [(2, False), (3, True), (5, True), (7, False)]
    assert [(one.column, one.label, one.value) for one in read.lines[1].remarks] == [
        ("C", "Nature", "Jardin"), ("D", "Valeur estimée HT", "à définir"), ("E", "Code CPV", "99123456"),
        ("F", "Consultation engagée le", "bientôt"), ("G", "Durée", "longue"),
    ]  # fmt: skip
    assert read.lines[1].remarks[2].text == (
        "Colonne E : « 99123456 » n'est pas un code CPV connu : il n'y a pas de division 99."
    )
    assert [one.text for one in read.lines[2].remarks] == ["Colonne B : L'objet de l'achat est vide."]
    assert read.left == (("Programme", 6, "Cette ligne est un total : elle n'est pas reprise."),)


def test_a_title_of_section_is_set_aside_with_a_word() -> None:
    read = read_programme(programme(("", "TRAVAUX"), PAINTING))
    assert [one.sentence for one in read.lines[0].remarks] == [
        "Cette ligne n'a que son objet : c'est peut-être un titre de rubrique."
    ]


def test_merged_cells_hidden_sheets_formulas_and_several_sheets() -> None:
    first = [HEAD, PAINTING, ("=1+1", "Formule", "", "=40+2", "", "", "", "")]
    read = read_programme(xlsx({"A": first, "B": [HEAD, CLEANING]}))
    assert [(line.sheet, line.number, line.row) for line in read.lines] == [
        ("A", 2, 2), ("A", 3, 3), ("B", 2, OTHER_SHEET + 2),
    ]  # fmt: skip
    assert read.lines[1].amount == 42
    merged = xlsx({"A": [("Commune", "Objet"), ("Lyon", "Un"), (None, "Deux")]}, merge="A2:A3")
    assert read_programme(merged).lines  # a merge over data is read, whatever it hides


def test_a_csv_in_another_encoding_and_a_spreadsheet_of_nothing() -> None:
    text = "Objet;Montant HT;Durée\nRéfection de l'école;12 000 €;6 mois\n"
    read = read_programme(text.encode("cp1252"))
    assert read.lines[0].values == {"title": "Réfection de l'école", "amount": Decimal(12000), "duration": 6}
    assert read_programme(b"").refusal
    assert read_programme(b"\x00\x01").refusal


def test_lines_far_below_are_read_and_too_many_are_refused() -> None:
    far = xlsx({"A": [HEAD, PAINTING, *[()] * 50_000, CLEANING]})
    assert [line.number for line in read_programme(far).lines] == [2, 50_003]
    many = "Objet;Montant\n" + "Achat;10\n" * (MOST_LINES + 1)
    assert read_programme(many.encode()).refusal == (
        "Ce fichier a plus de 5\u202f000 lignes d'achats : coupez-le en plusieurs envois."
    )


def test_the_columns_of_the_last_programme_of_the_buyer_come_first() -> None:
    read = read_programme(programme(PAINTING))
    said = answered(read.plans[0], taken=True, fields={1: "title", 7: "said_social"})
    former = former_of({"sheets": plans_to([said])})
    moved = read_programme(programme(("Lyon", "École"), head=("Commune", "Objet du marché")), former=former)
    assert moved.lines[0].values == {"said_social": "Lyon", "title": "École"}
    assert plans_from(plans_to(read.plans)) == read.plans


def test_what_a_person_must_still_say() -> None:
    plan = read_programme(programme(PAINTING)).plans[0]
    nothing = answered(plan, taken=True, fields={})
    twice = answered(plan, taken=True, fields={0: "title", 1: "title"})
    left = answered(plan, taken=False, fields={1: "title"})
    assert refusals([nothing]) == {"Programme": "Dites quelle colonne donne l'objet de l'achat."}
    assert refusals([twice]) == {"Programme": "Deux colonnes sont « Objet de l'achat » : gardez-en une."}
    assert refusals([left]) == {"Programme": "Aucune feuille n'est lue : prenez au moins celle des achats."}
    assert refusals([plan]) == {}


def test_each_lot_of_a_notice_is_a_line() -> None:
    inside = (
        '<cbc:ProcurementTypeCode listName="contract-nature">works</cbc:ProcurementTypeCode>'
        '<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName="social-objective">opp'
        "</cbc:ProcurementTypeCode></cac:ProcurementAdditionalType>"
        f"{amount('1500000')}{cpv('45442100')}"
        '<cac:PlannedPeriod><cbc:DurationMeasure unitCode="YEAR">2</cbc:DurationMeasure></cac:PlannedPeriod>'
        "<cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode>FRK26</cbc:CountrySubentityCode></cac:Address>"
        "</cac:RealizedLocation>"
    )
    terms = (
        '<cac:Spec><cbc:TendererRequirementTypeCode listName="reserved-procurement">res-ws'
        "</cbc:TendererRequirementTypeCode></cac:Spec>"
    )
    read = read_programme(
        notice(lot(1, inside=inside, terms=terms) + lot(2, inside=amount("9", "BWP")) + lot(3, kind="LotsGroup"))
    )
    assert (read.refusal, read.source) == ("", ProgrammeSource.NOTICES)
    first, second = read.lines
    assert first.values == {
        "title": "Lot 1", "reference": "dossier-7", "lot": "LOT-0001", "nature": "works",
        "amount": Decimal(1_500_000), "cpv": "45442100", "engaged_on": date(2026, 9, 1), "duration": 24, "place": "69",
        "said_social": "emploi de personnes qui en sont éloignées ou handicapées ; réservé aux ateliers protégés et "
        "aux structures d'insertion",
    }  # fmt: skip
    assert [(one.column, one.stops) for one in second.remarks] == [("BT-27", False)]
    assert not second.stopped


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><ContractNotice>&a;</ContractNotice>", "DOCTYPE"),
        (b"<ContractNotice></ContractNotice>", "aucun lot"),
        (b"<other/>", "n'est pas un avis"),
        (b"<ContractNotice><a>", "coupé"),
        (b"<ContractNotice>" + b"<a>" * 60 + b"</a>" * 60 + b"</ContractNotice>", "démesuré"),
    ],
)
def test_bad_notices_are_refused_in_french(data: bytes, why: str) -> None:
    assert why in read_programme(data).refusal


def test_official_records_are_purchases_to_come_again() -> None:
    read = read_programme(b'{"marches": {"marche": [{"id": "1"}], "contrat-concession": []}}')
    assert read.source is ProgrammeSource.DECP
    assert [line.stopped for line in read.lines] == [True]
    assert read_programme(b"{").refusal
