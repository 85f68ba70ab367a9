"""Older and flatter files: the 2019 shape, and the table that data.gouv.fr draws. Silence is never « no clause »."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausette.imports.decp import DecpContract, DecpFile, DecpRecord, FileForm, read_decp
from clausette.imports.rules import published
from clausette.procurement.enums import ContractKind, LegalDeviceKind
from tests.imports.decp_builders import BUYER, FIRM, OTHER, as_xml, record


def of_2019(**values: Any) -> dict[str, Any]:
    one: dict[str, Any] = {
        "_type": "Marché", "id": "2021-07", "acheteur": {"id": BUYER, "nom": "Métropole du Lys"}, "nature": "Marché",
        "objet": "Réfection de la toiture du gymnase", "codeCPV": "45261000", "procedure": "Procédure adaptée",
        "lieuExecution": {"code": "38185", "typeCode": "Code commune", "nom": "Grenoble"}, "dureeMois": 6,
        "dateNotification": "2021-06-03", "datePublicationDonnees": "2021-07-01", "montant": 212340.4,
        "formePrix": "Ferme et actualisable",
        "titulaires": [{"typeIdentifiant": "SIRET", "id": FIRM, "denominationSociale": "Bâti Ouche"}],
        "modifications": [], **values,
    }  # fmt: skip
    return {key: value for key, value in one.items() if value is not None}


def read(*records: Any) -> DecpFile:
    return read_decp(json.dumps({"marches": list(records)}).encode())


def only(file: DecpFile) -> tuple[DecpRecord, DecpContract]:
    (one,) = file.records
    assert one.fields is not None, one.problems
    return one, one.fields


def test_the_old_shape_is_read_and_its_silence_is_unknown() -> None:
    one, fields = only(read(of_2019()))
    assert [problem.path for problem in one.problems] == [""]
    assert "ne veut pas dire qu'il n'y a pas de clause" in one.problems[0].sentence
    assert (fields.has_social_clause, published(fields).device) == (None, LegalDeviceKind.UNKNOWN)


def test_old_modifications_have_no_number_but_a_rank() -> None:
    changes = [
        {
            "objetModification": f"Avenant {day}", "dateNotificationModification": f"2021-{day}",
            "datePublicationDonneesModification": f"2021-{day}", "montant": 200_000 + n,
            "titulaires": [{"typeIdentifiant": "SIRET", "id": OTHER, "denominationSociale": "Toitures Morel"}],
        }
        for n, day in enumerate(("09-01", "10-01"))
    ]  # fmt: skip
    one, fields = only(read(of_2019(modifications=changes)))
    assert [(m.number, m.notified_on, m.amount_ht) for m in fields.modifications] == [
        (1, date(2021, 9, 1), Decimal(200_000)),
        (2, date(2021, 10, 1), Decimal(200_001)),
    ]
    assert [firm.id for firm in fields.modifications[0].contractors] == [OTHER]
    assert len(one.problems) == 1


@pytest.mark.parametrize(
    ("nature", "kind"),
    [
        ("Accord-cadre", ContractKind.FRAMEWORK),
        ("Marché subséquent", ContractKind.SUBSEQUENT),
        ("MARCHE", ContractKind.PUBLIC_CONTRACT),
    ],
)
def test_old_natures(nature: str, kind: ContractKind) -> None:
    _, fields = only(read(of_2019(nature=nature)))
    assert published(fields).kind == kind
    assert fields.amount_is_maximum is (kind == ContractKind.FRAMEWORK)


def test_the_old_shape_in_xml() -> None:
    one = of_2019(_type=None, modifications=None)
    one["titulaires"] = [{"titulaire": firm} for firm in one["titulaires"]]
    _, fields = only(read_decp(as_xml(one).encode()))
    assert (fields.official_id, fields.has_social_clause) == ("2021-07", None)


def test_an_old_concession() -> None:
    one = {
        "_type": "Contrat de concession", "id": "C-1", "autoriteConcedante": {"id": BUYER, "nom": "Métropole"},
        "nature": "Concession de service", "objet": "Fourrière", "procedure": "Procédure négociée ouverte",
        "dureeMois": 60, "dateSignature": "2021-01-04", "datePublicationDonnees": "2021-02-01",
        "dateDebutExecution": "2021-02-01", "valeurGlobale": 900_000, "montantSubventionPublique": 0,
        "donneesExecution": [
            {"datePublicationDonneesExecution": "2022-02-01", "depensesInvestissement": 10,
             "tarifs": [{"intituleTarif": "Enlèvement", "tarif": 120.5}]}
        ],
        "concessionnaires": [{"typeIdentifiant": "SIRET", "id": FIRM, "denominationSociale": "Bâti Ouche"}],
        "modifications": [],
    }  # fmt: skip
    record_read, fields = only(read(one))
    assert [problem.path for problem in record_read.problems] == [""]
    assert fields.concession is not None
    assert fields.concession.years[0].tariffs == (("Enlèvement", Decimal("120.50")),)


COLUMNS = (
    "uid,id,acheteur_id,acheteur_nom,nature,objet,codeCPV,procedure,dureeMois,dateNotification,datePublicationDonnees,"
    "montant,titulaire_typeIdentifiant,titulaire_id,formePrix,considerationsSociales,techniques,"
    "lieuExecution_code,lieuExecution_typeCode,marcheInnovant,donneesActuelles,modification_id"
)  # fmt: skip


def line(**values: str) -> str:
    one = {
        "uid": f"{BUYER}2026-01", "id": "2026-01", "acheteur_id": BUYER, "acheteur_nom": "Lys", "nature": "Marché",
        "objet": '"Gymnase, lot 2"', "codeCPV": "45212200", "procedure": "Procédure adaptée", "dureeMois": "18",
        "dateNotification": "2026-03-02", "datePublicationDonnees": "2026-04-15", "montant": "1000000.0",
        "titulaire_typeIdentifiant": "SIRET", "titulaire_id": FIRM, "formePrix": "Forfaitaire",
        "considerationsSociales": '"Clause sociale, Critère social"', "techniques": "Sans objet",
        "lieuExecution_code": "38185", "lieuExecution_typeCode": "Code commune", "marcheInnovant": "false",
        "donneesActuelles": "true", "modification_id": "0", **values,
    }  # fmt: skip
    return ",".join(one[name] for name in COLUMNS.split(","))


def table(*lines: str) -> DecpFile:
    return read_decp("\r\n".join((COLUMNS, *lines, "")).encode())


def test_a_line_is_a_record() -> None:
    file = table(line())
    one, fields = only(file)
    assert (file.form, file.notices, one.problems) == (FileForm.CSV, (), ())
    assert (one.key, fields.title) == (f"{BUYER}/2026-01", "Gymnase, lot 2")
    assert (fields.amount_ht, fields.duration_months) == (Decimal("1000000.00"), 18)
    assert fields.social == frozenset({"clause", "criterion"})


@pytest.mark.parametrize(
    ("written", "social", "device"),
    [
        ("Sans objet", frozenset({"none"}), LegalDeviceKind.NONE),
        ("Pas de considération sociale", frozenset({"none"}), LegalDeviceKind.NONE),
        ("", frozenset(), LegalDeviceKind.UNKNOWN),
    ],
)
def test_what_the_cell_says_of_the_clause(
    written: str, social: frozenset[str], device: LegalDeviceKind
) -> None:
    _, fields = only(table(line(considerationsSociales=written)))
    assert (fields.social, published(fields).device) == (social, device)


def test_lines_of_one_contract_are_its_titulaires_and_its_modifications() -> None:
    later = {
        "modification_id": "1",
        "dateNotification": "2026-09-10",
        "montant": "1100000",
        "donneesActuelles": "true",
    }
    file = table(
        line(**later),
        line(),
        line(titulaire_id=OTHER),
        line(**later, titulaire_id=OTHER),
        line(uid=f"{BUYER}X", id="X"),
    )
    first, second = file.records
    assert (first.official_id, second.official_id) == ("2026-01", "X")
    assert first.fields is not None
    assert [firm.id for firm in first.fields.contractors] == [FIRM, OTHER]
    assert [
        (m.number, m.notified_on, m.amount_ht, m.duration_months) for m in first.fields.modifications
    ] == [(1, date(2026, 9, 10), Decimal(1_100_000), None)]


def test_a_modification_alone_is_told() -> None:
    file = table(line(modification_id="2"))
    assert file.notices == (
        "1\u00a0marché n'a dans ce tableau que la dernière modification : la date de notification est la sienne.",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"{COLUMNS}\n{line()},de trop\n", "ligne 2, 23 cellules au lieu de 22"),
        ("nom;prénom;ville\nA;B;C\n", "Ce tableau n'est pas celui des données essentielles"),
        ("uid,objet,montant\n1,x,2\n", "Ce tableau n'est pas celui des données essentielles"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(text: str, sentence: str) -> None:
    refusal = read_decp(text.encode()).refusal
    assert refusal is not None
    assert sentence in refusal.sentence


def test_semicolons_accents_and_the_dotted_names_of_columns() -> None:
    text = "\n".join(
        (
            COLUMNS.replace("acheteur_id", "acheteur.id").replace(",", ";"),
            line(objet="Été", considerationsSociales="Clause sociale").replace(",", ";"),
        )
    )
    _, fields = only(read_decp(text.encode("cp1252")))
    assert (fields.title, fields.buyer_siret) == ("Été", BUYER)


def test_the_same_contract_is_found_whatever_the_form() -> None:
    flat, _ = only(table(line()))
    (whole,) = read_decp(json.dumps({"marches": {"marche": [record()]}}).encode()).records
    assert flat.key == whole.key
