"""What the hours that count are made of, told beside the figure (MODEL §6, point 4)."""

from clausette.hours.queries import Makeup
from clausette.hours.rules.apart import told_apart
from clausette.kernel.french import format_date, format_hours
from clausette.web.components.figures import Figure


def opening_word(makeup: Makeup) -> str:
    """« reprise au 31 août 2026 », or « reprises » when they are of several days."""
    return f"reprise au {format_date(makeup.taken_over_on)}" if makeup.taken_over_on else "reprises"


def apart_told(makeup: Makeup) -> str:
    """« Dont 420 h de reprise au 31 août 2026, 60 h non nominatives, 35 h retenues sous réserve. »"""
    return told_apart(
        opening=makeup.opening,
        opening_word=opening_word(makeup),
        collective=makeup.collective,
        reserved=makeup.reserved,
    )


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
