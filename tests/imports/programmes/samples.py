"""Programmes written by hand for these tests."""

from datetime import date

from tests.imports.takeover.books import Rows, xlsx

HEAD = ("N°", "Objet du marché", "Nature", "Montant estimé (€ HT)", "Code CPV", "Date de lancement", "Durée", "Commune")
PAINTING: tuple[object, ...] = (
    "2027-01", "Peinture des écoles", "Travaux", "1 234 567,50 €", "45442100-8", "mars 2027", "12 mois",
    "69003 Lyon",
)  # fmt: skip
CLEANING: tuple[object, ...] = (
    "2027-02", "Nettoyage des locaux", "Services", 480000, "90910000", date(2027, 1, 4), "4 ans", "Lyon (69)",
)  # fmt: skip


def programme(*rows: tuple[object, ...], head: tuple[object, ...] = HEAD, above: Rows = ()) -> bytes:
    """A workbook of one sheet."""
    return xlsx({"Programme": [*above, head, *rows]})


def notice(lots: str, *, root: str = "ContractNotice", whole: str = "") -> bytes:
    """A contract notice with these lots."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" '
        'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
        'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
        "<cbc:ContractFolderID>dossier-7</cbc:ContractFolderID><cbc:IssueDate>2026-09-01+02:00</cbc:IssueDate>"
        f"<cac:ProcurementProject>{whole}</cac:ProcurementProject>{lots}</{root}>"
    ).encode()


def lot(number: int = 1, *, inside: str = "", terms: str = "", kind: str = "Lot") -> str:
    """One lot of a notice."""
    return (
        f'<cac:ProcurementProjectLot><cbc:ID schemeName="{kind}">LOT-000{number}</cbc:ID>'
        f"<cac:TenderingTerms>{terms}</cac:TenderingTerms><cac:ProcurementProject>"
        f"<cbc:Name>Lot {number}</cbc:Name>{inside}</cac:ProcurementProject></cac:ProcurementProjectLot>"
    )


def amount(value: str, currency: str = "EUR") -> str:
    """BT-27."""
    return (
        f'<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="{currency}">{value}'
        "</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>"
    )


def cpv(code: str) -> str:
    """BT-262."""
    return (
        f'<cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">{code}'
        "</cbc:ItemClassificationCode></cac:MainCommodityClassification>"
    )
