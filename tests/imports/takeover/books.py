"""Workbooks written by hand for these tests."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[object]]
PUBLICS = {
    "DELD": "Demandeur d'emploi de longue durée",
    "RSA": "Bénéficiaire du RSA",
    "AVIS_MOTIVE": "Sur avis motivé",
}
NIR = "1 85 05 75 123 456 73"  # a made-up number with its right key

CONTRACT_HEAD = ("N° du marché", "Nom d'usage du marché", "Maître d'ouvrage", "Titulaire", "Début du marché",
                 "Fin du marché", "Heures dues")  # fmt: skip
PERSON_HEAD = ("Nom", "Prénom", "Date de naissance")
WORK_HEAD = ("Nom", "Prénom", "N° du marché", "Type de contrat", "Date d'embauche", "Fin de contrat")
HOURS_HEAD = ("Nom", "Prénom", "N° du marché", "Mois", "Heures")
CONTRACT = ("2025-014", "École des Tilleuls", "Ville de Belleroche", "Maçonnerie Delorme", date(2025, 9, 1),
            date(2027, 3, 31), Decimal(1200))  # fmt: skip
PERSON = ("Lefranc", "Ines", date(1994, 5, 17))
WORK = ("Lefranc", "Ines", "2025-014", "CDD", date(2026, 1, 12), date(2026, 7, 10))


def xlsx(
    sheets: Mapping[str, Rows], *, merge: str = "", options: Mapping[str, object] | None = None
) -> bytes:
    """A workbook of these sheets; `merge`: a range merged in the first one (« A1:C1 »)."""
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, **(options or {})})
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})  # the same bytes each time
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, (name, rows) in enumerate(sheets.items()):
        sheet: Any = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, date):
                    sheet.write_datetime(line, column, value, day)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(line, column, value, None, 42)
                else:
                    sheet.write(line, column, value)
        if merge and number == 0:
            sheet.merge_range(merge, rows[0][0])
    book.close()
    return data.getvalue()


def four(
    contracts: Rows = (CONTRACT,), people: Rows = (PERSON,), works: Rows = (WORK,), hours: Rows = ()
) -> bytes:
    """A workbook of four sheets, the headings of each added."""
    return xlsx(
        {
            "Marchés": (CONTRACT_HEAD, *contracts),
            "Personnes": (PERSON_HEAD, *people),
            "Contrats de travail": (WORK_HEAD, *works),
            "Heures": (HOURS_HEAD, *hours),
        }
    )


def hours(
    month: object, value: object, *, name: str = "Lefranc", first: str = "Ines", number: str = "2025-014"
) -> tuple[object, ...]:
    """A line of hours."""
    return (name, first, number, month, value)
