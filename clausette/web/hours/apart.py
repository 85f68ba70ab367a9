"""What the hours that count are made of, told beside the figure (MODEL §6, point 4)."""

from clausette.hours.queries import Makeup
from clausette.kernel.french import format_date, format_hours
from clausette.web.components.figures import Figure


def opening_word(makeup: Makeup) -> str:
    """« reprise au 31 août 2026 », or « reprises » when they are of several days."""
    return f"reprise au {format_date(makeup.taken_over_on)}" if makeup.taken_over_on else "reprises"


def apart_told(makeup: Makeup) -> str:
    """« Dont 420 h de reprise au 31 août 2026, 60 h non nominatives, 35 h retenues sous réserve. »"""
    parts = [
        f"{format_hours(makeup.opening)} de {opening_word(makeup)}" if makeup.opening else "",
        f"{format_hours(makeup.collective)} non nominatives" if makeup.collective else "",
        f"{format_hours(makeup.reserved)} retenues sous réserve" if makeup.reserved else "",
    ]
    told = ", ".join(part for part in parts if part)
    return f"Dont {told}." if told else ""


def apart_figures(makeup: Makeup, address: str = "", reserved_address: str = "") -> list[Figure]:
    """The same, each as its own line. `address`: the page of the balance taken over."""
    counted = "Déjà dans les heures validées."
    found = []
    if makeup.opening:
        found.append(Figure(format_hours(makeup.opening), opening_word(makeup), "", address, counted))
    if makeup.collective:
        found.append(Figure(format_hours(makeup.collective), "non nominatives", "", "", counted))
    if makeup.reserved:
        found.append(
            Figure(format_hours(makeup.reserved), "retenues sous réserve", "", reserved_address, counted)
        )
    return found
