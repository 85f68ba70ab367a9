"""What the pages and the workbook of the FSE+ share: columns, completeness in words, indicators."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clausette.kernel.columns import Column
from clausette.kernel.french import format_date, plural
from clausette.outcomes.queries import EntryLine
from clausette.outcomes.rules import LABELS, Thresholds, count_indicators
from clausette.reference.facts.fse import INDICATORS, IndicatorRow
from clausette.web.components.badges import Badge


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator with its value, None when it is not computed here."""

    row: IndicatorRow
    value: int | None

    @property
    def told(self) -> str:
        """How it is computed, or why it is not."""
        return self.row.not_computed or self.row.rule


def indicator_lines(entries: Sequence[EntryLine], thresholds: Thresholds) -> list[IndicatorLine]:
    """Every indicator of the list, computed or not."""
    counts = count_indicators([line.participation for line in entries], thresholds)
    return [IndicatorLine(row, None if row.not_computed else counts.get(row.code, 0)) for row in INDICATORS]


INDICATOR_COLUMNS: tuple[Column[IndicatorLine], ...] = (
    Column("Code", lambda line: line.row.code),
    Column("Indicateur", lambda line: line.row.label),
    Column("Valeur", lambda line: line.value, "int"),
    Column("Calcul", lambda line: line.told),
)


def missing_words(keys: Sequence[str]) -> str:
    """« Nationalité, Signature », « » when nothing is missing."""
    return ", ".join(LABELS[key] for key in keys)


def entry_badge(line: EntryLine) -> Badge:
    """Where the entry questionnaire stands."""
    if line.unreadable:
        return Badge(line.unreadable, "danger")
    if not line.version:
        return Badge("à remplir", "wait")
    missing = len(line.missing_entry)
    return Badge(f"il manque {plural(missing, 'réponse')}", "warn") if missing else Badge("complet", "ok")


def exit_badge(line: EntryLine, today: date) -> Badge | str:
    """Where the exit questionnaire stands."""
    if line.left_on is None or line.exit_due_on is None:
        return "en cours"
    if not line.exit_waits:
        late = line.answered_on is not None and line.answered_on > line.exit_due_on
        return Badge("complet, rempli tard" if late else "complet", "ok")
    if today > line.exit_due_on:
        return Badge(f"en retard, à remplir jusqu'au {format_date(line.exit_due_on)}", "danger")
    return Badge(f"à remplir jusqu'au {format_date(line.exit_due_on)}", "wait")


@dataclass(frozen=True, slots=True)
class MissingField:
    """How many questionnaires lack one answer."""

    label: str
    entry: int
    exit: int


def missing_fields(entries: Sequence[EntryLine]) -> list[MissingField]:
    """What is missing, by field, the most often first."""
    first = Counter(key for line in entries for key in line.missing_entry)
    last = Counter(key for line in entries for key in line.missing_exit)
    found = [MissingField(label, first[key], last[key]) for key, label in LABELS.items() if first[key] or last[key]]
    return sorted(found, key=lambda one: -(one.entry + one.exit))


MISSING_COLUMNS: tuple[Column[MissingField], ...] = (
    Column("Réponse", lambda one: one.label),
    Column("Manque à l'entrée", lambda one: one.entry or None, "int"),
    Column("Manque à la sortie", lambda one: one.exit or None, "int"),
)


def _said(part: str, name: str) -> Callable[[EntryLine], Any]:
    def value(line: EntryLine) -> Any:
        answer = getattr(getattr(line, part), name, None)
        return getattr(answer, "label", answer)

    return value


def said_column(part: str, name: str, kind: Any = "text") -> Column[EntryLine]:
    """The column of one answer."""
    label = {"phone": "Téléphone", "email": "Adresse électronique", "months": "Durée en mois"}.get(name) or LABELS[name]
    return Column(label, _said(part, name), kind)


PERSON: tuple[Column[EntryLine], ...] = (
    Column("Personne", lambda line: line.person_name),
    Column("Date de naissance", lambda line: line.born_on, "date"),
    Column("Sexe", lambda line: line.sex_label),
    Column("Entrée n°", lambda line: line.rank, "int"),
    Column("Entrée le", lambda line: line.entered_on, "date"),
)
ENTRY_SHEET: tuple[Column[EntryLine], ...] = (
    *PERSON,
    *(said_column("said", name) for name in ("birth_commune", "address", "postcode", "commune", "phone", "email")),
    said_column("said", "employment"),
    said_column("said", "months", "int"),
    said_column("said", "in_training"),
    said_column("said", "level"),
    *(
        said_column("sensitive", name)
        for name in ("nationality", "disability", "foreign_origin", "homeless", "minimum_income")
    ),
    Column("Information remise le", lambda line: line.notice_on, "date"),
    Column("Signé le", lambda line: line.signed_on, "date"),
    Column("Version", lambda line: line.version or None, "int"),
    Column("Il manque", lambda line: line.unreadable or missing_words(line.missing_entry)),
)
EXIT_SHEET: tuple[Column[EntryLine], ...] = (
    *PERSON,
    Column("Sortie le", lambda line: line.left_on, "date"),
    *(said_column("at_exit", name) for name in ("reason", "situation", "qualification")),
    Column("À remplir jusqu'au", lambda line: line.exit_due_on, "date"),
    Column("Rempli le", lambda line: line.answered_on, "date"),
    Column("Il manque", lambda line: missing_words(line.missing_exit)),
)
