"""The template workbook: four sheets to fill, lists, comments, one worked example, and how to use it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from clausette.imports.takeover.fields import BY_CODE, KIND_LABELS, OPENING, Field, Shape, SheetKind, label_of
from clausette.imports.takeover.vocabulary import LISTS, words_of
from clausette.imports.takeover.writing.book import Book
from clausette.imports.takeover.writing.example import EXAMPLE

TEMPLATE_NAME = "Clausette - reprise des marchés en cours.xlsx"
PERSONS_TEMPLATE_NAME = "Clausette - liste de personnes.xlsx"
LINES = 5000  # lines prepared with lists and formats
COLUMNS: Mapping[SheetKind, tuple[str, ...]] = {
    SheetKind.CONTRACTS: (
        "contract_number", "contract_name", "operation", "contract_kind", "framework_number", "nature", "buyer_name",
        "buyer_siret", "lot_number", "lot_title", "contractor_name", "contractor_siret", "notified_on",
        "contract_starts_on", "contract_ends_on", "amount_ht", "hours_minimum", "hours_offer", "amendment_on",
        "amendment_hours", "opening_on", "opening_hours",
    ),
    SheetKind.PEOPLE: (
        "last_name", "first_name", "birth_date", "sex", "phone", "email", "postcode", "commune", "district", "level",
        "prescriber_name", "referred_on", "public", "evidence_on", "decided_on", "hire_before", "counted_until",
        "pass_ends_on",
    ),
    SheetKind.WORK: (
        "last_name", "first_name", "birth_date", "contract_number", "lot_number", "employer_name", "employer_siret",
        "host_name", "host_siret", "modality", "work_kind", "job", "work_starts_on", "work_ends_on", "work_ended_on",
        "end_reason", "weekly_hours",
    ),
    SheetKind.HOURS: (
        "last_name", "first_name", "birth_date", "contract_number", "lot_number", "employer_name", "month", "hours",
        "hours_kind",
    ),
}  # fmt: skip
SHEETS = (SheetKind.CONTRACTS, SheetKind.PEOPLE, SheetKind.WORK, SheetKind.HOURS)
HOW_TO = (
    ("Ce que fait ce classeur", ""),
    ("", ("Il fait entrer dans Clausette les marchés déjà commencés : marchés et lots, personnes, contrats de travail, "
         "heures. Rien n'est écrit avant que vous ayez vu ce qui sera fait, et tout peut être défait.")),
    ("Dans quel ordre", ""),
    ("1", "Feuille « Marchés et lots » : une ligne par lot et par titulaire. Le numéro du marché relie les feuilles."),
    ("2", ("Feuille « Personnes » : nom, prénom et date de naissance suffisent. Avec le public retenu et la date de la "
          "décision, l'éligibilité est reprise aussi.")),
    ("3", "Feuille « Contrats de travail » : une ligne par contrat de travail et par marché."),
    ("4", ("Feuille « Heures » : une ligne par personne, par marché et par mois. Heures travaillées, pas heures "
          "payées.")),
    ("5", "Dans Clausette : Imports, « Démarrer avec des marchés en cours », envoyez le classeur."),
    ("Vous n'avez pas le détail des heures anciennes ?", ""),
    ("", ("Écrivez leur total dans « Heures déjà validées à la reprise », et le jour où il est arrêté dans « "
         "Reprise au ». "
         "Il compte dans l'avancement, jamais dans les heures ni les personnes d'une année. N'écrivez pas en plus le "
         "détail de ces mois.")),
    ("Ce qui est compris", ""),
    ("", ("Heures : 7,5 ou 7h30 ou 1 234,5. Dates : 03/03/2026 ou 3 mars 2026. Mois : 03/2026 ou mars 2026. "
         "Les colonnes à fond foncé sont obligatoires ; les autres peuvent rester vides. L'ordre des colonnes "
         "est libre.")),
    ("Ce qui ne doit pas y être", ""),
    ("", ("Aucun numéro de sécurité sociale. Aucune mesure de justice : écrivez « Difficultés particulières, sur avis "
         "motivé ».")),
)  # fmt: skip

PERSONS_HOW_TO = (
    ("Ce que fait ce classeur", ""),
    ("", ("Il fait entrer dans Clausette une liste de personnes. Rien n'est écrit avant que vous ayez vu ce qui sera "
         "fait, et tout peut être défait.")),
    ("Comment le remplir", ""),
    ("1", "Feuille « Personnes » : une ligne par personne. Nom, prénom et date de naissance suffisent."),
    ("2", ("Avec le public retenu et la date de la décision, l'éligibilité déjà décidée est reprise aussi, et le "
          "niveau de formation avec elle.")),
    ("3", ("Niveau de formation : le diplôme en mots, ou le numéro d'après 2019 (infra 3, 3, 4…). Si vos numéros sont "
          "d'avant 2019 (VI à I), dites-le à la page des colonnes.")),
    ("4", "Dans Clausette : Participants, « Importer », envoyez le classeur."),
    ("Les personnes déjà là", ""),
    ("", ("Une personne de même nom et de même naissance n'est pas écrite deux fois : ce qui est vide sur sa fiche est "
         "complété, ce qui est écrit reste. Si une ligne ressemble à quelqu'un, vous dites si c'est elle.")),
    *HOW_TO[-4:],
)  # fmt: skip


def template_workbook(*, publics: Mapping[str, str], on: date, persons: bool = False) -> bytes:
    """Return the bytes of the template. `publics`: eligible publics, code → label; `on`: years of the balances.

    `persons`: the sheet of persons alone.
    """
    book = Book()
    kinds = (SheetKind.PEOPLE,) if persons else SHEETS
    _how_to(book, persons=persons)
    names = {kind: book.sheet(KIND_LABELS[kind]) for kind in kinds}
    example, lists = book.sheet("Exemple"), book.sheet("Listes")
    ranges = _write_lists(book, lists, publics)
    for kind, sheet in names.items():
        _prepare(book, sheet, columns_of(kind, on), ranges)
    _example(book, example, on, kinds)
    return book.close()


def columns_of(kind: SheetKind, on: date) -> tuple[str, ...]:
    """The columns of a sheet; marchés have the balances of the last three years."""
    years = range(on.year - 2, on.year + 1) if kind is SheetKind.CONTRACTS else ()
    return (*COLUMNS[kind], *(f"{OPENING}{year}" for year in years))


def heading_of(code: str) -> str:
    """The heading of a column of the template."""
    return (
        f"Dont heures déjà validées de {code.removeprefix(OPENING)}"
        if code.startswith(OPENING)
        else label_of(code)
    )


def _how_to(book: Book, *, persons: bool) -> None:
    sheet = book.sheet("Mode d'emploi")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 110)
    title = "Importer une liste de personnes" if persons else "Démarrer avec des marchés en cours"
    sheet.write_string(0, 0, title, book.title)
    line = 2
    for mark, text in PERSONS_HOW_TO if persons else HOW_TO:
        if not text:
            line += 1
            sheet.write_string(line, 0, mark, book.strong)
        else:
            sheet.write_string(line, 0, mark)
            sheet.write_string(line, 1, text, book.wrap)
        line += 1


def _write_lists(book: Book, sheet: Any, publics: Mapping[str, str]) -> dict[str, str]:
    """Write the choices, one list a column; return the range of each."""
    found: dict[str, str] = {}
    columns = {**{code: words_of(code) for code in LISTS}, "public": tuple(publics.values())}
    for column, (code, words) in enumerate(columns.items()):
        sheet.write_string(0, column, label_of(code), book.head)
        sheet.set_column(column, column, 34)
        for line, word in enumerate(words, 1):
            sheet.write_string(line, column, word)
        letter = chr(ord("A") + column)
        found[code] = f"=Listes!${letter}$2:${letter}${len(words) + 1}"
    return found


def _prepare(book: Book, sheet: Any, codes: tuple[str, ...], ranges: Mapping[str, str]) -> None:
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 48)
    for column, code in enumerate(codes):
        field = BY_CODE.get(code)
        needed = field is not None and field.needed
        sheet.write_string(0, column, heading_of(code), book.needed if needed else book.head)
        sheet.set_column(column, column, _width(field), _style(book, field))
        if field is not None and field.help:
            sheet.write_comment(0, column, field.help)
        if code in ranges:
            sheet.data_validation(
                1, column, LINES, column,
                {"validate": "list", "source": ranges[code], "error_type": "warning", "error_title": "Hors de la liste",
                 "error_message": "Choisissez une valeur de la liste."},
            )  # fmt: skip


def _width(field: Field | None) -> int:
    if field is None or field.shape in (Shape.DATE, Shape.MONTH, Shape.HOURS, Shape.EUROS, Shape.INT):
        return 14
    return 18 if field.shape in (Shape.NUMBER, Shape.SIRET) else 26


def _style(book: Book, field: Field | None) -> Any:
    if field is None or field.shape in (Shape.HOURS, Shape.EUROS):
        return book.hours
    styles = {Shape.DATE: book.day, Shape.MONTH: book.month, Shape.SIRET: book.text, Shape.NUMBER: book.text}
    return styles.get(field.shape)


def _example(book: Book, sheet: Any, on: date, kinds: tuple[SheetKind, ...]) -> None:
    sheet.set_column(0, 30, 18)
    sheet.write_string(0, 0, "Un exemple rempli : cette feuille n'est pas reprise.", book.title)
    line = 2
    for kind in kinds:
        codes = tuple(
            code for code in columns_of(kind, on) if code in {c for row in EXAMPLE[kind] for c in row}
        )
        sheet.write_string(line, 0, f"Feuille « {KIND_LABELS[kind]} »", book.strong)
        for column, code in enumerate(codes):
            sheet.write_string(line + 1, column, heading_of(code), book.head)
        for offset, row in enumerate(EXAMPLE[kind], line + 2):
            for column, code in enumerate(codes):
                book.write(sheet, offset, column, row.get(code), month=code == "month")
        line += len(EXAMPLE[kind]) + 4
