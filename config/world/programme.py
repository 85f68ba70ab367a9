"""The purchases that the métropole plans for next year, handed to its facilitator as a workbook, then sorted by her."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from clausette.advice.enums import BuyerKind, StudyState
from clausette.advice.operations import sort_studies
from clausette.advice.queries import programme_sheet, studies_of_programme
from clausette.imports.operations.programmes import Buyer, confirm_programme, take_in_programme
from clausette.imports.takeover.writing.book import Book
from config.world.cast import BODY, HILL, PORT, TOWN
from config.world.stage import Stage

HEAD = ("N°", "Objet du marché", "Nature", "Montant estimé (€ HT)", "Code CPV", "Lancement", "Durée", "Commune")
TAKEN = ("Réfection des peintures des groupes scolaires", "Nettoyage des locaux administratifs")


def lines(year: int) -> list[tuple[object, ...]]:
    """Twelve lines as a buyer writes them: one amount is not a number."""
    return [
        ("A01", "Réfection des peintures des groupes scolaires", "Travaux", Decimal(640_000), "45442100-8",
         f"mars {year}", "12 mois", TOWN),
        ("A02", "Nettoyage des locaux administratifs", "Services", "1 180 000 €", "90919200-4", f"T1 {year}",
         "1 an reconductible 3 fois", TOWN),
        ("A03", "Entretien des espaces verts du parc des Rives", "Services", "380 k€", "77310000-6",
         date(year, 2, 15), "4 ans", TOWN),
        ("A04", "Reconstruction du gymnase des Tilleuls, gros œuvre", "Travaux", "6 200 000", "45223220-4",
         f"T2 {year}", "18 mois", HILL),
        ("A05", "Mobilier de bureau", "Fournitures", "310 000", "39130000-2", f"T1 {year}", "24 mois", TOWN),
        ("A06", "Collecte des encombrants", "Services", "920 000", "90511000-2", f"juin {year}", "3 ans", PORT),
        ("A07", "Accord-cadre de voirie", "Travaux", "4 000 000", "45233140-2", f"T2 {year}", "48 mois", ""),
        ("A08", "Maîtrise d'œuvre de la médiathèque", "Services", "450 000", "71221000-3", f"T3 {year}", "30 mois",
         TOWN),
        ("A09", "Archivage et numérisation des permis", "Services", "à préciser", "79995100-6", f"T4 {year}",
         "12 mois", TOWN),
        ("A10", "Remplacement de deux ascenseurs", "Travaux", "96 000", "45313100-5", f"S2 {year}", "2 mois", TOWN),
        ("A11", "Blanchisserie du linge des crèches", "Services", "140 000", "98310000-9", f"T1 {year}", "24 mois",
         TOWN),
        ("A12", "Licences de logiciels", "Fournitures", "260 000", "48000000-8", f"T3 {year}", "36 mois", ""),
    ]  # fmt: skip


def workbook(year: int) -> bytes:
    """The programme as its buyer sends it."""
    book = Book()
    book.book.set_properties({"created": datetime(year, 1, 1, tzinfo=UTC)})  # the same bytes each time
    sheet = book.sheet(f"Achats {year}")
    for at, row in enumerate((HEAD, *lines(year))):
        book.row(sheet, at, row)
    return book.close()


def plan_purchases(stage: Stage) -> UUID:
    """The facilitator opens the programme, takes two lines in study and sets the furniture aside; return its uid."""
    as_of = stage.calendar.as_of
    year = as_of.year + 1
    with stage.structure("plie") as actor:
        body = BODY["metropole"]
        uid = take_in_programme(
            actor=actor, name=f"programme-achats-{year}.xlsx", data=workbook(year),
            buyer=Buyer(body.name, BuyerKind.LOCAL, stage.bodies["metropole"]), title=f"Programme d'achats {year}",
            on=as_of,
        )  # fmt: skip
        confirm_programme(actor=actor, programme_uid=uid, on=as_of)
        sheet = programme_sheet(actor=actor, uid=uid)
        found = {one.line.title: one.uid for one in studies_of_programme(actor=actor, programme_id=sheet.id)}
        taken = [found[title] for title in TAKEN]
        sort_studies(actor=actor, study_uids=taken, state=StudyState.UNDER_STUDY, on=as_of)
        reason = "Fournitures sans main-d'œuvre sur site"
        sort_studies(
            actor=actor, study_uids=[found["Mobilier de bureau"]], state=StudyState.POINTLESS, reason=reason, on=as_of
        )
    return uid
