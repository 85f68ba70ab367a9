"""Each produced page as a function that returns its text."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

from clausette.advice.rules import life as study_life
from clausette.hours.enums import ProposalState, ReopeningState
from clausette.hours.rules import confirming, controls, proposals, reopening
from clausette.hours.rules import life as statement_life
from clausette.imports.takeover.findings import KINDS as TAKEOVER_KINDS
from clausette.kernel.french import format_date, format_number
from clausette.kernel.operation import verbs
from clausette.participants import rules as check_rules
from clausette.procurement.rules import life as contract_life
from clausette.procurement.rules import phases
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.facts.retention import RETENTION
from clausette.web.fields import read_fields
from clausette.web.roles import read_roles
from clausette.web.routes import all_routes
from config.reference import settings_page

PRODUCED = "Page produite par `python3 run.py manage docs`, comparée à chaque vérification.\n"
WEIGHTS = {
    "E": "empêche la validation",
    "W": "demande une justification",
    "I": "informe",
}


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    return "\n".join([_row(*headings), _row(*["---"] * len(headings)), *(_row(*row) for row in rows)]) + "\n"


def _diagram(title: str, transitions: Mapping[Any, frozenset[Any]], begins: Sequence[Any] = ()) -> str:
    """Return one table of transitions as a state diagram, in the order of the enumeration; `begins`: first states."""
    states: list[Any] = list(transitions)
    arrows = [
        f"    {state.name} --> {following.name}"
        for state in states
        for following in states
        if following in transitions[state]
    ]
    arrows = [*(f"    [*] --> {state.name}" for state in begins), *arrows]
    names = [f"    {state.name}: {state.label}" for state in states]
    return f"## {title}\n\n```mermaid\nstateDiagram-v2\n" + "\n".join([*names, *arrows]) + "\n```\n"


def states_page() -> str:
    """Return the life of what has a state, from the tables of transitions that the operations obey."""
    return "\n".join(
        [
            "# États et passages\n",
            PRODUCED,
            _diagram("Étude", study_life.TRANSITIONS),
            _diagram("Marché", contract_life.TRANSITIONS),
            _diagram("Phase d'un marché (tranche optionnelle, reconduction)", phases.DECISIONS),
            _diagram("Vérification d'éligibilité", check_rules.TRANSITIONS),
            _diagram("Orientation", check_rules.REFERRALS),
            _diagram("Relevé d'heures", statement_life.TRANSITIONS),
            _diagram("Ligne d'heures", statement_life.LINE_TRANSITIONS),
            _diagram("Réouverture d'un mois validé", reopening.REOPENINGS, [ReopeningState.WAITING]),
            _diagram("Correction proposée par le déclarant", proposals.PROPOSALS, [ProposalState.OPEN]),
            _diagram("Confirmation d'heures par l'entreprise titulaire", confirming.ANSWERS, confirming.FIRST),
        ]
    )


CONTROL_COLUMNS = (
    "Code", "Poids", "Ce qui est vu", "La règle", "Que faire", "Valeurs", "Portée", "Source", "Peut être éteint",
)  # fmt: skip


def _measured(one: controls.Control) -> str:
    """The dated values that a control compares with, as first loaded."""
    return ", ".join(
        f"{row.label} : {format_number(row.value)} {row.unit} (`{row.code}`)"
        for row in PARAMETERS
        if row.code in one.parameters
    )


def controls_page() -> str:
    """Return the registry of the controls of hours."""
    rows = [
        (f"`{one.code}`", WEIGHTS[_value(one.severity)], one.title, one.rule, one.fix, _measured(one), one.scope.label,
         f"{one.source} ({one.reliability.label.lower()})", "oui" if one.may_be_off else "non")
        for one in sorted(controls.CONTROLS, key=lambda c: c.code)
    ]  # fmt: skip
    taken = [(f"`{one.code}`", WEIGHTS[_value(one.severity)], one.title, one.fix) for one in TAKEOVER_KINDS]
    heading = "# Contrôles des heures\n\nUn code ne change jamais de sens. « E » empêche la validation, « W » demande "
    return (
        f"{heading}une justification, « I » informe.\n\n{PRODUCED}\n"
        + _table(CONTROL_COLUMNS, rows)
        + "\n## Fichiers : reprise des marchés en cours, heures\n\n"
        + "« E » met la ligne de côté, « W » la laisse passer.\n\n"
        + _table(("Code", "Poids", "Ce qui est vu", "Que faire"), taken)
    )


def _value(word: Enum | str) -> str:
    return str(word.value) if isinstance(word, Enum) else word


def events_page() -> str:
    """Return every verb that an operation may leave in the journal."""
    all_routes()  # the pages import the operations, which register their verbs
    rows = [(f"`{verb}`", verb.split(".")[0]) for verb in verbs()]
    return f"# Verbes du journal\n\n{PRODUCED}\n" + _table(("Verbe", "Salle"), rows)


def personal_data_page() -> str:
    """Return the register: purposes, readers and durations of every personal field."""
    labels = read_roles().labels
    purposes = [
        (table.title, f"`{table.name}`", table.category, table.purpose, table.basis, table.lasts)
        for table in read_fields()
    ]
    readers = [
        (f"`{table.name}`", ", ".join(group.fields), "oui" if group.sealed else "non",
         ", ".join(f"{labels[role]} ({group.who[role]})" for role in group.readers) or "personne")
        for table in read_fields()
        for group in table.groups
    ]  # fmt: skip
    durations = [
        (f"`{row.code}`", row.label, row.lasts, row.since, row.then, format_date(row.starts_on), row.source,
         row.reliability.label)
        for row in RETENTION
    ]  # fmt: skip
    return "\n".join(
        [
            "# Registre des données personnelles\n",
            "Champs tenus hors du journal, que l'oubli efface, d'après `docs/reference/fields.toml` et les durées.\n",
            PRODUCED,
            "## Pourquoi, sur quelle base, combien de temps\n",
            _table(("Objet", "Table", "Catégorie", "Finalité", "Base", "Durée"), purposes),
            "## Qui lit\n",
            _table(("Table", "Champs", "Scellés", "Rôles"), readers),
            "## Durées\n",
            _table(
                ("Code", "Donnée", "Durée", "À compter de", "Ensuite", "Depuis", "Source", "Fiabilité"), durations
            ),
        ]
    )


def addresses_page() -> str:
    """Return every address with who may enter."""
    rows = [
        (
            f"`{route.pattern}`",
            f"`{route.name}`",
            ", ".join(m for m in route.methods if m != "HEAD"),
            route.access,
            ", ".join(route.capabilities) or "–",
        )
        for route in all_routes()
    ]
    return f"# Adresses\n\n{PRODUCED}\n" + _table(("Adresse", "Nom", "Méthodes", "Accès", "Structures"), rows)


PAGES: dict[str, Callable[[], str]] = {
    "states.md": states_page,
    "control-codes.md": controls_page,
    "events.md": events_page,
    "personal-data.md": personal_data_page,
    "addresses.md": addresses_page,
    "settings.md": settings_page,
}
