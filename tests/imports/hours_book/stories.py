"""Hours workbooks written by hand: stories of one person each, sheets in memory, and what is said of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from clausette.imports.hours_book.checking import Checked, Outside, check_sheets
from clausette.imports.hours_book.sheets import PLANS, Plan
from clausette.imports.takeover.reading import RawBook, RawSheet
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.facts.publics import PUBLICS
from clausette.reference.rules import parameters_at

ON = date(2026, 11, 22)
OUTSIDE = Outside(
    ON, lambda on: parameters_at(PARAMETERS, on), {row.code: row.label for row in PUBLICS if row.stored}
)
Rows = list[dict[str, Any]]
COMMITMENT = {"Du": "2026-01-01", "Au": "31/12/2027", "Notifié le": "2026-01-05"}
PERSON = {
    "Naissance": "1990-05-03", "Public retenu": "RSA", "Éligible du": "2026-02-01", "Éligible au": "2026-05-01",
    "Première heure": "2026-03-02", "Heures comptées jusqu'au": "2028-03-01",
}  # fmt: skip
WORK = {
    "Employeur": "Maçons réunis", "Nature de l'employeur": "entreprise", "Modalité": "Embauche directe",
    "Nature du contrat": "CDD", "Emploi": "Maçon", "Début": "2026-03-02", "Fin": "2026-12-31", "Heures par semaine": 35,
}  # fmt: skip
LINE = {"Déclarant": "Maçons réunis", "Mois": "2026-10", "Heures": 100, "Pièce remise le": "2026-11-05"}


class Story:
    """One person, her work contracts, one engagement, lines; each line says only what differs from the usual."""

    def __init__(
        self, *, owed: dict[str, Any] | None = None, person: dict[str, Any] | None = None, work: Any = None,
        lines: Sequence[dict[str, Any]] = ({},), known: Sequence[dict[str, Any]] = (), locked: Sequence[str] = (),
        parts: Sequence[dict[str, Any]] = (), pauses: Sequence[dict[str, Any]] = (),
        rules: Sequence[dict[str, Any]] = (),
    ) -> None:  # fmt: skip
        self.owed, self.person, self.work = owed or {}, person or {}, work or [{}]
        self.lines, self.known, self.locked, self.parts, self.pauses = lines, known, locked, parts, pauses
        self.rules = rules
        self.places: list[int] = []

    def write(self, sheets: dict[str, Rows], name: str) -> None:
        """Add the lines of the story; its references bear `name`."""
        told = {"Engagement": f"engagement {name}"}
        sheets["Engagements"].append(told | {"Marché": f"marché {name}"} | COMMITMENT | self.owed)
        sheets["Personnes"].append({"Personne": name} | PERSON | self.person)
        for number, work in enumerate(self.work):
            sheets["Contrats de travail"].append(
                {"Contrat de travail": f"{name} {number}", "Personne": name} | WORK | work
            )
        sheets["Suspensions"] += [told | pause for pause in self.pauses]
        sheets["Parties"] += [told | part for part in self.parts]
        sheets["Règles"] += [told | {"Ces heures comptent": "oui"} | rule for rule in self.rules]
        for month in self.locked:
            sheets["Mois validés"].append(
                {"Déclarant": LINE["Déclarant"], "Marché": f"marché {name}", "Mois": month}
            )
        first = len(sheets["Heures déjà connues"]) + 2
        sheets["Heures déjà connues"] += [self._line(name, line) for line in self.known]
        for line in self.lines:
            row = self._line(name, line)
            if row.get("Corrige") == "known":
                row["Corrige"] = first
            self.places.append(len(sheets["Heures"]) + 2)
            sheets["Heures"].append(row)

    def _line(self, name: str, line: dict[str, Any]) -> dict[str, Any]:
        said = LINE | line
        usual = {"Pièce": f"pièce {name} {said['Mois']}", "Engagement": f"engagement {name}"}
        return usual | said | {"Contrat de travail": f"{name} {line.get('work', 0)}"}


def written(stories: Mapping[str, Story]) -> dict[str, Rows]:
    """The lines of all the sheets, by name."""
    sheets: dict[str, Rows] = defaultdict(list)
    sheets["Contrôle"].append({"Contrôlé le": ON.isoformat()})
    for name, story in stories.items():
        story.write(sheets, name)
    return sheets


def table(plan: Plan, rows: Rows) -> list[list[Any]]:
    """A sheet line by line, headings first: the columns of the plan, then those that only these lines have."""
    labels = [column.label for column in plan.columns]
    labels += [label for row in rows for label in row if label not in labels and label != "work"]
    labels = list(dict.fromkeys(labels))
    return [labels, *([row.get(label, "") for label in labels] for row in rows)]


def book_of(sheets: Mapping[str, Rows]) -> RawBook:
    """The sheets as reading gives them."""
    plans = {plan.name: plan for plan in PLANS}
    found = []
    for name, rows in sheets.items():
        lines = table(plans.get(name, Plan(name, ())), rows)
        cells = [[float(cell) if isinstance(cell, int) else cell for cell in line] for line in lines]
        found.append(RawSheet(name, 0, 0, tuple(map(list, zip(*cells, strict=True)))))
    return RawBook(tuple(found))


def checked_of(sheets: Mapping[str, Rows]) -> Checked:
    """What is said of these sheets."""
    return check_sheets(Checked(book_of(sheets)), OUTSIDE)
