"""Two people on one statement: what the second had on screen, beside what was written meanwhile."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from clausette.hours.enums import StatementState
from clausette.hours.queries import StatementSheet
from clausette.kernel.columns import Column
from clausette.web.components.tables import Table
from clausette.web.hours.forms.cells import as_text

TYPED = {
    "motif": "Justification",
    "refus": "Heures non retenues",
    "reserve": "Sous réserve",
    "retard": "Régularisation",
}


@dataclass(frozen=True, slots=True)
class Differing:
    """A line that is no more what it was on screen; « » : it was not there, or is no more."""

    person: str
    seen: str
    now: str


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What is shown above the page when somebody was first. `kept`: texts typed that have no box any more."""

    sentence: str
    table: Table | None
    kept: tuple[tuple[str, str], ...]


def seen_text(sheet: StatementSheet) -> str:
    """The hours on screen, line by line: sent with each gesture, read again only when somebody was first."""
    return json.dumps({str(line.uid): as_text(line.hours) for line in sheet.lines}, separators=(",", ":"))


def meanwhile(request: HttpRequest, sheet: StatementSheet) -> Meanwhile:
    """Set what was on screen beside what is written now."""
    found = _differing(_seen(request.POST), sheet)
    columns: list[Column[Differing]] = [
        Column("Personne", lambda row: row.person),
        Column("Vous aviez à l'écran", lambda row: row.seen),
        Column("Enregistré entre-temps", lambda row: row.now),
    ]
    table = Table("Les deux versions", columns, found, narrow="cards") if found else None
    told = [] if found else ["Les heures sont les mêmes : l'état du relevé ou sa pièce a changé."]
    if sheet.state != StatementState.SUBMITTED:
        told.append(f"Ce relevé est maintenant « {sheet.state.label} ».")
    return Meanwhile(" ".join(told), table, () if sheet.state == StatementState.SUBMITTED else _kept(request.POST))


def _seen(data: QueryDict) -> Mapping[str, str]:
    """What the page showed; an abused value is as if nothing had been shown."""
    try:
        found = json.loads(data.get("vu", "{}"))
    except ValueError:
        return {}
    return {str(k): str(v)[:20] for k, v in found.items()} if isinstance(found, dict) else {}


def _differing(seen: Mapping[str, str], sheet: StatementSheet) -> list[Differing]:
    if not seen:
        return []
    held = {str(line.uid): line for line in sheet.lines}
    found = [
        Differing(line.person or "Personne d'un autre employeur", _hours(seen.get(uid)), _hours(as_text(line.hours)))
        for uid, line in held.items()
        if seen.get(uid) != as_text(line.hours)
    ]
    gone = [text for uid, text in seen.items() if uid not in held]
    return found + [Differing("Ligne retirée entre-temps", _hours(text), "") for text in gone]


def _hours(text: str | None) -> str:
    return f"{text}\u00a0h" if text else ""


def _kept(data: QueryDict) -> tuple[tuple[str, str], ...]:
    """The texts typed in boxes that the page no longer shows."""
    found = []
    for name, text in data.items():
        label = TYPED.get(name.partition("-")[0])
        if label and str(text).strip():
            found.append((label, str(text)))
    return tuple(found)
