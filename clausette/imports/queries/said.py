"""What a record says besides its amount and its day, as a page tells it: from the record as kept."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from clausette.kernel.french import format_euros, format_short_date, plural

LONGEST = 200
MOST_TARIFFS = 20
UNKNOWN_SOCIAL = "inconnu : le fichier n'en dit rien, demandez à l'acheteur"
GRANTOR = "autoriteConcedante"


def amount_of(raw: Any) -> str:
    """« 1 000 000 € », the global value for a concession; what is no number stays as written."""
    return euros(text_of(raw, "valeurGlobale" if is_concession(raw) else "montant"))


def day_of(raw: Any) -> str:
    """« notifié le 02/03/2026 », « signée le … » for a concession; what is no date stays as written."""
    if is_concession(raw):
        signed = day(text_of(raw, "dateSignature"))
        return f"signée le {signed}" if signed else ""
    notified = day(text_of(raw, "dateNotification"))
    return f"notifié le {notified}" if notified else ""


def is_concession(raw: Any) -> bool:
    """Whether the record is a concession."""
    return isinstance(raw, dict) and GRANTOR in raw


def said_of(raw: Any) -> tuple[tuple[str, str], ...]:
    """(label, value) of what the record says of social considerations and, for a concession, of its execution."""
    if not isinstance(raw, dict) or set(raw) == {""}:
        return ()
    found = [("Considérations sociales", _social(raw))]
    if is_concession(raw):
        found += [
            ("Nature", text_of(raw, "nature")),
            ("Début d'exécution", day(text_of(raw, "dateDebutExecution"))),
            ("Valeur globale", euros(text_of(raw, "valeurGlobale"))),
            ("Subvention publique", euros(text_of(raw, "montantSubventionPublique"))),
            *_years(raw),
        ]
    return tuple((label, value[:LONGEST]) for label, value in found if value)


def _social(raw: Mapping[str, Any]) -> str:
    group = raw.get("considerationsSociales")
    inner = group.get("considerationSociale") if isinstance(group, dict) else None
    told = [one for one in inner if isinstance(one, str)] if isinstance(inner, list) else []
    return ", ".join(told) or UNKNOWN_SOCIAL


def _years(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    listed = raw.get("donneesExecution")
    for item in listed if isinstance(listed, list) else ():
        year = item.get("donneesAnnuelles", item) if isinstance(item, dict) else None
        if isinstance(year, dict):
            published = day(text_of(year, "datePublicationDonneesExecution"))
            invested = euros(text_of(year, "depensesInvestissement"))
            parts = [f"investissement {invested}" if invested else "", *_tariffs(year)]
            yield f"Données d'exécution du {published or '?'}", " ; ".join(part for part in parts if part)


def _tariffs(year: Mapping[str, Any]) -> Iterator[str]:
    listed = year.get("tarifs")
    items = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    for item in items[:MOST_TARIFFS]:
        one = item["tarif"] if isinstance(item.get("tarif"), dict) else item
        yield f"{text_of(one, 'intituleTarif')} {euros(text_of(one, 'tarif'))}".strip()
    if len(items) > MOST_TARIFFS:
        yield f"et {plural(len(items) - MOST_TARIFFS, 'autre')}"


def euros(text: str) -> str:
    """An amount in French; what is no number stays as written."""
    try:
        return format_euros(Decimal(text))
    except (InvalidOperation, ValueError):
        return text


def day(text: str) -> str:
    """A day in French; what is no date stays as written."""
    try:
        return format_short_date(date.fromisoformat(text))
    except ValueError:
        return text


def text_of(raw: Any, key: str) -> str:
    """A plain value of the record as written; an object or a list is told by its problem."""
    value = raw.get(key) if isinstance(raw, dict) else None
    return str(value)[:60] if isinstance(value, str | int) and not isinstance(value, bool) else ""
