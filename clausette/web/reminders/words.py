"""Phrases shared by the pages of the reminders and the block of « Ma journée »."""

from collections.abc import Sequence
from datetime import date

from clausette.agenda.enums import LetterState, ReminderStep
from clausette.agenda.queries import Awaited, LateFirm, LetterLine
from clausette.agenda.rules import LADDER_ORDER
from clausette.kernel.french import format_date, format_month, plural
from clausette.web.addresses import address_of

href = address_of
_THEN = {
    ReminderStep.OPENING: "courriel d'ouverture", ReminderStep.BEFORE: "rappel", ReminderStep.AFTER: "relance",
    ReminderStep.FACILITATOR: "à votre tour", ReminderStep.BUYER: "maître d'ouvrage prévenu",
}  # fmt: skip


def months_told(months: Sequence[Awaited]) -> str:
    """« août 2026, septembre 2026 (renvoyé) »."""
    told = [
        f"{format_month(one.waited.month)}{' (renvoyé)' if one.returned else ''}"
        for one in sorted(months, key=lambda one: one.waited.month)
    ]
    return ", ".join(told[:3]) + (f" et {plural(len(told) - 3, 'autre', 'autres')}" if len(told) > 3 else "")


def late_told(firm: LateFirm, on: date) -> str:
    """« 12 jours de retard », « à corriger » when nothing but a returned statement waits."""
    days = (on - firm.due).days
    return f"{plural(days, 'jour')} de retard" if days > 0 else "à corriger"


def step_told(firm: LateFirm) -> str:
    """« Étape 3 sur 5 : relance après l'échéance »; before any, « aucune relance encore »."""
    if firm.made is None:
        return "Aucune relance encore"
    return f"Étape {LADDER_ORDER.index(firm.made) + 1} sur {len(LADDER_ORDER)} : {firm.made.label.lower()}"


def then_told(firm: LateFirm) -> str:
    """« Ensuite, pour octobre 2026 : maître d'ouvrage prévenu le 16 décembre 2026 »."""
    if firm.then is None:
        return ""
    step, day, month = firm.then
    return f"Ensuite, pour {format_month(month)} : {_THEN[step]} le {format_date(day)}"


def last_told(letter: LetterLine | None) -> str:
    """« Dernier courriel le 13 novembre 2026 »."""
    if letter is None:
        return "Aucun courriel envoyé"
    state = "" if letter.state == LetterState.SENT else f", {letter.state.label.lower()}"
    return f"Dernier courriel le {format_date(letter.on)}{state}"


IN_ITS_PLACE = "(l'adresse de la page)"
"""Read where a letter, once sent, has the address of the page to answer on."""


def why_told(firm: LateFirm) -> str:
    """Why reminders do not do by themselves; "" when they do."""
    if firm.wrong and not firm.email:
        return "Adresse en erreur"
    return "" if firm.email else "Aucune adresse"


def no_address(firm: LateFirm) -> str:
    """Why no mail can be sent now, and what to do; "" when it can."""
    if firm.email:
        return ""
    return "Corrigez l'adresse : contact du marché." if firm.wrong else "Ajoutez une adresse : contact du marché."


def by_whom(line: LetterLine) -> str:
    """Who sent a letter."""
    return line.written_by if line.by_hand else "envoi automatique"
